import type { Static } from 'typebox';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { QOE_CLASSES } from '../../shared/qoe.js';
import {
  array,
  flag,
  integer,
  listOrAbsent,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { gpuReport, MAX_GPUS } from './gpu.js';
import {
  cpuLimit,
  jobOwner,
  jobSpec,
  labels,
  MAX_CORES,
  MAX_MS,
  reason,
  stateVersion,
  target,
} from './job.js';
import { containerReport, hostReport } from './report.js';

/** Jobs, nodes or allocations in one answer; the size cap is usually reached first. */
export const MAX_ANSWERS = 10_000;
const milliseconds = number(0, MAX_MS);

export const LIVENESS = ['ready', 'suspect', 'down'] as const;
export type Liveness = (typeof LIVENESS)[number];

/**
 * What its operator asked of a node: `cordoned` = takes nothing new, `draining` = and what can run
 * elsewhere is moved there.
 */
export type NodeScheduling = 'open' | 'cordoned' | 'draining';
export const NODE_SCHEDULING: readonly NodeScheduling[] = ['open', 'cordoned', 'draining'];

/** What could be instead of a target that is out of reach, and what it would take. */
export const unreachable = objectOf({
  targetMs: milliseconds,
  /** Best value of the statistic reachable there, ms; null = not known. */
  reachableMs: nullable(milliseconds),
  /** CPU that the target would take, cores; null = no amount of CPU meets it. */
  neededCores: nullable(number(0, MAX_CORES)),
  /** In numbers, for people. */
  reason,
});
export type UnreachableTarget = Static<typeof unreachable>;

/** One line of `dqoes ps`. */
export const allocationStatus = objectOf({
  id: safeId<AllocationId>(),
  job: safeId<JobName>(),
  node: nullable(safeId<NodeId>()),
  /** null when no target is known (bad label). */
  target: nullable(target),
  /**
   * The statistic the target names, over the report's window; null = nothing was answered, or long
   * ago (`container.latency` has what it was): it says nothing of now, nor is there a class.
   */
  latencyMs: nullable(milliseconds),
  qoeClass: nullable(oneOf(QOE_CLASSES)),
  desired: nullable(cpuLimit),
  /**
   * Why the desired limit is what it is; else why the allocation waits, or what runs runs on as it
   * was before its job was changed.
   */
  reason,
  /** As last reported; null when the agent has not reported it yet. */
  container: nullable(containerReport),
  /** Age of the report at the coordinator, ms. */
  ageMs: nullable(milliseconds),
  /** The target cannot be met where the allocation runs; absent = within reach, or not known. */
  unreachable: optional(unreachable),
  /** A move: the allocation whose place it takes as soon as it answers. */
  replaces: optional(safeId<AllocationId>()),
  /**
   * Its host is to remove the container, as `reason` says: its job was stopped, or it is wanted
   * elsewhere, or not at all. Absent = no.
   */
  isStopping: optional(flag),
  /**
   * What is there is not what its job was changed to: another container is to take its place, or
   * its agent has not heard of the change. Absent = it is, nothing is there, or a coordinator of
   * 0.1.0 does not say it.
   */
  isOutdated: optional(flag),
});
export type AllocationStatus = Static<typeof allocationStatus>;

/** A job and its allocations; `pending`: nothing runs yet, `partial`: not all replicas run. */
export const jobStatus = objectOf({
  spec: jobSpec,
  origin: oneOf(['dqoes', 'label']),
  state: oneOf(['pending', 'running', 'partial', 'failed']),
  reasons: array(reason, MAX_ANSWERS),
  allocations: array(allocationStatus, MAX_ANSWERS),
  /** Who submitted it first: a name, or a public key; absent = not known. */
  owner: optional(jobOwner),
});
export type JobStatus = Static<typeof jobStatus>;

/** A job that was stopped, while hosts still have containers of it. */
export const stoppingJob = objectOf({
  name: safeId<JobName>(),
  /** Where, and why a host still has one that it cannot remove now. */
  reasons: array(reason, MAX_ANSWERS),
  /** Those containers. */
  allocations: array(allocationStatus, MAX_ANSWERS),
});
export type StoppingJob = Static<typeof stoppingJob>;

/** One line of `dqoes nodes`. */
export const nodeStatus = objectOf({
  id: safeId<NodeId>(),
  liveness: oneOf(LIVENESS),
  ageMs: milliseconds,
  host: hostReport,
  labels,
  agentVersion: text(64),
  desired: nullable(stateVersion),
  holds: stateVersion,
  /** Sum of the CPU limits in force, cores. */
  limitedCpuCores: number(0, MAX_CORES),
  /**
   * CPU that everything else on the host uses, containers without dqoes and dqoes itself included,
   * cores; absent = not known.
   */
  othersCpuCores: optional(number(0, MAX_CORES)),
  containers: integer(0, MAX_ANSWERS),
  warnings: array(reason, 64),
  /** Absent = open. */
  scheduling: optional(oneOf(NODE_SCHEDULING)),
  /** It waits to be approved (`node-approve`) and takes no jobs; absent = no. */
  isWaiting: optional(flag),
  /** Absent = the node has none, or the agent did not look. */
  gpus: listOrAbsent(gpuReport, MAX_GPUS),
});
export type NodeStatus = Static<typeof nodeStatus>;
