import type { Target } from '../../../shared/qoe.js';
import { bandOf } from './words.js';

/** Where things stand on a gauge, as shares of its width from 0 to 1. */
export interface Gauge {
  readonly bandFrom: number;
  readonly bandTo: number;
  readonly target: number;
  /** null = no response time is known. */
  readonly now: number | null;
  /** It lies beyond the right end. */
  readonly isBeyond: boolean;
}

/** Times the target at the right end of a gauge. */
const END = 2.5;

/** The gauge of a target: its band, and the marker of now. The scale does not move with now. */
export function gaugeOf(target: Target, latencyMs: number | null): Gauge {
  const end = target.latencyMs * END;
  const { fromMs, toMs } = bandOf(target);
  const share = (ms: number): number => Math.min(1, Math.max(0, ms / end));
  return {
    bandFrom: share(fromMs),
    bandTo: share(toMs),
    target: share(target.latencyMs),
    now: latencyMs === null ? null : share(latencyMs),
    isBeyond: latencyMs !== null && latencyMs > end,
  };
}

/** A sparkline in a box. */
export interface Spark {
  /** `d` of a path; '' = nothing is known. A gap stays a gap. */
  readonly line: string;
  /** y of the edges of the band, from the top. */
  readonly bandTop: number;
  readonly bandBottom: number;
}

/** Points over the band of the target, in a box; the top is twice the slow edge, or the worst. */
export function sparkOf(
  values: readonly (number | null)[],
  target: Target,
  { width, height }: { readonly width: number; readonly height: number },
): Spark {
  const { fromMs, toMs } = bandOf(target);
  const worst = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const top = Math.max(toMs * 1.5, Math.min(worst, toMs * 3));
  const y = (ms: number): number => round(height - (Math.min(ms, top) / top) * height);
  const step = values.length < 2 ? 0 : width / (values.length - 1);
  return {
    line: values.map((value, i) => commandAt(values, i, value, { x: round(i * step), y })).join(''),
    bandTop: y(toMs),
    bandBottom: y(fromMs),
  };
}

function commandAt(
  values: readonly (number | null)[],
  index: number,
  value: number | null,
  { x, y }: { readonly x: number; readonly y: (ms: number) => number },
): string {
  if (value === null) return '';
  const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
  if ((values[index - 1] ?? null) !== null) return `L${x} ${y(value)}`;
  // A line to its own point: round ends make a dot of it.
  return isAlone ? `M${x} ${y(value)}L${x} ${y(value)}` : `M${x} ${y(value)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
