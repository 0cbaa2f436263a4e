import { guaranteedCores } from '../../../../shared/command.js';
import type { Target } from '../../../../shared/qoe.js';
import { clamp } from '../../limits/fit.js';
import {
  type AllocationModel,
  copyModel,
  EMPTY_MODEL,
  Field,
} from '../../model/allocation-model.js';
import type { PolicyInput, SnapshotAllocation, SnapshotNode } from '../../types.js';
import type { Delivery } from './capacity.js';
import { inheritedModel, isInherited, withoutInheritance } from './inherited.js';
import { latencyGoalOf } from './latency-goal.js';
import { isMeasured, limitInForce } from './learn/evidence.js';
import { learn } from './learn/learn.js';
import { regimeOf } from './learn/regime.js';
import { knownLoops } from './loops.js';
import type { Member, Spreads } from './member.js';
import { type Memory, sameTarget } from './memory.js';
import { spreadsUnder } from './spread.js';
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
  /** What all jobs of the host cost more now, logarithm (common-work.ts); absent = nothing. */
  readonly workChange?: number;
  readonly priorOf?: PolicyInput['priorOf'] | undefined;
}

/** Learns from new reports; members in the order of the node's allocations (by id). */
export function membersOf(
  node: SnapshotNode,
  memory: Memory,
  { nowMs, isHostShort, commonSpread, intervalMs, priorOf, workChange = 0 }: Moment,
): Member[] {
  const { allocatableCpuCores, reportIntervalMs } = node;
  const staleMs = STALE_REPORTS * reportIntervalMs;
  const spreads = spreadsUnder({ commonSpread, intervalMs });
  const its = { nowMs, staleMs, allocatableCpuCores, spreads };
  const start = { nowMs, priorOf, isFirstLook: memory.capacityCores === 0 };
  const workFactor = Math.exp(workChange);
  const isLoopNow = knownLoops(memory.fallBack.loops, nowMs);
  let at = 0;
  return node.allocations.map((allocation) => {
    // Nearly always the next one: equal names are one text, which is compared at once.
    if (memory.ids[at] !== allocation.id)
      while (at < memory.ids.length && (memory.ids[at] ?? '') < allocation.id) at += 1;
    const isKnown = memory.ids[at] === allocation.id;
    const lifeId = (isKnown ? memory.lives[at] : undefined) ?? '';
    const before = (isKnown ? memory.models[at] : undefined) ?? startOf(allocation, start);
    const from = isKnown ? forTarget(before, allocation.target, memory.wanted[at] ?? null) : before;
    if (isKnown) at += 1;
    const isLoop = isLoopNow(allocation.id);
    const model = learn(from, allocation, { lifeId, isHostShort, workFactor, isLoop });
    const { report } = allocation;
    const newest = isMeasured(report) ? report.lifeId : lifeId;
    return memberOf(allocation, model, newest, its);
  });
}

// The tail that was seen is that of the statistic which the target named.
function forTarget(
  model: AllocationModel,
  target: Target | null,
  before: Target | null,
): AllocationModel {
  if (sameTarget(target, before)) return model;
  const known = withoutInheritance(model);
  if (target?.statistic === before?.statistic || known[Field.tailWeight] === 0) return known;
  const draft = copyModel(known);
  draft[Field.tailSum] = 0;
  draft[Field.tailWeight] = 0;
  return draft;
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

/** What all members of a node have in common. */
interface InCommon extends Pick<Moment, 'nowMs'> {
  readonly spreads: Spreads;
  /** An older report is no evidence, ms. */
  readonly staleMs: number;
  readonly allocatableCpuCores: number;
}

function memberOf(
  allocation: SnapshotAllocation,
  model: AllocationModel,
  lifeId: string,
  its: InCommon,
): Member {
  const { minCores, maxCores, limit, report } = allocation;
  const heldCores = heldBy(allocation);
  const isOld = its.nowMs - allocation.observedAtMs > its.staleMs && report !== null;
  return {
    allocation,
    model,
    lifeId,
    goal: latencyGoalOf(model, allocation.target, limit),
    spreads: its.spreads,
    isWeighted: allocation.target?.mode === 'ceiling',
    heldCores,
    floorCores: clamp(minCores, 0, maxCores),
    maxCores,
    isBoundedByOwner: maxCores < its.allocatableCpuCores - 1e-9,
    isStale: heldCores !== null && (isOld || isInherited(model, its.nowMs)),
  };
}

/** Nobody's limit is a loan. */
export const NOBODY: ReadonlySet<string> = new Set();

/**
 * What the containers of a node do with their limits, from their newest reports. One that was lent
 * more than its target takes does not use all of it, which says nothing of the host.
 */
export function deliveryOf(
  allocations: readonly SnapshotAllocation[],
  lent: ReadonlySet<string> = NOBODY,
): Delivery {
  let limitsCores = 0;
  let starvedLimitsCores = 0;
  let starvedUseCores = 0;
  let usedCores = 0;
  let unboundUseCores = 0;
  // Nearly always nobody: then no name is read, which lies apart from all that is read here.
  const isAnyLent = lent.size > 0;
  for (const { id, report } of allocations) {
    if (!isMeasured(report)) continue;
    usedCores += report.cpu.usageCores;
    const limit = limitInForce(report);
    if (!Number.isFinite(limit) || (isAnyLent && lent.has(id))) {
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
