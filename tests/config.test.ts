import { describe, expect, it } from 'vitest';
import { readConfig, settingNames } from '../src/config.ts';
import { scripts } from '../src/convert/scripts.ts';
import { ConfigError } from '../src/errors.ts';
import { formats } from '../src/render/index.ts';
import { rules } from '../src/rules.ts';

const archive = { COPYDESK_ARCHIVE: 's3://archive/2018' };

function messageOf(env: Readonly<Record<string, string | undefined>>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('the environment was taken');
}

describe('settings', () => {
  it('have defaults, but for the archive', () => {
    expect(readConfig(archive)).toEqual({
      archive: 's3://archive/2018',
      scripts: ['zh-Hans', 'zh-Hant'],
      formats: ['ninjs', 'markdown', 'text'],
      without: [],
      pureOpenCC: false,
      maxBytes: 5 * 1024 * 1024,
    });
  });

  it('are all read', () => {
    const env = {
      COPYDESK_ARCHIVE: '/srv/档案 1',
      COPYDESK_SCRIPTS: 'zh-Hant-HK, zh-Hans ,zh-Hant-TW',
      COPYDESK_FORMATS: 'jsonld,ninjs16',
      COPYDESK_WITHOUT: 'quotes, line-wrap',
      COPYDESK_PURE_OPENCC: 'true',
      COPYDESK_MAX_BYTES: '5242880',
      COPYDESK_INBOX: '/srv/inbox',
    };
    expect(Object.keys(env).toSorted()).toEqual(settingNames.toSorted());
    expect(readConfig({ ...env, PATH: '/bin', COPYDESK_UNKNOWN: 'x' })).toEqual({
      archive: '/srv/档案 1',
      scripts: ['zh-Hant-HK', 'zh-Hans', 'zh-Hant-TW'],
      formats: ['jsonld', 'ninjs16'],
      without: ['quotes', 'line-wrap'],
      pureOpenCC: true,
      maxBytes: 5_242_880,
      inbox: '/srv/inbox',
    });
  });

  it.each([...scripts])('take the script %s', (script) => {
    expect(readConfig({ ...archive, COPYDESK_SCRIPTS: script }).scripts).toEqual([script]);
  });

  it.each([...formats])('take the format %s', (format) => {
    expect(readConfig({ ...archive, COPYDESK_FORMATS: format }).formats).toEqual([format]);
  });
});

describe('rules that are turned off', () => {
  it('are every rule if wanted, and none in an empty setting', () => {
    const ids = rules.map(({ id }) => id);
    expect(readConfig({ ...archive, COPYDESK_WITHOUT: ids.join(',') }).without).toEqual(ids);
    expect(readConfig({ ...archive, COPYDESK_WITHOUT: '' }).without).toEqual([]);
  });

  it.each([
    ['true', true],
    ['false', false],
  ])('are those of OpenCC alone: %s', (value, expected) => {
    expect(readConfig({ ...archive, COPYDESK_PURE_OPENCC: value }).pureOpenCC).toBe(expected);
  });
});

describe('a setting that cannot be used', () => {
  it.each([undefined, ''])('is named, with what it may be: no archive (%j)', (value) => {
    expect(messageOf({ COPYDESK_ARCHIVE: value })).toMatch(/COPYDESK_ARCHIVE.*s3:\/\/.*folder/);
  });

  it.each(['', 'zh', 'zh-hans', 'source', 'zh-Hans,', 'zh-Hans zh-Hant', 'zh-Hans,fr', 'constructor'])(
    'is named, with what it may be: the scripts %j',
    (value) => {
      const message = messageOf({ ...archive, COPYDESK_SCRIPTS: value });
      expect(message).toContain('COPYDESK_SCRIPTS');
      for (const script of scripts) expect(message).toContain(script);
    },
  );

  it.each(['', 'pdf', 'NINJS', 'ninjs;text', 'toString'])('is named, with what it may be: the formats %j', (value) => {
    const message = messageOf({ ...archive, COPYDESK_FORMATS: value });
    expect(message).toContain('COPYDESK_FORMATS');
    for (const format of formats) expect(message).toContain(format);
  });

  it.each(['', '0', '-1', '1.5', '5MB', '1e6', ' 5', '０', 'NaN'])('is named, with what it may be: the largest file %j', (value) => {
    expect(messageOf({ ...archive, COPYDESK_MAX_BYTES: value })).toMatch(/COPYDESK_MAX_BYTES.*number of bytes/);
  });

  it.each(['qoutes', 'quotes,', 'quotes;line-wrap', 'constructor'])('is named, with what lists them: the rules %j', (value) => {
    const message = messageOf({ ...archive, COPYDESK_WITHOUT: value });
    expect(message).toMatch(/COPYDESK_WITHOUT: there is no rule ".*"; `copydesk rules` lists them/);
  });

  it.each(['', '1', 'yes', 'True', 'true '])('is named, with what it may be: true or false %j', (value) => {
    expect(messageOf({ ...archive, COPYDESK_PURE_OPENCC: value })).toMatch(/COPYDESK_PURE_OPENCC.*true or false/);
  });

  it('is named, with what it may be: an empty inbox, which would be the working folder', () => {
    expect(messageOf({ ...archive, COPYDESK_INBOX: '' })).toMatch(/COPYDESK_INBOX.*folder/);
  });

  it('is named with all the others', () => {
    const message = messageOf({ COPYDESK_SCRIPTS: 'x', COPYDESK_FORMATS: 'x', COPYDESK_MAX_BYTES: 'x' });
    for (const name of ['COPYDESK_ARCHIVE', 'COPYDESK_SCRIPTS', 'COPYDESK_FORMATS', 'COPYDESK_MAX_BYTES']) expect(message).toContain(name);
  });
});
