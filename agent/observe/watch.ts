import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { LatencySourceSpec } from '../../shared/job.js';
import type { Result } from '../../shared/result.js';
import type { Workload } from '../discover/workloads.js';
import type {
  CgroupHandle,
  CgroupReader,
  ContainerEngine,
  EngineContainer,
  KernelWeight,
  LatencyObservation,
} from '../ports.js';
import { LatencyWindow } from '../report/window.js';
import { type Measured, measure } from './collectors.js';
import { isInterval, type StampedCounters } from './container-cpu.js';
import { readLine } from './log-line.js';

export interface WatchDeps {
  readonly engine: Pick<ContainerEngine, 'followLogs'>;
  readonly cgroups: CgroupReader;
  readonly clock: Clock;
  /** Compiles a log pattern to one whose matching time is bounded. */
  readonly compile: (source: string) => Result<RegExp, string>;
  /** Window of response times, ms. */
  readonly windowMs: number;
}

/** Everything held open for one life of one container: cgroup files, log follower, window of response times. */
export class Watch {
  private readonly closing = new AbortController();
  private readonly window: LatencyWindow;
  private handle: CgroupHandle | undefined;
  private previous: StampedCounters | null = null;
  private cgroupFault = '';
  private latencyFault = '';

  constructor(
    readonly container: EngineContainer,
    readonly latency: LatencySourceSpec | null,
    private readonly deps: WatchDeps,
  ) {
    this.window = new LatencyWindow({ windowMs: deps.windowMs });
  }

  /** True when the watch still fits: same life, same latency source. */
  fits(workload: Workload): boolean {
    const { container } = workload;
    return (
      container !== null &&
      container.id === this.container.id &&
      container.startedAt === this.container.startedAt &&
      JSON.stringify(workload.latency) === JSON.stringify(this.latency)
    );
  }

  /** Starts what this latency source needs. Call once. */
  follow(): void {
    const spec = this.latency;
    if (spec?.source !== 'log') return;
    const compiled = this.deps.compile(spec.pattern);
    if (!compiled.ok) {
      this.latencyFault = compiled.error;
      return;
    }
    const onLine = (line: string): void => {
      const reading = readLine(line, compiled.value, spec.unit);
      if (reading.kind === 'observation') this.add([reading.observation]);
      else if (reading.kind === 'rejected') this.window.reject();
    };
    try {
      this.deps.engine.followLogs(this.container.id, onLine, this.closing.signal);
    } catch (cause) {
      this.latencyFault = `the log cannot be followed: ${messageOf(cause)}`;
    }
  }

  /** Pushed response times; refused when the container's source is another. */
  push(observations: readonly LatencyObservation[]): void {
    if (this.latency?.source === 'push') this.add(observations);
    else this.window.reject(observations.length);
  }

  /** Opens the cgroup files if they are not open, and takes a first reading. Never rejects. */
  async open(): Promise<void> {
    if (this.handle !== undefined || this.closing.signal.aborted) return;
    const opened = await this.deps.cgroups.open(this.container.pid, this.container.id).catch(failed);
    this.cgroupFault = opened.ok ? '' : opened.error;
    if (!opened.ok) return;
    if (this.closing.signal.aborted) return opened.value.close();
    this.handle = opened.value;
    this.previous = await this.read();
  }

  /** Measures the time since the last call (or `open`). Never rejects. */
  async collect(nowMs: number, limitChangedAtMs: number | null): Promise<Measured> {
    const { before, after } = await this.interval();
    const report = this.window.report(nowMs, limitChangedAtMs);
    return measure({ before, after, latency: { spec: this.latency, fault: this.latencyFault, report } });
  }

  /** The CPU weight as last read; null = not known. */
  get weight(): KernelWeight | null {
    return this.previous?.counters.weight ?? null;
  }

  /** What keeps this container from being observed; '' when nothing does. */
  get fault(): string {
    return [this.cgroupFault, this.latencyFault].filter((text) => text !== '').join('; ');
  }

  /** Idempotent; never rejects. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.drop();
  }

  /** The last two readings; a handle that was lost is opened again, and then there is only one. */
  private async interval(): Promise<{
    readonly before: StampedCounters | null;
    readonly after: StampedCounters | null;
  }> {
    if (this.handle === undefined) {
      await this.open();
      return { before: null, after: this.previous };
    }
    const before = this.previous;
    const after = await this.read();
    // Too soon to make an interval: the older reading stays, so that the next one is whole.
    if (before === null || after === null || isInterval(before, after)) this.previous = after;
    return { before, after };
  }

  private add(observations: readonly LatencyObservation[]): void {
    const now = this.deps.clock.now();
    for (const { latencyMs, weight } of observations) this.window.add(latencyMs, now, weight);
  }

  private async read(): Promise<StampedCounters | null> {
    if (this.handle === undefined) return null;
    const counters = await this.handle.read().catch(failed);
    if (counters.ok) return { atMs: this.deps.clock.now(), counters: counters.value };
    this.cgroupFault = counters.error;
    // Opened again by the next sync, if the container still runs.
    await this.drop();
    return null;
  }

  private async drop(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close().catch(() => undefined);
  }
}

const failed = (cause: unknown): Result<never, string> => ({ ok: false, error: messageOf(cause) });
