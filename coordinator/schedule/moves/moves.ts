import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import { cutText } from '../../../shared/text.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import type { MovesSeen } from '../placement/end-moves.js';
import { isLong, type MissingGpus } from '../placement/missing-gpus.js';
import { isSteerable, movesOff } from '../placement/node-budget.js';
import type { SnapshotJob } from '../types.js';
import { followMoves, type LastMove, MOVE_COOLDOWN_MS } from './move-gain.js';
import type { MoveRequest, MoveRoundInput, Placement } from './move-request.js';
import { MoveRound } from './move-round.js';

/** What is remembered of moves; JSON-serialisable but for the maps. */
export interface MoveMemory extends MovesSeen {
  /** Since when a target has not been met where its allocation runs, ms. */
  readonly unmetSinceMs: ReadonlyMap<AllocationId, number>;
  readonly lastMoves: ReadonlyMap<JobName, LastMove>;
  /** When moves began that count against the budget, ms; moves off draining nodes do not. */
  readonly countedAtMs: readonly number[];
  /** When requests were last looked at, ms; null = there were none. */
  readonly scannedAtMs: number | null;
}
/** Memory before the first plan. */
export const NO_MOVES: MoveMemory = {
  unmetSinceMs: new Map(),
  movingSinceMs: new Map(),
  startingAtMs: new Map(),
  lastMoves: new Map(),
  countedAtMs: [],
  scannedAtMs: null,
};

/**
 * A target must be unmet for this time before its job is moved, ms: what passes by itself is no
 * reason.
 */
const UNMET_GRACE_MS = 20_000;
/**
 * Minimum time between two searches of all nodes for a better place, ms, and per node, since a
 * search looks at everything.
 */
const SCAN_INTERVAL_MS = 3000;
const SCAN_MS_PER_NODE = 3;
/** Time between two searches where there are that many nodes, ms. */
export const scanIntervalMs = (nodes: number): number =>
  Math.max(SCAN_INTERVAL_MS, SCAN_MS_PER_NODE * nodes);
const MINUTE_MS = 60_000;

/** What moves are planned from. */
export interface MoveInput extends MoveRoundInput {
  readonly movesPerMinute: number;
  /** Nothing moves, not even off draining nodes. */
  readonly isFrozen: boolean;
  readonly nodes: readonly NodeSummary[];
  /** The jobs that some hosts refuse, or that have to leave some for want of room. */
  readonly refused: readonly SnapshotJob[];
  /** Allocations whose target was not met when the policy last saw the node. */
  readonly unmetOf: (node: NodeSummary, place: number) => readonly AllocationId[];
  /** GPUs that allocations miss; absent = none. */
  readonly missing?: MissingGpus;
  /** Moves under way now. */
  readonly moving: MovesSeen;
  readonly memory: MoveMemory;
}

/** Moves that begin now, and the memory for the next plan. */
export interface Moved {
  readonly decisions: readonly Placement[];
  readonly memory: MoveMemory;
}

/**
 * Plans the moves that begin now, in this order: allocations of draining nodes, and of nodes that
 * refuse the newest version of their job, have too little for it or miss its GPU; allocations whose
 * target has been unmet for 20 s and can be met elsewhere; where one fits nowhere, a neighbour
 * whose leaving frees enough CPU; where none does, back to the old node, once, if the last move did
 * not help and the old node comes nearer to the target. A move is a new allocation that replaces
 * the old one when it answers. None begins that costs more than it wins in two minutes. At most one
 * move per job at a time, then two minutes' cooldown; at most `movesPerMinute` in the cluster.
 */
export function planMoves(input: MoveInput): Moved {
  const { memory, nowMs, nodes } = input;
  const { movingSinceMs, startingAtMs } = input.moving;
  const unmetSinceMs = unmetNow(input);
  const seen = { nowMs, nodes, movingBefore: memory.movingSinceMs, movingNow: movingSinceMs };
  const lastMoves = followMoves(memory.lastMoves, seen);
  const countedAtMs = memory.countedAtMs.filter((atMs) => nowMs - atMs < MOVE_COOLDOWN_MS);
  const moving = { movingSinceMs, startingAtMs };
  const before = { ...memory, ...moving, unmetSinceMs, lastMoves, countedAtMs };
  if (input.isFrozen) return { decisions: [], memory: before };
  if (memory.scannedAtMs !== null && nowMs - memory.scannedAtMs < scanIntervalMs(nodes.length))
    return { decisions: [], memory: before };
  const recent = countedAtMs.filter((atMs) => nowMs - atMs < MINUTE_MS).length;
  const movesLeft = Math.max(0, input.movesPerMinute - recent);
  // Where no move may begin, no allocation needs to be looked at.
  const requests = [
    ...drainRequests(input),
    ...refusedRequests(input),
    ...gpuRequests(input),
    ...(movesLeft > 0 ? unmetRequests(input, unmetSinceMs) : []),
  ];
  if (requests.length === 0) return { decisions: [], memory: { ...before, scannedAtMs: null } };
  const round = new MoveRound(input, { lastMoves, countedAtMs, movesLeft });
  return {
    decisions: requests.flatMap((request) => round.tryMove(request)),
    memory: { ...before, scannedAtMs: nowMs },
  };
}

function unmetNow({ nodes, unmetOf, memory, nowMs }: MoveInput): ReadonlyMap<AllocationId, number> {
  const unmet = new Map<AllocationId, number>();
  nodes.forEach((node, place) => {
    for (const allocation of unmetOf(node, place))
      unmet.set(allocation, memory.unmetSinceMs.get(allocation) ?? nowMs);
  });
  return unmet;
}

// Filtered first: in most passes no node drains and no job is refused.
const drainRequests = ({ nodes }: MoveInput): readonly MoveRequest[] =>
  nodes
    .filter(movesOff)
    .flatMap(({ allocations }) =>
      allocations
        .filter(isPlacedByDqoes)
        .map((allocation): MoveRequest => ({ kind: 'leave', allocation, why: 'is draining' })),
    );

function refusedRequests({ refused: jobs, nodes }: MoveInput): readonly MoveRequest[] {
  if (jobs.length === 0) return [];
  const refused = new Map(jobs.map((job) => [job.spec.name, job]));
  return nodes.flatMap((node) =>
    isSteerable(node) && node.isDraining !== true
      ? node.allocations.filter(isPlacedByDqoes).flatMap((allocation): readonly MoveRequest[] => {
          const why = whyLeaves(refused.get(allocation.job), node.id);
          return why === undefined ? [] : [{ kind: 'leave', allocation, why }];
        })
      : [],
  );
}

/** What runs without its GPU, which has been missing for long. */
function gpuRequests({ nodes, missing, nowMs }: MoveInput): readonly MoveRequest[] {
  if (missing === undefined || missing.size === 0) return [];
  return nodes.flatMap(({ allocations }) =>
    allocations.filter(isPlacedByDqoes).flatMap((allocation): readonly MoveRequest[] => {
      const found = missing.get(allocation.id);
      return found === undefined || !isLong(found, nowMs)
        ? []
        : [{ kind: 'leave', allocation, why: found.reason }];
    }),
  );
}

function whyLeaves(job: SnapshotJob | undefined, node: NodeId): string | undefined {
  const refusal = job?.refusedBy?.get(node);
  if (refusal !== undefined) return `refuses the job as it is now (${cutText(refusal, 200)})`;
  const excess = job?.leaves?.get(node);
  return excess === undefined ? undefined : `has too little: ${excess}`;
}

const isPlacedByDqoes = ({ origin }: AllocationSummary): boolean => origin === 'dqoes';

function unmetRequests(
  { nodes, nowMs }: MoveInput,
  since: ReadonlyMap<AllocationId, number>,
): readonly MoveRequest[] {
  const isLong = (sinceMs: number): boolean => nowMs - sinceMs >= UNMET_GRACE_MS;
  if (![...since.values()].some(isLong)) return [];
  const requests = nodes.flatMap((node) => {
    if (!isSteerable(node) || node.isDraining === true) return [];
    return node.allocations
      .filter((each) => isPlacedByDqoes(each) && isLong(since.get(each.id) ?? nowMs))
      .map((allocation): MoveRequest => ({ kind: 'unmet', allocation }));
  });
  return requests.sort(
    (a, b) =>
      b.allocation.weight - a.allocation.weight || (a.allocation.id < b.allocation.id ? -1 : 1),
  );
}
