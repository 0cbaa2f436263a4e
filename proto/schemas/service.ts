import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { QOE_CLASSES } from '../../shared/qoe.js';
import type { Fault } from '../../shared/result.js';
import {
  array,
  integer,
  listOrAbsent,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Reader,
  safeId,
  text,
} from '../codec/check.js';
import {
  type AllocationStatus,
  type JobPlan,
  type JobStatus,
  NODE_SCHEDULING,
  type NodeScheduling,
  type NodeStatus,
  PLAN_EFFECTS,
  PLAN_VERDICTS,
  type PlannedAllocation,
  type PlannedEffect,
  POLICY_NAMES,
  type PolicyName,
  type ServiceCalls,
  type UnreachableTarget,
} from '../service.js';
import type { Verb } from '../subjects.js';
import { gpuReport, MAX_GPUS } from './gpu.js';
import {
  cpuLimit,
  jobSpec,
  labels,
  MAX_CORES,
  MAX_MS,
  reason,
  stateVersion,
  target,
} from './job.js';
import { containerReport, hostReport } from './report.js';

/** Most jobs, nodes or allocations in one answer; the size cap bites first. */
const MANY = 10_000;
const milliseconds = number(0, MAX_MS);

const unreachable = object<UnreachableTarget>({
  targetMs: milliseconds,
  reachableMs: nullable(milliseconds),
  neededCores: nullable(number(0, MAX_CORES)),
  reason,
});

const allocationStatus = object<AllocationStatus>({
  id: safeId<AllocationId>(),
  job: safeId<JobName>(),
  node: nullable(safeId<NodeId>()),
  target: nullable(target),
  latencyMs: nullable(milliseconds),
  qoeClass: nullable(oneOf(QOE_CLASSES)),
  desired: nullable(cpuLimit),
  reason,
  container: nullable(containerReport),
  ageMs: nullable(milliseconds),
  unreachable: optional(unreachable),
  replaces: optional(safeId<AllocationId>()),
});

const jobStatus = object<JobStatus>({
  spec: jobSpec,
  origin: oneOf(['dqoes', 'label']),
  state: oneOf(['pending', 'running', 'partial', 'failed']),
  reasons: array(reason, MANY),
  allocations: array(allocationStatus, MANY),
});

const nodeStatus = object<NodeStatus>({
  id: safeId<NodeId>(),
  liveness: oneOf(['ready', 'suspect', 'down']),
  ageMs: milliseconds,
  host: hostReport,
  labels,
  agentVersion: text(64),
  desired: nullable(stateVersion),
  holds: stateVersion,
  limitedCpuCores: number(0, MAX_CORES),
  othersCpuCores: optional(number(0, MAX_CORES)),
  containers: integer(0, MANY),
  warnings: array(reason, 64),
  scheduling: optional(oneOf(NODE_SCHEDULING)),
  gpus: listOrAbsent(gpuReport, MAX_GPUS),
});

const plannedAllocation = object<PlannedAllocation>({
  id: safeId<AllocationId>(),
  node: nullable(safeId<NodeId>()),
  verdict: oneOf(PLAN_VERDICTS),
  limitCores: nullable(number(0, MAX_CORES)),
  guaranteeCores: optional(number(0, MAX_CORES)),
  expectedMs: nullable(milliseconds),
  reachableMs: nullable(milliseconds),
  neededCores: nullable(number(0, MAX_CORES)),
  reason,
});
const plannedEffect = object<PlannedEffect>({
  allocation: safeId<AllocationId>(),
  container: optional(text(256)),
  job: safeId<JobName>(),
  node: safeId<NodeId>(),
  effect: oneOf(PLAN_EFFECTS),
  reason,
});
const jobPlan = object<JobPlan>({
  job: safeId<JobName>(),
  change: oneOf(['created', 'updated', 'unchanged']),
  allocations: array(plannedAllocation, MANY),
});

export const fault = object<Fault>({
  code: text(64),
  field: text(256),
  message: text(4096),
  line: optional(integer(0, 1e9)),
  column: optional(integer(0, 1e9)),
});

const nothing: Reader<Record<string, never>> = object<Record<string, never>>({});
const jobNames = array(safeId<JobName>(), MANY);
const policy = oneOf<PolicyName>(POLICY_NAMES);
const scheduling = oneOf<NodeScheduling>(NODE_SCHEDULING);

type Requests = { readonly [V in Verb]: Reader<ServiceCalls[V]['request']> };
type Responses = { readonly [V in Verb]: Reader<ServiceCalls[V]['response']> };

export const requestReaders: Requests = {
  'job-submit': object<ServiceCalls['job-submit']['request']>({ jobs: array(jobSpec, 1000) }),
  'job-plan': object<ServiceCalls['job-plan']['request']>({ jobs: array(jobSpec, 1000) }),
  'job-stop': object<ServiceCalls['job-stop']['request']>({ name: safeId<JobName>() }),
  'job-list': nothing,
  'job-status': object<ServiceCalls['job-status']['request']>({ name: safeId<JobName>() }),
  'node-list': nothing,
  'node-status': object<ServiceCalls['node-status']['request']>({ id: safeId<NodeId>() }),
  'node-set': object<ServiceCalls['node-set']['request']>({ id: safeId<NodeId>(), scheduling }),
  'allocation-list': nothing,
  'policy-get': nothing,
  'policy-set': object<ServiceCalls['policy-set']['request']>({ policy }),
};

export const responseReaders: Responses = {
  'job-submit': object<ServiceCalls['job-submit']['response']>({
    created: jobNames,
    updated: jobNames,
    unchanged: jobNames,
  }),
  'job-plan': object<ServiceCalls['job-plan']['response']>({
    plans: array(jobPlan, MANY),
    effects: array(plannedEffect, MANY),
  }),
  'job-stop': object<ServiceCalls['job-stop']['response']>({ stopped: safeId<JobName>() }),
  'job-list': object<ServiceCalls['job-list']['response']>({ jobs: array(jobStatus, MANY) }),
  'job-status': object<ServiceCalls['job-status']['response']>({ job: jobStatus }),
  'node-list': object<ServiceCalls['node-list']['response']>({ nodes: array(nodeStatus, MANY) }),
  'node-status': object<ServiceCalls['node-status']['response']>({
    node: nodeStatus,
    allocations: array(allocationStatus, MANY),
  }),
  'node-set': object<ServiceCalls['node-set']['response']>({ id: safeId<NodeId>(), scheduling }),
  'allocation-list': object<ServiceCalls['allocation-list']['response']>({
    allocations: array(allocationStatus, MANY),
  }),
  'policy-get': object<ServiceCalls['policy-get']['response']>({
    policy,
    available: array(policy, 16),
  }),
  'policy-set': object<ServiceCalls['policy-set']['response']>({ policy }),
};
