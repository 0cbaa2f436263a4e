import type { Static } from 'typebox';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { QOE_CLASSES } from '../../shared/qoe.js';
import {
  anything,
  array,
  integer,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  type Schema,
  safeId,
  text,
  where,
} from '../codec/words.js';
import { cpuLimit, MAX_BYTES_VALUE, MAX_CORES, MAX_MS, reason, target } from './job.js';

const milliseconds = number(0, MAX_MS);
const counter = integer(0, Number.MAX_SAFE_INTEGER);
const job = safeId<JobName>();
const allocation = safeId<AllocationId>();
const node = safeId<NodeId>();
const coordinator = text(200);

/** Where an allocation runs; `container` is the name of one that dqoes did not start. */
const place = { job, allocation, node, container: optional(text(256)) };
/** A node and the time since its last report. */
const silence = { node, silentMs: milliseconds };

/** The data of each type of event. Types and fields are permanent; new fields may be added. */
export const EVENT_DATA = {
  'dqoes.job.submitted': objectOf({
    job,
    change: oneOf(['created', 'updated']),
    replicas: integer(0, 10_000),
    target: optional(target),
    /** Only of an update that changed the target. */
    previousTarget: optional(target),
  }),
  'dqoes.job.placed': objectOf({ ...place, reason }),
  /** `reason`: only of a container that had ended and was started again by the engine. */
  'dqoes.job.started': objectOf({ ...place, reason: optional(reason) }),
  /**
   * A container cannot be made or started, as without its image. Said once for each reason, however
   * often it is tried, until it starts or its job is changed. Where one runs from before a change,
   * that runs on.
   */
  'dqoes.job.start-failed': objectOf({ ...place, reason }),
  /** `from` is null for the first class. `latencyMs` is the statistic the target names. */
  'dqoes.job.class-changed': objectOf({
    ...place,
    from: nullable(oneOf(QOE_CLASSES)),
    to: oneOf(QOE_CLASSES),
    latencyMs: milliseconds,
    targetMs: milliseconds,
  }),
  /**
   * The target cannot be met where the allocation runs; said once, until it is `reachable` or has
   * another target. Null as in `UnreachableTarget`.
   */
  'dqoes.job.unreachable': objectOf({
    ...place,
    targetMs: milliseconds,
    reachableMs: nullable(milliseconds),
    neededCores: nullable(number(0, MAX_CORES)),
    reason,
  }),
  'dqoes.job.reachable': objectOf({ ...place, targetMs: milliseconds }),
  /** No node takes the allocation. */
  'dqoes.job.infeasible': objectOf({ job, allocation, reasons: array(reason, 1000) }),
  /**
   * The host's own rules forbid the job as it is (`specHash`); said once. Another host is looked
   * for.
   */
  'dqoes.job.refused': objectOf({ ...place, specHash: text(64), reason }),
  'dqoes.job.moved': objectOf({ job, allocation, from: node, to: node, reason }),
  /** It was stopped for a heavier job that fits nowhere else. */
  'dqoes.job.preempted': objectOf({ ...place, reason }),
  /** Its container ended or is gone, and nobody asked for that; said once. */
  'dqoes.job.lost': objectOf({ ...place, reason }),
  'dqoes.job.stopped': objectOf({ job, reason }),
  /** `from` is null for the first limit. */
  'dqoes.allocation.limit-changed': objectOf({
    ...place,
    from: nullable(cpuLimit),
    to: cpuLimit,
    reason,
  }),
  'dqoes.node.joined': objectOf({
    node,
    cpuCores: number(0, MAX_CORES),
    memoryBytes: integer(0, MAX_BYTES_VALUE),
    agentVersion: text(64),
  }),
  'dqoes.node.suspect': objectOf(silence),
  'dqoes.node.down': objectOf(silence),
  /** Requests arrive that take more CPU than the node has, and queues grow; until `relieved`. */
  'dqoes.node.overloaded': objectOf({ node, reason }),
  'dqoes.node.relieved': objectOf({ node }),
  /** More jobs were slow than under plain Docker: limits are dropped for a while, to `resumed`. */
  'dqoes.node.fell-back': objectOf({ node, reason }),
  'dqoes.node.resumed': objectOf({ node }),
  /**
   * A second agent of that name reports (start `twinBootId`): its reports do not count, and it is
   * told to end. Said once, and again after ten minutes without any.
   */
  'dqoes.node.twin': objectOf({ node, bootId: text(128), twinBootId: text(128) }),
  'dqoes.node.drained': objectOf({ node, reason }),
  'dqoes.gpu.lost': objectOf({ node, gpu: text(128), reason }),
  /**
   * A bucket was removed or made again. Nothing on any node changes; until `store-refilled` nothing
   * is decided.
   */
  'dqoes.coordinator.store-lost': objectOf({ coordinator, bucket: text(64) }),
  /** `values`: how many the bucket holds again. */
  'dqoes.coordinator.store-refilled': objectOf({ coordinator, bucket: text(64), values: counter }),
  /** Too many nodes are silent for all to be down: nothing is moved until `resumed`. */
  'dqoes.coordinator.frozen': objectOf({
    coordinator: text(128),
    silent: counter,
    heard: counter,
  }),
  'dqoes.coordinator.resumed': objectOf({ coordinator: text(128) }),
  /** The audit takes no lines: they wait in memory. Said once, until it takes some again. */
  'dqoes.coordinator.audit-failed': objectOf({ coordinator, reason }),
  'dqoes.coordinator.elected': objectOf({ coordinator: text(128), epoch: counter }),
};

export type EventType = keyof typeof EVENT_DATA;
/** What each type of event says. */
export type EventPayloads = { readonly [T in EventType]: Static<(typeof EVENT_DATA)[T]> };
export const EVENT_TYPES = Object.keys(EVENT_DATA) as readonly EventType[];

/**
 * Something that happened. `id` is the caller's and the same for the same happening: the stream
 * drops repeats by it.
 */
export interface EventOf<T extends EventType> {
  readonly type: T;
  readonly id: string;
  /** The sender, a URI reference such as `/dqoes/main/coordinator`. */
  readonly source: string;
  /** Unix time, ms. */
  readonly timeMs: number;
  readonly data: EventPayloads[T];
}
export type DqoesEvent = { readonly [T in EventType]: EventOf<T> }[EventType];

/**
 * The data of one event under its type, so that faults name `dqoes.job.lost.reason` and the like.
 */
export const eventData = objectOf(
  Object.fromEntries(
    Object.entries<Schema<unknown>>(EVENT_DATA).map(([type, data]) => [type, optional(data)]),
  ),
) as Schema<Readonly<Record<string, unknown>>>;

const notEmpty = (max: number, expected: string): Schema<string> =>
  where(text(max), (value) => value !== '', expected);

/** The CloudEvents attributes we need; the others are ignored. */
export const cloudEvent = objectOf({
  specversion: oneOf(['1.0']),
  id: notEmpty(256, 'an id'),
  source: notEmpty(256, 'a source'),
  type: oneOf(EVENT_TYPES),
  time: where(text(64), (time) => Number.isFinite(Date.parse(time)), 'an RFC 3339 time'),
  data: anything('the data of the event'),
});
