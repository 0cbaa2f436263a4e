import { clamp, limitOf } from '../limits/fit.js';
import type { LimitDecision, SnapshotAllocation } from '../types.js';

/** Use ÷ limit, and share of periods throttled, above which a container gets more CPU. */
const FULL = 0.7;
const THROTTLED = 0.05;
const GROWTH = 1.5;
const FIRST_CORES = 1;
/** Less more is not worth an update: factor. */
const MIN_GROWTH = 1.02;
/** Use ÷ limit below which a container that holds more than its share gives some back. */
const LOW = 0.25;
/** It keeps this many times what it uses: the CPU part of a request comes in bursts. */
const KEPT = 2;

/** CPU of the node, cores. */
export interface NodeShare {
  /** An equal part for each of its containers. */
  readonly shareCores: number;
  /** What is not promised to any other container. */
  readonly freeCores: number;
  /** Nothing more is free, so that others may lack what this one does not use. */
  readonly isFull: boolean;
}

/**
 * CPU limit of a container whose target is held by the clock of its GPU: it must not wait for CPU,
 * so that the clock alone decides. It starts with a core, or an equal share of the node where that
 * is less, gets more when it uses that up, of what is free or up to an equal share, and keeps what
 * it has: the CPU part of a request is short and comes in bursts, which a tight limit would
 * stretch. Where nothing is free it gives back what it does not use beyond its share: loading a
 * model may have taken all there was. Null = its limit stays.
 */
export function cpuForGpuJob(
  allocation: SnapshotAllocation,
  { shareCores, freeCores, isFull }: NodeShare,
): LimitDecision | null {
  const { limit, report, minCores, maxCores } = allocation;
  const held = limit?.cpuCores ?? null;
  const bounded = (cores: number): number => clamp(cores, Math.min(minCores, maxCores), maxCores);
  if (held === null)
    return decide(allocation, bounded(Math.min(FIRST_CORES, shareCores)), 'starts with');
  if (report?.cpu == null) return null;
  const { usageCores, throttledRatio } = report.cpu;
  if (isFull && held > shareCores && usageCores < LOW * held && throttledRatio <= THROTTLED) {
    const kept = bounded(Math.max(shareCores, held / GROWTH, KEPT * usageCores));
    return kept < held ? decide(allocation, kept, 'uses little of its CPU, keeps') : null;
  }
  if (usageCores <= FULL * held && throttledRatio <= THROTTLED) return null;
  const grown = bounded(Math.min(GROWTH * held, Math.max(shareCores, freeCores)));
  return grown > held * MIN_GROWTH ? decide(allocation, grown, 'uses all of its CPU, gets') : null;
}

const decide = ({ id }: SnapshotAllocation, cores: number, why: string): LimitDecision => ({
  allocation: id,
  limit: limitOf(cores),
  reason: `its GPU clock holds its target; ${why} ${cores.toFixed(2)} CPU`,
});
