import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templatePath } from './load-template.ts';

const installed = spawnSync('cfn-lint', ['--version']).status === 0;
const title = installed
  ? 'cfn-lint'
  : 'cfn-lint (skipped: it is a Python program and not on the PATH here; `pip install cfn-lint` to run it)';

// Its schemas come with it. A proxy that nothing listens on turns any attempt to fetch others into a failure here and not in CI.
const offline = { ...process.env, http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', AWS_EC2_METADATA_DISABLED: 'true' };

function lint(template: string): { readonly status: number | null; readonly output: string } {
  // Without --regions only us-east-1 is looked at, and what a resource may be differs between regions.
  const { status, stdout, stderr } = spawnSync('cfn-lint', ['--regions', 'us-east-1', 'ap-southeast-1'], {
    input: template,
    encoding: 'utf8',
    env: offline,
  });
  return { status, output: stdout + stderr };
}

describe.skipIf(!installed)(title, () => {
  const template = installed ? readFileSync(templatePath, 'utf8') : '';

  it('finds nothing to say about the template', () => {
    expect(lint(template)).toEqual({ status: 0, output: '' });
  });

  it('looks inside the SAM resources, too', () => {
    const { status, output } = lint(template.replace('Handler: handler.handler', 'Handlr: handler.handler'));
    expect(status).not.toBe(0);
    expect(output).toContain('Handlr');
  });
});
