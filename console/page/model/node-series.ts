import type { NodeHistory, RecentHistory } from '../../answers.js';
import { type Layer, stacked } from './stack.js';

/** The last hour of a host, minute by minute: its limits on top of each other, and the rest. */
export interface HostHour {
  readonly fromMs: number;
  readonly toMs: number;
  /** Seconds. */
  readonly times: readonly number[];
  /** Upper edges from the first allocation to the last. */
  readonly limits: readonly Layer[];
  /** Upper edge of what is not ours, on top of the limits; null = nothing is known of it. */
  readonly others: readonly (number | null)[] | null;
}

const MINUTE_MS = 60_000;

/**
 * Puts the limits of the allocations and what is not ours on one axis of time. Absent: nothing is
 * known of either.
 */
export function hostHour(
  recent: RecentHistory | null,
  node: NodeHistory | null,
  nameOf: (allocation: string) => string,
): HostHour | null {
  const base = recent ?? node;
  const length = recent?.allocations[0]?.reservedCores.length ?? node?.othersCores.length ?? 0;
  if (base === null || length === 0) return null;
  const { fromMs } = base;
  const layers: Layer[] = (recent?.allocations ?? []).map(({ allocation, reservedCores }) => ({
    name: nameOf(allocation),
    values: reservedCores,
  }));
  const others = node === null ? null : shifted(node.othersCores, node.fromMs, { fromMs, length });
  const hasOthers = others?.some((value) => value !== null) === true;
  const edges = stacked([...layers, ...(hasOthers ? [{ name: '', values: others ?? [] }] : [])]);
  return {
    fromMs,
    toMs: fromMs + (length - 1) * MINUTE_MS,
    times: Array.from({ length }, (_, i) => (fromMs + i * MINUTE_MS) / 1000),
    limits: layers.map(({ name }, i) => ({ name, values: edges[i] ?? [] })),
    // Where it is not known, the band ends: its edge would say that there was nothing.
    others: hasOthers
      ? (edges.at(-1) ?? []).map((edge, i) => ((others?.[i] ?? null) === null ? null : edge))
      : null,
  };
}

/** The same minutes from another beginning on; what is outside is not known. */
function shifted(
  values: readonly (number | null)[],
  valuesFromMs: number,
  { fromMs, length }: { readonly fromMs: number; readonly length: number },
): readonly (number | null)[] {
  const by = Math.round((fromMs - valuesFromMs) / MINUTE_MS);
  return Array.from({ length }, (_, i) => values[i + by] ?? null);
}

/** Whether anything is known of a series. */
export const isKnown = (values: readonly (number | null)[]): boolean =>
  values.some((value) => value !== null);

/** Energy of a series of mean powers, minute by minute, Wh; null = nothing is known of it. */
export function energyWh(watts: readonly (number | null)[]): number | null {
  const known = watts.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / 60;
}
