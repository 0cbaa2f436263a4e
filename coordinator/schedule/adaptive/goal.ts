import type { Target } from '../../../shared/qoe.js';
import type { Known } from './known.js';
import { demandCores, type Law } from './law.js';
import { errorRatioOf, lawOf, tailOf } from './learn.js';

/** Where a job's mean latency shall be, s, and what that takes. `cores` Infinity = no CPU does it. */
export interface Goal {
  readonly law: Law;
  /** k: statistic ÷ mean. */
  readonly tailRatio: number;
  /** o, as a mean. */
  readonly aimSeconds: number;
  readonly fastSeconds: number;
  /** o(1+α), as a mean. */
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
/** CPU beyond what a job can use is waste, but the estimate is not exact. */
export const USABLE_SLACK = 1.03;

/** What a target asks of a job of which something is known; null before its first answer or without a target. */
export function goalOf(known: Known, target: Target | null): Goal | null {
  const law = lawOf(known);
  if (law === null || target === null) return null;
  const tailRatio = Math.max(1e-3, tailOf(known));
  const aimSeconds = target.latencyMs / 1000 / tailRatio;
  const alpha = target.toleranceRatio;
  const least = law.ratePerSecond > 0 ? OPEN_MARGIN : LEAST_MARGIN;
  const marginRatio = Math.min(alpha / 2, MARGIN_ERRORS * errorRatioOf(known) + least);
  const slowSeconds = aimSeconds * (1 + alpha);
  const edgeSeconds = aimSeconds * (1 + alpha - marginRatio);
  return {
    law,
    tailRatio,
    aimSeconds,
    fastSeconds: aimSeconds * (1 - alpha),
    slowSeconds,
    edgeSeconds,
    marginRatio,
    aimCores: reach(law, aimSeconds, edgeSeconds),
    edgeCores: reach(law, edgeSeconds, slowSeconds),
    slowCores: demandCores(law, slowSeconds),
  };
}

/** Ease at which half the margin of the slow edge is used up: what is kept, but never newly asked for. */
export const MOST_EASE = 1.5;

/** CPU for a latency at the target (`ease` 0), at the slow edge less its margin (1), at the very edge (2), and between. Falls as `ease` grows. */
export const coresAt = (goal: Goal, ease: number): number =>
  ease === 0 ? goal.aimCores : reach(goal.law, secondsAt(goal, ease), goal.slowSeconds);

export const secondsAt = ({ aimSeconds, edgeSeconds, slowSeconds }: Goal, ease: number): number =>
  ease <= 1 ? aimSeconds + ease * (edgeSeconds - aimSeconds) : edgeSeconds + (ease - 1) * (slowSeconds - edgeSeconds);

// Where the least latency lies between what is wished and what is still good, the least is the best there is.
function reach(law: Law, seconds: number, atMost: number): number {
  if (law.leastSeconds > seconds && law.leastSeconds <= atMost)
    return demandCores(law, law.leastSeconds) * USABLE_SLACK;
  return demandCores(law, seconds);
}
