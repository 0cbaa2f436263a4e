import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import type { SnapshotAllocation, SnapshotNode } from '../types.js';

/**
 * A job rests so long after a move before the next one, ms: the new place must have its chance.
 * What a move costs is to be won back in this time.
 */
export const MOVE_COOLDOWN_MS = 120_000;
/** What the start of a job is taken to cost that was never moved, ms. */
const DEFAULT_START_MS = 10_000;
/** A new place shows so long what it is worth, ms, counted from the first answer there. */
const SETTLE_MS = 60_000;
/** How long a move is remembered, ms. */
const REMEMBERED_MS = 1_800_000;

/** The last move of a job. */
export interface LastMove {
  /** That took the place. */
  readonly allocation: AllocationId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly beganAtMs: number;
  /** CPU that its target took where it came from, cores; null = not known, or no CPU did it. */
  readonly tookCores: number | null;
  readonly why: 'drain' | 'target' | 'undo';
  /** From its beginning to the first answer, or to when it was given up, ms; null = under way. */
  readonly startMs: number | null;
}

export interface MoveObservation {
  readonly nowMs: number;
  /** Nodes as they will be: what was given up is not on them. */
  readonly nodes: readonly SnapshotNode[];
  readonly movingBefore: ReadonlyMap<AllocationId, number>;
  readonly movingNow: ReadonlyMap<AllocationId, number>;
}

/** The same moves, with what has become of them since; those long past are forgotten. */
export function followMoves(
  moves: ReadonlyMap<JobName, LastMove>,
  seen: MoveObservation,
): Map<JobName, LastMove> {
  const followed = new Map<JobName, LastMove>();
  for (const [job, move] of moves)
    if (seen.nowMs - move.beganAtMs < REMEMBERED_MS)
      followed.set(job, hasEnded(move, seen) ? endedAt(move, seen) : move);
  return followed;
}

const endedAt = (move: LastMove, { nowMs }: MoveObservation): LastMove => ({
  ...move,
  startMs: nowMs - move.beganAtMs,
});

// One that was never seen on its way may only not be stored yet.
function hasEnded(
  { allocation, to, startMs }: LastMove,
  { nodes, movingBefore, movingNow }: MoveObservation,
): boolean {
  if (startMs !== null || movingNow.has(allocation)) return false;
  if (movingBefore.has(allocation)) return true;
  return (
    nodes.find(({ id }) => id === to)?.allocations.some(({ id }) => id === allocation) === true
  );
}

export const isCoolingDown = (last: LastMove | undefined, nowMs: number): boolean =>
  last !== undefined && nowMs - last.beganAtMs < MOVE_COOLDOWN_MS;

export const startMsOf = (last: LastMove | undefined): number => last?.startMs ?? DEFAULT_START_MS;

/** The node it must not be moved to: it has just come back from there. */
export const avoidedBy = (last: LastMove | undefined): NodeId | undefined =>
  last?.why === 'undo' ? last.from : undefined;

/**
 * Its move is over and has had its time, and may be taken back: once, and not where its node was
 * drained.
 */
export const canBeUndone = (
  last: LastMove | undefined,
  { id, node }: SnapshotAllocation,
  nowMs: number,
): last is LastMove & { readonly tookCores: number } =>
  last?.why === 'target' &&
  last.tookCores !== null &&
  last.allocation === id &&
  last.to === node &&
  last.startMs !== null &&
  nowMs - last.beganAtMs - last.startMs >= SETTLE_MS;

/**
 * How near an allocation is to its target, 0..1, by what it showed; null = it has shown nothing.
 */
export const attainmentOf = ({ target, latencyMs }: SnapshotAllocation): number | null =>
  target === null || latencyMs === null || latencyMs <= 0
    ? null
    : Math.min(1, target.latencyMs / latencyMs);

export interface MoveEffect {
  readonly weight: number;
  /** How near to its target, 0..1. */
  readonly before: number;
  readonly after: number;
  readonly startMs: number;
}

/**
 * Weighted time at target won while the moved job rests, ms: as long as it starts, nothing is won
 * yet, and what was had counts as lost. Not above zero = not worth it.
 */
export const moveGain = ({ weight, before, after, startMs }: MoveEffect): number =>
  weight * (after * Math.max(0, MOVE_COOLDOWN_MS - startMs) - before * MOVE_COOLDOWN_MS);
