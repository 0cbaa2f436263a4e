import { messageOf } from '../../shared/errors.js';
import type { LatencySourceSpec } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import type { Result } from '../../shared/result.js';
import type { Workload } from '../discover/workloads.js';
import type { CgroupHandle, CgroupReader, KernelKnobs } from '../ports/cgroup.js';
import type { EngineContainer } from '../ports/engine.js';
import type { LatencyObservation, PushedHistogram } from '../ports/push.js';
import { type ContainerMeasurements, measure } from './collectors.js';
import { isInterval, type StampedCounters } from './container-cpu.js';
import { type FeedDeps, type LatencyFeed, reportable } from './feeds/feed.js';
import { openFeed } from './feeds/open-feed.js';
import { PushFeed } from './feeds/push-feed.js';

/** What a watch opens its files and sources with. */
export interface WatchDeps extends FeedDeps {
  readonly cgroups: CgroupReader;
}

/**
 * Everything held open for one life of one container: cgroup files, and the source of its response
 * times.
 */
export class Watch {
  readonly #deps: WatchDeps;
  readonly container: EngineContainer;
  readonly #latency: LatencySourceSpec | null;
  readonly #closing = new AbortController();
  #target: Target | null;
  #feed: LatencyFeed | null = null;
  #handle: CgroupHandle | undefined;
  #previous: StampedCounters | null = null;
  #cgroupFault = '';
  #note = '';

  constructor(
    container: EngineContainer,
    { latency, target }: Pick<Workload, 'latency' | 'target'>,
    deps: WatchDeps,
  ) {
    this.#deps = deps;
    this.container = container;
    this.#latency = latency;
    this.#target = target;
  }

  /**
   * True when the watch can be kept: same life, same latency source, and where the agent asks that
   * source, the same place. It then takes over the workload's target, which may have changed.
   */
  fits(workload: Workload): boolean {
    const { container } = workload;
    const isSame =
      container !== null &&
      container.id === this.container.id &&
      container.startedAt === this.container.startedAt &&
      JSON.stringify(workload.latency) === JSON.stringify(this.#latency) &&
      (!isAsked(this.#latency) || placeOf(container) === placeOf(this.container));
    if (isSame) this.#target = workload.target;
    return isSame;
  }

  /** Starts what this latency source needs. Call once. */
  follow(): void {
    const { container } = this;
    const deps = this.#deps;
    const latency = this.#latency;
    const start = {
      container,
      deps,
      signal: this.#closing.signal,
      statistic: () => this.#target?.statistic ?? 'mean',
    };
    if (latency !== null) this.#feed = openFeed(latency, start);
  }

  /** Pushed response times; refused when the container's source is another. */
  push(observations: readonly LatencyObservation[], histograms: readonly PushedHistogram[]): void {
    if (this.#feed instanceof PushFeed) this.#feed.push(observations, histograms);
    else this.#feed?.reject(observations.length + histograms.length);
  }

  /** Opens the cgroup files if they are not open, and takes a first reading. Never rejects. */
  async open(): Promise<void> {
    if (this.#handle !== undefined || this.#closing.signal.aborted) return;
    const opened = await this.#deps.cgroups
      .open(this.container.pid, this.container.id)
      .catch(failed);
    this.#cgroupFault = opened.ok ? '' : opened.error;
    if (!opened.ok) return;
    // A report may have opened them meanwhile, too.
    if (this.#closing.signal.aborted || this.#handle !== undefined) return opened.value.close();
    this.#handle = opened.value;
    this.#previous = await this.#read();
  }

  /** Has the newest response times where the agent asks for them. Never rejects. */
  async refresh(): Promise<void> {
    await this.#feed?.refresh?.();
  }

  /** Measures the time since the last call (or `open`). Never rejects. */
  async collect(nowMs: number, limitChangedAtMs: number | null): Promise<ContainerMeasurements> {
    const { before, after } = await this.#interval();
    const reading = this.#feed?.read(nowMs, limitChangedAtMs) ?? { report: null };
    const { report, note } = reportable(reading, this.#target);
    this.#note = note;
    return measure({ before, after, latency: { spec: this.#latency, report } });
  }

  /** CPU weight and burst as last read; null = not known. */
  get knobs(): KernelKnobs {
    const { weight = null, burstUs = null } = this.#previous?.counters ?? {};
    return { weight, burstUs };
  }

  /** What keeps this container from being observed; '' when nothing does. */
  get fault(): string {
    return [this.#cgroupFault, this.#feed?.fault ?? '', this.#note]
      .filter((text) => text !== '')
      .join('; ');
  }

  /** What people should know of how it is observed; '' = nothing. */
  notice(nowMs: number): string {
    return this.#feed?.notice?.(nowMs) ?? '';
  }

  /** Idempotent; never rejects. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#drop();
  }

  /** The last two readings. A handle that was lost is opened again, and then there is only one. */
  async #interval(): Promise<{
    readonly before: StampedCounters | null;
    readonly after: StampedCounters | null;
  }> {
    if (this.#handle === undefined) {
      await this.open();
      return { before: null, after: this.#previous };
    }
    const before = this.#previous;
    const after = await this.#read();
    // The readings are too close to make an interval: the older one is kept, so that the next
    // interval is a full one.
    if (before === null || after === null || isInterval(before, after)) this.#previous = after;
    return { before, after };
  }

  async #read(): Promise<StampedCounters | null> {
    if (this.#handle === undefined) return null;
    const counters = await this.#handle.read().catch(failed);
    if (counters.ok) return { atMs: this.#deps.clock.now(), counters: counters.value };
    this.#cgroupFault = counters.error;
    // Opened again by the next sync, if the container still runs.
    await this.#drop();
    return null;
  }

  async #drop(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close().catch(() => undefined);
  }
}

/** Whether the agent itself asks the container for its response times. */
const isAsked = (latency: LatencySourceSpec | null): boolean =>
  latency?.source === 'prometheus' || latency?.source === 'probe';

/** Networks come and go within one life, and an address that was left may be another's by then. */
const placeOf = ({ addresses, ports, exposedPorts, hostNetwork }: EngineContainer): string =>
  JSON.stringify([addresses, ports, exposedPorts, hostNetwork]);

const failed = (cause: unknown): Result<never, string> => ({ ok: false, error: messageOf(cause) });
