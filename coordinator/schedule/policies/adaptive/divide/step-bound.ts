import { clamp, sum } from '../../../limits/fit.js';
import type { Member } from '../member.js';

/** A limit changes by at most this factor at a time. */
const MAX_STEP = 4;

/**
 * What members really get in this step, cores: within a factor of four of what they hold, and where
 * that keeps somebody from giving up all it should, those who grow wait for the rest. Same order;
 * the sum is at most that of the wishes or `capacityCores`, whichever is more, as far as nobody
 * must shrink faster.
 */
export function boundSteps(
  members: readonly Member[],
  wantedCores: readonly number[],
  capacityCores: number,
): readonly number[] {
  const bounded = members.map((member, i) => boundStep(member, wantedCores[i] ?? 0));
  const excess = sum(bounded) - Math.max(capacityCores, sum(wantedCores));
  if (excess <= 0) return bounded;
  const growth = members.map(({ heldCores }, i) =>
    Math.max(0, (bounded[i] ?? 0) - (heldCores ?? 0)),
  );
  const kept = Math.max(0, 1 - excess / Math.max(excess, sum(growth)));
  return bounded.map((cores, i) =>
    (growth[i] ?? 0) > 0 ? cores - (growth[i] ?? 0) * (1 - kept) : cores,
  );
}

// A guarantee is no quota: nobody is slowed down by a large step of it.
function boundStep({ heldCores, maxCores, floorCores, isWeighted }: Member, cores: number): number {
  if (heldCores === null || isWeighted) return cores;
  return clamp(
    clamp(cores, heldCores / MAX_STEP, heldCores * MAX_STEP),
    Math.min(floorCores, maxCores),
    maxCores,
  );
}
