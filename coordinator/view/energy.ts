import type { AllocationId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';
import { grown } from './tally.js';

/** Energy of each GPU of a node, and of its processors, as it was last reported, J. */
export type EnergyCounters = ReadonlyMap<string, number>;

/** The key of the processors among the GPUs. */
const PROCESSORS = 'processors';

/** The counters of a report; a GPU whose energy is not known has none. */
export function energyCountersOf({
  gpus,
  host: { energyJoules: ofProcessors },
}: Pick<NodeReport, 'gpus' | 'host'>): EnergyCounters {
  if (gpus === undefined && ofProcessors === undefined) return NOTHING_MEASURED;
  const counters = new Map<string, number>();
  for (const { id, energyJoules } of gpus ?? [])
    if (energyJoules !== null) counters.set(id, energyJoules);
  if (ofProcessors !== undefined) counters.set(PROCESSORS, ofProcessors);
  return counters;
}

/** What the processors of a node used between two reports, J; null = not measured. */
export function processorJoules(
  before: EnergyCounters,
  { host: { energyJoules: after } }: Pick<NodeReport, 'host'>,
): number | null {
  const from = before.get(PROCESSORS);
  return from === undefined || after === undefined ? null : grown(from, after);
}

/** CPU used between two reports, CPU-seconds. */
export interface CpuUse {
  /** By the whole host, everything else that runs there included. */
  readonly hostSeconds: number;
  readonly seconds: ReadonlyMap<AllocationId, number>;
}

/**
 * The energy of each allocation with that of the processors, which falls to all that used CPU on
 * the host in the proportion of their use; what other programs used is nobody's. Where the energy
 * of a GPU of an allocation is not known, its energy is not.
 */
export function withProcessors(
  onGpus: ReadonlyMap<AllocationId, number | null>,
  joules: number,
  { hostSeconds, seconds }: CpuUse,
): ReadonlyMap<AllocationId, number | null> {
  // The host is measured at another moment than its containers: together they are no more than all.
  const all = Math.max(
    hostSeconds,
    [...seconds.values()].reduce((sum, each) => sum + each, 0),
  );
  const parts = new Map(onGpus);
  for (const [allocation, used] of seconds) {
    const onGpu = onGpus.get(allocation);
    if (onGpu === null) continue;
    parts.set(allocation, (onGpu ?? 0) + (all > 0 ? (joules * used) / all : 0));
  }
  return parts;
}

/**
 * The energy between two reports that falls to each allocation, J: that of a GPU in equal parts to
 * the running containers that were given it. null = that of one of its GPUs is not known; one
 * without a GPU is absent. Idle GPUs are nobody's.
 */
export function energyBetween(
  before: EnergyCounters,
  report: Pick<NodeReport, 'gpus' | 'host' | 'containers'>,
): ReadonlyMap<AllocationId, number | null> {
  if (report.gpus === undefined) return NOTHING_KNOWN;
  const after = energyCountersOf(report);
  const users = report.containers.flatMap(({ allocation, state, gpuUse }) => {
    const ids = gpuUse?.ids ?? [];
    return state === 'running' && ids.length > 0 ? [{ allocation, ids }] : [];
  });
  const sharers = new Map<string, number>();
  for (const { ids } of users) for (const id of ids) sharers.set(id, (sharers.get(id) ?? 0) + 1);
  const partOf = (id: string): number | null => {
    const [from, to] = [before.get(id), after.get(id)];
    return from === undefined || to === undefined ? null : grown(from, to) / (sharers.get(id) ?? 1);
  };
  return new Map(users.map(({ allocation, ids }) => [allocation, sumOf(ids.map(partOf))]));
}

const NOTHING_MEASURED: EnergyCounters = new Map();
const NOTHING_KNOWN: ReadonlyMap<AllocationId, null> = new Map();

const sumOf = (parts: readonly (number | null)[]): number | null =>
  parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
