import type { PageEvent } from './events.js';
import { textOf } from './events.js';

/** One point of the history of an allocation, as the API gives it. */
export interface HistoryPoint {
  readonly atMs: number;
  readonly latencyMs: number | null;
  readonly worstMs: number | null;
  readonly reservedCores: number | null;
  readonly usedCores: number | null;
  readonly throttledRatio: number | null;
}

/** What GET /history answers. */
export interface History {
  readonly allocation: string;
  readonly complete: boolean;
  readonly points: readonly HistoryPoint[];
  /** Of the same time minute by minute, where `points` are closer together. */
  readonly minutes?: readonly HistoryPoint[];
}

/** Columns side by side, for a chart: times in seconds, and a null where nothing is known. */
export interface Columns {
  readonly times: readonly number[];
  readonly latencyMs: readonly (number | null)[];
  readonly limitCores: readonly (number | null)[];
  readonly usedCores: readonly (number | null)[];
  readonly throttledPercent: readonly (number | null)[];
}

const MINUTE_MS = 60_000;

/**
 * The points of a range at a fixed step. In a minute without any, the record of that minute counts;
 * what is not known either is a gap.
 */
export function columnsOf(
  { points, minutes = [] }: Pick<History, 'points' | 'minutes'>,
  {
    fromMs,
    toMs,
    stepMs,
  }: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number },
): Columns {
  const first = Math.ceil(fromMs / stepMs);
  const count = Math.max(0, Math.floor(toMs / stepMs) - first + 1);
  const byStep = new Map(points.map((point) => [Math.round(point.atMs / stepMs), point]));
  const minuteOf = (atMs: number): number => Math.floor(atMs / MINUTE_MS);
  const isClose = new Set(points.map(({ atMs }) => minuteOf(atMs)));
  const byMinute = new Map(
    minutes
      .map((point) => [minuteOf(point.atMs), point] as const)
      .filter(([at]) => !isClose.has(at)),
  );
  const steps = Array.from({ length: count }, (_, i) => first + i);
  const all = (field: (point: HistoryPoint) => number | null): (number | null)[] =>
    steps.map((step) => {
      const point = byStep.get(step) ?? byMinute.get(minuteOf(step * stepMs));
      return point === undefined ? null : field(point);
    });
  return {
    times: steps.map((step) => (step * stepMs) / 1000),
    latencyMs: all(({ latencyMs }) => latencyMs),
    limitCores: all(({ reservedCores }) => reservedCores),
    usedCores: all(({ usedCores }) => usedCores),
    throttledPercent: all(({ throttledRatio }) =>
      throttledRatio === null ? null : throttledRatio * 100,
    ),
  };
}

/** A moment at which the limit changed, as a mark under a chart. */
export interface Mark {
  readonly sequence: number;
  readonly atMs: number;
  /** Where it stands, as a share of the width. */
  readonly at: number;
  readonly what: string;
  readonly why: string;
}

const LIMIT_CHANGED = 'dqoes.allocation.limit-changed';

/** The changes of the limit of an allocation in a range, oldest first. */
export function marksOf(
  events: readonly PageEvent[],
  allocation: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly Mark[] {
  return events
    .filter(
      ({ type, data, atMs }) =>
        type === LIMIT_CHANGED && data.allocation === allocation && atMs >= fromMs && atMs <= toMs,
    )
    .map((event) => {
      const { what, why } = textOf(event);
      const { sequence, atMs } = event;
      return { sequence, atMs, at: (atMs - fromMs) / (toMs - fromMs), what, why };
    });
}

/** Sums up a line for those who do not see it. */
export function rangeText(values: readonly (number | null)[], text: (value: number) => string) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return 'nothing is known';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return `between ${text(least)} and ${text(most)}, newest ${text(known.at(-1) ?? least)}`;
}
