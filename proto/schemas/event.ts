import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { QOE_CLASSES } from '../../shared/qoe.js';
import {
  array,
  integer,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Reader,
  safeId,
  text,
  where,
} from '../codec/check.js';
import type { EventPayloads, EventType } from '../event.js';
import { cpuLimit, MAX_BYTES_VALUE, MAX_CORES, MAX_MS, reason, target } from './job.js';

const milliseconds = number(0, MAX_MS);
const job = safeId<JobName>();
const allocation = safeId<AllocationId>();
const node = safeId<NodeId>();
const place = { job, allocation, node, container: optional(text(256)) };
const silence = { node, silentMs: milliseconds };

type DataReaders = { readonly [T in EventType]: Reader<EventPayloads[T]> };
const dataReaders: DataReaders = {
  'dqoes.job.submitted': object<EventPayloads['dqoes.job.submitted']>({
    job,
    change: oneOf(['created', 'updated']),
    replicas: integer(0, 10_000),
    target: optional(target),
    previousTarget: optional(target),
  }),
  'dqoes.job.placed': object<EventPayloads['dqoes.job.placed']>({ ...place, reason }),
  'dqoes.job.started': object<EventPayloads['dqoes.job.started']>(place),
  'dqoes.job.class-changed': object<EventPayloads['dqoes.job.class-changed']>({
    ...place,
    from: nullable(oneOf(QOE_CLASSES)),
    to: oneOf(QOE_CLASSES),
    latencyMs: milliseconds,
    targetMs: milliseconds,
  }),
  'dqoes.job.unreachable': object<EventPayloads['dqoes.job.unreachable']>({
    ...place,
    targetMs: milliseconds,
    reachableMs: nullable(milliseconds),
    neededCores: nullable(number(0, MAX_CORES)),
    reason,
  }),
  'dqoes.job.reachable': object<EventPayloads['dqoes.job.reachable']>({
    ...place,
    targetMs: milliseconds,
  }),
  'dqoes.job.infeasible': object<EventPayloads['dqoes.job.infeasible']>({
    job,
    allocation,
    reasons: array(reason, 1000),
  }),
  'dqoes.job.moved': object<EventPayloads['dqoes.job.moved']>({
    job,
    allocation,
    from: node,
    to: node,
    reason,
  }),
  'dqoes.job.preempted': object<EventPayloads['dqoes.job.preempted']>({ ...place, reason }),
  'dqoes.job.lost': object<EventPayloads['dqoes.job.lost']>({ ...place, reason }),
  'dqoes.job.stopped': object<EventPayloads['dqoes.job.stopped']>({ job, reason }),
  'dqoes.allocation.limit-changed': object<EventPayloads['dqoes.allocation.limit-changed']>({
    ...place,
    from: nullable(cpuLimit),
    to: cpuLimit,
    reason,
  }),
  'dqoes.node.joined': object<EventPayloads['dqoes.node.joined']>({
    node,
    cpuCores: number(0, MAX_CORES),
    memoryBytes: integer(0, MAX_BYTES_VALUE),
    agentVersion: text(64),
  }),
  'dqoes.node.suspect': object<EventPayloads['dqoes.node.suspect']>(silence),
  'dqoes.node.down': object<EventPayloads['dqoes.node.down']>(silence),
  'dqoes.node.overloaded': object<EventPayloads['dqoes.node.overloaded']>({ node, reason }),
  'dqoes.node.relieved': object<EventPayloads['dqoes.node.relieved']>({ node }),
  'dqoes.node.fell-back': object<EventPayloads['dqoes.node.fell-back']>({ node, reason }),
  'dqoes.node.resumed': object<EventPayloads['dqoes.node.resumed']>({ node }),
  'dqoes.node.drained': object<EventPayloads['dqoes.node.drained']>({ node, reason }),
  'dqoes.gpu.lost': object<EventPayloads['dqoes.gpu.lost']>({ node, gpu: text(128), reason }),
  'dqoes.coordinator.store-lost': object<EventPayloads['dqoes.coordinator.store-lost']>({
    coordinator: text(200),
    bucket: text(64),
  }),
  'dqoes.coordinator.store-refilled': object<EventPayloads['dqoes.coordinator.store-refilled']>({
    coordinator: text(200),
    bucket: text(64),
    values: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  'dqoes.coordinator.frozen': object<EventPayloads['dqoes.coordinator.frozen']>({
    coordinator: text(128),
    silent: integer(0, Number.MAX_SAFE_INTEGER),
    heard: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  'dqoes.coordinator.resumed': object<EventPayloads['dqoes.coordinator.resumed']>({
    coordinator: text(128),
  }),
  'dqoes.coordinator.elected': object<EventPayloads['dqoes.coordinator.elected']>({
    coordinator: text(128),
    epoch: integer(0, Number.MAX_SAFE_INTEGER),
  }),
};

export const EVENT_TYPES = Object.keys(dataReaders) as readonly EventType[];

/**
 * The data of one event under its type, so that faults name `dqoes.job.lost.reason` and the like.
 */
export const eventData = object<Record<string, unknown>>(
  Object.fromEntries(
    Object.entries<Reader<unknown>>(dataReaders).map(([type, reader]) => [type, optional(reader)]),
  ),
);

interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: EventType;
  readonly time: string;
  readonly data: unknown;
}
const anything: Reader<unknown> = {
  read: (value, at) => (value === undefined ? at.refuse('the data of the event', value) : value),
};

/** The CloudEvents attributes we need; the others are ignored. */
export const cloudEvent = object<CloudEvent>({
  specversion: oneOf(['1.0']),
  id: where(text(256), (id) => id !== '', 'an id'),
  source: where(text(256), (source) => source !== '', 'a source'),
  type: oneOf(EVENT_TYPES),
  time: where(text(64), (time) => Number.isFinite(Date.parse(time)), 'an RFC 3339 time'),
  data: anything,
});
