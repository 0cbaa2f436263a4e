import fc from 'fast-check';
import type { DqoesEvent, EventType } from '../../../proto/schemas/event.js';
import {
  anyAllocationId,
  anyCpuLimit,
  anyJobName,
  anyNodeId,
  anyTarget,
  anyText,
  milliseconds,
  orNull,
  plainly,
} from './basic.js';
import { anyClass, unreachableFields } from './status.js';

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
  'dqoes.job.started': { ...place, reason: anyText },
  'dqoes.job.class-changed': {
    ...place,
    from: orNull(anyClass),
    to: anyClass,
    latencyMs: milliseconds,
    targetMs: milliseconds,
  },
  'dqoes.job.unreachable': { ...place, ...unreachableFields },
  'dqoes.job.reachable': { ...place, targetMs: milliseconds },
  'dqoes.job.infeasible': {
    job: anyJobName,
    allocation: anyAllocationId,
    reasons: fc.array(anyText, { maxLength: 3 }),
  },
  'dqoes.job.refused': { ...place, specHash: anyText, reason: anyText },
  'dqoes.job.moved': {
    job: anyJobName,
    allocation: anyAllocationId,
    from: anyNodeId,
    to: anyNodeId,
    reason: anyText,
  },
  'dqoes.job.preempted': { ...place, reason: anyText },
  'dqoes.job.start-failed': { ...place, reason: anyText },
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
  'dqoes.node.twin': { node: anyNodeId, bootId: anyText, twinBootId: anyText },
  'dqoes.node.drained': { node: anyNodeId, reason: anyText },
  'dqoes.gpu.lost': { node: anyNodeId, gpu: anyText, reason: anyText },
  'dqoes.coordinator.store-lost': { coordinator: anyText, bucket: anyText },
  'dqoes.coordinator.store-refilled': { coordinator: anyText, bucket: anyText, values: fc.nat() },
  'dqoes.coordinator.frozen': { coordinator: anyText, silent: fc.nat(), heard: fc.nat() },
  'dqoes.coordinator.resumed': { coordinator: anyText },
  'dqoes.coordinator.audit-failed': { coordinator: anyText, reason: anyText },
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
