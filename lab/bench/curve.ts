import type { Statistic } from '../../shared/qoe.js';
import { nonIncreasing } from './isotonic.js';

/** One measurement of a load at one CPU limit. */
export interface ProfilePoint {
  readonly cores: number;
  readonly meanMs: number;
  readonly requests: number;
  /**
   * In every attempt the container got clearly less CPU than its limit: the host was busy with
   * other work.
   */
  readonly isContended: boolean;
  /** Each statistic ÷ the mean. */
  readonly ratios: Readonly<Record<Statistic, number>>;
}

/** Response times of one load by CPU limit, measured without disturbance. */
export interface LatencyProfile {
  readonly arrivals: 'closed' | 'open';
  /** CPU-seconds of one request during the measurement. */
  readonly workSeconds: number;
  readonly points: readonly ProfilePoint[];
}

/** A statistic by CPU limit. Latencies never rise with the limit. */
export interface Curve {
  readonly arrivals: 'closed' | 'open';
  /** Ascending in cores; never empty. */
  readonly points: readonly { readonly cores: number; readonly latencyMs: number }[];
}

/**
 * The statistic of a profile as a curve, with all times multiplied by `scale`. Isotonic regression
 * over the points, weighted by requests.
 */
export function curveOf(profile: LatencyProfile, statistic: Statistic, scale = 1): Curve {
  const points = [...profile.points].sort((a, b) => a.cores - b.cores);
  const values = points.map(({ meanMs, ratios, requests }) => ({
    value: meanMs * ratios[statistic] * scale,
    weight: Math.max(1, requests),
  }));
  const latencies = nonIncreasing(values);
  return {
    arrivals: profile.arrivals,
    points: points.map(({ cores }, index) => ({ cores, latencyMs: latencies[index] ?? 0 })),
  };
}

/**
 * Lowest limit at which the statistic is at most `latencyMs`, cores; Infinity = no measured limit
 * is enough. Between points the time is linear in 1/c. Below the lowest point this holds for closed
 * loops only: with open arrivals the queue could be unbounded there.
 */
export function leastCores({ points, arrivals }: Curve, latencyMs: number): number {
  const at = points.findIndex((point) => point.latencyMs <= latencyMs);
  const found = points[at];
  if (found === undefined) return Number.POSITIVE_INFINITY;
  const below = points[at - 1];
  if (below !== undefined) {
    const share = (latencyMs - found.latencyMs) / (below.latencyMs - found.latencyMs);
    return 1 / (1 / found.cores + share * (1 / below.cores - 1 / found.cores));
  }
  return arrivals === 'open' ? found.cores : (found.cores * found.latencyMs) / latencyMs;
}

/**
 * The statistic at a limit, ms; the opposite of `leastCores`. Above the highest measured limit it
 * is as there; below the lowest, Infinity with open arrivals.
 */
export function latencyAt({ points, arrivals }: Curve, cores: number): number {
  const at = points.findIndex((point) => point.cores >= cores);
  const above = at < 0 ? points.at(-1) : points[at];
  if (above === undefined || cores <= 0) return Number.POSITIVE_INFINITY;
  if (at < 0) return above.latencyMs;
  const below = points[at - 1];
  if (below !== undefined) {
    const share = (1 / cores - 1 / above.cores) / (1 / below.cores - 1 / above.cores);
    return above.latencyMs + share * (below.latencyMs - above.latencyMs);
  }
  if (above.cores === cores) return above.latencyMs;
  return arrivals === 'open' ? Number.POSITIVE_INFINITY : (above.latencyMs * above.cores) / cores;
}

/**
 * A closed loop at its limit takes a little more than W/c; above this ratio it waited for other
 * work.
 */
const CONTENDED_RATIO = 1.15;
/** A loop with a limit above this share of what its threads can use need not use up its limit. */
const UNBOUND_RATIO = 0.9;

/**
 * Whether a closed loop was slower than its limit explains. False for open arrivals, for limits
 * that do not bind, and for several threads: nothing is known of them.
 */
export function isContended(
  { cores, meanMs }: Pick<ProfilePoint, 'cores' | 'meanMs'>,
  load: {
    readonly arrivals: 'closed' | 'open';
    readonly threads: number;
    readonly workSeconds: number;
  },
): boolean {
  if (load.arrivals === 'open' || cores >= UNBOUND_RATIO || (load.threads > 1 && cores > 0.5))
    return false;
  return (meanMs / 1000) * cores > CONTENDED_RATIO * load.workSeconds;
}

/**
 * Limits to profile, cores, descending: `count` limits in equal ratios from `range.most` down to
 * `range.least`.
 */
export function profileLimits(
  range: { readonly least: number; readonly most: number },
  count: number,
): readonly number[] {
  const least = Math.min(range.least, range.most);
  const ratio = (least / range.most) ** (1 / Math.max(1, count - 1));
  const limits = Array.from(
    { length: count },
    (_, index) => Math.round(range.most * ratio ** index * 100) / 100,
  );
  return [...new Set(limits.map((cores) => Math.max(0.01, cores)))];
}
