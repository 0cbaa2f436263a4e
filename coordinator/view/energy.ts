import type { AllocationId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';
import { grown } from './tally.js';

/** Energy of each GPU of a node as it was last reported, J. */
export type EnergyCounters = ReadonlyMap<string, number>;

/** The counters of a report; a GPU whose energy is not known has none. */
export const energyCountersOf = ({ gpus }: Pick<NodeReport, 'gpus'>): EnergyCounters =>
  gpus === undefined
    ? NO_GPUS
    : new Map(
        gpus.flatMap(({ id, energyJoules: joules }) => (joules === null ? [] : [[id, joules]])),
      );

/**
 * The energy between two reports that falls to each allocation, J: that of a GPU in equal parts to
 * the running containers that were given it. null = that of one of its GPUs is not known; one
 * without a GPU is absent. Idle GPUs are nobody's.
 */
export function energyBetween(
  before: EnergyCounters,
  report: Pick<NodeReport, 'gpus' | 'containers'>,
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

const NO_GPUS: EnergyCounters = new Map();
const NOTHING_KNOWN: ReadonlyMap<AllocationId, null> = new Map();

const sumOf = (parts: readonly (number | null)[]): number | null =>
  parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
