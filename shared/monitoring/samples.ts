import type { LabelsOf, MetricName } from './catalogue.js';
import type { Histogram } from './histogram.js';

/** One value of one series. `suffix`: `_bucket`, `_sum` or `_count` of a histogram, else ''. */
export interface Sample {
  readonly name: MetricName;
  readonly suffix: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Texts = Readonly<Record<string, string>>;
/** The labels of a metric, as the last argument; none where it has none. */
type LabelArguments<N extends MetricName> = keyof LabelsOf<N> extends never ? [] : [LabelsOf<N>];

const NO_LABELS: Texts = {};
const labelsIn = (rest: readonly unknown[]): Texts => (rest[0] as Texts | undefined) ?? NO_LABELS;

/**
 * The samples of one scrape. What is not known is left out and never written as 0, so that no
 * graph shows a value that nobody measured.
 */
export class Samples {
  readonly all: Sample[] = [];

  /** Adds a value; null and undefined = not known. */
  add<N extends MetricName>(
    name: N,
    value: number | null | undefined,
    ...labels: LabelArguments<N>
  ): void {
    if (value === null || value === undefined || !Number.isFinite(value)) return;
    this.all.push({ name, suffix: '', labels: labelsIn(labels), value });
  }

  /** Adds 1 for true and 0 for false. */
  flag<N extends MetricName>(name: N, value: boolean, ...labels: LabelArguments<N>): void {
    this.add(name, value ? 1 : 0, ...labels);
  }

  /** Adds the buckets, the sum and the count of a histogram. */
  histogram<N extends MetricName>(
    name: N,
    { buckets, sum, count }: Histogram,
    ...rest: LabelArguments<N>
  ): void {
    const labels = labelsIn(rest);
    for (const { bound, count: value } of buckets)
      this.all.push({ name, suffix: '_bucket', labels: { ...labels, le: textOf(bound) }, value });
    this.all.push({ name, suffix: '_sum', labels, value: sum });
    this.all.push({ name, suffix: '_count', labels, value: count });
  }
}

const textOf = (bound: number): string =>
  bound === Number.POSITIVE_INFINITY ? '+Inf' : `${bound}`;

/** Where samples come from: called at each scrape, and not otherwise. Must not block. */
export interface SampleSource {
  /** `coordinator`, `agent`, `console`, `process`: a label of what the exporter says of itself. */
  readonly name: string;
  /** Brings up to date what `collect` adds; ends in some seconds and never rejects. */
  prepare?(): Promise<void>;
  collect(samples: Samples): void;
}
