import { sameLimit } from '../../../../shared/command.js';
import { type AllocationModel, Field } from '../../model/allocation-model.js';
import type { Policy, PolicyInput, PolicyOutput, SnapshotNode } from '../../types.js';
import { foldDepartures } from './admission.js';
import { capacityOf, isShort } from './capacity.js';
import { commonSpread, foldCommonNoise } from './common-noise.js';
import { foldCommonWork } from './common-work.js';
import { conditionsOf } from './conditions.js';
import { isContested, isContestedByOthers } from './contention.js';
import { decideLimits, withoutLimits } from './decision.js';
import { planNode } from './divide/plan.js';
import { type FallBackState, suspendedIn, updateFallBack } from './fall-back.js';
import { endedWithThem } from './fall-back-ended.js';
import { foldForecastErrors } from './forecast-errors.js';
import { forecaster } from './forecaster.js';
import { asLoops, foldLoops } from './loops.js';
import type { Member } from './member.js';
import { deliveryOf, membersOf, NOBODY } from './members.js';
import { type Memory, NO_MEMORY, sameTarget } from './memory.js';
import { foldOthers, newestReportMs } from './others.js';
import { remember } from './remember.js';
import { foldShortage, isLasting } from './shortage.js';
import { slowerLately } from './slower-lately.js';
import { unreachableOf } from './unreachable.js';
import { foldWorstLately } from './worst-lately.js';

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
  waitsForNews: isNothingNew,
};

function decide(input: PolicyInput, memory: Memory): PolicyOutput<Memory> {
  const { node, nowMs } = input;
  if (isNothingNew(node, memory)) return unchanged(memory);
  return decideAnew(input, afterDepartures(memory, node, nowMs));
}

function decideAnew(input: PolicyInput, memory: Memory): PolicyOutput<Memory> {
  const { node, nowMs, params } = input;
  const { intervalMs, fairness } = params;
  const seen = learnNode(input, memory);
  const { learnt, capacityCores, host } = seen;
  const { fallBack: before } = memory;
  const moment = { node, members: learnt, capacityCores, nowMs, intervalMs, fairness };
  const fallBackNow = withLoops(updateFallBack(before, moment), learnt, nowMs);
  const members = membersUnder(fallBackNow, learnt, nowMs);
  const givenCores = capacityCores * (1 - params.reserveRatio) * (1 - fallBackNow.reserveRatio);
  const { meanCores: othersCores } = host.others;
  const plan = planNode({
    members,
    capacityCores: givenCores,
    fairness,
    nowMs,
    admission: memory.admission,
    slowerRatio: slowerLately(host, capacityCores),
    lending: params.lendsNothing ? undefined : { othersCores },
  });
  const contested = isContestedByOthers({ node, othersCores, before: memory.isContested });
  const conditions = conditionsOf({
    plan,
    capacityCores: givenCores,
    fallBack: fallBackNow,
    before: memory.conditions,
    allocations: node.allocations,
  });
  const limits =
    fallBackNow.level === 2
      ? withoutLimits(members, conditions[0]?.reason ?? '')
      : decideLimits({
          members,
          plan,
          capacityCores: givenCores,
          period: params.period,
          isContested: isContested({ members, plan, byOthers: contested }),
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
    host,
  };
  return { limits, memory: remember(members, decided), unreachable, conditions };
}

// What is remembered of the host, now that some may have left it. Nearly always nobody.
function afterDepartures(memory: Memory, { allocations }: SnapshotNode, nowMs: number): Memory {
  const admission = foldDepartures(memory.admission, memory, allocations);
  const fallBack = endedWithThem(memory.fallBack, allocations, nowMs);
  return admission === memory.admission && fallBack === memory.fallBack
    ? memory
    : { ...memory, admission, fallBack };
}

function withLoops(
  fallBack: FallBackState,
  members: readonly Member[],
  nowMs: number,
): FallBackState {
  const isSuspended = suspendedIn(fallBack);
  const loops = foldLoops(fallBack.loops, { members, isSuspended, nowMs });
  return loops === fallBack.loops ? fallBack : { ...fallBack, loops };
}

// Those whose quotas are suspended are planned by weight.
function membersUnder(
  fallBack: FallBackState,
  learnt: readonly Member[],
  nowMs: number,
): readonly Member[] {
  const members = asLoops(learnt, fallBack.loops, nowMs);
  const isSuspended = suspendedIn(fallBack);
  if (isSuspended === null) return members;
  return members.map((member) =>
    isSuspended(member.allocation.id) ? { ...member, isWeighted: true } : member,
  );
}

// What the newest reports say of the members and of the host.
function learnNode({ node, priorOf, nowMs, params: { intervalMs } }: PolicyInput, memory: Memory) {
  const delivery = deliveryOf(node.allocations, lentIn(memory));
  const isHostShort = isShort(node, delivery);
  const { allocations, allocatableCpuCores, reportIntervalMs } = node;
  const atMs = newestReportMs(allocations);
  const shortage = foldShortage(memory.shortage, { isShort: isHostShort, atMs, reportIntervalMs });
  // A container that is not measured yet has a node decided about with reports that are no news.
  const isNews = atMs > memory.shortage.atMs || memory.capacityCores === 0;
  const { ids, models, lives } = memory;
  const commonWork = foldCommonWork(memory.commonWork, allocations, { ids, models, lives, isNews });
  const learnt = membersOf(node, memory, {
    nowMs,
    isHostShort,
    commonSpread: commonSpread(memory.commonNoise),
    intervalMs,
    workChange: commonWork.change,
    priorOf,
  });
  const capacityCores = isNews
    ? capacityOf(node, delivery, {
        beforeCores: memory.capacityCores,
        isShortLasting: isLasting(shortage, intervalMs),
      })
    : Math.min(memory.capacityCores, allocatableCpuCores);
  const now = { workChange: commonWork.change, capacityCores, isNews };
  return {
    learnt,
    capacityCores,
    host: {
      others: foldOthers(memory.others, node, delivery, intervalMs),
      shortage,
      commonWork,
      worstLately: foldWorstLately(memory.worstLately, now),
      commonNoise: foldCommonNoise(memory.commonNoise, learnt, intervalMs),
      forecastErrors: foldForecastErrors(memory.forecastErrors, learnt),
    },
  };
}

/** Whose limits are loans for their starts. */
function lentIn({ ids, models }: Memory): ReadonlySet<string> {
  const isLent = (model: AllocationModel | undefined): boolean =>
    model !== undefined && model[Field.lentCores] > 0;
  return models.some(isLent) ? new Set(ids.filter((_, i) => isLent(models[i]))) : NOBODY;
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
