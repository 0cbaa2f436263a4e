import { Field } from '../../model/allocation-model.js';
import type { Fairness } from '../../types.js';
import type { AllocationGoal } from './divide/allocation-goal.js';
import type { Member } from './member.js';

/** When a host takes one more beside those that it serves, after one had to go. Times in ms. */
export interface Admission {
  /** When it last took one; 0 = never. */
  readonly takenAtMs: number;
  /** Nobody who asks for as much as the one that had to go, and weighs no more, comes before. */
  readonly closedUntilMs: number;
  /** How long that was for; 0 = nobody had to go yet. */
  readonly waitMs: number;
  /** CPU at the slow edge of its band of who had to go, the least of them, cores. */
  readonly wentCores: number;
  /** The greatest weight of who had to go. */
  readonly wentWeight: number;
}

/** Nobody had to go yet. */
export const NO_ADMISSION: Admission = {
  takenAtMs: 0,
  closedUntilMs: 0,
  waitMs: 0,
  wentCores: 0,
  wentWeight: 0,
};

/**
 * Each change of the set moves the limits of all others, which costs some of them an interval. One
 * that had to go is worth that again after about this time, ms; twice the time before where the
 * stay was short, as routers damp a route that comes and goes.
 */
const WAIT_MS = { first: 30_000, most: 600_000 } as const;
/** A stay that was shorter was not worth it, ms. */
const SHORT_STAY_MS = 120_000;

/** What was planned for the members; same order. */
export interface Planned {
  readonly allocationGoals: readonly AllocationGoal[];
  /** null = not a ceiling. */
  readonly reserved: readonly (number | null)[];
}

/** Folds one plan: who came and who had to go, of those with bands. Exchanges change nothing. */
export function foldAdmission(
  before: Admission,
  members: readonly Member[],
  { plan, nowMs }: { readonly plan: Planned; readonly nowMs: number },
): Admission {
  let [came, went, wentCores, wentWeight] = [0, 0, Number.POSITIVE_INFINITY, 0];
  // By index: this is done for each report.
  for (let i = 0; i < members.length; i += 1) {
    const { model, goal, allocation } = members[i] as Member;
    const kind = plan.allocationGoals[i]?.kind;
    if (plan.reserved[i] !== null || goal === null) continue;
    if (model[Field.isChosen] !== 1) came += kind === 'atTarget' ? 1 : 0;
    else if (kind === 'bestEffort') {
      went += 1;
      wentCores = Math.min(wentCores, goal.edgeCores);
      wentWeight = Math.max(wentWeight, allocation.weight);
    }
  }
  if (came > 0 && went === 0) return { ...before, takenAtMs: nowMs };
  if (came > 0 || went === 0) return before;
  const { takenAtMs, waitMs: last } = before;
  const isShort = last > 0 && nowMs - takenAtMs < Math.max(SHORT_STAY_MS, last);
  const waitMs = isShort ? Math.min(WAIT_MS.most, 2 * last) : WAIT_MS.first;
  return { takenAtMs, closedUntilMs: nowMs + waitMs, waitMs, wentCores, wentWeight };
}

/** One that asks for this much less than who had to go may fit where that one did not. */
const SMALLER_RATIO = 0.9;

interface Asked {
  readonly nowMs: number;
  readonly admission?: Admission | undefined;
  readonly fairness: Fairness;
}

/** Whether any member may be held off now. */
export const isClosed = ({ nowMs, admission }: Omit<Asked, 'fairness'>): boolean =>
  admission !== undefined && nowMs < admission.closedUntilMs;

/** Whether a member may only come where nobody has to be slower than the set point for it. */
export function isHeldOff(
  { model, allocation: { weight } }: Pick<Member, 'model' | 'allocation'>,
  edgeCores: number,
  { nowMs, admission, fairness }: Asked,
): boolean {
  if (admission === undefined || nowMs >= admission.closedUntilMs) return false;
  if (fairness === 'weighted' && weight > admission.wentWeight) return false;
  if (model[Field.isChosen] === 1 || edgeCores < SMALLER_RATIO * admission.wentCores) return false;
  const waitedMs = nowMs - (model[Field.chosenAtMs] || model[Field.bornAtMs]);
  // One that has just come to the host was not tried yet; one that waited long has its turn.
  const wasTried = model[Field.chosenAtMs] > 0 || waitedMs >= WAIT_MS.first;
  return wasTried && waitedMs < WAIT_MS.most;
}
