import type { LatencySourceSpec } from '../../shared/job.js';
import type { Statistic, Target } from '../../shared/qoe.js';
import { DEFAULT_LABEL_PREFIX, readLabels } from '../discover/labels.js';
import { Watch, type WatchDeps } from '../observe/watch.js';
import type { EngineContainer } from '../ports/engine.js';
import { type LookDeps, lookAtSources, type SourceFinding } from './container.js';
import { type ContainerUsage, type UsageReading, usageOf } from './usage.js';

/** What was seen of one container that nobody controls. */
export interface WatchedContainer extends ContainerUsage {
  readonly name: string;
  readonly image: string;
  /** CPU that it may use by its own settings, cores; null = no limit. */
  readonly limitCores: number | null;
  /** The statistic that its source tells. */
  readonly statistic: Statistic;
  /** Labels of its source, without prefix; empty = none was found. */
  readonly sourceLabels: Readonly<Record<string, string>>;
  /** Why less is known than one would like; '' = nothing is missing. */
  readonly why: string;
}

/** How long containers are watched, and with what. */
export interface WatchOptions extends WatchDeps {
  readonly look: LookDeps;
  readonly forMs: number;
  /** With the dot; default `dqoes.`. */
  readonly labelPrefix?: string;
  readonly signal: AbortSignal;
  /** Hears how much of the time has passed, ms. */
  readonly onProgress?: (passedMs: number) => void;
}

/** Time between two readings, ms; the window of response times is as long. */
export const READING_MS = 5000;
/** Between opening the files of a container and the first reading that counts, ms. */
const FIRST_READING_MS = 100;
/** A target that no source takes for its own: all response times count. */
const ANY_MS = 3_600_000;

/**
 * Watches running containers side by side through the sources that the doctor finds, and changes
 * nothing. When the signal aborts, what was seen until then is the answer.
 */
export async function watchContainers(
  containers: readonly EngineContainer[],
  options: WatchOptions,
): Promise<readonly WatchedContainer[]> {
  const watched = await Promise.all(
    containers.map(async (container) => {
      const source = await sourceOf(container, options);
      return new WatchedOne(container, source, options);
    }),
  );
  await Promise.all(watched.map((each) => each.open()));
  const { clock, signal, forMs, onProgress } = options;
  const startMs = clock.now();
  try {
    while (!signal.aborted && clock.now() - startMs < forMs) {
      onProgress?.(clock.now() - startMs);
      await clock.sleep(Math.min(READING_MS, forMs - (clock.now() - startMs)), signal);
      await Promise.all(watched.map((each) => each.read(clock.now())));
    }
    return watched.map((each) => each.answer());
  } finally {
    await Promise.all(watched.map((each) => each.close()));
  }
}

/** Docker's period where none is set, µs. */
const USUAL_PERIOD_US = 100_000;

function limitOf({ nanoCpus, quotaUs, periodUs }: EngineContainer['cpu']): number | null {
  if (nanoCpus > 0) return nanoCpus / 1e9;
  return quotaUs > 0 ? quotaUs / (periodUs > 0 ? periodUs : USUAL_PERIOD_US) : null;
}

interface Source {
  readonly latency: LatencySourceSpec | null;
  readonly statistic: Statistic;
  readonly labels: Readonly<Record<string, string>>;
  readonly why: string;
}

async function sourceOf(
  container: EngineContainer,
  { look, labelPrefix = DEFAULT_LABEL_PREFIX }: WatchOptions,
): Promise<Source> {
  const findings = await lookAtSources(container, look);
  const best = findings.find(isUsable);
  if (best === undefined) return { ...NO_SOURCE, why: whyNone(findings) };
  const { labels, meanOnly } = best;
  const read = readLabels(
    { name: container.name, labels: labelsFor(labels, labelPrefix) },
    labelPrefix,
  );
  if (!read.spec.ok) return { ...NO_SOURCE, why: read.spec.error[0]?.message ?? '' };
  const statistic = meanOnly === true ? 'mean' : 'p95';
  return { latency: read.spec.value.latency, statistic, labels, why: '' };
}

const NO_SOURCE = { latency: null, statistic: 'mean', labels: {} } as const;

/** A server that has answered nothing yet may do so while it is watched. */
const isUsable = ({ source, state, labels }: SourceFinding): boolean =>
  state === 'found' || (source === 'prometheus' && state === 'possible' && 'preset' in labels);

const whyNone = (findings: readonly SourceFinding[]): string =>
  findings
    .filter(({ source }) => source === 'prometheus' || source === 'log')
    .map(({ source, detail }) => `${source}: ${detail}`)
    .join('; ');

const labelsFor = (
  source: Readonly<Record<string, string>>,
  prefix: string,
): Readonly<Record<string, string>> => ({
  [`${prefix}enable`]: 'true',
  [`${prefix}target`]: '1s',
  ...Object.fromEntries(
    Object.entries(source).map(([key, value]) => [`${prefix}latency.${key}`, value]),
  ),
});

class WatchedOne {
  readonly #container: EngineContainer;
  readonly #source: Source;
  readonly #watch: Watch;
  readonly #readings: UsageReading[] = [];
  readonly #clock: WatchOptions['clock'];
  #fault = '';

  constructor(container: EngineContainer, source: Source, options: WatchOptions) {
    this.#container = container;
    this.#source = source;
    this.#clock = options.clock;
    const target: Target = {
      latencyMs: ANY_MS,
      statistic: source.statistic,
      toleranceRatio: 0.1,
      mode: 'ceiling',
    };
    this.#watch = new Watch(container, { latency: source.latency, target }, options);
  }

  async open(): Promise<void> {
    this.#watch.follow();
    await this.#watch.open();
    await this.#clock.sleep(FIRST_READING_MS);
    await this.read(this.#clock.now());
  }

  async read(nowMs: number): Promise<void> {
    await this.#watch.refresh();
    const { cpu, latency } = await this.#watch.collect(nowMs, null);
    this.#fault = this.#watch.fault;
    const before = this.#readings.at(-1)?.answered?.count ?? 0;
    const answered =
      latency === null ? null : { count: latency.totalCount, totalMs: latency.totalMs };
    const isNew = latency !== null && latency.totalCount > before;
    this.#readings.push({
      atMs: nowMs,
      cpuSeconds: cpu?.usageTotalSeconds ?? null,
      answered,
      window: isNew ? latency.window : null,
    });
  }

  answer(): WatchedContainer {
    const { name, image, cpu } = this.#container;
    const { statistic, labels, why } = this.#source;
    const known = this.#readings.filter(({ cpuSeconds }) => cpuSeconds !== null);
    const usage = usageOf(known.length >= 2 ? known : this.#readings);
    const silent = usage.requests <= 0 ? 'it answered nothing while it was watched' : '';
    return {
      name,
      image,
      limitCores: limitOf(cpu),
      ...usage,
      statistic,
      sourceLabels: labels,
      why: [why, this.#fault].filter((text) => text !== '').join('; ') || silent,
    };
  }

  close(): Promise<void> {
    return this.#watch.close();
  }
}
