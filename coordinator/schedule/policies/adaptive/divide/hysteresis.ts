import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { withinChance } from '../../../model/chance.js';
import { latencySeconds } from '../../../model/latency-law.js';
import type { LatencyGoal } from '../latency-goal.js';
import type { Member } from '../member.js';

/** A member whose target is to be met. */
export interface Aimed {
  readonly member: Member;
  readonly goal: LatencyGoal;
}

/** How much CPU they share, cores, and how far they are eased (node-plan.ts). */
export interface Shared {
  readonly leftCores: number;
  readonly bandSlack: number;
}

/** Smaller differences are not worth an update: ratio of the limit, and cores. */
const MIN_CHANGE_RATIO = 0.02;
const MIN_CHANGE_CORES = 0.01;
/** Share of the way from the set point to either edge of the band that may be kept. */
const KEPT_RATIO = 0.6;
/**
 * Chance to be judged within its band in an interval that a new limit of a queue must win. A queue
 * is uneven by itself: a mean of five seconds is within 10 % of the target in a quarter to half of
 * all intervals, and a limit that is 5 % off changes that by a hundredth.
 */
const MIN_GAIN = 0.05;
/** The most of that way that such a limit may be off, whatever is judged. */
const MAX_KEPT_RATIO = 2;

/**
 * Which members may keep the limit they have (hysteresis): those whose predicted latency is well
 * within the band (0.6 of the way to its edge, or up to half the margin where the band slack is
 * used), and queues that would gain little, as far as the sum allows. Keeping less than planned
 * frees CPU for those that keep more. `planned`: what each should have. Cores, same order; the sum
 * is at most `leftCores` or that of the plan.
 */
export function keepHeldLimits(
  aimed: readonly Aimed[],
  planned: readonly number[],
  { leftCores, bandSlack }: Shared,
): readonly number[] {
  const plannedOf = (i: number): number => planned[i] ?? 0;
  const heldOf = (i: number): number => aimed[i]?.member.heldCores ?? plannedOf(i);
  const costOf = (i: number): number => heldOf(i) - plannedOf(i);
  let wanted = 0;
  const mayKeep = aimed.map((each, i) => {
    if (!mayKeepHeld(each, plannedOf(i), bandSlack)) return false;
    wanted += Math.max(0, costOf(i));
    return true;
  });
  let spare = Math.max(0, leftCores - sum(planned));
  if (wanted <= spare) return planned.map((cores, i) => (mayKeep[i] === true ? heldOf(i) : cores));
  const candidates = aimed.map((_, i) => i).filter((i) => mayKeep[i] === true);
  candidates.sort((a, b) => costOf(a) - costOf(b) || a - b);
  const result = [...planned];
  for (const i of candidates) {
    const cost = costOf(i);
    if (cost > spare + 1e-9) continue;
    result[i] = heldOf(i);
    spare -= cost;
  }
  return result;
}

/** Whether one may keep its limit, if the sum allows; `planned`: what it should have, cores. */
export function mayKeepHeld(each: Aimed, planned: number, bandSlack: number): boolean {
  const { heldCores, maxCores, floorCores, model } = each.member;
  if (heldCores === null || heldCores > maxCores || heldCores < floorCores) return false;
  const cost = heldCores - planned;
  // A loan is given back, also where the target would be met with it.
  if (cost === 0 || (cost > 0 && model[Field.lentCores] > 0)) return false;
  const { goal } = each;
  const seconds = latencySeconds(goal.law, heldCores);
  return (
    (isSmall(cost, heldCores) && isInBand(goal, seconds)) ||
    isWellWithinBand(goal, seconds, bandSlack) ||
    (bandSlack === 0 && gainsLittle(each, planned, seconds))
  );
}

const isSmall = (cost: number, heldCores: number): boolean =>
  Math.abs(cost) < Math.max(MIN_CHANGE_CORES / 2, MIN_CHANGE_RATIO * heldCores);

function isWellWithinBand(
  { aimSeconds, fastSeconds, slowSeconds, edgeSeconds }: LatencyGoal,
  seconds: number,
  bandSlack: number,
): boolean {
  const slowest =
    bandSlack === 0
      ? aimSeconds + KEPT_RATIO * (slowSeconds - aimSeconds)
      : (edgeSeconds + slowSeconds) / 2;
  return seconds >= aimSeconds + KEPT_RATIO * (fastSeconds - aimSeconds) && seconds <= slowest;
}

function isInBand(
  { fastSeconds, slowSeconds, marginRatio, aimSeconds }: LatencyGoal,
  seconds: number,
): boolean {
  const quarter = (marginRatio * aimSeconds) / 4;
  return seconds >= fastSeconds + quarter && seconds <= slowSeconds - quarter;
}

// Not where CPU is short: others wait for what a queue holds too much.
function gainsLittle({ goal, member }: Aimed, planned: number, seconds: number): boolean {
  if (goal.law.ratePerSecond === 0) return false;
  const { aimSeconds, fastSeconds, slowSeconds } = goal;
  if (
    seconds < aimSeconds + MAX_KEPT_RATIO * (fastSeconds - aimSeconds) ||
    seconds > aimSeconds + MAX_KEPT_RATIO * (slowSeconds - aimSeconds)
  )
    return false;
  const queueSpread = member.spreads.ofQueue(goal);
  if (queueSpread === 0) return false;
  const spread = Math.hypot(member.spreads.ofReports(member), queueSpread);
  const chance = withinChance(goal, latencySeconds(goal.law, planned), spread);
  return chance - withinChance(goal, seconds, spread) < MIN_GAIN;
}
