import { type CpuLimit, sameLimit } from '../../../../shared/command.js';
import { type AllocationModel, copyModel, Field } from '../../model/allocation-model.js';
import type {
  LimitDecision,
  NodeCondition,
  Policy,
  PolicyInput,
  PolicyOutput,
  SnapshotNode,
  Unreachable,
} from '../../types.js';
import { capacityOf, isShort } from './capacity.js';
import { type CommonNoise, commonSpread, foldCommonNoise } from './common-noise.js';
import { conditionsOf } from './conditions.js';
import { isContested } from './contention.js';
import { decideLimits, withoutLimits } from './decision.js';
import type { NodePlan } from './divide/node-plan.js';
import { planNode } from './divide/plan.js';
import { expectedSeconds } from './expected.js';
import { type FallBackState, updateFallBack } from './fall-back.js';
import { type ForecastErrors, foldForecastErrors } from './forecast-errors.js';
import { forecaster } from './forecaster.js';
import { afterChange } from './learn/learn.js';
import type { Member } from './member.js';
import { deliveryOf, membersOf, NOBODY } from './members.js';
import { type Memory, NO_CPU, NO_MEMORY, sameTarget } from './memory.js';
import { foldOthers, newestReportMs, type Others } from './others.js';
import { foldShortage, isLasting, type Shortage } from './shortage.js';
import { unreachableOf } from './unreachable.js';

/**
 * dqoes' own rule. It learns from counters what each request costs, computes the CPU that each
 * target takes, and gives it in one step; see README.md of the schedule room. It acts whenever a
 * report brings news, and returns only limits that change.
 */
export const adaptivePolicy: Policy<Memory> = {
  name: 'adaptive',
  start: NO_MEMORY,
  decide,
  forecaster,
  steersGpus: true,
  waitsForNews: true,
};

function decide(input: PolicyInput, memory: Memory): PolicyOutput<Memory> {
  const { node, nowMs, params } = input;
  if (isNothingNew(node, memory)) return unchanged(memory);
  const { intervalMs, fairness } = params;
  const seen = learnNode(input, memory);
  const { learnt, capacityCores, others, shortage, commonNoise, forecastErrors } = seen;
  const fallBackNow = updateFallBack(memory.fallBack, {
    node,
    members: learnt,
    capacityCores,
    nowMs,
    intervalMs,
    fairness,
  });
  const members =
    fallBackNow.level === 0 ? learnt : learnt.map((member) => ({ ...member, isWeighted: true }));
  const givenCores = capacityCores * (1 - params.reserveRatio) * (1 - fallBackNow.reserveRatio);
  const plan = planNode({
    members,
    capacityCores: givenCores,
    fairness,
    nowMs,
    ...(params.lendsNothing === true ? {} : { lending: { othersCores: others.meanCores } }),
  });
  const contested = isContested({
    node,
    members,
    plan,
    othersCores: others.meanCores,
    before: memory.isContested,
  });
  const conditions = conditionsOf({
    plan,
    capacityCores: givenCores,
    fallBack: fallBackNow,
    before: memory.conditions,
  });
  const limits =
    fallBackNow.level === 2
      ? withoutLimits(members, conditions[0]?.reason ?? '')
      : decideLimits({
          members,
          plan,
          capacityCores: givenCores,
          period: params.period,
          isContested: contested,
        });
  const unreachable = unreachableOf({ node, members, plan });
  const decided = {
    node,
    before: memory,
    plan,
    limits,
    nowMs,
    capacityCores,
    unreachable,
    fallBack: fallBackNow,
    conditions,
    contested,
    others,
    shortage,
    commonNoise,
    forecastErrors,
  };
  return { limits, memory: remember(members, decided), unreachable, conditions };
}

// What the newest reports say of the members and of the host.
function learnNode({ node, priorOf, nowMs, params: { intervalMs } }: PolicyInput, memory: Memory) {
  const delivery = deliveryOf(node.allocations, lentIn(memory));
  const isHostShort = isShort(node, delivery);
  const shortage = foldShortage(memory.shortage, isHostShort, newestReportMs(node.allocations));
  const learnt = membersOf(node, memory, {
    nowMs,
    isHostShort,
    commonSpread: commonSpread(memory.commonNoise),
    intervalMs,
    priorOf,
  });
  return {
    learnt,
    capacityCores: capacityOf(node, delivery, {
      beforeCores: memory.capacityCores,
      isShortLasting: isLasting(shortage, intervalMs),
    }),
    others: foldOthers(memory.others, node, delivery, intervalMs),
    shortage,
    commonNoise: foldCommonNoise(memory.commonNoise, learnt, intervalMs),
    forecastErrors: foldForecastErrors(memory.forecastErrors, learnt),
  };
}

/** Whose limits are loans for their starts. */
function lentIn({ ids, models }: Memory): ReadonlySet<string> {
  const lent = ids.filter((_, i) => (models[i]?.[Field.lentCores] ?? 0) > 0);
  return lent.length === 0 ? NOBODY : new Set(lent);
}

const unchanged = (memory: Memory): PolicyOutput<Memory> => ({
  limits: [],
  memory,
  unreachable: memory.unreachable,
  conditions: memory.conditions,
});

/**
 * Whether everything is as after the last decision: no newer report, the same allocations, limits,
 * targets and capacity. Never act twice on the same sample.
 */
function isNothingNew({ allocations, allocatableCpuCores }: SnapshotNode, memory: Memory): boolean {
  const { ids, models, desired, wanted } = memory;
  if (allocations.length !== ids.length || allocatableCpuCores !== memory.allocatableCpuCores)
    return false;
  return allocations.every(
    ({ id, observedAtMs, limit, target, report }, i) =>
      id === ids[i] &&
      report !== null &&
      observedAtMs === models[i]?.[Field.seenAtMs] &&
      sameLimit(limit, desired[i] ?? null) &&
      sameTarget(target, wanted[i] ?? null),
  );
}

interface Decided {
  readonly node: SnapshotNode;
  readonly before: Memory;
  readonly unreachable: readonly Unreachable[];
  readonly plan: NodePlan;
  readonly limits: readonly LimitDecision[];
  readonly nowMs: number;
  readonly capacityCores: number;
  readonly fallBack: FallBackState;
  readonly conditions: readonly NodeCondition[];
  readonly contested: boolean;
  readonly others: Others;
  readonly shortage: Shortage;
  readonly commonNoise: CommonNoise;
  readonly forecastErrors: ForecastErrors;
}

function remember(
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
    others,
    shortage,
    commonNoise,
    forecastErrors,
  }: Decided,
): Memory {
  const changed = new Map(limits.map(({ allocation, limit }) => [allocation, limit]));
  const models = members.map(({ allocation, model: before }, i): AllocationModel => {
    const to = changed.get(allocation.id);
    const isLoan = plan.startBoosts.has(i);
    // Nothing is learnt under a loan, so what was seen before stays valid.
    const isLearnt = isLoan || before[Field.lentCores] > 0 ? before[Field.isOpen] === 1 : true;
    const after =
      to !== undefined && allocation.limit !== null && isLearnt
        ? afterChange(before, allocation.limit, to)
        : before;
    const isChosen = plan.allocationGoals[i]?.kind === 'atTarget' ? 1 : 0;
    const its = isLoan ? lent(after, to ?? allocation.limit) : after;
    return isChosen === its[Field.isChosen] ? its : chosen(its, isChosen, nowMs);
  });
  return {
    ids: listOf(members, ({ allocation }) => allocation.id, known.ids),
    lives: listOf(members, ({ lifeId }) => lifeId, known.lives),
    models,
    desired: listOf(
      members,
      ({ allocation: { id, limit } }) => changed.get(id) ?? limit,
      known.desired,
    ),
    wanted: listOf(members, ({ allocation: { target } }) => target, known.wanted),
    unreachable,
    aimCores: members.map(({ goal, isWeighted }, i) =>
      storedCores(isWeighted ? plan.allocationGoals[i]?.cores : goal?.aimCores),
    ),
    edgeCores: members.map(({ goal, isWeighted }, i) =>
      storedCores(isWeighted ? plan.allocationGoals[i]?.cores : goal?.edgeCores),
    ),
    expectedMs: expectedMsOf(members, { plan, capacityCores, before: known }),
    allocatableCpuCores: node.allocatableCpuCores,
    capacityCores,
    fallBack,
    conditions,
    isContested: contested,
    others,
    shortage,
    commonNoise,
    forecastErrors,
  };
}

/**
 * What `of` says of each member; the list before where it says the same of all, as of names and
 * targets nearly always, so that they are held once and not once a report.
 */
function listOf<T>(
  members: readonly Member[],
  of: (member: Member) => T,
  before: readonly T[],
): readonly T[] {
  const isSame =
    members.length === before.length && members.every((member, i) => of(member) === before[i]);
  return isSame ? before : members.map(of);
}

function expectedMsOf(
  members: readonly Member[],
  { plan, capacityCores, before }: Pick<Decided, 'plan' | 'capacityCores' | 'before'>,
): Memory['expectedMs'] {
  if (!members.some(({ isWeighted }) => isWeighted))
    return listOf(members, () => null, before.expectedMs);
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

function chosen(model: AllocationModel, isChosen: 0 | 1, nowMs: number): AllocationModel {
  const draft = copyModel(model);
  draft[Field.isChosen] = isChosen;
  draft[Field.chosenAtMs] = nowMs;
  return draft;
}
