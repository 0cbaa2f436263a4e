import { type CpuLimit, guaranteedCores } from '../../../../shared/command.js';
import type { Target } from '../../../../shared/qoe.js';
import { clamp } from '../../limits/fit.js';
import { type AllocationModel, EMPTY_MODEL } from '../../model/allocation-model.js';
import type {
  NodeCondition,
  PolicyInput,
  SnapshotAllocation,
  SnapshotNode,
  Unreachable,
} from '../../types.js';
import type { Delivery } from './capacity.js';
import { type FallBackState, NO_FALL_BACK } from './fall-back.js';
import { type LatencyGoal, latencyGoalOf } from './latency-goal.js';
import { isMeasured, limitInForce } from './learn/evidence.js';
import { learn } from './learn/learn.js';
import { regimeOf } from './learn/regime.js';
import { modelFrom } from './workload-profile.js';

/** One allocation of a node with what is known and wanted of it. */
export interface Member {
  readonly allocation: SnapshotAllocation;
  readonly model: AllocationModel;
  /** Which life of the container `known` counts in. */
  readonly lifeId: string;
  /** null = nothing known yet, or no target. */
  readonly goal: LatencyGoal | null;
  /** It has no quota but a guarantee: a ceiling. */
  readonly isWeighted: boolean;
  /** Its quota or its guarantee, cores; null = none yet. */
  readonly heldCores: number | null;
  /** Least and most it may have at all, cores. */
  readonly floorCores: number;
  readonly maxCores: number;
  /** `mostCores` is less than the node has, by its owner's wish. */
  readonly isBoundedByOwner: boolean;
  /** Its report is too old to be evidence: it stays as it is. */
  readonly isStale: boolean;
}

/** What is remembered of a node: parallel lists in id order. */
export interface Memory {
  readonly ids: readonly string[];
  readonly lives: readonly string[];
  readonly models: readonly AllocationModel[];
  /** Limits as decided, and targets they were decided for. */
  readonly desired: readonly (CpuLimit | null)[];
  readonly wanted: readonly (Target | null)[];
  readonly unreachable: readonly Unreachable[];
  /**
   * CPU that each target takes, cores, aimed at it and at the slow edge of its band: `NO_CPU` = no
   * CPU does it, 0 = not known.
   */
  readonly aimCores: readonly number[];
  readonly edgeCores: readonly number[];
  /**
   * What the statistic of each ceiling should be, ms: `NO_CPU` = its queue grows; null = not a
   * ceiling, or not known.
   */
  readonly expectedMs: readonly (number | null)[];
  readonly allocatableCpuCores: number;
  /** What could really be given out last time, cores; 0 = not known. */
  readonly capacityCores: number;
  readonly fallBack: FallBackState;
  readonly conditions: readonly NodeCondition[];
  /** Somebody takes all the CPU there is (contested.ts). */
  readonly isContested: boolean;
}
/** Stands for Infinity, which JSON does not keep. */
export const NO_CPU = Number.MAX_VALUE;
export const NO_MEMORY: Memory = {
  ids: [],
  lives: [],
  models: [],
  desired: [],
  wanted: [],
  unreachable: [],
  aimCores: [],
  edgeCores: [],
  expectedMs: [],
  allocatableCpuCores: 0,
  capacityCores: 0,
  fallBack: NO_FALL_BACK,
  conditions: [],
  isContested: false,
};

/** Reports older than so many report intervals are no evidence. */
const STALE_REPORTS = 10;

export interface Moment {
  readonly nowMs: number;
  readonly isHostShort: boolean;
  readonly priorOf?: PolicyInput['priorOf'] | undefined;
}

/** Learns from what is new; members in the order of the node's allocations (by id). */
export function membersOf(
  node: SnapshotNode,
  memory: Memory,
  { nowMs, isHostShort, priorOf }: Moment,
): Member[] {
  const staleMs = STALE_REPORTS * node.reportIntervalMs;
  let at = 0;
  return node.allocations.map((allocation) => {
    while (at < memory.ids.length && (memory.ids[at] ?? '') < allocation.id) at += 1;
    const isKnown = memory.ids[at] === allocation.id;
    const lifeId = (isKnown ? memory.lives[at] : undefined) ?? '';
    const before = (isKnown ? memory.models[at] : undefined) ?? startOf(allocation, priorOf);
    const model = learn(before, allocation, { lifeId, isHostShort });
    const isOld = nowMs - allocation.observedAtMs > staleMs;
    return memberOf(
      {
        allocation,
        model,
        lifeId: isMeasured(allocation.report) ? allocation.report.lifeId : lifeId,
      },
      { isOld, allocatableCpuCores: node.allocatableCpuCores },
    );
  });
}

function startOf(allocation: SnapshotAllocation, priorOf: Moment['priorOf']): AllocationModel {
  const prior = allocation.target === null ? undefined : priorOf?.(allocation);
  return prior === undefined
    ? EMPTY_MODEL
    : modelFrom(prior, allocation.target?.statistic ?? 'mean');
}

function memberOf(
  { allocation, model, lifeId }: Pick<Member, 'allocation' | 'model' | 'lifeId'>,
  { isOld, allocatableCpuCores }: { readonly isOld: boolean; readonly allocatableCpuCores: number },
): Member {
  const { minCores, maxCores, limit } = allocation;
  const held = limit === null ? 0 : guaranteedCores(limit);
  const heldCores = held > 0 ? held : null;
  return {
    allocation,
    model,
    lifeId,
    goal: latencyGoalOf(model, allocation.target, limit),
    isWeighted: allocation.target?.mode === 'ceiling',
    heldCores,
    floorCores: clamp(minCores, 0, maxCores),
    maxCores,
    isBoundedByOwner: maxCores < allocatableCpuCores - 1e-9,
    isStale: isOld && heldCores !== null && allocation.report !== null,
  };
}

/** Within what a member may have at all, cores. */
export const boundedCores = ({ floorCores, maxCores }: Member, cores: number): number =>
  Math.min(maxCores, Math.max(floorCores, cores));

/** What the limits in force are worth, from the newest reports. */
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
