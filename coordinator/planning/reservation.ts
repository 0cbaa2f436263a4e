import type { PlannedAllocation } from '../../proto/schemas/plan.js';
import type { JobCost, Reservation } from '../../proto/schemas/plan-cost.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { costPerHour, type Prices, reservedOf } from '../../shared/prices.js';
import type { ClusterState } from '../state/model.js';
import { promiseOf } from './planned-spot.js';
import type { SettledState } from './settle.js';

/** What an allocation is promised. */
export type Promised = Pick<PlannedAllocation, 'limitCores' | 'guaranteeCores'>;

/**
 * What a job reserves with these allocations, all of its replicas together: the CPU that limits or
 * guarantees promise, and the cost of that with the memory and GPUs that it asks for.
 */
export function reservationOf(
  { resources, replicas }: JobSpec,
  allocations: readonly Promised[],
  prices: Prices | undefined,
): Reservation {
  const cpuCores = replicas === 0 ? 0 : totalCores(allocations);
  const { memoryBytes, gpus } = reservedOf(resources);
  const reserved = { memoryBytes: memoryBytes * replicas, gpus: gpus * replicas };
  return {
    cpuCores,
    costPerHour:
      prices === undefined || cpuCores === null
        ? null
        : costPerHour(prices, { cpuCores, ...reserved }),
  };
}

/** The sum; null where one is not known, or there are none. */
function totalCores(allocations: readonly Promised[]): number | null {
  let total = allocations.length === 0 ? null : 0;
  for (const { limitCores, guaranteeCores } of allocations) {
    // Beside a guarantee a limit is only the most that the owner allows: it reserves nothing.
    const cores = guaranteeCores ?? limitCores;
    total = total === null || cores === null ? null : total + cores;
  }
  return total;
}

/** A state without the jobs and one with them, both settled by the scheduler. */
export interface BeforeAndAfter {
  readonly base: SettledState;
  readonly after: SettledState;
  /** Absent = the cluster has none: only the CPU is said. */
  readonly prices?: Prices | undefined;
}

/** What a job reserves before it is changed and afterwards; `state` has it as it is stored. */
export function jobCostOf(
  spec: JobSpec,
  { jobs }: Pick<ClusterState, 'jobs'>,
  { base, after, prices }: BeforeAndAfter,
): JobCost {
  const stored = jobs.get(spec.name)?.spec;
  const { name } = spec;
  return {
    job: name,
    before: stored === undefined ? null : reservationOf(stored, promisedTo(name, base), prices),
    after: reservationOf(spec, promisedTo(name, after), prices),
  };
}

/**
 * The promises to the allocations of a job; those that no node takes have none. Of a move that is
 * under way only what takes over counts: the rest ends with it.
 */
function promisedTo(name: JobName, { state, pending }: SettledState): readonly Promised[] {
  const own = [...state.nodes.values()].flatMap(({ desired }) =>
    (desired?.allocations ?? []).filter(({ job, spec }) => job === name && spec !== undefined),
  );
  const replaced = new Set(own.flatMap(({ replaces }) => replaces ?? []));
  const placed = own.filter(({ id }) => !replaced.has(id)).map(({ limit }) => promiseOf(limit));
  const waiting = pending.filter(({ job }) => job === name).map(() => ({ limitCores: null }));
  return [...placed, ...waiting];
}
