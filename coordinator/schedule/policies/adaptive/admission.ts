import type { Target } from '../../../../shared/qoe.js';
import { type AllocationModel, Field } from '../../model/allocation-model.js';
import type { Fairness, SnapshotAllocation } from '../../types.js';
import type { AllocationGoal } from './divide/allocation-goal.js';
import { coresAt, MAX_BAND_SLACK } from './latency-goal.js';
import type { Member } from './member.js';

/** When a host takes one more beside those that it serves, after one had to go. Times in ms. */
export interface Admission {
  /** When it last took one more, and not one in the place of another that left; 0 = never. */
  readonly takenAtMs: number;
  /** Nobody who asks for as much as the one that had to go, and weighs no more, comes before. */
  readonly closedUntilMs: number;
  /** How long that was for; 0 = nobody had to go yet. */
  readonly waitMs: number;
  /** CPU at the slow edge of its band of who had to go, the least of them, cores. */
  readonly wentCores: number;
  /** The greatest weight of who had to go. */
  readonly wentWeight: number;
  /**
   * CPU at the slow edges of the bands that were served and have left the host since then, less
   * what came in their places, cores.
   */
  readonly vacantCores: number;
}

/** Nobody had to go yet. */
export const NO_ADMISSION: Admission = {
  takenAtMs: 0,
  closedUntilMs: 0,
  waitMs: 0,
  wentCores: 0,
  wentWeight: 0,
  vacantCores: 0,
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

/** What was remembered of the allocations of a host, in id order. */
export interface ServedBefore {
  readonly ids: readonly string[];
  readonly models: readonly AllocationModel[];
  readonly wanted: readonly (Target | null)[];
  readonly edgeCores: readonly number[];
}

/**
 * Folds who has left the host since the last plan, of the bands that were served: jobs that ended,
 * were stopped or moved, and containers that start again. `allocations`: who is there, in id order.
 */
export function foldDepartures(
  before: Admission,
  { ids, models, wanted, edgeCores }: ServedBefore,
  allocations: readonly Pick<SnapshotAllocation, 'id'>[],
): Admission {
  if (before.waitMs === 0) return before;
  let leftCores = 0;
  let at = 0;
  for (let i = 0; i < ids.length; i += 1) {
    const id = ids[i] ?? '';
    // Nearly always the same one: equal names are one text, which is compared at once.
    if (allocations[at]?.id !== id)
      while (at < allocations.length && (allocations[at]?.id ?? '') < id) at += 1;
    if (allocations[at]?.id === id) at += 1;
    else if (models[i]?.[Field.isChosen] === 1 && wanted[i]?.mode === 'band')
      leftCores += reachableCores(edgeCores[i]);
  }
  return leftCores === 0 ? before : { ...before, vacantCores: before.vacantCores + leftCores };
}

// What no CPU meets is remembered as the largest number.
const reachableCores = (cores = 0): number => (cores < Number.MAX_VALUE ? cores : 0);

/** Folds one plan: who came and who had to go, of those with bands. Exchanges change nothing. */
export function foldAdmission(
  before: Admission,
  members: readonly Member[],
  { plan, nowMs }: { readonly plan: Planned; readonly nowMs: number },
): Admission {
  let [came, cameCores] = [0, 0];
  let [went, wentCores, wentWeight] = [0, Number.POSITIVE_INFINITY, 0];
  // By index: this is done for each report.
  for (let i = 0; i < members.length; i += 1) {
    const member = members[i] as Member;
    const { model, goal, allocation, maxCores } = member;
    const kind = plan.allocationGoals[i]?.kind;
    if (plan.reserved[i] !== null || goal === null) continue;
    if (model[Field.isChosen] !== 1) {
      if (kind !== 'atTarget') continue;
      came += 1;
      cameCores += goal.edgeCores;
    } else if (kind === 'bestEffort' && fitsAlone(member)) {
      went += 1;
      wentCores = Math.min(wentCores, goal.edgeCores, maxCores);
      wentWeight = Math.max(wentWeight, allocation.weight);
    }
  }
  if (came > 0 && went === 0) return afterComing(before, cameCores, nowMs);
  if (came > 0 || went === 0) return before;
  const waitMs = waitAfter(before, nowMs);
  const closedUntilMs = nowMs + waitMs;
  const { takenAtMs } = before;
  return { takenAtMs, closedUntilMs, waitMs, wentCores, wentWeight, vacantCores: 0 };
}

// One whose target takes more than it may have goes whatever the host has: no other could stay for
// it, and none that comes is kept out by it.
const fitsAlone = ({ goal, maxCores }: Member): boolean =>
  goal !== null && coresAt(goal, MAX_BAND_SLACK) <= maxCores;

// Who comes in the place of one that left makes the set no larger: it is no try with one more.
function afterComing(before: Admission, cameCores: number, nowMs: number): Admission {
  const isReplacing = fitsVacant(before, cameCores);
  const takenAtMs = isReplacing ? before.takenAtMs : nowMs;
  return { ...before, takenAtMs, vacantCores: Math.max(0, before.vacantCores - cameCores) };
}

/** How long none comes after one had to go, ms. */
function waitAfter({ takenAtMs, closedUntilMs, waitMs: last }: Admission, nowMs: number): number {
  const isShort = last > 0 && nowMs - takenAtMs < Math.max(SHORT_STAY_MS, last);
  if (!isShort) return WAIT_MS.first;
  // A stay counts once: where two have to go one after the other, one was too many for the host.
  const wentAtMs = closedUntilMs - last;
  return takenAtMs > wentAtMs ? Math.min(WAIT_MS.most, 2 * last) : last;
}

/** One that asks for this much less than who had to go may fit where that one did not. */
const SMALLER_RATIO = 0.9;

/** Whether those that come take no more than what left, cores: costs are known within a tenth. */
export const fitsVacant = ({ vacantCores }: Admission, cameCores: number): boolean =>
  SMALLER_RATIO * cameCores <= vacantCores;

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
