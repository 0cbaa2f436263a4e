import { sum } from '../../../limits/fit.js';
import { latencySeconds } from '../../../model/latency-law.js';
import type { Goal } from '../latency-goal.js';
import type { Member } from '../members.js';

export interface Aimed {
  readonly member: Member;
  readonly goal: Goal;
  /** What it should have, cores. */
  readonly cores: number;
}

/** Smaller differences are not worth an update: ratio of the limit, and cores. */
const LEAST_CHANGE_RATIO = 0.02;
const LEAST_CHANGE_CORES = 0.01;

/**
 * Who may keep the limit it has: those whose predicted latency is well within the band (half of it,
 * or up to half the margin where everybody is eased), as far as the sum allows. Keeping less than
 * wished frees CPU for those that keep more. Cores, same order; the sum is at most `leftCores` or
 * that of the wishes.
 */
export function keepComfortable(
  aimed: readonly Aimed[],
  leftCores: number,
  ease: number,
): readonly number[] {
  const result = aimed.map(({ cores }) => cores);
  let spare = Math.max(0, leftCores - sum(result));
  const keepers = aimed
    .map((each, index) => ({
      index,
      cores: each.member.heldCores ?? each.cores,
      cost: (each.member.heldCores ?? each.cores) - each.cores,
    }))
    .filter(({ index, cost }) => cost !== 0 && isComfortable(aimed[index], ease))
    .sort((a, b) => a.cost - b.cost || a.index - b.index);
  for (const { index, cores, cost } of keepers) {
    if (cost > spare + 1e-9) continue;
    result[index] = cores;
    spare -= cost;
  }
  return result;
}

function isComfortable(aimed: Aimed | undefined, ease: number): boolean {
  if (aimed === undefined) return false;
  const { goal, cores, member } = aimed;
  const { heldCores, mostCores, floorCores } = member;
  if (heldCores === null || heldCores > mostCores || heldCores < floorCores) return false;
  if (
    Math.abs(heldCores - cores) <
      Math.max(LEAST_CHANGE_CORES / 2, LEAST_CHANGE_RATIO * heldCores) &&
    isInBand(goal, heldCores)
  )
    return true;
  const seconds = latencySeconds(goal.law, heldCores);
  const { aimSeconds, fastSeconds, slowSeconds, edgeSeconds } = goal;
  const slowest = ease === 0 ? (aimSeconds + slowSeconds) / 2 : (edgeSeconds + slowSeconds) / 2;
  return seconds >= (aimSeconds + fastSeconds) / 2 && seconds <= slowest;
}

function isInBand(
  { law, fastSeconds, slowSeconds, marginRatio, aimSeconds }: Goal,
  cores: number,
): boolean {
  const seconds = latencySeconds(law, cores);
  const quarter = (marginRatio * aimSeconds) / 4;
  return seconds >= fastSeconds + quarter && seconds <= slowSeconds - quarter;
}
