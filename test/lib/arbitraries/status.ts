import fc from 'fast-check';
import {
  type AllocationStatus,
  type JobStatus,
  NODE_SCHEDULING,
  type NodeStatus,
  type StoppingJob,
} from '../../../proto/schemas/status.js';
import {
  anyAllocationId,
  anyCpuLimit,
  anyJobName,
  anyNodeId,
  anyStateVersion,
  anyTarget,
  anyText,
  double,
  labels,
  milliseconds,
  orNull,
  plainly,
} from './basic.js';
import { anyGpuReport } from './gpu.js';
import { anyJobSpec } from './job.js';
import { anyContainerReport, anyHostReport } from './report.js';

/** Any QoE class. */
export const anyClass = fc.constantFrom('faster' as const, 'within', 'slower');

/** What is known of a target that cannot be reached. */
export const unreachableFields = {
  targetMs: milliseconds,
  reachableMs: orNull(milliseconds),
  neededCores: orNull(double(0, 4096)),
  reason: anyText,
};

const statusFields = {
  id: anyAllocationId,
  job: anyJobName,
  node: orNull(anyNodeId),
  target: orNull(anyTarget),
  latencyMs: orNull(milliseconds),
  qoeClass: orNull(anyClass),
  desired: orNull(anyCpuLimit),
  reason: anyText,
  container: orNull(anyContainerReport),
  ageMs: orNull(milliseconds),
};

export const anyAllocationStatus: fc.Arbitrary<AllocationStatus> = plainly(
  fc.oneof(
    fc.record(statusFields),
    fc.record({ ...statusFields, unreachable: fc.record(unreachableFields) }),
    fc.record({ ...statusFields, replaces: anyAllocationId }),
    fc.record({ ...statusFields, isStopping: fc.boolean(), isOutdated: fc.boolean() }),
  ),
);

/** A few statuses of allocations. */
export const allocations = fc.array(anyAllocationStatus, { maxLength: 3 });

export const anyJobStatus: fc.Arbitrary<JobStatus> = plainly(
  fc.record(
    {
      spec: anyJobSpec,
      origin: fc.constantFrom('dqoes' as const, 'label' as const),
      state: fc.constantFrom('pending' as const, 'running', 'partial', 'failed'),
      reasons: fc.array(anyText, { maxLength: 3 }),
      allocations,
      owner: anyNodeId,
    },
    { requiredKeys: ['spec', 'origin', 'state', 'reasons', 'allocations'] },
  ),
);

/** A job that was stopped and still has containers. */
export const anyStoppingJob: fc.Arbitrary<StoppingJob> = plainly(
  fc.record({ name: anyJobName, reasons: fc.array(anyText, { maxLength: 3 }), allocations }),
);

const nodeStatusFields = {
  scheduling: fc.constantFrom(...NODE_SCHEDULING),
  id: anyNodeId,
  liveness: fc.constantFrom('ready' as const, 'suspect', 'down'),
  ageMs: milliseconds,
  host: anyHostReport,
  labels,
  agentVersion: anyText,
  desired: orNull(anyStateVersion),
  holds: anyStateVersion,
  limitedCpuCores: fc.integer({ min: 0, max: 64 }),
  containers: fc.integer({ min: 0, max: 400 }),
  warnings: fc.array(anyText, { maxLength: 3 }),
};

export const anyNodeStatus: fc.Arbitrary<NodeStatus> = plainly(
  fc.oneof(
    fc.record(nodeStatusFields),
    fc.record({ ...nodeStatusFields, othersCpuCores: fc.integer({ min: 0, max: 64 }) }),
    fc.record({ ...nodeStatusFields, isWaiting: fc.boolean() }),
    fc.record({
      ...nodeStatusFields,
      gpus: fc.array(anyGpuReport, { minLength: 1, maxLength: 2 }),
    }),
  ),
);
