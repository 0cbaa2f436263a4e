import { clamp, sum } from '../../limits/fit.js';
import type { SnapshotAllocation } from '../../types.js';
import type { RatedMember } from './sets.js';

/** Containers in the rule's terms, with their limits. */
export interface StepInput {
  readonly members: readonly RatedMember[];
  /** c of each member now, cores, same order. */
  readonly limitsCores: readonly number[];
  /** C, cores. */
  readonly allocatableCores: number;
  /** β. */
  readonly releaseRatio: number;
}

/** Limits after the step. */
export interface StepOutput {
  /** c of each member afterwards, cores, same order; not yet rounded. */
  readonly limitsCores: readonly number[];
  /** CPU offered to B, cores. */
  readonly poolCores: number;
}

/** c_floor = C/(4n), cores, within the container's own bounds. */
export const floorOf = (
  allocation: SnapshotAllocation,
  allocatableCores: number,
  n: number,
): number =>
  clamp(
    allocatableCores / (4 * n),
    Math.min(allocation.minCores, allocation.maxCores),
    allocation.maxCores,
  );

/**
 * One step of the rule (see README.md in the folder above): in G c ← max(c_floor, c − β·R_G·q/Q_G);
 * pool = what was freed + C − Σc; in B c ← min(c_max, c + pool·|q|/Q_B); S stays.
 *
 * Laws (held by test/property/coordinator): S never moves; no member of G ends above where it was,
 * save for its floor; no member of B ends lower; Σc afterwards ≤ max(C, Σc before and floors); = C
 * when B is not empty and no member of B reaches c_max. What c_max refuses stays in the pool of the
 * next step.
 */
export function step({
  members,
  limitsCores,
  allocatableCores,
  releaseRatio,
}: StepInput): StepOutput {
  const at = (i: number): number => limitsCores[i] ?? 0;
  const indexesOf = (set: string): number[] =>
    members.flatMap((member, i) => (member.set === set ? [i] : []));
  const good = indexesOf('G');
  const bad = indexesOf('B');
  const q = (i: number): number => Math.abs(members[i]?.qMs ?? 0);
  const sumG = sum(good.map(q));
  const sumB = sum(bad.map(q));
  const heldByG = sum(good.map(at));

  const next = [...limitsCores];
  for (const i of good) {
    const member = members[i];
    if (member === undefined) continue;
    const floor = floorOf(member.allocation, allocatableCores, members.length);
    next[i] = Math.max(floor, at(i) - (releaseRatio * heldByG * q(i)) / sumG);
  }
  const poolCores = Math.max(0, allocatableCores - sum(next));
  for (const i of bad) {
    const maxCores = members[i]?.allocation.maxCores ?? 0;
    next[i] = Math.max(at(i), Math.min(maxCores, at(i) + (poolCores * q(i)) / sumB));
  }
  return { limitsCores: next, poolCores };
}
