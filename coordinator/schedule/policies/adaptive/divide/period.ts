import { type CpuLimit, DEFAULT_PERIOD_US } from '../../../../../shared/command.js';
import { clamp, limitOf } from '../../../limits/fit.js';
import type { Member } from '../member.js';
import type { CpuPressure } from './node-plan.js';

const MIN_PERIOD_US = 5_000;
const SHORT_PERIOD_US = 10_000;
const MIN_QUOTA_US = 1_000;
/** The period makes no difference to targets from here on. */
const LONG_TARGET_MS = 2_000;
const PERIODS_PER_TARGET = 20;
/** A server with open arrivals is controllable only while one request needs several quotas. */
const QUOTAS_PER_REQUEST = 4;

/** The limit that needs a period. */
export interface PeriodInput {
  readonly cores: number;
  readonly targetMs: number;
  /**
   * W, core-seconds, of a server with open arrivals that must not be faster than its band; null
   * otherwise.
   */
  readonly openWorkSeconds: number | null;
}

/** Minimum overhead of a request that a long period is used for, as a ratio of the target. */
const MIN_HIDDEN_OVERHEAD_RATIO = 0.01;

/**
 * What to do about the period where CPU is short. In a long period, the time a request waits for
 * other things than CPU passes while its container is throttled anyway, so the same mean takes less
 * CPU; the price is that single answers vary more. So under high CPU pressure closed loops with a
 * target for the mean get 100 ms (`long`); under low pressure what the target asks (`target`);
 * between the two the period stays (`held`).
 */
export function periodWhen(
  cpuPressure: CpuPressure,
  { goal, allocation }: Member,
): 'long' | 'held' | 'target' {
  if (goal === null || goal.law.ratePerSecond > 0 || allocation.target?.statistic !== 'mean')
    return 'target';
  if (goal.law.overheadSeconds < MIN_HIDDEN_OVERHEAD_RATIO * goal.aimSeconds)
    return allocation.limit === null ? 'target' : 'held';
  if (cpuPressure === 'high') return 'long';
  return cpuPressure === 'medium' && allocation.limit !== null ? 'held' : 'target';
}

/**
 * A limit with its CFS period: 100 ms for targets of 2 s and more, else o/20 within 10–100 ms. For
 * open arrivals short enough that one request needs four quotas (at least 5 ms), since a lightly
 * loaded server otherwise never meets its limit. Never so short that the quota falls below the
 * kernel's 1 ms. Rounded to whole ms; the cores are rounded down to whole µs of quota.
 */
export function withPeriod({ cores, targetMs, openWorkSeconds }: PeriodInput): CpuLimit {
  return limitOf(cores, periodFor(cores, targetMs, openWorkSeconds));
}

function periodFor(cores: number, targetMs: number, openWorkSeconds: number | null): number {
  const byTarget =
    targetMs >= LONG_TARGET_MS
      ? DEFAULT_PERIOD_US
      : clamp((targetMs * 1000) / PERIODS_PER_TARGET, SHORT_PERIOD_US, DEFAULT_PERIOD_US);
  const byWork =
    openWorkSeconds === null
      ? DEFAULT_PERIOD_US
      : Math.max(MIN_PERIOD_US, (openWorkSeconds * 1e6) / (QUOTAS_PER_REQUEST * cores));
  const byQuota = MIN_QUOTA_US / cores;
  return clamp(
    1000 * Math.round(Math.min(byTarget, byWork) / 1000),
    Math.min(DEFAULT_PERIOD_US, 1000 * Math.ceil(byQuota / 1000)),
    DEFAULT_PERIOD_US,
  );
}
