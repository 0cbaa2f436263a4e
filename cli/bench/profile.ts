import { totalCores } from '../../lab/bench/capacity.js';
import { type LatencyProfile, type ProfilePoint, profileLimits } from '../../lab/bench/curve.js';
import type { ProfileNeed } from '../../lab/bench/needs.js';
import { coresOf, isAwake } from '../../lab/bench/sample.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { childSignal } from '../../shared/child-signal.js';
import { ok, type Result } from '../../shared/result.js';
import { CorePool } from './cores.js';
import { type MeasuredPoint, Probe, type ProbeOptions } from './probe.js';

/** The loads to profile, and a listener for each finished profile. */
export interface ProfileOptions extends ProbeOptions {
  readonly needs: readonly ProfileNeed[];
  readonly onDone: (need: ProfileNeed, profile: LatencyProfile) => void;
}

const POINTS = 8;
const ATTEMPTS = 3;
/**
 * Share of the CPU that profiles running side by side may use, so that they do not disturb each
 * other.
 */
const SIDE_BY_SIDE_RATIO = 0.9;
/** An open queue is profiled only with at least this many times the CPU that its requests need. */
const OPEN_MARGIN = 1.05;
/** Lowest limit to profile ÷ lowest demand. */
const BELOW_RATIO = 0.6;
/** Lowest demand where targets are given in ms, as a share of the CPU. */
const UNKNOWN_DEMAND_RATIO = 0.05;

/**
 * Measures response time by CPU limit, with one container for each kind of load; several at a time
 * where their limits fit. The first that fails ends the others.
 */
export async function profileAll(
  options: ProfileOptions,
): Promise<Result<ReadonlyMap<string, LatencyProfile>>> {
  const pool = new CorePool(totalCores(options.system.nodeCores) * SIDE_BY_SIDE_RATIO);
  const failed = childSignal(options.signal);
  const { signal } = failed;
  let fault: Result<never> | undefined;
  const profiles = new Map<string, LatencyProfile>();
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
  failed.abort();
  return fault ?? ok(profiles);
}

interface Task {
  readonly need: ProfileNeed;
  readonly index: number;
  readonly pool: CorePool;
}

async function profileOne(
  options: ProfileOptions,
  { need, index, pool }: Task,
): Promise<Result<LatencyProfile>> {
  const { system } = options;
  const allocatableCores = totalCores(system.nodeCores);
  const maxCores = await pool.take(Math.min(allocatableCores, coresOf(need.workload)));
  let heldCores = maxCores;
  // Limits only fall: what this container no longer holds is free for the others.
  const onLimited = (cores: number): void => {
    pool.give(heldCores - cores);
    heldCores = cores;
  };
  try {
    const probe = new Probe(`profile-${index + 1}`, need, options);
    const profile = await profileHeld(probe, { need, maxCores, allocatableCores, onLimited });
    if (profile.ok) await system.stop(probe.name);
    return profile;
  } finally {
    pool.give(heldCores);
  }
}

interface ProfileRun {
  readonly need: ProfileNeed;
  readonly maxCores: number;
  readonly allocatableCores: number;
  readonly onLimited: (cores: number) => void;
}

async function profileHeld(probe: Probe, held: ProfileRun): Promise<Result<LatencyProfile>> {
  const { need, maxCores, allocatableCores } = held;
  const points: ProfilePoint[] = [];
  let workSeconds = 0;
  let limits: readonly number[] = [maxCores];
  for (let at = 0; at < limits.length; at += 1) {
    const cores = limits[at] ?? maxCores;
    const limited = await probe.limitTo(cores);
    if (!limited.ok) return limited;
    held.onLimited(cores);
    const measured = await measureFreely(probe, limited.value, { cores, workSeconds });
    if (!measured.ok) return measured;
    const { point, cpuSeconds } = measured.value;
    if (at === 0) {
      workSeconds = cpuSeconds;
      limits = profileLimits(
        { least: leastLimit(need, allocatableCores, workSeconds), most: maxCores },
        POINTS,
      );
    }
    if (point === null) break;
    points.push(point);
  }
  return ok({ arrivals: need.workload.arrivals.kind, workSeconds, points });
}

/**
 * Measures a point again when other programs disturbed it, and keeps the fastest: a disturbance
 * only makes it slower.
 */
async function measureFreely(
  probe: Probe,
  begun: AllocationStatus,
  { cores, workSeconds }: { readonly cores: number; readonly workSeconds: number },
): Promise<Result<MeasuredPoint>> {
  let best: MeasuredPoint | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const measured = await probe.measure(begun, { cores, workSeconds });
    if (!measured.ok || measured.value.point === null)
      return best === undefined ? measured : ok(best);
    const isFaster = best?.point == null || measured.value.point.meanMs < best.point.meanMs;
    if (isFaster) best = measured.value;
    if (best?.point?.isContended !== true) break;
  }
  return ok(best ?? { point: null, cpuSeconds: 0 });
}

function leastLimit(
  { workload, leastDemandCores }: ProfileNeed,
  allocatableCores: number,
  workSeconds: number,
): number {
  const least = (leastDemandCores ?? UNKNOWN_DEMAND_RATIO * allocatableCores) * BELOW_RATIO;
  const { arrivals } = workload;
  // What threads use while they wait is no work of requests.
  return arrivals.kind === 'open' && !isAwake(workload)
    ? Math.max(least, OPEN_MARGIN * arrivals.ratePerSecond * workSeconds)
    : least;
}
