import type { Target } from '../../shared/qoe.js';
import type { LoadFactors } from '../host/container.js';
import type { ScenarioJob } from '../types.js';
import type { Judge } from './judge.js';

const MIN_CORES = 0.01;
/** Minimum quota of the kernel, µs. */
const MIN_QUOTA_US = 1000;
const LONG_PERIOD_US = 100_000;
const SHORT_PERIOD_US = 10_000;

/** What a job needs, and with which period. */
export interface JobDemand {
  /** Least CPU that satisfies the job, cores; Infinity = no amount does. */
  readonly cores: number;
  readonly periodUs: number;
}

/** A job, its target, and the conditions it runs under. */
export interface DemandInput {
  readonly job: ScenarioJob;
  readonly target: Target;
  readonly load: LoadFactors;
  /** Most CPU that it can get, cores. */
  readonly maxCores: number;
}

/**
 * Periods that a host may choose from (control.md §6): 100 ms, and a twentieth of the target within
 * 10 to 100 ms.
 */
export function periodsFor(targetMs: number): readonly number[] {
  const short = Math.round(
    Math.min(LONG_PERIOD_US, Math.max(SHORT_PERIOD_US, (targetMs * 1000) / 20)),
  );
  return short === LONG_PERIOD_US ? [LONG_PERIOD_US] : [LONG_PERIOD_US, short];
}

/**
 * The demand of the oracle: the least c with L(c) ≤ o(1+α), and for a `band` job also L(c) ≥
 * o(1−α), under the better of the periods. L is the long-run value; bisection to a ten-thousandth.
 * Infinity where no c up to `maxCores` and the parallelism is enough, or where the response time
 * jumps over the band.
 */
export function demandOf(judge: Judge, input: DemandInput): JobDemand {
  const found = periodsFor(input.target.latencyMs).map((periodUs) => ({
    periodUs,
    cores: leastCores(judge, input, periodUs),
  }));
  return found.reduce((best, each) => (each.cores < best.cores ? each : best));
}

function leastCores(
  judge: Judge,
  { job, target, load, maxCores }: DemandInput,
  periodUs: number,
): number {
  const { model, statistic } = job;
  if (model === null) return Number.POSITIVE_INFINITY;
  const slowestMs = target.latencyMs * (1 + target.toleranceRatio);
  const fastestMs = target.mode === 'band' ? target.latencyMs * (1 - target.toleranceRatio) : 0;
  const latencyMs = (limitCores: number): number =>
    judge.aloneMs({ model, statistic }, { ...load, limitCores, periodUs });
  let high = Math.min(maxCores, model.parallelism);
  let low = Math.min(high, Math.max(MIN_CORES, MIN_QUOTA_US / periodUs));
  if (latencyMs(high) > slowestMs) return Number.POSITIVE_INFINITY;
  if (latencyMs(low) <= slowestMs) high = low;
  while (high / low > 1.0001) {
    const middle = Math.sqrt(low * high);
    if (latencyMs(middle) > slowestMs) low = middle;
    else high = middle;
  }
  return latencyMs(high) >= fastestMs ? high : Number.POSITIVE_INFINITY;
}
