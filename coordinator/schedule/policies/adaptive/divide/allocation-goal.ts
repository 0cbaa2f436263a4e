import { type AllocationModel, Field } from '../../../model/allocation-model.js';
import type { Member } from '../member.js';

/**
 * What one member gets, and as what. `atTarget`: its target is to be met; `bestEffort`: a share of
 * what is left; `bootstrap`: nothing is known of it yet; `keep`: its limit stays.
 */
export interface AllocationGoal {
  readonly kind: 'atTarget' | 'bestEffort' | 'bootstrap' | 'keep';
  /** Quota of a band, guarantee of a ceiling, cores. */
  readonly cores: number;
  /** Of a ceiling with open arrivals: the quota that its tail would take, cores. */
  readonly tailCores?: number;
}

/**
 * A job dropped within the last 60 s is re-admitted only with headroom (hysteresis): near the limit
 * the chosen set would otherwise change with every report.
 */
export const READMIT_WINDOW_MS = 60_000;

/** Whether a member was dropped within the last 60 s. */
export const wasDropped = ({ model }: Member, nowMs: number): boolean =>
  !model[Field.isChosen] &&
  model[Field.chosenAtMs] > 0 &&
  nowMs - model[Field.chosenAtMs] < READMIT_WINDOW_MS;

/**
 * When it was last chosen or dropped, or, if never chosen, when it started, ms. One that has not
 * reported yet, of which only the workload is known, waits since now.
 */
export const waitingSinceMs = (model: AllocationModel, nowMs: number): number =>
  model[Field.chosenAtMs] || model[Field.bornAtMs] || nowMs;

/**
 * Whether it has the place of another, because it had waited long: it keeps that for as long as the
 * other had been served.
 */
export const holdsTurn = ({ model }: Pick<Member, 'model'>, nowMs: number): boolean =>
  model[Field.isChosen] === 1 && model[Field.turnUntilMs] > nowMs;
