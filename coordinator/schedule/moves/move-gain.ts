import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import type { SnapshotJob } from '../types.js';

/**
 * Pause of a job after a move before the next one, ms, so that the new place can show its worth. A
 * move must win back its cost within this time.
 */
export const MOVE_COOLDOWN_MS = 120_000;
/** Start time assumed for a job that was never moved, ms. */
const DEFAULT_START_MS = 10_000;
/** A new place is judged after this time, ms, counted from the first answer there. */
const SETTLE_MS = 60_000;
/** Moves are remembered for this time, ms. */
const REMEMBERED_MS = 1_800_000;

/** The last move of a job. */
export interface LastMove {
  /** The allocation that took over. */
  readonly allocation: AllocationId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly beganAtMs: number;
  /** CPU that its target took on the old node, cores; null = not known, or no CPU met it. */
  readonly tookCores: number | null;
  readonly why: 'drain' | 'target' | 'undo';
  /** From its beginning to the first answer or to its cancellation, ms; null = under way. */
  readonly startMs: number | null;
  /** Nodes where moves before this one failed, and when, ms. Absent = none. */
  readonly failed?: ReadonlyMap<NodeId, number>;
  /** Nodes from which moves before this one brought it back, and when, ms. Absent = none. */
  readonly undone?: ReadonlyMap<NodeId, number>;
}

/** What is visible now of the moves under way. */
export interface MoveObservation {
  readonly nowMs: number;
  /** Nodes as they will be, without allocations that were dropped. */
  readonly nodes: readonly NodeSummary[];
  readonly movingBefore: ReadonlyMap<AllocationId, number>;
  readonly movingNow: ReadonlyMap<AllocationId, number>;
}

/** The same moves, updated by what has become of them since; old ones are forgotten. */
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

// A move that was never seen under way may merely not be stored yet.
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

/** Whether the job was moved less than two minutes ago. */
export const isCoolingDown = (last: LastMove | undefined, nowMs: number): boolean =>
  last !== undefined && nowMs - last.beganAtMs < MOVE_COOLDOWN_MS;

/** How long the job's next start is expected to take, ms: as long as its last one. */
export const startMsOf = (last: LastMove | undefined): number => last?.startMs ?? DEFAULT_START_MS;

/**
 * The nodes that it must not be moved to, because it has come back from there in the last half
 * hour, with the times, ms.
 */
export function avoidedBy(last: LastMove | undefined, nowMs: number): ReadonlyMap<NodeId, number> {
  const avoided = new Map<NodeId, number>(last?.undone);
  if (last?.why === 'undo') avoided.set(last.from, last.beganAtMs);
  for (const [node, atMs] of avoided) if (nowMs - atMs >= REMEMBERED_MS) avoided.delete(node);
  return avoided;
}

/**
 * The nodes that it must not be moved to yet when it has to leave its own, with the times, ms:
 * successors did not come to answer there, less than two minutes ago.
 */
export function failedOn(
  last: LastMove | undefined,
  { placed }: SnapshotJob,
  nowMs: number,
): ReadonlyMap<NodeId, number> {
  const failed = new Map<NodeId, number>(last?.failed);
  if (last !== undefined && !placed.some(({ id }) => id === last.allocation))
    failed.set(last.to, last.beganAtMs + (last.startMs ?? 0));
  for (const [node, atMs] of failed) if (nowMs - atMs >= MOVE_COOLDOWN_MS) failed.delete(node);
  return failed;
}

/**
 * Whether a move is over, has had its time, and may be taken back: once, and not when its old node
 * was drained.
 */
export const canBeUndone = (
  last: LastMove | undefined,
  { id, node }: AllocationSummary,
  nowMs: number,
): last is LastMove & { readonly tookCores: number } =>
  last?.why === 'target' &&
  last.tookCores !== null &&
  last.allocation === id &&
  last.to === node &&
  last.startMs !== null &&
  nowMs - last.beganAtMs - last.startMs >= SETTLE_MS;

/** Target attainment: target ÷ measured, at most 1; null = nothing measured. */
export const attainmentOf = ({ target, latencyMs }: AllocationSummary): number | null =>
  target === null || latencyMs === null || latencyMs <= 0
    ? null
    : Math.min(1, target.latencyMs / latencyMs);

/** What a move changes for one job. */
export interface MoveEffect {
  readonly weight: number;
  /** Target attainment, 0..1. */
  readonly before: number;
  readonly after: number;
  readonly startMs: number;
}

/**
 * Weighted time at target that is won during the cooldown, ms. During the start nothing is won yet,
 * and what the job had before counts as lost. Not above zero = not worth it.
 */
export const moveGain = ({ weight, before, after, startMs }: MoveEffect): number =>
  weight * (after * Math.max(0, MOVE_COOLDOWN_MS - startMs) - before * MOVE_COOLDOWN_MS);
