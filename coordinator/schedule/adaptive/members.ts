import type { CpuLimit } from '../../../shared/command.js';
import type { Target } from '../../../shared/qoe.js';
import { clamp } from '../fit.js';
import type { PolicyInput, SnapshotAllocation, SnapshotNode, Unreachable } from '../types.js';
import type { Delivery } from './capacity.js';
import { isMeasured, limitInForce } from './evidence.js';
import { type Goal, goalOf } from './goal.js';
import { type Known, NOTHING_KNOWN } from './known.js';
import { learn } from './learn.js';
import { knownFrom } from './profile.js';
import { regimeOf } from './regime.js';

/** One allocation of a node with what is known and wanted of it. */
export interface Member {
  readonly allocation: SnapshotAllocation;
  readonly known: Known;
  /** Which life of the container `known` counts in. */
  readonly lifeId: string;
  /** null = nothing known yet, or no target. */
  readonly goal: Goal | null;
  /** Its limit, cores; null = none yet. */
  readonly heldCores: number | null;
  /** Least and most it may have at all, cores. */
  readonly floorCores: number;
  readonly mostCores: number;
  /** Its report is too old to be evidence: it stays as it is. */
  readonly isStale: boolean;
}

/** What is remembered of a node: parallel lists in id order. */
export interface Memory {
  readonly ids: readonly string[];
  readonly lives: readonly string[];
  readonly known: readonly Known[];
  /** Limits as decided, and targets they were decided for. */
  readonly desired: readonly (CpuLimit | null)[];
  readonly wanted: readonly (Target | null)[];
  readonly unreachable: readonly Unreachable[];
  /** CPU that each target takes, cores, aimed at it and at the slow edge of its band: `NO_CPU` = no CPU does it, 0 = not known. */
  readonly aimCores: readonly number[];
  readonly edgeCores: readonly number[];
  readonly allocatableCpuCores: number;
  /** What could really be given out last time, cores; 0 = not known. */
  readonly capacityCores: number;
}
/** Stands for Infinity, which JSON does not keep. */
export const NO_CPU = Number.MAX_VALUE;
export const NO_MEMORY: Memory = {
  ids: [],
  lives: [],
  known: [],
  desired: [],
  wanted: [],
  unreachable: [],
  aimCores: [],
  edgeCores: [],
  allocatableCpuCores: 0,
  capacityCores: 0,
};

/** Reports older than so many report intervals are no evidence. */
const STALE_REPORTS = 10;

export interface Moment {
  readonly nowMs: number;
  readonly isHostShort: boolean;
  readonly priorOf?: PolicyInput['priorOf'] | undefined;
}

/** Learns from what is new; members in the order of the node's allocations (by id). */
export function membersOf(node: SnapshotNode, memory: Memory, { nowMs, isHostShort, priorOf }: Moment): Member[] {
  const staleMs = STALE_REPORTS * node.reportIntervalMs;
  let at = 0;
  return node.allocations.map((allocation) => {
    while (at < memory.ids.length && (memory.ids[at] ?? '') < allocation.id) at += 1;
    const isKnown = memory.ids[at] === allocation.id;
    const lifeId = (isKnown ? memory.lives[at] : undefined) ?? '';
    const before = (isKnown ? memory.known[at] : undefined) ?? startOf(allocation, priorOf);
    const known = learn(before, allocation, { lifeId, isHostShort });
    const isOld = nowMs - allocation.observedAtMs > staleMs;
    return memberOf(
      { allocation, known, lifeId: isMeasured(allocation.report) ? allocation.report.lifeId : lifeId },
      isOld,
    );
  });
}

function startOf(allocation: SnapshotAllocation, priorOf: Moment['priorOf']): Known {
  const prior = allocation.target === null ? undefined : priorOf?.(allocation);
  return prior === undefined ? NOTHING_KNOWN : knownFrom(prior, allocation.target?.statistic ?? 'mean');
}

function memberOf(
  { allocation, known, lifeId }: Pick<Member, 'allocation' | 'known' | 'lifeId'>,
  isOld: boolean,
): Member {
  const { minCores, maxCores, limit } = allocation;
  const heldCores = limit?.cpuCores ?? null;
  return {
    allocation,
    known,
    lifeId,
    goal: goalOf(known, allocation.target, limit),
    heldCores,
    floorCores: clamp(minCores, 0, maxCores),
    mostCores: maxCores,
    isStale: isOld && heldCores !== null && allocation.report !== null,
  };
}

/** What the limits in force are worth, from the newest reports. */
export function deliveryOf(allocations: readonly SnapshotAllocation[]): Delivery {
  let [limitsCores, starvedLimitsCores, starvedUseCores, usedCores] = [0, 0, 0, 0];
  for (const { report } of allocations) {
    if (!isMeasured(report)) continue;
    usedCores += report.cpu.usageCores;
    const limit = limitInForce(report);
    if (!Number.isFinite(limit)) continue;
    limitsCores += limit;
    if (regimeOf(report.cpu, limit) !== 'starved') continue;
    starvedLimitsCores += limit;
    starvedUseCores += report.cpu.usageCores;
  }
  return { limitsCores, starvedLimitsCores, starvedUseCores, usedCores };
}
