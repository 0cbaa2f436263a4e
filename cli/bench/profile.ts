import { type Profile, type ProfilePoint, profileLimits } from '../../lab/bench/curve.js';
import type { ProfileNeed } from '../../lab/bench/needs.js';
import { probeSpecOf } from '../../lab/bench/sample.js';
import type { AllocationStatus } from '../../proto/service.js';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import { faultsOf, ratiosOf, spentBetween } from './calibrate.js';
import { CorePool } from './cores.js';
import { stopped } from './play.js';
import type { BenchSystem } from './system.js';

export interface ProfileOptions {
  /** Its policy must give each container what its own bounds allow, as `equal` does. */
  readonly system: BenchSystem;
  readonly needs: readonly ProfileNeed[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onDone: (need: ProfileNeed, profile: Profile) => void;
}

const POINTS = 8;
const LEAST_REQUESTS = 10;
const FEW_REQUESTS = 3;
const MEAN_MS = 2000;
/** Window of the reports: chance has more say in open arrivals and in percentiles, which are read from the window. */
export const PROFILE_WINDOW_MS = 10_000;
const POINT_DEADLINE_MS = 60_000;
const START_DEADLINE_MS = 120_000;
const POLL_MS = 50;
/** Share of the CPU that profiles running side by side may use, so that none is in the way of another. */
const SIDE_BY_SIDE_RATIO = 0.9;
/** An open queue is not profiled below this many times what its requests need. */
const OPEN_MARGIN = 1.05;
/** Least limit to profile ÷ least demand. */
const BELOW_RATIO = 0.6;
/** Least demand where targets are given in ms: share of the CPU. */
const UNKNOWN_DEMAND_RATIO = 0.05;

/**
 * Measures response time by CPU limit for each kind of load, in one container each; several at a time where their limits fit beside each other. The first that
 * cannot be measured ends the others.
 */
export async function profileAll(options: ProfileOptions): Promise<Result<ReadonlyMap<string, Profile>>> {
  const pool = new CorePool(options.system.allocatableCores * SIDE_BY_SIDE_RATIO);
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  let fault: Result<never> | undefined;
  const profiles = new Map<string, Profile>();
  const profileInTurn = async (need: ProfileNeed, index: number): Promise<void> => {
    const profiled = await profileOne({ ...options, signal }, { need, index, pool });
    if (profiled.ok) {
      profiles.set(need.key, profiled.value);
      options.onDone(need, profiled.value);
    } else {
      fault ??= profiled;
      failed.abort();
    }
  };
  await Promise.all(options.needs.map(profileInTurn));
  return fault ?? ok(profiles);
}

interface Task {
  readonly need: ProfileNeed;
  readonly index: number;
  readonly pool: CorePool;
}

async function profileOne(options: ProfileOptions, { need, index, pool }: Task): Promise<Result<Profile>> {
  const { system } = options;
  const mostCores = await pool.take(Math.min(system.allocatableCores, need.workload.threads));
  let heldCores = mostCores;
  // Limits only fall: what the container no longer holds is free for the others.
  const onLimited = (cores: number): void => {
    pool.give(heldCores - cores);
    heldCores = cores;
  };
  try {
    const probe = new Probe(`profile-${index + 1}`, need, options);
    const profile = await profileHeld(probe, { need, mostCores, allocatableCores: system.allocatableCores, onLimited });
    if (profile.ok) await system.stop(probe.name);
    return profile;
  } finally {
    pool.give(heldCores);
  }
}

interface Held {
  readonly need: ProfileNeed;
  readonly mostCores: number;
  readonly allocatableCores: number;
  readonly onLimited: (cores: number) => void;
}

async function profileHeld(probe: Probe, held: Held): Promise<Result<Profile>> {
  const { need, mostCores, allocatableCores } = held;
  const points: ProfilePoint[] = [];
  let workSeconds = 0;
  let limits: readonly number[] = [mostCores];
  for (let at = 0; at < limits.length; at += 1) {
    const cores = limits[at] ?? mostCores;
    const limited = await probe.limitTo(cores);
    if (!limited.ok) return limited;
    held.onLimited(cores);
    const measured = await probe.measure(limited.value, cores);
    if (!measured.ok) return measured;
    const { point, cpuSeconds } = measured.value;
    if (at === 0) {
      workSeconds = cpuSeconds;
      limits = profileLimits({ least: leastLimit(need, allocatableCores, workSeconds), most: mostCores }, POINTS);
    }
    if (point === null) break;
    points.push(point);
  }
  return ok({ arrivals: need.workload.arrivals.kind, workSeconds, points });
}

function leastLimit(
  { workload, leastDemandRatio }: ProfileNeed,
  allocatableCores: number,
  workSeconds: number,
): number {
  const least = (leastDemandRatio ?? UNKNOWN_DEMAND_RATIO) * allocatableCores * BELOW_RATIO;
  const { arrivals } = workload;
  return arrivals.kind === 'open' ? Math.max(least, OPEN_MARGIN * arrivals.ratePerSecond * workSeconds) : least;
}

interface Measured {
  /** null = too slow to be measured: lower limits are not worth trying. */
  readonly point: ProfilePoint | null;
  /** CPU-seconds of one request. */
  readonly cpuSeconds: number;
}

/** One container whose limit is moved while it works. */
class Probe {
  readonly name: string;
  readonly #need: ProfileNeed;
  readonly #options: ProfileOptions;

  constructor(name: string, need: ProfileNeed, options: ProfileOptions) {
    this.name = name;
    this.#need = need;
    this.#options = options;
  }

  /** Answers once the kernel holds the limit and the container has answered a request. */
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

  async measure(begun: AllocationStatus, cores: number): Promise<Result<Measured>> {
    const { clock } = this.#options;
    // The request under way was begun under the limit before.
    const first = await this.#lookUntil(POINT_DEADLINE_MS, (now) => spentBetween(begun, now).requests > 0);
    if (!first.ok) return first;
    if (first.value === null) return ok({ point: null, cpuSeconds: 0 });
    const from = first.value;
    const startMs = clock.now();
    const { workload, hasPercentiles } = this.#need;
    const leastMs = workload.arrivals.kind === 'open' || hasPercentiles ? PROFILE_WINDOW_MS : MEAN_MS;
    const enough = (now: AllocationStatus): boolean =>
      spentBetween(from, now).requests >= LEAST_REQUESTS && clock.now() - startMs >= leastMs;
    const last = await this.#lookUntil(POINT_DEADLINE_MS, enough);
    if (!last.ok) return last;
    return ok(measuredBetween(from, last.value ?? this.#status(), cores));
  }

  /** null when the time is over first. */
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

function measuredBetween(from: AllocationStatus, to: AllocationStatus | undefined, cores: number): Measured {
  const { requests, cpuSeconds } = spentBetween(from, to);
  const latency = to?.container?.latency;
  if (latency == null || requests < FEW_REQUESTS) return { point: null, cpuSeconds: 0 };
  const meanMs = (latency.totalMs - (from.container?.latency?.totalMs ?? 0)) / requests;
  return { point: { cores, meanMs, requests, ratios: ratiosOf(latency.window) }, cpuSeconds: cpuSeconds / requests };
}
