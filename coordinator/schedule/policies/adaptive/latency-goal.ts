import type { CpuLimit } from '../../../../shared/command.js';
import type { Target } from '../../../../shared/qoe.js';
import { UNLIMITED } from '../../limits/fit.js';
import type { Known } from '../../model/allocation-model.js';
import { demandCores, effectivePeriodUs, type Law, savedSeconds } from '../../model/latency-law.js';
import { errorRatioOf, lawOf } from '../../model/fitted-law.js';

/**
 * Where the statistic of a job's response time shall be, s, and what that takes. `cores` Infinity =
 * no CPU does it.
 */
export interface Goal {
  readonly law: Law;
  /** o, s. */
  readonly targetSeconds: number;
  /** Where it is aimed: o, or a little under it. */
  readonly aimSeconds: number;
  readonly fastSeconds: number;
  /** o(1+α). */
  readonly slowSeconds: number;
  /** `slowSeconds` less the margin for what is not known exactly. */
  readonly edgeSeconds: number;
  /** Margin on either edge as a ratio of o. */
  readonly marginRatio: number;
  readonly aimCores: number;
  readonly edgeCores: number;
  /** Without any margin: more than this and the job is lost for sure. */
  readonly slowCores: number;
}

/** Standard errors kept clear of an edge of the band. */
const MARGIN_ERRORS = 1.5;
/** The law is never exact. */
const LEAST_MARGIN = 0.006;
const OPEN_MARGIN = 0.015;
/**
 * How far under the target is aimed, in margins: an answer too late is worse than one too early,
 * the more so where only a ceiling is asked.
 */
const LEAN = { band: { closed: 0, open: 0.5 }, ceiling: { closed: 0.5, open: 1 } } as const;
/** The same for a percentile of a queue, in half widths of the band. */
const QUEUE_TAIL_LEAN = 0.5;
/** CPU beyond what a job can use is waste, but the estimate is not exact. */
export const USABLE_SLACK = 1.03;

/**
 * What a target asks of a job of which something is known; null before its first answer or without
 * a target.
 */
export function goalOf(known: Known, target: Target | null, limit: CpuLimit | null): Goal | null {
  if (target === null) return null;
  const bare = lawOf(known, target.statistic);
  if (bare === null) return null;
  const { cpuCores } = limit ?? UNLIMITED;
  const periodUs = effectivePeriodUs(limit ?? UNLIMITED);
  const law =
    bare.ratePerSecond === 0
      ? bare
      : {
          ...bare,
          savedSeconds: savedSeconds(bare, cpuCores ?? Number.POSITIVE_INFINITY, periodUs),
        };
  const seconds = target.latencyMs / 1000;
  const alpha = target.toleranceRatio;
  const least = law.ratePerSecond > 0 ? OPEN_MARGIN : LEAST_MARGIN;
  const marginRatio = Math.min(alpha / 2, MARGIN_ERRORS * errorRatioOf(known) + least);
  const slowSeconds = seconds * (1 + alpha);
  const edgeSeconds = seconds * (1 + alpha - marginRatio);
  const aimSeconds = seconds * (1 - leanRatio(law, target, marginRatio));
  return {
    law,
    targetSeconds: seconds,
    aimSeconds,
    fastSeconds: seconds * (1 - alpha),
    slowSeconds,
    edgeSeconds,
    marginRatio,
    aimCores: reach(law, aimSeconds, edgeSeconds),
    edgeCores: reach(law, edgeSeconds, slowSeconds),
    slowCores: demandCores(law, slowSeconds),
  };
}

// The tail of a queue is made by the moments in which its limit was too low, and a little more CPU
// is a much shorter tail.
const leanRatio = (law: Law, { mode, toleranceRatio }: Target, marginRatio: number): number => {
  if (law.ratePerSecond === 0) return marginRatio * LEAN[mode].closed;
  return law.quantile > 0 ? toleranceRatio * QUEUE_TAIL_LEAN : marginRatio * LEAN[mode].open;
};

/**
 * Ease at which half the margin of the slow edge is used up: what is kept, but never newly asked
 * for.
 */
export const MOST_EASE = 1.5;

/**
 * CPU for a latency at the target (`ease` 0), at the slow edge less its margin (1), at the very
 * edge (2), and between. Falls as `ease` grows.
 */
export const coresAt = (goal: Goal, ease: number): number =>
  ease === 0 ? goal.aimCores : reach(goal.law, secondsAt(goal, ease), goal.slowSeconds);

export const secondsAt = ({ aimSeconds, edgeSeconds, slowSeconds }: Goal, ease: number): number =>
  ease <= 1
    ? aimSeconds + ease * (edgeSeconds - aimSeconds)
    : edgeSeconds + (ease - 1) * (slowSeconds - edgeSeconds);

// Where the least latency lies between what is wished and what is still good, the least is the best
// there is.
function reach(law: Law, seconds: number, atMost: number): number {
  const leastSeconds = law.leastSeconds * law.tailRatio;
  if (leastSeconds > seconds && leastSeconds <= atMost)
    return demandCores(law, leastSeconds) * USABLE_SLACK;
  return demandCores(law, seconds);
}
