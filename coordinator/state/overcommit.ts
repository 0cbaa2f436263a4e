import type { JobName } from '../../shared/ids.js';
import { DEFAULT_MEMORY_BYTES } from '../../shared/job.js';
import type { NodeReport } from '../../shared/report.js';
import { formatBytes } from '../../shared/units.js';
import { allocatableOf } from './admission.js';
import type { ClusterState, JobRecord, NodeRecord } from './model.js';

type Known = Pick<ClusterState, 'jobs' | 'registration'>;

/** Doubles: minimums that fill a node exactly may sum up to a little more. */
const EPSILON = 1e-9;

/**
 * What the jobs on a node ask for beyond what it has, in words; undefined = nothing. They fitted
 * when they were placed: one of them was changed since, or the host has less. One that was stopped
 * is about to leave, and counts as nothing.
 */
export function overcommitOf(state: Known, node: NodeRecord): string | undefined {
  if (node.report === null) return undefined;
  let [cores, bytes] = [0, 0];
  for (const { job, spec } of node.desired?.allocations ?? []) {
    const asked = spec === undefined ? undefined : state.jobs.get(job)?.spec.resources;
    if (asked === undefined) continue;
    cores += asked.cpu.minCores;
    bytes += asked.memoryBytes ?? DEFAULT_MEMORY_BYTES;
  }
  const has = allocatableOf(state, node, node.report.host);
  if (cores > has.allocatableCpuCores + EPSILON && !observes(node.report))
    return `its jobs ask for ${rounded(cores)} of ${rounded(has.allocatableCpuCores)} CPU`;
  return bytes > has.allocatableMemoryBytes
    ? `its jobs ask for ${formatBytes(bytes)} of ${formatBytes(has.allocatableMemoryBytes)} memory`
    : undefined;
}

/** Whether the host lets nobody limit some container, so that no CPU is promised there. */
export const observes = ({ containers }: NodeReport): boolean =>
  containers.some(({ control }) => control === 'observe');

const rounded = (cores: number): number => Math.round(cores * 1000) / 1000;

const jobsOn = ({ jobs }: Known, { desired }: NodeRecord): readonly JobRecord[] =>
  (desired?.allocations ?? []).flatMap(({ job, spec }) => {
    const record = spec === undefined ? undefined : jobs.get(job);
    return record === undefined ? [] : [record];
  });

/**
 * The job that has to leave such a node, with the reason: of the lightest that may be moved the one
 * that was changed last; undefined = none has to, or none may.
 */
export function leavingOn(
  state: Known,
  node: NodeRecord,
): { readonly job: JobName; readonly why: string } | undefined {
  const why = overcommitOf(state, node);
  if (why === undefined) return undefined;
  const [first] = jobsOn(state, node)
    .filter(({ spec }) => spec.moves !== 'never')
    .sort((a, b) => a.spec.weight - b.spec.weight || b.revision - a.revision);
  return first === undefined ? undefined : { job: first.spec.name, why };
}
