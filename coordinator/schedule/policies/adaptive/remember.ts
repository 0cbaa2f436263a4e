import type { CpuLimit } from '../../../../shared/command.js';
import { type AllocationModel, copyModel, Field } from '../../model/allocation-model.js';
import type { LimitDecision, NodeCondition, SnapshotNode, Unreachable } from '../../types.js';
import { foldAdmission } from './admission.js';
import { TURN_MS } from './divide/ageing.js';
import { waitingSinceMs } from './divide/allocation-goal.js';
import type { NodePlan } from './divide/node-plan.js';
import { expectedSeconds } from './expected.js';
import type { FallBackState } from './fall-back.js';
import { afterChange } from './learn/learn.js';
import { mapKept } from './map-kept.js';
import type { Member } from './member.js';
import { type HostKnowledge, type Memory, NO_CPU } from './memory.js';

/** What was decided about a node, and from what. */
export interface Decided {
  readonly node: SnapshotNode;
  readonly before: Memory;
  readonly unreachable: readonly Unreachable[];
  readonly plan: NodePlan;
  readonly limits: readonly LimitDecision[];
  readonly nowMs: number;
  readonly capacityCores: number;
  readonly fallBack: FallBackState;
  readonly conditions: readonly NodeCondition[];
  /** By other programs. */
  readonly contested: boolean;
  /** What the newest reports say of the host. */
  readonly host: HostKnowledge;
}

/** What the next decision about the node starts from. */
export function remember(
  members: readonly Member[],
  {
    node,
    before: known,
    plan,
    limits,
    nowMs,
    capacityCores,
    unreachable,
    fallBack,
    conditions,
    contested,
    host,
  }: Decided,
): Memory {
  const changedTo = newLimitsIn(limits);
  const models = modelsAfter(members, { plan, changedTo, nowMs });
  // Field by field: what is added to a copy of `host` takes ten times as long.
  return {
    others: host.others,
    shortage: host.shortage,
    commonNoise: host.commonNoise,
    commonWork: host.commonWork,
    worstLately: host.worstLately,
    forecastErrors: host.forecastErrors,
    ids: mapKept(members, known.ids, ({ allocation }) => allocation.id),
    lives: mapKept(members, known.lives, ({ lifeId }) => lifeId),
    models,
    desired: mapKept(members, known.desired, (one) => changedTo(one) ?? one.allocation.limit),
    wanted: mapKept(members, known.wanted, ({ allocation: { target } }) => target),
    unreachable,
    aimCores: numbersOf(members, known.aimCores, ({ goal, isWeighted }, i) =>
      storedCores(isWeighted ? plan.allocationGoals[i]?.cores : goal?.aimCores),
    ),
    edgeCores: numbersOf(members, known.edgeCores, ({ goal, isWeighted }, i) =>
      storedCores(isWeighted ? plan.allocationGoals[i]?.cores : goal?.edgeCores),
    ),
    expectedMs: expectedMsOf(members, { plan, capacityCores, before: known }),
    isUnderWay: members.some((member, i) =>
      isShortOfGoal(member, plan.allocationGoals[i]?.cores, changedTo(member)),
    ),
    allocatableCpuCores: node.allocatableCpuCores,
    capacityCores,
    fallBack,
    conditions,
    isContested: contested,
    admission: foldAdmission(known.admission, members, { plan, nowMs }),
  };
}

/** A limit this near to its goal has come there, as a ratio. */
const THERE_RATIO = 0.01;

// Only a limit that was just changed goes on by itself; another one is where it is for a reason.
const isShortOfGoal = (
  { isWeighted }: Member,
  goalCores: number | undefined,
  to: CpuLimit | undefined,
): boolean =>
  !isWeighted &&
  goalCores !== undefined &&
  to?.cpuCores != null &&
  Math.abs(to.cpuCores - goalCores) > goalCores * THERE_RATIO;

type NewLimitOf = (member: Member) => CpuLimit | undefined;
const UNCHANGED: NewLimitOf = () => undefined;

// Most decisions change no limit: then none is looked up.
function newLimitsIn(limits: readonly LimitDecision[]): NewLimitOf {
  if (limits.length === 0) return UNCHANGED;
  const byId = new Map(limits.map(({ allocation, limit }) => [allocation, limit]));
  return ({ allocation }) => byId.get(allocation.id);
}

/** What is known of the members now, with who is served. */
function modelsAfter(
  members: readonly Member[],
  { plan, changedTo, nowMs }: Pick<Decided, 'plan' | 'nowMs'> & { readonly changedTo: NewLimitOf },
): readonly AllocationModel[] {
  const isAtTarget = (i: number): boolean => plan.allocationGoals[i]?.kind === 'atTarget';
  // Nothing is decided about one whose report is old: its limit stays, and it is served as before.
  const isKept = (i: number): boolean => plan.allocationGoals[i]?.kind === 'keep';
  // Who finds a place while nobody loses one has waited for its clients, or for CPU that is free.
  const isTurn = members.some(
    ({ model }, i) => model[Field.isChosen] === 1 && !isAtTarget(i) && !isKept(i),
  );
  return members.map((member, i) => {
    const its = modelAfter(member, changedTo(member), plan.startBoosts.has(i));
    if (isKept(i)) return its;
    const isChosen = isAtTarget(i) ? 1 : 0;
    return isChosen === its[Field.isChosen] ? its : chosen(its, isChosen, { nowMs, isTurn });
  });
}

function modelAfter(
  { allocation, model: before }: Member,
  to: CpuLimit | undefined,
  isLent: boolean,
): AllocationModel {
  // Nothing is learnt under a loan, so what was seen before stays valid.
  const isKept = (isLent || before[Field.lentCores] > 0) && before[Field.isOpen] !== 1;
  const after =
    to !== undefined && allocation.limit !== null && !isKept
      ? afterChange(before, allocation.limit, to)
      : before;
  return isLent ? lent(after, to ?? allocation.limit) : after;
}

/** The same of numbers, in a copy of the list before: it is laid out for fractions already. */
function numbersOf(
  members: readonly Member[],
  before: readonly number[],
  of: (member: Member, place: number) => number,
): readonly number[] {
  if (members.length !== before.length) return members.map(of);
  const numbers = before.slice();
  for (let i = 0; i < numbers.length; i += 1) numbers[i] = of(members[i] as Member, i);
  return numbers;
}

function expectedMsOf(
  members: readonly Member[],
  { plan, capacityCores, before }: Pick<Decided, 'plan' | 'capacityCores' | 'before'>,
): Memory['expectedMs'] {
  if (!members.some(({ isWeighted }) => isWeighted))
    return mapKept(members, before.expectedMs, () => null);
  return expectedSeconds(members, plan.allocationGoals, capacityCores).map((seconds, i) =>
    seconds === null || !members[i]?.isWeighted ? null : Math.min(NO_CPU, seconds * 1000),
  );
}

const storedCores = (cores: number | undefined): number => Math.min(NO_CPU, cores ?? 0);

function lent(model: AllocationModel, limit: CpuLimit | null): AllocationModel {
  const cores = limit?.cpuCores ?? 0;
  if (model[Field.lentCores] === cores) return model;
  const draft = copyModel(model);
  draft[Field.lentCores] = cores;
  return draft;
}

function chosen(
  model: AllocationModel,
  isChosen: 0 | 1,
  { nowMs, isTurn }: { readonly nowMs: number; readonly isTurn: boolean },
): AllocationModel {
  const draft = copyModel(model);
  draft[Field.isChosen] = isChosen;
  const waitedMs = nowMs - waitingSinceMs(model, nowMs);
  const holdsTurn = isTurn && isChosen === 1 && waitedMs >= TURN_MS;
  draft[Field.turnUntilMs] = holdsTurn ? nowMs + TURN_MS : 0;
  draft[Field.chosenAtMs] = nowMs;
  return draft;
}
