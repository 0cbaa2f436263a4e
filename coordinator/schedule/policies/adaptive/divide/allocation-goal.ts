import { Field } from '../../../model/allocation-model.js';
import type { Member } from '../member.js';
import type { PlannedMember } from './cpu-claims.js';

/**
 * What becomes of one member. `aim`: shall be in its band; `left`: takes what is left; `start`:
 * nothing known yet; `hold`: stays as it is.
 */
export interface AllocationGoal {
  readonly kind: 'atTarget' | 'bestEffort' | 'bootstrap' | 'keep';
  /** Quota of a band, guarantee of a ceiling. */
  readonly cores: number;
  /** Of an open ceiling: what a quota would have to be for its tail, cores. */
  readonly tailCores?: number;
}

/**
 * Who was given up lately comes back only with room to spare, ms: at the brink a set would change
 * with every report.
 */
const READMIT_WINDOW_MS = 60_000;

export const wasDropped = ({ model }: Member, nowMs: number): boolean =>
  !model[Field.isChosen] &&
  model[Field.chosenAtMs] > 0 &&
  nowMs - model[Field.chosenAtMs] < READMIT_WINDOW_MS;

/** Since when it was last chosen, or given up, or (never chosen) began, ms. */
export const waitingSinceMs = (plannedMember: PlannedMember | undefined, nowMs: number): number =>
  plannedMember === undefined
    ? nowMs
    : plannedMember.member.model[Field.chosenAtMs] || plannedMember.member.model[Field.bornAtMs];
