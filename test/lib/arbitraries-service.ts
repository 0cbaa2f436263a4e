import fc from 'fast-check';
import type { DqoesEvent, EventType } from '../../proto/schemas/event.js';
import {
  type JobPlan,
  PLAN_EFFECTS,
  PLAN_VERDICTS,
  type PlannedEffect,
} from '../../proto/schemas/plan.js';
import type { Verb } from '../../proto/schemas/service.js';
import { POLICY_NAMES, type ServiceCalls, type ServiceReply } from '../../proto/schemas/service.js';
import {
  type AllocationStatus,
  type JobStatus,
  NODE_SCHEDULING,
  type NodeStatus,
} from '../../proto/schemas/status.js';
import type { Fault } from '../../shared/result.js';
import {
  anyAllocationId,
  anyContainerReport,
  anyCpuLimit,
  anyGpuReport,
  anyHostReport,
  anyJobName,
  anyJobSpec,
  anyNodeId,
  anyStateVersion,
  anyTarget,
  anyText,
  plainly,
} from './arbitraries.js';

const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(values, { nil: null });
const milliseconds = fc.double({ min: 0, max: 1e7, noNaN: true }).map((value) => value + 0);
const labels = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), anyText, {
  maxKeys: 3,
  noNullPrototype: true,
});
const anyClass = fc.constantFrom('faster' as const, 'within', 'slower');

const unreachable = {
  targetMs: milliseconds,
  reachableMs: orNull(milliseconds),
  neededCores: orNull(fc.double({ min: 0, max: 4096, noNaN: true }).map((value) => value + 0)),
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
    fc.record({ ...statusFields, unreachable: fc.record(unreachable) }),
    fc.record({ ...statusFields, replaces: anyAllocationId }),
  ),
);
const allocations = fc.array(anyAllocationStatus, { maxLength: 3 });

export const anyJobStatus: fc.Arbitrary<JobStatus> = plainly(
  fc.record({
    spec: anyJobSpec,
    origin: fc.constantFrom('dqoes' as const, 'label' as const),
    state: fc.constantFrom('pending' as const, 'running', 'partial', 'failed'),
    reasons: fc.array(anyText, { maxLength: 3 }),
    allocations,
  }),
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
    fc.record({
      ...nodeStatusFields,
      gpus: fc.array(anyGpuReport, { minLength: 1, maxLength: 2 }),
    }),
  ),
);

export const anyFault: fc.Arbitrary<Fault> = plainly(
  fc.record(
    { code: anyText, field: anyText, message: anyText, line: fc.nat(1e6), column: fc.nat(1e6) },
    { requiredKeys: ['code', 'field', 'message'] },
  ),
);

type Calls = {
  readonly [V in Verb]: {
    readonly request: fc.Arbitrary<ServiceCalls[V]['request']>;
    readonly response: fc.Arbitrary<ServiceCalls[V]['response']>;
  };
};
const names = fc.array(anyJobName, { maxLength: 3 });
const policy = fc.constantFrom(...POLICY_NAMES);
const nothing = fc.constant({});
const scheduling = fc.constantFrom(...NODE_SCHEDULING);
const cores = orNull(fc.integer({ min: 0, max: 64 }));
const anyJobPlan: fc.Arbitrary<JobPlan> = plainly(
  fc.record({
    job: anyJobName,
    change: fc.constantFrom('created' as const, 'updated', 'unchanged'),
    allocations: fc.array(
      fc.record(
        {
          id: anyAllocationId,
          node: orNull(anyNodeId),
          verdict: fc.constantFrom(...PLAN_VERDICTS),
          limitCores: cores,
          guaranteeCores: fc.integer({ min: 0, max: 64 }),
          expectedMs: orNull(milliseconds),
          reachableMs: orNull(milliseconds),
          neededCores: cores,
          reason: anyText,
        },
        {
          requiredKeys: [
            'id',
            'node',
            'verdict',
            'limitCores',
            'expectedMs',
            'reachableMs',
            'neededCores',
            'reason',
          ],
        },
      ),
      { maxLength: 3 },
    ),
  }),
);
const anyPlannedEffect: fc.Arbitrary<PlannedEffect> = plainly(
  fc.record({
    allocation: anyAllocationId,
    job: anyJobName,
    node: anyNodeId,
    effect: fc.constantFrom(...PLAN_EFFECTS),
    reason: anyText,
  }),
);

/** Requests and responses of every verb. */
export const anyCall: Calls = {
  'job-submit': {
    request: plainly(fc.record({ jobs: fc.array(anyJobSpec, { maxLength: 3 }) })),
    response: plainly(fc.record({ created: names, updated: names, unchanged: names })),
  },
  'job-plan': {
    request: plainly(fc.record({ jobs: fc.array(anyJobSpec, { maxLength: 3 }) })),
    response: plainly(
      fc.record({
        plans: fc.array(anyJobPlan, { maxLength: 3 }),
        effects: fc.array(anyPlannedEffect, { maxLength: 3 }),
      }),
    ),
  },
  'job-stop': {
    request: plainly(fc.record({ name: anyJobName })),
    response: plainly(fc.record({ stopped: anyJobName })),
  },
  'job-list': {
    request: nothing,
    response: plainly(fc.record({ jobs: fc.array(anyJobStatus, { maxLength: 2 }) })),
  },
  'job-status': {
    request: plainly(fc.record({ name: anyJobName })),
    response: plainly(fc.record({ job: anyJobStatus })),
  },
  'node-list': {
    request: nothing,
    response: plainly(fc.record({ nodes: fc.array(anyNodeStatus, { maxLength: 3 }) })),
  },
  'node-status': {
    request: plainly(fc.record({ id: anyNodeId })),
    response: plainly(fc.record({ node: anyNodeStatus, allocations })),
  },
  'node-set': {
    request: plainly(fc.record({ id: anyNodeId, scheduling })),
    response: plainly(fc.record({ id: anyNodeId, scheduling })),
  },
  'allocation-list': { request: nothing, response: plainly(fc.record({ allocations })) },
  'policy-get': {
    request: nothing,
    response: plainly(fc.record({ policy, available: fc.array(policy, { maxLength: 3 }) })),
  },
  'policy-set': {
    request: plainly(fc.record({ policy })),
    response: plainly(fc.record({ policy })),
  },
};

const place = { job: anyJobName, allocation: anyAllocationId, node: anyNodeId };
const silence = { node: anyNodeId, silentMs: milliseconds };
const eventData = {
  'dqoes.job.submitted': {
    job: anyJobName,
    change: fc.constantFrom('created', 'updated'),
    replicas: fc.nat(100),
    target: anyTarget,
    previousTarget: anyTarget,
  },
  'dqoes.job.placed': { ...place, reason: anyText },
  'dqoes.job.started': place,
  'dqoes.job.class-changed': {
    ...place,
    from: orNull(anyClass),
    to: anyClass,
    latencyMs: milliseconds,
    targetMs: milliseconds,
  },
  'dqoes.job.unreachable': { ...place, ...unreachable },
  'dqoes.job.reachable': { ...place, targetMs: milliseconds },
  'dqoes.job.infeasible': {
    job: anyJobName,
    allocation: anyAllocationId,
    reasons: fc.array(anyText, { maxLength: 3 }),
  },
  'dqoes.job.moved': {
    job: anyJobName,
    allocation: anyAllocationId,
    from: anyNodeId,
    to: anyNodeId,
    reason: anyText,
  },
  'dqoes.job.preempted': { ...place, reason: anyText },
  'dqoes.job.lost': { ...place, reason: anyText },
  'dqoes.job.stopped': { job: anyJobName, reason: anyText },
  'dqoes.allocation.limit-changed': {
    ...place,
    from: orNull(anyCpuLimit),
    to: anyCpuLimit,
    reason: anyText,
  },
  'dqoes.node.joined': {
    node: anyNodeId,
    cpuCores: fc.nat(64),
    memoryBytes: fc.nat(),
    agentVersion: anyText,
  },
  'dqoes.node.suspect': silence,
  'dqoes.node.down': silence,
  'dqoes.node.overloaded': { node: anyNodeId, reason: anyText },
  'dqoes.node.relieved': { node: anyNodeId },
  'dqoes.node.fell-back': { node: anyNodeId, reason: anyText },
  'dqoes.node.resumed': { node: anyNodeId },
  'dqoes.node.drained': { node: anyNodeId, reason: anyText },
  'dqoes.gpu.lost': { node: anyNodeId, gpu: anyText, reason: anyText },
  'dqoes.coordinator.store-lost': { coordinator: anyText, bucket: anyText },
  'dqoes.coordinator.store-refilled': { coordinator: anyText, bucket: anyText, values: fc.nat() },
  'dqoes.coordinator.frozen': { coordinator: anyText, silent: fc.nat(), heard: fc.nat() },
  'dqoes.coordinator.resumed': { coordinator: anyText },
  'dqoes.coordinator.elected': { coordinator: anyText, epoch: fc.nat() },
} satisfies Record<EventType, Record<string, fc.Arbitrary<unknown>>>;

/** Events of every type. */
export const anyEvent: fc.Arbitrary<DqoesEvent> = fc.oneof(
  ...Object.entries(eventData).map(([type, data]) =>
    plainly(
      fc.record({
        type: fc.constant(type),
        id: fc.uuid(),
        source: fc.constant('/dqoes/main/coordinator'),
        timeMs: fc.nat(2_000_000_000_000),
        data: fc.record(data as Record<string, fc.Arbitrary<unknown>>),
      }) as unknown as fc.Arbitrary<DqoesEvent>,
    ),
  ),
);

/** A reply with one of these values, or with some of these faults. */
export const plainReply = <T>(
  values: fc.Arbitrary<T>,
  faults: fc.Arbitrary<readonly Fault[]>,
): fc.Arbitrary<ServiceReply<T>> =>
  fc.oneof<fc.Arbitrary<ServiceReply<T>>[]>(
    values.map((value) => ({ ok: true, value })),
    faults.map((list) => ({ ok: false, faults: list })),
  );
