import type { ForeignBurst } from './bursts.js';

/** From `atMs` on, until the next step, other programs want these shares of the host. */
export interface ForeignStep {
  readonly atMs: number;
  /** Share of the CPU of the whole host, at most 1. */
  readonly loadRatio: number;
  /** The part of `loadRatio` that copies memory and files. */
  readonly memoryRatio: number;
}

/**
 * The sum of all stretches as a step function, in order of time. Before the first step and after
 * the last one, which says 0, there is no load.
 */
export function foreignSteps(bursts: readonly ForeignBurst[]): readonly ForeignStep[] {
  const edges = bursts.flatMap(({ atMs, untilMs, loadRatio, kind }) => [
    { atMs, loadRatio, count: 1, kind },
    { atMs: untilMs, loadRatio: -loadRatio, count: -1, kind },
  ]);
  edges.sort((a, b) => a.atMs - b.atMs);
  const steps: ForeignStep[] = [];
  let [load, memory, count] = [0, 0, 0];
  for (const [i, edge] of edges.entries()) {
    count += edge.count;
    load += edge.loadRatio;
    if (edge.kind === 'memory') memory += edge.loadRatio;
    // The sum of what began and ended again is exactly nothing.
    if (count === 0) [load, memory] = [0, 0];
    if (edges[i + 1]?.atMs === edge.atMs) continue;
    const loadRatio = Math.min(1, Math.max(0, load));
    steps.push({
      atMs: edge.atMs,
      loadRatio,
      memoryRatio: Math.min(loadRatio, Math.max(0, memory)),
    });
  }
  return steps;
}

/** Mean share of the host wanted between two times of a run. */
export function meanForeignRatio(
  steps: readonly ForeignStep[],
  fromMs: number,
  untilMs: number,
): number {
  let sum = 0;
  for (const [i, { atMs, loadRatio }] of steps.entries()) {
    const endMs = Math.min(untilMs, steps[i + 1]?.atMs ?? untilMs);
    sum += loadRatio * Math.max(0, endMs - Math.max(fromMs, atMs));
  }
  return untilMs > fromMs ? sum / (untilMs - fromMs) : 0;
}
