import type { ClusterHistory } from '../../answers.js';

/** One minute of the strip; null = nothing was observed in it. */
export interface Slot {
  readonly atMs: number;
  /** Share of the observed allocations that were at target. */
  readonly atTarget: number | null;
  readonly observed: number;
}

/** The last hour, minute by minute, and what can be said of it. */
export interface Hour {
  readonly slots: readonly Slot[];
  /** Over all minutes that are known; null = none is. */
  readonly meanAtTarget: number | null;
  /** The minute in which the fewest were at target; null = as before. */
  readonly worst: Slot | null;
}

const MINUTE_MS = 60_000;
const SLOTS = 60;

/** The strip of the hour before now. */
export function hourOf(points: ClusterHistory['points'], nowMs: number): Hour {
  const last = Math.floor(nowMs / MINUTE_MS);
  const byMinute = new Map(points.map((point) => [Math.round(point.atMs / MINUTE_MS), point]));
  const slots = Array.from({ length: SLOTS }, (_, index): Slot => {
    const minute = last - SLOTS + 1 + index;
    const point = byMinute.get(minute);
    const observed = point?.observed ?? 0;
    const atTarget = point === undefined || observed === 0 ? null : point.atTarget / observed;
    return { atMs: minute * MINUTE_MS, atTarget, observed };
  });
  const known = slots.filter(({ atTarget }) => atTarget !== null);
  const total = known.reduce((sum, { observed }) => sum + observed, 0);
  const good = known.reduce((sum, { atTarget, observed }) => sum + (atTarget ?? 0) * observed, 0);
  const worst = known.reduce<Slot | null>(
    (least, slot) =>
      least === null || (slot.atTarget ?? 1) < (least.atTarget ?? 1) ? slot : least,
    null,
  );
  return { slots, meanAtTarget: total === 0 ? null : good / total, worst };
}
