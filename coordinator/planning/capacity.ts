import {
  type Capacity,
  type CapacityMiss,
  type CapacityPart,
  type CapacityRequest,
  type KindRoom,
  MAX_MISSES,
} from '../../proto/schemas/capacity.js';
import type { NodeId } from '../../shared/ids.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { tightestKind } from '../../shared/tightest-kind.js';
import type { NodeCpu } from '../schedule/node-cpu.js';
import type { ClusterState } from '../state/model.js';
import { afterLossSteps } from './after-loss.js';
import { stoppedNodes, withAddedHosts, withoutAllocations } from './changed-hosts.js';
import { packSteps } from './fewest-hosts.js';
import { kindSteps, reservedSteps, type SpecKind } from './job-kinds.js';
import { type RoomInput, roomSteps } from './room.js';
import { SearchBudget, type SearchLimit } from './search-budget.js';
import { tradeSteps } from './trades.js';
import {
  type Base,
  baseSteps,
  cpuSteps,
  elsewhereSteps,
  freeCoresOf,
  missedBeyond,
  missedInsteadOf,
  type WhatIfInput,
} from './what-if.js';

/** What is asked, of which state, and how long it may take. */
export interface CapacityInput extends WhatIfInput {
  readonly request: CapacityRequest;
  readonly limit: SearchLimit;
}

/**
 * What is free in the cluster, what would fit, and what would become of it with other hosts. Each
 * answer is the scheduler's own, on a copy of the state; searches end with the best found when the
 * limit is reached. Pure; nothing is stored.
 */
export const capacity = (input: CapacityInput): Capacity => atOnce(capacitySteps(input));

/** `capacity` in steps. */
export function* capacitySteps({ request, limit, ...input }: CapacityInput): Steps<Capacity> {
  // What is known of workloads is brought up to date first: the hosts that taught it may be gone.
  const memory = { ...input.memory, learntAtMs: null };
  const base = yield* baseSteps({ ...input, memory });
  const cpu = (yield* cpuSteps(base)).filter(({ node }) => reports(input.state, node));
  const reserved = yield* reservedSteps(base.settled.state);
  const kinds = yield* kindSteps(input.state, reserved, request.like ?? []);
  const budget = new SearchBudget(limit);
  const room: RoomInput = { base, cpu, budget };
  const isKnown = input.policy.forecaster !== undefined;
  const asks = (part: CapacityPart): boolean => isKnown && request.parts?.includes(part) === true;
  const changed = yield* changedParts(room, { request, kinds });
  const packed = asks('pack') ? { packed: yield* packSteps(room) } : {};
  const rooms = asks('room') ? yield* roomParts(room, kinds) : { room: [] };
  const trades = asks('trades') ? yield* tradeSteps(base, reserved, budget) : [];
  return {
    complete: !budget.isSpent,
    note: isKnown ? '' : `policy ${input.policy.name} ${NO_FORECASTS}`,
    ...nowOf(base, cpu),
    kinds: kinds.map(({ spec: _, ...kind }) => kind),
    ...rooms,
    trades,
    ...changed,
    ...packed,
  };
}

/** What a silent host has is nobody's to use: its CPU is not there, and it is no host to keep. */
const reports = ({ nodes }: ClusterState, id: NodeId): boolean =>
  nodes.get(id)?.liveness === 'ready';

/** Kinds whose room is searched with other hosts, the most usual ones. */
const ADDED_KINDS = 4;

const NO_FORECASTS =
  'knows nothing of the CPU that targets take: dqoes policy adaptive, and ask again';

function nowOf({ misses }: Base, cpu: readonly NodeCpu[]) {
  return {
    hosts: cpu.map(({ isOpen: _, ...host }) => host),
    allocatableCores: cpu.reduce((sum, { allocatableCores }) => sum + allocatableCores, 0),
    freeCores: freeCoresOf(cpu),
    ...listed([...misses.values()]),
  };
}

const byAllocation = (a: CapacityMiss, b: CapacityMiss): number =>
  a.allocation < b.allocation ? -1 : 1;
const cut = (misses: readonly CapacityMiss[]): readonly CapacityMiss[] =>
  [...misses].sort(byAllocation).slice(0, MAX_MISSES);
const listed = (misses: readonly CapacityMiss[]): Pick<Capacity, 'missing' | 'misses'> => ({
  missing: misses.length,
  misses: cut(misses),
});

interface Asked {
  readonly request: CapacityRequest;
  readonly kinds: readonly SpecKind[];
}

function* changedParts(
  input: RoomInput,
  { request, kinds }: Asked,
): Steps<Pick<Capacity, 'without' | 'added'>> {
  const { without: gone = [] } = request;
  const without = gone.length === 0 ? undefined : yield* withoutPart(input, gone);
  const added = request.add === undefined ? undefined : yield* addedPart(input, { request, kinds });
  return {
    ...(without === undefined ? {} : { without }),
    ...(added === undefined ? {} : { added }),
  };
}

function* withoutPart(
  { base, budget }: RoomInput,
  without: readonly NodeId[],
): Steps<Capacity['without']> {
  const gone = new Set(without);
  const { state, stays, note } = stoppedNodes(base.input.state, gone);
  const after = yield* budget.within(afterLossSteps(base, state, gone));
  if (after === undefined) return undefined;
  const stay = new Set(stays.map(({ allocation }) => allocation));
  const now = new Map([...base.misses].filter(([allocation]) => !stay.has(allocation)));
  const missed = [
    ...stays.filter(({ allocation }) => !base.misses.has(allocation)),
    ...missedInsteadOf(after.misses, now),
  ];
  return {
    nodes: [...without].sort(),
    ...listed(missed),
    gains: cut(missedInsteadOf(now, after.misses)),
    freeCores: freeCoresOf(yield* cpuSteps(after)),
    note,
  };
}

function* addedPart(
  { base, budget }: RoomInput,
  { request: { add }, kinds }: Asked,
): Steps<Capacity['added']> {
  const { state, nowMs } = base.input;
  const added = add === undefined ? undefined : withAddedHosts(state, add, nowMs);
  if (add === undefined || added === undefined) return undefined;
  const moved = withoutAllocations(added.state, new Set(base.misses.keys()));
  const after = yield* budget.within(elsewhereSteps(base, moved));
  if (after === undefined) return undefined;
  const cpu = yield* cpuSteps(after);
  const rooms = yield* roomParts({ base: after, cpu, budget }, kinds.slice(0, ADDED_KINDS));
  return {
    hosts: add.hosts,
    cpuCores: added.cpuCores,
    ...listed(missedBeyond(after.misses, base.misses)),
    gains: cut(missedBeyond(base.misses, after.misses)),
    freeCores: freeCoresOf(cpu),
    room: rooms.room,
  };
}

function* roomParts(
  input: RoomInput,
  kinds: readonly SpecKind[],
): Steps<Pick<Capacity, 'room' | 'bottleneck'>> {
  const room: KindRoom[] = [];
  for (const kind of kinds) {
    const found = yield* roomSteps(input, kind);
    if (found !== undefined) room.push(found);
    if (input.budget.isSpent) break;
  }
  const tightest = tightestKind(room);
  return { room, ...(tightest?.limit == null ? {} : { bottleneck: tightest.limit }) };
}
