import { isMatch, type LabelMatcher } from '../../../shared/metrics/match.js';
import type { MetricReading } from '../../../shared/metrics/presets.js';
import { isRefused } from './refused.js';
import { MetricStream, type PageFault } from './stream.js';
import { type FlatLabels, parseMetricNumber } from './text.js';

/**
 * One label set of a metric, in the metric's own unit. What the page does not say is null or not
 * there.
 */
export interface Series {
  readonly labels: FlatLabels;
  /** Where it was first seen. */
  readonly line: number;
  count: number | null;
  sum: number | null;
  /** A gauge's value. */
  value: number | null;
  /** Upper bound → requests at or below it, since the server began. */
  readonly buckets: Map<number, number>;
  /** Quantile (0..1) → value. */
  readonly quantiles: Map<number, number>;
}

/** What a page says of one reading, by label set; those of refused requests are left out. */
export interface Family {
  readonly series: ReadonlyMap<string, Series>;
  /** Label sets that were not chosen, a few of them. */
  readonly others: readonly FlatLabels[];
  /** Of its first sample, chosen or not. */
  readonly line: number;
}

/** One page, reduced to what was asked of it. */
export interface MetricPage {
  /** By the place of the reading in what was asked; null = the page has no such metric. */
  readonly families: readonly (Family | null)[];
  /**
   * The page says that there is such a metric (`# TYPE`), with label sets or without: it may count
   * from zero.
   */
  readonly declared: readonly boolean[];
  /** Unix time at which the server's process began, s; null = not said. */
  readonly processStart: number | null;
  /** The first thing wrong with the page; null = nothing. */
  readonly fault: PageFault | null;
  readonly lines: number;
}

/** What is read of a page. */
export interface PageQuestion {
  readonly readings: readonly MetricReading[];
  readonly matchers?: readonly LabelMatcher[];
  /** Every line is checked, not only those of the readings. Default false. */
  readonly isStrict?: boolean;
}

type Part = 'bucket' | 'sum' | 'count' | 'value';
interface Role {
  readonly reading: number;
  readonly part: Part;
}
interface OpenFamily {
  readonly series: Map<string, Series>;
  readonly others: FlatLabels[];
  readonly line: number;
}

interface LabelSet {
  readonly labels: FlatLabels;
  /** The label that tells bucket or quantile; '' = none. */
  readonly special: string;
  readonly line: number;
  /** A refused request has no response time. */
  readonly isAnswer: boolean;
}

const PROCESS_START = 'process_start_time_seconds';
/** Label sets of one metric beyond this number are refused, so that memory stays bounded. */
const MAX_SERIES = 2000;
/** The same of buckets, or quantiles, of one label set. */
const MAX_BOUNDS = 1000;
const MAX_OTHERS = 5;
const MAX_TYPES = 20_000;
const NO_MATCHERS: readonly LabelMatcher[] = [];

/** Gathers what readings ask for while a page comes in, in chunks of any size. */
export class PageReader {
  readonly #families: (OpenFamily | null)[];
  readonly #roles: ReadonlyMap<string, readonly Role[]>;
  readonly #names: readonly (readonly string[])[];
  readonly #kinds: readonly MetricReading['kind'][];
  readonly #types = new Set<string>();
  readonly #matchers: readonly LabelMatcher[];
  readonly #stream: MetricStream;
  #processStart: number | null = null;
  #fault: PageFault | null = null;

  constructor({ readings, matchers = NO_MATCHERS, isStrict = false }: PageQuestion) {
    this.#families = readings.map(() => null);
    this.#roles = rolesOf(readings);
    this.#names = readings.map(typeNamesOf);
    this.#kinds = readings.map(({ kind }) => kind);
    this.#matchers = matchers;
    const listener = { sample: this.#sample.bind(this), type: this.#type.bind(this) };
    const wants = (name: string): boolean => this.#roles.has(name) || name === PROCESS_START;
    this.#stream = new MetricStream(listener, isStrict ? {} : { wants });
  }

  push(chunk: string): void {
    this.#stream.push(chunk);
  }

  end(): MetricPage {
    const { fault, lines } = this.#stream.end();
    const faults = [fault, this.#fault]
      .filter((found) => found !== null)
      .sort((a, b) => a.line - b.line);
    const declared = this.#names.map((names) => names.some((name) => this.#types.has(name)));
    return {
      families: this.#families,
      declared,
      processStart: this.#processStart,
      fault: faults[0] ?? null,
      lines,
    };
  }

  #type(name: string): void {
    if (this.#types.size < MAX_TYPES) this.#types.add(name);
  }

  #sample(name: string, labels: FlatLabels, value: number, line: number): void {
    if (name === PROCESS_START && labels.length === 0) this.#processStart = value;
    for (const role of this.#roles.get(name) ?? []) this.#take(role, labels, value, line);
  }

  #take({ reading, part }: Role, labels: FlatLabels, value: number, line: number): void {
    const family = this.#families[reading] ?? { series: new Map(), others: [], line };
    this.#families[reading] = family;
    const special = part === 'bucket' ? 'le' : part === 'value' ? 'quantile' : '';
    // The two counters of a pair need not have the same labels: without some of one, they would not
    // fit together.
    const isAnswer = this.#kinds[reading] !== 'counter-pair';
    const series = this.#seriesOf(family, { labels, special, line, isAnswer });
    if (series === undefined) return;
    if (part === 'sum') series.sum = value;
    else if (part === 'count') series.count = this.#countOf(value, line);
    else this.#fill(series, { part, bound: labelOf(labels, special), value, line });
  }

  #fill(
    series: Series,
    at: {
      readonly part: 'bucket' | 'value';
      readonly bound: string | undefined;
      readonly value: number;
      readonly line: number;
    },
  ): void {
    if (at.part === 'value' && at.bound === undefined) {
      series.value = at.value;
      return;
    }
    const bound = parseMetricNumber(at.bound ?? '');
    if (bound === undefined || Number.isNaN(bound)) {
      this.#note(
        at.line,
        at.part === 'bucket'
          ? 'has a bucket without a bound le'
          : 'has a quantile that is no number',
      );
      return;
    }
    const known = at.part === 'value' ? series.quantiles : series.buckets;
    if (known.size >= MAX_BOUNDS && !known.has(bound))
      this.#note(at.line, `is bound ${MAX_BOUNDS + 1} of one label set: a server must have fewer`);
    else if (at.part === 'value') series.quantiles.set(bound, at.value);
    else {
      const count = this.#countOf(at.value, at.line);
      if (count !== null) series.buckets.set(bound, count);
    }
  }

  #seriesOf(family: OpenFamily, { labels, special, line, isAnswer }: LabelSet): Series | undefined {
    if (this.#matchers.length > 0 && !isMatch(this.#matchers, labels)) {
      noteOther(family.others, labels, special);
      return undefined;
    }
    const key = keyOf(labels, special);
    const known = family.series.get(key);
    if (known !== undefined) return known;
    if (isAnswer && isRefused(labels, this.#matchers)) return undefined;
    if (family.series.size >= MAX_SERIES) {
      this.#note(line, `is label set ${MAX_SERIES + 1} of one metric: choose some with a match`);
      return undefined;
    }
    const made: Series = {
      labels,
      line,
      count: null,
      sum: null,
      value: null,
      buckets: new Map(),
      quantiles: new Map(),
    };
    family.series.set(key, made);
    return made;
  }

  #countOf(value: number, line: number): number | null {
    if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
    this.#note(line, `has ${value} where a count must stand`);
    return null;
  }

  #note(line: number, message: string): void {
    this.#fault ??= { line, message };
  }
}

function noteOther(others: FlatLabels[], labels: FlatLabels, special: string): void {
  if (others.length >= MAX_OTHERS) return;
  const plain = labels.filter((_, at) => labels[at - (at % 2)] !== special);
  const key = keyOf(plain, '');
  if (others.every((other) => keyOf(other, '') !== key)) others.push(plain);
}

/** A whole page at once. */
export function readPage(text: string, question: PageQuestion): MetricPage {
  const reader = new PageReader(question);
  reader.push(text);
  return reader.end();
}

function rolesOf(readings: readonly MetricReading[]): ReadonlyMap<string, readonly Role[]> {
  const roles = new Map<string, Role[]>();
  const add = (name: string, role: Role): void => {
    const known = roles.get(name);
    if (known === undefined) roles.set(name, [role]);
    else known.push(role);
  };
  readings.forEach((each, reading) => {
    for (const [name, part] of namesOf(each)) add(name, { reading, part });
  });
  return roles;
}

function namesOf(reading: MetricReading): readonly (readonly [string, Part])[] {
  if (reading.kind === 'counter-pair')
    return [
      ...withTotal(reading.sum).map((name) => [name, 'sum'] as const),
      ...withTotal(reading.count).map((name) => [name, 'count'] as const),
    ];
  const { kind, metric } = reading;
  if (kind === 'gauge') return [[metric, 'value']];
  const both = [[`${metric}_sum`, 'sum'] as const, [`${metric}_count`, 'count'] as const];
  return kind === 'histogram'
    ? [...both, [`${metric}_bucket`, 'bucket']]
    : [...both, [metric, 'value']];
}

/** Names that a `# TYPE` line has for it. */
const typeNamesOf = (reading: MetricReading): readonly string[] =>
  reading.kind === 'counter-pair'
    ? [...withTotal(reading.sum), ...withTotal(reading.count)]
    : [reading.metric];

/** OpenMetrics ends the samples of every counter in `_total`. */
const withTotal = (name: string): readonly string[] =>
  name.endsWith('_total') ? [name] : [name, `${name}_total`];

function labelOf(labels: FlatLabels, name: string): string | undefined {
  for (let at = 0; at < labels.length; at += 2) if (labels[at] === name) return labels[at + 1];
  return undefined;
}

/**
 * A key that is the same for the same labels in any order, without the label of the bucket or
 * quantile.
 */
function keyOf(labels: FlatLabels, special: string): string {
  const pairs: string[] = [];
  let isSorted = true;
  for (let at = 0; at < labels.length; at += 2) {
    const name = labels[at] ?? '';
    if (name === special) continue;
    const pair = `${name}\u0001${labels[at + 1] ?? ''}`;
    if (pairs.length > 0 && pair < (pairs[pairs.length - 1] ?? '')) isSorted = false;
    pairs.push(pair);
  }
  return (isSorted ? pairs : pairs.sort()).join('\u0002');
}
