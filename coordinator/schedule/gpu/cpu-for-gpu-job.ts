import { clamp, limitOf } from '../limits/fit.js';
import type { LimitDecision, SnapshotAllocation } from '../types.js';

/** Use ÷ limit, and share of periods throttled, above which a container gets more CPU. */
const FULL = 0.7;
const THROTTLED = 0.05;
const GROWTH = 1.5;
const FIRST_CORES = 1;

/**
 * CPU limit of a container whose target is held by the clock of its GPU: it must not wait for CPU,
 * so that the clock alone decides. It starts with a core, or an equal share of the node where that
 * is less (`shareCores`), gets more when it uses that up, and keeps what it has: the CPU part of a
 * request is short and comes in bursts, which a tight limit would stretch. Null = its limit stays.
 */
export function cpuForGpuJob(
  allocation: SnapshotAllocation,
  shareCores: number,
): LimitDecision | null {
  const { limit, report, minCores, maxCores } = allocation;
  const held = limit?.cpuCores ?? null;
  const bounded = (cores: number): number => clamp(cores, Math.min(minCores, maxCores), maxCores);
  if (held === null)
    return decide(allocation, bounded(Math.min(FIRST_CORES, shareCores)), 'starts with');
  if (report?.cpu == null || held >= maxCores * 0.999) return null;
  const { usageCores, throttledRatio } = report.cpu;
  if (usageCores <= FULL * held && throttledRatio <= THROTTLED) return null;
  return decide(allocation, bounded(GROWTH * held), 'uses all of its CPU, gets');
}

const decide = ({ id }: SnapshotAllocation, cores: number, why: string): LimitDecision => ({
  allocation: id,
  limit: limitOf(cores),
  reason: `its GPU clock holds its target; ${why} ${cores.toFixed(2)} CPU`,
});
