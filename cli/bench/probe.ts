import { isContended, type ProfilePoint } from '../../lab/bench/curve.js';
import type { ProfileNeed } from '../../lab/bench/needs.js';
import { coresOf, probeSpecOf } from '../../lab/bench/sample.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import { faultsOf, isMeasured, ratiosOf, spentBetween } from './calibrate.js';
import { stopped } from './play.js';
import type { BenchSystem } from './system.js';

/** The system and the clock that a probe uses. */
export interface ProbeOptions {
  /** Its policy must give each container what its own bounds allow, as `equal` does. */
  readonly system: BenchSystem;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const MIN_REQUESTS = 10;
const FEW_REQUESTS = 3;
const MEAN_MS = 2000;
/**
 * Window of the reports. Open arrivals and percentiles, which are read from the window, vary more.
 */
export const PROFILE_WINDOW_MS = 10_000;
const POINT_DEADLINE_MS = 60_000;
const START_DEADLINE_MS = 120_000;
const POLL_MS = 50;

/** What was measured at one limit. */
export interface MeasuredPoint {
  /** null = too slow to measure: lower limits are not tried. */
  readonly point: ProfilePoint | null;
  /** CPU-seconds of one request. */
  readonly cpuSeconds: number;
}

/** One container whose limit is moved while it works. */
export class Probe {
  readonly name: string;
  readonly #need: ProfileNeed;
  readonly #options: ProbeOptions;

  constructor(name: string, need: ProfileNeed, options: ProbeOptions) {
    this.name = name;
    this.#need = need;
    this.#options = options;
  }

  /** Resolves once the kernel has the limit and the container has answered a request. */
  async limitTo(cores: number): Promise<Result<AllocationStatus>> {
    const { system, signal } = this.#options;
    if (signal.aborted) return stopped();
    const submitted = await system.submit([probeSpecOf(this.name, this.#need.workload, cores)]);
    if (!submitted.ok) return submitted;
    const limited = await this.#lookUntil(START_DEADLINE_MS, (now) => isLimitedTo(now, cores));
    if (!limited.ok) return limited;
    if (limited.value !== null) return ok(limited.value);
    return err(faultsOf(system.look().allocations, ({ job }) => job === this.name));
  }

  /**
   * Measures the container from `begun` on, where the limit is in force. `workSeconds` 0 = not
   * known yet.
   */
  async measure(
    begun: AllocationStatus,
    at: { readonly cores: number; readonly workSeconds: number },
  ): Promise<Result<MeasuredPoint>> {
    const { clock } = this.#options;
    // The current request began under the limit before.
    const first = await this.#lookUntil(
      POINT_DEADLINE_MS,
      (now) => isMeasured(now) && spentBetween(begun, now).requests > 0,
    );
    if (!first.ok) return first;
    if (first.value === null) return ok({ point: null, cpuSeconds: 0 });
    const from = first.value;
    const startMs = clock.now();
    const { workload, hasPercentiles } = this.#need;
    const leastMs =
      workload.arrivals.kind === 'open' || hasPercentiles ? PROFILE_WINDOW_MS : MEAN_MS;
    const enough = (now: AllocationStatus): boolean =>
      isMeasured(now) &&
      spentBetween(from, now).requests >= MIN_REQUESTS &&
      clock.now() - startMs >= leastMs;
    const last = await this.#lookUntil(POINT_DEADLINE_MS, enough);
    if (!last.ok) return last;
    const load = {
      arrivals: workload.arrivals.kind,
      threads: coresOf(workload),
      workSeconds: at.workSeconds,
    };
    return ok(measuredBetween({ from, to: last.value ?? this.#status(), cores: at.cores, load }));
  }

  /** The first status that `done` accepts; null = the time is over. */
  async #lookUntil(
    patienceMs: number,
    done: (now: AllocationStatus) => boolean,
  ): Promise<Result<AllocationStatus | null>> {
    const { clock, signal, system } = this.#options;
    const deadline = clock.now() + patienceMs;
    for (;;) {
      if (signal.aborted) return stopped();
      const now = this.#status();
      const { state } = now?.container ?? {};
      if (state === 'failed' || state === 'exited')
        return err(faultsOf(system.look().allocations, ({ job }) => job === this.name));
      if (now !== undefined && done(now)) return ok(now);
      if (clock.now() > deadline) return ok(null);
      await clock.sleep(POLL_MS, signal);
    }
  }

  #status(): AllocationStatus | undefined {
    return this.#options.system.look().allocations.find(({ job }) => job === this.name);
  }
}

const isLimitedTo = ({ container }: AllocationStatus, cores: number): boolean =>
  container?.observed?.cpuCores != null &&
  Math.abs(container.observed.cpuCores - cores) < 0.005 &&
  (container.latency?.totalCount ?? 0) > 0;

interface MeasuredSpan {
  readonly from: AllocationStatus;
  readonly to: AllocationStatus | undefined;
  readonly cores: number;
  readonly load: Parameters<typeof isContended>[1];
}

function measuredBetween({ from, to, cores, load }: MeasuredSpan): MeasuredPoint {
  const { requests, cpuSeconds } = spentBetween(from, to);
  const latency = to?.container?.latency;
  if (latency == null || requests < FEW_REQUESTS) return { point: null, cpuSeconds: 0 };
  const meanMs = (latency.totalMs - (from.container?.latency?.totalMs ?? 0)) / requests;
  const contended = load.workSeconds > 0 && isContended({ cores, meanMs }, load);
  const point = {
    cores,
    meanMs,
    requests,
    isContended: contended,
    ratios: ratiosOf(latency.window),
  };
  return { point, cpuSeconds: cpuSeconds / requests };
}
