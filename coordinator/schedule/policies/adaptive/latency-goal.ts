import type { CpuLimit } from '../../../../shared/command.js';
import type { Statistic, Target } from '../../../../shared/qoe.js';
import { UNLIMITED } from '../../limits/fit.js';
import type { AllocationModel } from '../../model/allocation-model.js';
import { arrivalRateOf, errorRatioOf, fittedLaw, fittedLawUnder } from '../../model/fitted-law.js';
import { demandCores, effectivePeriodUs, type LatencyLaw } from '../../model/latency-law.js';

/**
 * Where the statistic of a job's response time should be, s, and the CPU that takes. `cores`
 * Infinity = no CPU meets it.
 */
export interface LatencyGoal {
  readonly law: LatencyLaw;
  /** o, s. */
  readonly targetSeconds: number;
  /** The set point: o, or a little below it. */
  readonly aimSeconds: number;
  /** Fast edge of the band: o(1−α). */
  readonly fastSeconds: number;
  /** Slow edge of the band: o(1+α). */
  readonly slowSeconds: number;
  /** `slowSeconds` less the margin for what is not known exactly. */
  readonly edgeSeconds: number;
  /** Margin on either edge as a ratio of o. */
  readonly marginRatio: number;
  readonly aimCores: number;
  readonly edgeCores: number;
}

/** Standard errors of the prediction that are kept clear of an edge of the band. */
const MARGIN_ERRORS = 1.5;
/** Minimum margin, as a ratio of o: the law is never exact. */
const MIN_MARGIN = 0.006;
const OPEN_MARGIN = 0.015;
/**
 * How far below the target the set point lies, in margins. A late answer is worse than an early
 * one, the more so for a ceiling.
 */
const SET_POINT_OFFSET = {
  band: { closed: 0, open: 0.5 },
  ceiling: { closed: 0.5, open: 1 },
} as const;
/** The same for a percentile of a queue, in half widths of the band. */
const QUEUE_TAIL_OFFSET = 0.5;
/** CPU beyond what a job can use is waste, but the estimate is not exact. */
export const USABLE_SLACK = 1.03;

/**
 * The goal of a job of which something is known; null before its first answer or without a target.
 */
export function latencyGoalOf(
  model: AllocationModel,
  target: Target | null,
  limit: CpuLimit | null,
): LatencyGoal | null {
  if (target === null) return null;
  const fitted = lawUnder(model, target.statistic, limit);
  if (fitted === null) return null;
  const law = withinTarget(fitted, target);
  const goal = goalDraft(law, target, errorRatioOf(model));
  goal.aimCores = aimCoresOf(law, goal);
  goal.edgeCores = edgeCoresOf(law, goal);
  return goal;
}

// A closed loop is never idle, so that its limit saves it nothing.
const lawUnder = (
  model: AllocationModel,
  statistic: Statistic,
  limit: CpuLimit | null,
): LatencyLaw | null =>
  arrivalRateOf(model) === 0
    ? fittedLaw(model, statistic)
    : fittedLawUnder(model, statistic, {
        cores: limit?.cpuCores ?? Number.POSITIVE_INFINITY,
        periodUs: effectivePeriodUs(limit ?? UNLIMITED),
      });

/** CPU for the slow edge without any margin, cores: with less the target is missed for sure. */
export const slowCoresOf = ({ law, slowSeconds }: LatencyGoal): number =>
  demandCores(law, slowSeconds);

/** Where the response time should be, s, whatever CPU that takes. */
export type Band = Omit<LatencyGoal, 'law' | 'aimCores' | 'edgeCores'>;

/**
 * The band of a target, and where in it to aim. It does not depend on the work of a request.
 * `errorRatio`: relative standard error of the prediction.
 */
export const bandOf = (law: LatencyLaw, target: Target, errorRatio: number): Band =>
  goalDraft(law, target, errorRatio);

/** A goal that may be written to. */
type GoalDraft = { -readonly [K in keyof LatencyGoal]: LatencyGoal[K] };

// The band, and the goal of which it becomes a part: it is made for each report, so it is made
// once. The CPU that it takes is not known yet.
function goalDraft(law: LatencyLaw, target: Target, errorRatio: number): GoalDraft {
  const seconds = target.latencyMs / 1000;
  const alpha = target.toleranceRatio;
  const least = law.ratePerSecond > 0 ? OPEN_MARGIN : MIN_MARGIN;
  const marginRatio = Math.min(alpha / 2, MARGIN_ERRORS * errorRatio + least);
  const slowSeconds = seconds * (1 + alpha);
  const edgeSeconds = seconds * (1 + alpha - marginRatio);
  const aimSeconds = seconds * (1 - setPointOffset(law, target, marginRatio));
  return {
    law,
    targetSeconds: seconds,
    aimSeconds,
    fastSeconds: seconds * (1 - alpha),
    slowSeconds,
    edgeSeconds,
    marginRatio,
    aimCores: Number.POSITIVE_INFINITY,
    edgeCores: Number.POSITIVE_INFINITY,
  };
}

/** CPU to be where the band aims, cores. */
export const aimCoresOf = (law: LatencyLaw, { aimSeconds, edgeSeconds }: Band): number =>
  coresToReach(law, aimSeconds, edgeSeconds);

/** CPU to be at its slow edge less the margin, cores. */
export const edgeCoresOf = (law: LatencyLaw, { edgeSeconds, slowSeconds }: Band): number =>
  coresToReach(law, edgeSeconds, slowSeconds);

/** Share of the target that waits beside a queue are taken to fill at most, where it can be met. */
const MAX_BESIDE_RATIO = 0.9;

/**
 * The law by which a target is planned. Where the waits alone nearly fill a target, their error
 * would ask for any CPU, or for more than there is. Beyond the slow edge it cannot be met.
 */
export function withinTarget(law: LatencyLaw, { latencyMs, toleranceRatio }: Target): LatencyLaw {
  const seconds = latencyMs / 1000;
  const most = MAX_BESIDE_RATIO * seconds;
  return law.besideSeconds <= most || law.besideSeconds > seconds * (1 + toleranceRatio)
    ? law
    : { ...law, besideSeconds: most };
}

// The tail of a queue is made in moments when its limit was too low, and a little more CPU makes it
// much shorter.
const setPointOffset = (
  law: LatencyLaw,
  { mode, toleranceRatio }: Target,
  marginRatio: number,
): number => {
  if (law.ratePerSecond === 0) return marginRatio * SET_POINT_OFFSET[mode].closed;
  return law.quantile > 0
    ? toleranceRatio * QUEUE_TAIL_OFFSET
    : marginRatio * SET_POINT_OFFSET[mode].open;
};

/**
 * Band slack at which half the margin of the slow edge is used up: what is kept, but never newly
 * planned.
 */
export const MAX_BAND_SLACK = 1.5;

/**
 * CPU for a latency at the set point (`bandSlack` 0), at the slow edge less its margin (1), at the
 * very edge (2), and between. Falls as `bandSlack` grows.
 */
export const coresAt = (goal: LatencyGoal, bandSlack: number): number =>
  bandSlack === 0
    ? goal.aimCores
    : coresToReach(goal.law, secondsAt(goal, bandSlack), goal.slowSeconds);

/** The latency that belongs to a band slack of 0..2, s. */
export const secondsAt = (
  { aimSeconds, edgeSeconds, slowSeconds }: LatencyGoal,
  bandSlack: number,
): number =>
  bandSlack <= 1
    ? aimSeconds + bandSlack * (edgeSeconds - aimSeconds)
    : edgeSeconds + (bandSlack - 1) * (slowSeconds - edgeSeconds);

// Where the minimum latency lies between the wanted one and the slowest that is still good, the
// minimum is the best there is.
function coresToReach(law: LatencyLaw, seconds: number, atMost: number): number {
  const minSeconds = law.minSeconds * law.tailRatio;
  if (minSeconds > seconds && minSeconds <= atMost)
    return demandCores(law, minSeconds) * USABLE_SLACK;
  return demandCores(law, seconds);
}
