import { err, ok, type Result } from '../../shared/result.js';
import type { ArrivalProcess } from '../types.js';

/**
 * Above this utilisation an open queue may be unbounded: no target is set there, as in the
 * scheduler.
 */
export const MAX_BUSY_RATIO = 0.9;

/** What a target is computed from. */
export interface TargetInput {
  /** CPU-seconds of one request, measured under load. */
  readonly workSeconds: number;
  /** Share of the allocatable CPU of all nodes that the job should need at its target. */
  readonly demandRatio: number;
  readonly allocatableCores: number;
  /** Cores one request can use. */
  readonly threads: number;
  readonly arrivals: ArrivalProcess;
  /** Time that each request waits beside the others, ms; absent = none. */
  readonly waitMs?: number;
  /** The statistic of the target ÷ the mean, as measured. */
  readonly statisticRatio: number;
}

/**
 * The target that takes a given share of the CPU, ms. c = demand · allocatable; closed loop: W/c.
 * Open arrivals: mean of M/D/1 at m = min(c, threads), (W/m)·(1 + ½·ρ/(1−ρ)) with ρ = rate·W/m,
 * and the wait before it. Times the ratio of the statistic to the mean. The error is a sentence:
 * the utilisation of an open job would be above 0.9.
 */
export function targetMsOf(input: TargetInput): Result<number, string> {
  const { workSeconds, demandRatio, allocatableCores, threads, arrivals, statisticRatio } = input;
  const { waitMs = 0 } = input;
  const cores = demandRatio * allocatableCores;
  if (arrivals.kind === 'closed') return ok((workSeconds / cores) * statisticRatio * 1000);
  const usable = Math.min(cores, threads);
  const busy = (arrivals.ratePerSecond * workSeconds) / usable;
  if (busy > MAX_BUSY_RATIO) {
    const shown = (value: number): string => String(Number(value.toPrecision(3)));
    return err(
      `${shown(arrivals.ratePerSecond)} requests a second of ${shown(workSeconds)} CPU-s ` +
        `each would keep ${shown(usable)} CPU busy ${shown(busy * 100)} % of the time, ` +
        `and above ${MAX_BUSY_RATIO * 100} % the queue runs away: lower the rate or raise ` +
        'the demand',
    );
  }
  const queuedMs = 1000 * (workSeconds / usable) * (1 + busy / (1 - busy) / 2);
  return ok((queuedMs + waitMs) * statisticRatio);
}
