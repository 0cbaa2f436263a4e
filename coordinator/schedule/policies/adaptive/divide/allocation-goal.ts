import { K } from '../../../model/allocation-model.js';
import type { Member } from '../members.js';
import type { Seeker } from './cpu-claims.js';

/**
 * What becomes of one member. `aim`: shall be in its band; `left`: takes what is left; `start`:
 * nothing known yet; `hold`: stays as it is.
 */
export interface Wish {
  readonly part: 'aim' | 'left' | 'start' | 'hold';
  /** Quota of a band, guarantee of a ceiling. */
  readonly cores: number;
  /** Of an open ceiling: what a quota would have to be for its tail, cores. */
  readonly tailCores?: number;
}

/**
 * Who was given up lately comes back only with room to spare, ms: at the brink a set would change
 * with every report.
 */
const DROPPED_MS = 60_000;

export const wasDropped = ({ known }: Member, nowMs: number): boolean =>
  !known[K.isChosen] && known[K.chosenAtMs] > 0 && nowMs - known[K.chosenAtMs] < DROPPED_MS;

/** Since when it was last chosen, or given up, or (never chosen) began, ms. */
export const sinceOf = (seeker: Seeker | undefined, nowMs: number): number =>
  seeker === undefined
    ? nowMs
    : seeker.member.known[K.chosenAtMs] || seeker.member.known[K.bornAtMs];
