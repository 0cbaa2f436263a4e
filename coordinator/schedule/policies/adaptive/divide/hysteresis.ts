import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { latencySeconds } from '../../../model/latency-law.js';
import type { LatencyGoal } from '../latency-goal.js';
import type { Member } from '../member.js';

/** A member with the CPU planned for it. */
export interface Aimed {
  readonly member: Member;
  readonly goal: LatencyGoal;
  /** What it should have, cores. */
  readonly cores: number;
}

/** Smaller differences are not worth an update: ratio of the limit, and cores. */
const MIN_CHANGE_RATIO = 0.02;
const MIN_CHANGE_CORES = 0.01;

/**
 * Which members may keep the limit they have (hysteresis): those whose predicted latency is well
 * within the band (half of it, or up to half the margin where the band slack is used), as far as
 * the sum allows. Keeping less than planned frees CPU for those that keep more. Cores, same order;
 * the sum is at most `leftCores` or that of the plan.
 */
export function keepHeldLimits(
  aimed: readonly Aimed[],
  leftCores: number,
  bandSlack: number,
): readonly number[] {
  const result = aimed.map(({ cores }) => cores);
  let spare = Math.max(0, leftCores - sum(result));
  const candidates: { index: number; cores: number; cost: number }[] = [];
  aimed.forEach((each, index) => {
    const cores = each.member.heldCores ?? each.cores;
    const cost = cores - each.cores;
    // A loan is given back, also where the target would be met with it.
    if (cost > 0 && each.member.model[Field.lentCores] > 0) return;
    if (cost !== 0 && isWellWithinBand(each, bandSlack)) candidates.push({ index, cores, cost });
  });
  candidates.sort((a, b) => a.cost - b.cost || a.index - b.index);
  for (const { index, cores, cost } of candidates) {
    if (cost > spare + 1e-9) continue;
    result[index] = cores;
    spare -= cost;
  }
  return result;
}

function isWellWithinBand({ goal, cores, member }: Aimed, bandSlack: number): boolean {
  const { heldCores, maxCores, floorCores } = member;
  if (heldCores === null || heldCores > maxCores || heldCores < floorCores) return false;
  if (
    Math.abs(heldCores - cores) < Math.max(MIN_CHANGE_CORES / 2, MIN_CHANGE_RATIO * heldCores) &&
    isInBand(goal, heldCores)
  )
    return true;
  const seconds = latencySeconds(goal.law, heldCores);
  const { aimSeconds, fastSeconds, slowSeconds, edgeSeconds } = goal;
  const slowest =
    bandSlack === 0 ? (aimSeconds + slowSeconds) / 2 : (edgeSeconds + slowSeconds) / 2;
  return seconds >= (aimSeconds + fastSeconds) / 2 && seconds <= slowest;
}

function isInBand(
  { law, fastSeconds, slowSeconds, marginRatio, aimSeconds }: LatencyGoal,
  cores: number,
): boolean {
  const seconds = latencySeconds(law, cores);
  const quarter = (marginRatio * aimSeconds) / 4;
  return seconds >= fastSeconds + quarter && seconds <= slowSeconds - quarter;
}
