import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundlePath, environmentOf, loadTemplate, type Resource, type Template, templatePath, type Value } from './load-template.ts';
import { dependencies, findCycle, referencesOf } from './references.ts';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: Value;
  readonly Action: string | readonly string[];
  readonly Resource: Value;
  readonly Condition?: Value;
}

const template = loadTemplate();
const buckets = ['RawBucket', 'ArchiveBucket'];
const queues = ['IngestQueue', 'DeadLetterQueue'];
const pseudoParameters = new Set(
  ['AccountId', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map((name) => `AWS::${name}`),
);

function resource(id: string, of: Template = template): Resource {
  const found = of.Resources[id];
  if (found === undefined) throw new Error(`no resource ${id}`);
  return found;
}

function statements(policy: Value): readonly Statement[] {
  return (policy as unknown as { readonly Statement: readonly Statement[] }).Statement;
}

function resourcePolicy(type: string, property: string, target: string): readonly Statement[] {
  const found = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === type && referencesOf(Properties[property]).names.includes(target),
  );
  expect(found, `${type} of ${target}`).toHaveLength(1);
  return statements(found[0]?.Properties.PolicyDocument);
}

const arnOf = (id: string): Value => ({ 'Fn::GetAtt': [id, 'Arn'] });
const objectsOf = (id: string): Value => ({ 'Fn::Sub': `\${${id}.Arn}/*` });
const actionsOf = (statement: Statement): readonly string[] => [statement.Action].flat();

describe('the buckets', () => {
  it('are all that are declared', () => {
    expect(idsOf('AWS::S3::Bucket')).toEqual(buckets);
  });

  it.each(buckets)('%s is versioned, private, encrypted, owned by the account, and kept', (id) => {
    expect(resource(id)).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        LifecycleConfiguration: { Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] },
      },
    });
  });

  it.each(buckets)('%s has no rule that removes an object', (id) => {
    expect(JSON.stringify(resource(id).Properties.LifecycleConfiguration)).not.toMatch(/Expiration|Transition/);
  });

  it.each(buckets)('%s refuses plain HTTP and TLS before 1.2, for itself and its objects', (id) => {
    const policy = resourcePolicy('AWS::S3::BucketPolicy', 'Bucket', id);
    const denials = policy.map(({ Sid: _sid, ...denial }) => denial);
    for (const Condition of [{ Bool: { 'aws:SecureTransport': 'false' } }, { NumericLessThan: { 's3:TlsVersion': '1.2' } }]) {
      expect(denials).toContainEqual({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arnOf(id), objectsOf(id)], Condition });
    }
    expect(policy.filter(({ Effect }) => Effect !== 'Deny')).toEqual([]);
  });

  it('get their names from the stack, account and region, unless a parameter gives one', () => {
    for (const [id, name, word] of [
      ['RawBucket', 'RawBucketName', 'raw'],
      ['ArchiveBucket', 'ArchiveBucketName', 'archive'],
    ] as const) {
      expect(resource(id).Properties.BucketName).toEqual({
        'Fn::If': [`Has${name}`, { Ref: name }, { 'Fn::Sub': `\${AWS::StackName}-${word}-\${AWS::AccountId}-\${AWS::Region}` }],
      });
    }
  });

  it('notify of every created object, on the raw bucket only: the archive must not feed itself', () => {
    expect(resource('RawBucket').Properties.NotificationConfiguration).toEqual({
      QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: arnOf('IngestQueue') }],
    });
    expect(resource('ArchiveBucket').Properties).not.toHaveProperty('NotificationConfiguration');
  });

  it('set the notification only after the queue accepts it', () => {
    expect([resource('RawBucket').DependsOn].flat()).toContain('IngestQueuePolicy');
    expect(resource('IngestQueuePolicy').Type).toBe('AWS::SQS::QueuePolicy');
  });
});

describe('the queues', () => {
  it.each(queues)('%s is encrypted and refuses plain HTTP', (id) => {
    expect(resource(id).Properties.SqsManagedSseEnabled).toBe(true);
    expect(resourcePolicy('AWS::SQS::QueuePolicy', 'Queues', id)).toContainEqual({
      Sid: 'DenyWithoutTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: arnOf(id),
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  it('let the raw bucket send, by the name it gets, and nobody else', () => {
    const allowed = queues
      .flatMap((id) => resourcePolicy('AWS::SQS::QueuePolicy', 'Queues', id))
      .filter(({ Effect }) => Effect === 'Allow');
    const [, given, made] = (resource('RawBucket').Properties.BucketName as { readonly 'Fn::If': readonly Value[] })['Fn::If'];
    expect(given).toEqual({ Ref: 'RawBucketName' });
    expect(allowed).toEqual([
      {
        Sid: 'AllowRawBucketToSend',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arnOf('IngestQueue'),
        Condition: {
          ArnEquals: {
            'aws:SourceArn': {
              'Fn::If': [
                'HasRawBucketName',
                { 'Fn::Sub': `arn:\${AWS::Partition}:s3:::\${RawBucketName}` },
                { 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${(made as { readonly 'Fn::Sub': string })['Fn::Sub']}` },
              ],
            },
          },
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        },
      },
    ]);
  });

  it('hide a message for six timeouts of the function and its batching window', () => {
    const timeout = Number(resource('IngestFunction').Properties.Timeout);
    const { MaximumBatchingWindowInSeconds } = mapping();
    expect(timeout).toBeGreaterThan(0);
    expect(Number(resource('IngestQueue').Properties.VisibilityTimeout)).toBeGreaterThanOrEqual(
      6 * timeout + Number(MaximumBatchingWindowInSeconds),
    );
  });

  it('give a message up after five attempts, and keep it for fourteen days, longer than it may have waited', () => {
    const ingest = resource('IngestQueue').Properties;
    const dead = resource('DeadLetterQueue').Properties;
    expect(ingest.RedrivePolicy).toEqual({ deadLetterTargetArn: arnOf('DeadLetterQueue'), maxReceiveCount: 5 });
    expect(dead.MessageRetentionPeriod).toBe(14 * 86_400);
    expect(Number(ingest.MessageRetentionPeriod)).toBeLessThan(14 * 86_400);
  });

  it('accept dead letters from the ingest queue alone, by the name it has', () => {
    const { 'Fn::Sub': name } = resource('IngestQueue').Properties.QueueName as { readonly 'Fn::Sub': string };
    expect(resource('DeadLetterQueue').Properties.RedriveAllowPolicy).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${name}` }],
    });
  });

  it('keep the dead letters when the stack is deleted', () => {
    expect(resource('DeadLetterQueue')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('the function', () => {
  it('runs the bundle on Node 24 and arm64', () => {
    const { CodeUri, Handler, Runtime, Architectures } = resource('IngestFunction').Properties;
    expect({ Runtime, Architectures }).toEqual({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    const folder = posix.join(posix.basename(posix.dirname(templatePath)), String(CodeUri));
    const [file, exported] = String(Handler).split('.');
    expect(posix.join(folder, `${file}.mjs`)).toBe(bundlePath);
    expect(exported).toBe('handler');
  });

  it('takes batches from the queue and answers for each message', () => {
    expect(mapping()).toEqual({
      Queue: arnOf('IngestQueue'),
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: { Ref: 'MaximumConcurrency' } },
    });
    expect(template.Parameters.MaximumConcurrency).toMatchObject({ Type: 'Number', MinValue: 2, MaxValue: 1000 });
  });

  it('has the environment it was promised', () => {
    const values = Object.entries(environmentOf(template)).map(([name, value]) => [name, resolved(value)]);
    expect(Object.fromEntries(values)).toEqual({
      COPYDESK_ARCHIVE: { 'Fn::Sub': `s3://\${ArchiveBucket}` },
      COPYDESK_SCRIPTS: 'zh-Hans,zh-Hant',
      COPYDESK_FORMATS: 'ninjs,markdown,text',
      COPYDESK_WITHOUT: '',
      COPYDESK_PURE_OPENCC: 'false',
      COPYDESK_MAX_BYTES: 5_242_880,
      POWERTOOLS_SERVICE_NAME: 'copydesk',
      POWERTOOLS_METRICS_NAMESPACE: 'Copydesk',
      POWERTOOLS_LOG_LEVEL: 'INFO',
    });
  });

  it('logs to a group that forgets', () => {
    expect(resource('IngestFunction').Properties.LoggingConfig).toEqual({ LogGroup: { Ref: 'IngestLogs' } });
    expect(resource('IngestLogs').Properties.RetentionInDays).toEqual({ Ref: 'LogRetentionInDays' });
    expect(Number(template.Parameters.LogRetentionInDays?.Default)).toBeGreaterThan(0);
  });
});

describe('the permissions', () => {
  const role = resource('IngestRole').Properties;
  const granted = (role.Policies as readonly Value[]).flatMap((policy) =>
    statements((policy as { readonly PolicyDocument: Value }).PolicyDocument),
  );

  it('are one role that SAM adds nothing to', () => {
    const { Properties } = resource('IngestFunction');
    expect(Properties.Role).toEqual(arnOf('IngestRole'));
    expect(Properties).not.toHaveProperty('Policies');
    expect(Properties).not.toHaveProperty('Tracing');
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(idsOf('AWS::IAM::Role')).toEqual(['IngestRole']);
    expect(Object.values(template.Resources).map(({ Type }) => Type)).not.toContain('AWS::IAM::Policy');
    expect(statements(role.AssumeRolePolicyDocument)).toEqual([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });

  it('are these and no others', () => {
    expect(granted.map((statement) => [actionsOf(statement), statement.Resource])).toEqual([
      [['s3:GetObject', 's3:GetObjectVersion'], objectsOf('RawBucket')],
      [['s3:GetObject', 's3:PutObject'], objectsOf('ArchiveBucket')],
      [['s3:ListBucket'], arnOf('ArchiveBucket')],
      [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arnOf('IngestQueue')],
      [['logs:CreateLogStream', 'logs:PutLogEvents'], arnOf('IngestLogs')],
    ]);
  });

  it('hold no wildcard action, no resource "*" and nothing that deletes from a bucket', () => {
    for (const statement of granted) {
      expect(Object.keys(statement).sort()).toEqual(['Action', 'Effect', 'Resource', 'Sid']);
      expect(statement.Effect).toBe('Allow');
      for (const action of actionsOf(statement)) {
        expect(action).not.toContain('*');
        expect(action).not.toMatch(/^s3:Delete/);
      }
      expect([statement.Resource].flat()).not.toContain('*');
    }
  });
});

describe('the alarms', () => {
  it.each([
    ['DeadLetterAlarm', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', { 'Fn::GetAtt': ['DeadLetterQueue', 'QueueName'] }],
    ['QueueAgeAlarm', 'AWS/SQS', 'ApproximateAgeOfOldestMessage', { 'Fn::GetAtt': ['IngestQueue', 'QueueName'] }],
    ['FunctionErrorsAlarm', 'AWS/Lambda', 'Errors', { Ref: 'IngestFunction' }],
    ['FunctionThrottlesAlarm', 'AWS/Lambda', 'Throttles', { Ref: 'IngestFunction' }],
  ])('%s watches %s %s and tells the topic, if there is one', (id, Namespace, MetricName, Value) => {
    const tell = { 'Fn::If': ['HasAlarmTopic', [{ Ref: 'AlarmTopicArn' }], { Ref: 'AWS::NoValue' }] };
    expect(resource(id)).toMatchObject({
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace,
        MetricName,
        Dimensions: [{ Name: Namespace === 'AWS/SQS' ? 'QueueName' : 'FunctionName', Value }],
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: tell,
        OKActions: tell,
      },
    });
  });

  it('do not ring for one file that is retried', () => {
    const visibility = Number(resource('IngestQueue').Properties.VisibilityTimeout);
    // SQS leaves a message out of this age once it was received more than three times.
    expect(Number(resource('QueueAgeAlarm').Properties.Threshold)).toBeGreaterThan(3 * visibility);
  });
});

describe('the references', () => {
  const known = (name: string): boolean => name in template.Resources || name in template.Parameters || pseudoParameters.has(name);

  it('all lead to a resource, a parameter or a pseudo parameter', () => {
    const parts = { ...template.Resources, ...template.Outputs, ...template.Conditions };
    for (const [id, part] of Object.entries(parts)) {
      const { names } = referencesOf(part as Value);
      const dependsOn = [(part as Partial<Resource>).DependsOn ?? []].flat();
      expect(
        [...names, ...dependsOn].filter((name) => !known(name)),
        id,
      ).toEqual([]);
    }
  });

  it('name only conditions and parameters that exist, and leave none unused', () => {
    const { names, conditions } = referencesOf(template as unknown as Value);
    expect([...new Set(conditions)].sort()).toEqual(Object.keys(template.Conditions).sort());
    expect(Object.keys(template.Parameters).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('make no cycle', () => {
    const graph = dependencies(template);
    expect(graph.get('RawBucket')).toEqual(expect.arrayContaining(['IngestQueue', 'IngestQueuePolicy']));
    expect(findCycle(graph)).toBeUndefined();
  });

  it('would make one if the queue policy named the bucket, which this test would see', () => {
    const policy = resource('IngestQueuePolicy');
    const cyclic = { ...policy, Properties: { ...policy.Properties, SourceArn: arnOf('RawBucket') } };
    const graph = dependencies({ ...template, Resources: { ...template.Resources, IngestQueuePolicy: cyclic } });
    expect(findCycle(graph)).toEqual(['RawBucket', 'IngestQueuePolicy', 'RawBucket']);
  });
});

function idsOf(type: string): readonly string[] {
  return Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === type);
}

function mapping(): { readonly [key: string]: Value } {
  const events = resource('IngestFunction').Properties.Events as {
    readonly [name: string]: { readonly Type: string; readonly Properties: Value };
  };
  expect(Object.values(events).map(({ Type }) => Type)).toEqual(['SQS']);
  return Object.values(events)[0]?.Properties as { readonly [key: string]: Value };
}

/** What a reference to a parameter gives when nobody sets it. */
function resolved(value: Value): Value {
  const name = (value as { readonly Ref?: string }).Ref;
  return name === undefined ? value : template.Parameters[name]?.Default;
}
