/** Prometheus types of a metric that we export. */
export type MetricType = 'gauge' | 'counter' | 'histogram';

/** One metric: its type, its labels, and a sentence for its `# HELP` line and the reference. */
export interface Metric<L extends string = string> {
  readonly type: MetricType;
  readonly labels: readonly L[];
  readonly help: string;
  /** Upper bounds of the buckets of a histogram, in its unit; absent = no histogram. */
  readonly buckets?: readonly number[];
}

/** A value that goes up and down. */
export const gauge = <const L extends string = never>(
  help: string,
  labels: readonly L[] = [],
): Metric<L> => ({ type: 'gauge', labels, help });

/** A value that only grows; it begins at 0 again with its program or its leadership. */
export const counter = <const L extends string = never>(
  help: string,
  labels: readonly L[] = [],
): Metric<L> => ({ type: 'counter', labels, help });

/** How often a value was at most each of `buckets`, its sum and its count. */
export const histogram = <const L extends string = never>(
  help: string,
  buckets: readonly number[],
  labels: readonly L[] = [],
): Metric<L> => ({ type: 'histogram', labels, help, buckets });

/** Buckets for calls that take a tenth of a millisecond to ten seconds. */
export const CALL_SECONDS: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
