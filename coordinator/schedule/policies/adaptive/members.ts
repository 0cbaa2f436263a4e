import { guaranteedCores } from '../../../../shared/command.js';
import { clamp } from '../../limits/fit.js';
import { type AllocationModel, EMPTY_MODEL } from '../../model/allocation-model.js';
import type { PolicyInput, SnapshotAllocation, SnapshotNode } from '../../types.js';
import type { Delivery } from './capacity.js';
import { inheritedModel, isInherited, withoutInheritance } from './inherited.js';
import { latencyGoalOf } from './latency-goal.js';
import { isMeasured, limitInForce } from './learn/evidence.js';
import { learn } from './learn/learn.js';
import { regimeOf } from './learn/regime.js';
import type { Member } from './member.js';
import { type Memory, sameTarget } from './memory.js';
import { spreadOf } from './spread.js';
import { modelFrom } from './workload-profile.js';

/** Reports older than this number of report intervals are no evidence. */
const STALE_REPORTS = 10;

/** What is true of the whole node now. */
export interface Moment {
  readonly nowMs: number;
  readonly isHostShort: boolean;
  /** Relative standard deviation that all jobs of the host have in common (common-noise.ts). */
  readonly commonSpread: number;
  readonly intervalMs: number;
  readonly priorOf?: PolicyInput['priorOf'] | undefined;
}

/** Learns from new reports; members in the order of the node's allocations (by id). */
export function membersOf(
  node: SnapshotNode,
  memory: Memory,
  { nowMs, isHostShort, commonSpread, intervalMs, priorOf }: Moment,
): Member[] {
  const staleMs = STALE_REPORTS * node.reportIntervalMs;
  const start = { nowMs, priorOf, isFirstLook: memory.capacityCores === 0 };
  let at = 0;
  return node.allocations.map((allocation) => {
    while (at < memory.ids.length && (memory.ids[at] ?? '') < allocation.id) at += 1;
    const isKnown = memory.ids[at] === allocation.id;
    const lifeId = (isKnown ? memory.lives[at] : undefined) ?? '';
    const before = (isKnown ? memory.models[at] : undefined) ?? startOf(allocation, start);
    const hasNewTarget = isKnown && !sameTarget(allocation.target, memory.wanted[at] ?? null);
    const model = learn(hasNewTarget ? withoutInheritance(before) : before, allocation, {
      lifeId,
      isHostShort,
    });
    const isOld = nowMs - allocation.observedAtMs > staleMs && allocation.report !== null;
    return memberOf(
      {
        allocation,
        model,
        lifeId: isMeasured(allocation.report) ? allocation.report.lifeId : lifeId,
      },
      {
        isKept: isOld || isInherited(model, nowMs),
        allocatableCpuCores: node.allocatableCpuCores,
        commonSpread,
        intervalMs,
      },
    );
  });
}

interface Start extends Pick<Moment, 'nowMs' | 'priorOf'> {
  /** Nothing was decided about the node before, so all limits there are somebody else's. */
  readonly isFirstLook: boolean;
}

function startOf(
  allocation: SnapshotAllocation,
  { nowMs, priorOf, isFirstLook }: Start,
): AllocationModel {
  const { target } = allocation;
  const prior = target === null ? undefined : priorOf?.(allocation);
  const start = prior === undefined ? EMPTY_MODEL : modelFrom(prior, target?.statistic ?? 'mean');
  return isFirstLook && heldBy(allocation) !== null ? inheritedModel(start, nowMs) : start;
}

/** Its quota or its guarantee, cores; null = none yet. */
function heldBy({ limit }: SnapshotAllocation): number | null {
  const cores = limit === null ? 0 : guaranteedCores(limit);
  return cores > 0 ? cores : null;
}

function memberOf(
  { allocation, model, lifeId }: Pick<Member, 'allocation' | 'model' | 'lifeId'>,
  {
    isKept,
    allocatableCpuCores,
    commonSpread,
    intervalMs,
  }: Pick<Moment, 'commonSpread' | 'intervalMs'> & {
    /** A limit that it holds is not to change. */
    readonly isKept: boolean;
    readonly allocatableCpuCores: number;
  },
): Member {
  const { minCores, maxCores, limit } = allocation;
  const heldCores = heldBy(allocation);
  return {
    allocation,
    model,
    lifeId,
    goal: latencyGoalOf(model, allocation.target, limit),
    spreadRatio: spreadOf(model, allocation.target, { commonSpread, intervalMs }),
    isWeighted: allocation.target?.mode === 'ceiling',
    heldCores,
    floorCores: clamp(minCores, 0, maxCores),
    maxCores,
    isBoundedByOwner: maxCores < allocatableCpuCores - 1e-9,
    isStale: isKept && heldCores !== null,
  };
}

/** What the containers of a node do with their limits, from their newest reports. */
export function deliveryOf(allocations: readonly SnapshotAllocation[]): Delivery {
  let [limitsCores, starvedLimitsCores, starvedUseCores, usedCores, unboundUseCores] = [
    0, 0, 0, 0, 0,
  ];
  for (const { report } of allocations) {
    if (!isMeasured(report)) continue;
    usedCores += report.cpu.usageCores;
    const limit = limitInForce(report);
    if (!Number.isFinite(limit)) {
      unboundUseCores += report.cpu.usageCores;
      continue;
    }
    limitsCores += limit;
    if (regimeOf(report.cpu, limit) !== 'starved') continue;
    starvedLimitsCores += limit;
    starvedUseCores += report.cpu.usageCores;
  }
  return { limitsCores, starvedLimitsCores, starvedUseCores, usedCores, unboundUseCores };
}
