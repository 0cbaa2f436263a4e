import type { JobKind } from '../../proto/schemas/capacity.js';
import { MAX_KINDS } from '../../proto/schemas/capacity.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Steps } from '../../shared/steps.js';
import type { ClusterState, JobRecord } from '../state/model.js';

/** A kind of jobs, with one of them. */
export interface SpecKind extends JobKind {
  readonly spec: JobSpec;
}

/** CPU that limits or guarantees reserve for a job, over all its allocations. */
export interface ReservedCpu {
  /** Null = none is reserved for one of them. */
  readonly cores: number | null;
  readonly allocations: number;
}

/** Jobs between two steps. */
const AT_A_TIME = 100;

/** What is reserved for each job that has allocations, one node per step. */
export function* reservedSteps(
  state: Pick<ClusterState, 'nodes'>,
): Steps<ReadonlyMap<JobName, ReservedCpu>> {
  const found = new Map<JobName, ReservedCpu>();
  for (const { desired } of state.nodes.values()) {
    yield;
    for (const { job, limit } of desired?.allocations ?? []) {
      const before = found.get(job) ?? { cores: 0, allocations: 0 };
      const own = limit.guaranteeCores ?? limit.cpuCores;
      const cores = before.cores === null || own === null ? null : before.cores + own;
      found.set(job, { cores, allocations: before.allocations + 1 });
    }
  }
  return found;
}

/**
 * The kinds of the stored jobs, the most usual first: jobs that are alike in all that placement and
 * targets depend on. `like`: only the kinds of these; empty = all, at most `MAX_KINDS`.
 */
export function* kindSteps(
  state: ClusterState,
  reserved: ReadonlyMap<JobName, ReservedCpu>,
  like: readonly JobName[],
): Steps<readonly SpecKind[]> {
  const groups = new Map<string, JobRecord[]>();
  const wanted = new Set(like.flatMap((name) => keyOf(state.jobs.get(name)) ?? []));
  let seen = 0;
  for (const record of state.jobs.values()) {
    seen += 1;
    if (seen % AT_A_TIME === 0) yield;
    const key = keyOf(record) ?? '';
    if (like.length > 0 && !wanted.has(key)) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()]
    .map((records) => kindOf(records, reserved))
    .sort((a, b) => b.jobs - a.jobs || (a.like < b.like ? -1 : 1))
    .slice(0, MAX_KINDS);
}

function keyOf(record: JobRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  const { workload, spec } = record;
  const { target, weight, resources, constraints, secretEnv } = spec;
  return JSON.stringify([workload, target, weight, resources, constraints, secretEnv]);
}

function kindOf(
  records: readonly JobRecord[],
  reserved: ReadonlyMap<JobName, ReservedCpu>,
): SpecKind {
  const [first, ...others] = records.map(({ spec }) => spec) as [JobSpec, ...JobSpec[]];
  const spec = others.reduce((a, b) => (b.name < a.name ? b : a), first);
  let [cores, allocations] = [0, 0];
  for (const { spec: each } of records) {
    const its = reserved.get(each.name);
    if (its === undefined || its.cores === null) continue;
    cores += its.cores;
    allocations += its.allocations;
  }
  return {
    spec,
    like: spec.name,
    jobs: records.length,
    targetMs: spec.target.latencyMs,
    cpuCores: allocations === 0 ? null : cores / allocations,
  };
}
