interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

interface EmbeddedMetric {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly service: string;
  readonly [metric: string]: unknown;
}

/** What a handler has written: its logs and its metrics. @throws {SyntaxError} for a line that is not JSON. */
export function readLogs(output: string): { readonly logs: LogLine[]; readonly metrics: EmbeddedMetric[] } {
  const lines = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine | EmbeddedMetric);
  return {
    logs: lines.filter((line): line is LogLine => !('_aws' in line)),
    metrics: lines.filter((line): line is EmbeddedMetric => '_aws' in line),
  };
}

/** The sum of a metric over all that was written. */
export function metricSum(output: string, name: string): number {
  return readLogs(output).metrics.reduce((sum, line) => sum + [line[name] ?? 0].flat().reduce((a: number, b) => a + Number(b), 0), 0);
}
