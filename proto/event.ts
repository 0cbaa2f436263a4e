import type { CpuLimit } from '../shared/command.js';
import type { AllocationId, JobName, NodeId } from '../shared/ids.js';
import type { QoeClass, Target } from '../shared/qoe.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { check } from './codec/check.js';
import { decodeJson, encodeJson } from './codec/json.js';
import { EVENT_MAX_BYTES } from './codec/limits.js';
import { cloudEvent, eventData } from './schemas/event.js';
import type { EventEntity, Subjects } from './subjects.js';

interface AllocationPlace {
  readonly job: JobName;
  readonly allocation: AllocationId;
  readonly node: NodeId;
  /** Name of a container that dqoes did not start; absent for ours. */
  readonly container?: string;
}
interface NodeSilence {
  readonly node: NodeId;
  /** Time since the last report, ms. */
  readonly silentMs: number;
}

/** What each type of event says. Types and fields are permanent; new fields may be added. */
export interface EventPayloads {
  'dqoes.job.submitted': {
    readonly job: JobName;
    readonly change: 'created' | 'updated';
    readonly replicas: number;
    readonly target?: Target;
    /** Only of an update that changed the target. */
    readonly previousTarget?: Target;
  };
  'dqoes.job.placed': AllocationPlace & { readonly reason: string };
  'dqoes.job.started': AllocationPlace;
  /** `from` is null for the first class. `latencyMs` is the statistic the target names. */
  'dqoes.job.class-changed': AllocationPlace & {
    readonly from: QoeClass | null;
    readonly to: QoeClass;
    readonly latencyMs: number;
    readonly targetMs: number;
  };
  /**
   * The target cannot be met where the allocation runs; told once, until it is `reachable` or
   * another target. Null as in `UnreachableTarget`.
   */
  'dqoes.job.unreachable': AllocationPlace & {
    readonly targetMs: number;
    readonly reachableMs: number | null;
    readonly neededCores: number | null;
    readonly reason: string;
  };
  'dqoes.job.reachable': AllocationPlace & { readonly targetMs: number };
  /** No node takes the allocation. */
  'dqoes.job.infeasible': {
    readonly job: JobName;
    readonly allocation: AllocationId;
    readonly reasons: readonly string[];
  };
  'dqoes.job.moved': {
    readonly job: JobName;
    readonly allocation: AllocationId;
    readonly from: NodeId;
    readonly to: NodeId;
    readonly reason: string;
  };
  /** It had to go for a heavier job that fits nowhere else. */
  'dqoes.job.preempted': AllocationPlace & { readonly reason: string };
  'dqoes.job.lost': AllocationPlace & { readonly reason: string };
  'dqoes.job.stopped': { readonly job: JobName; readonly reason: string };
  /** `from` is null for the first limit. */
  'dqoes.allocation.limit-changed': AllocationPlace & {
    readonly from: CpuLimit | null;
    readonly to: CpuLimit;
    readonly reason: string;
  };
  'dqoes.node.joined': {
    readonly node: NodeId;
    readonly cpuCores: number;
    readonly memoryBytes: number;
    readonly agentVersion: string;
  };
  'dqoes.node.suspect': NodeSilence;
  'dqoes.node.down': NodeSilence;
  /** Requests come that take more CPU than the node has, and queues grow; until `relieved`. */
  'dqoes.node.overloaded': { readonly node: NodeId; readonly reason: string };
  'dqoes.node.relieved': { readonly node: NodeId };
  /**
   * More jobs were slow than under plain Docker: limits are given up for a while; until `resumed`.
   */
  'dqoes.node.fell-back': { readonly node: NodeId; readonly reason: string };
  'dqoes.node.resumed': { readonly node: NodeId };
  'dqoes.node.drained': { readonly node: NodeId; readonly reason: string };
  'dqoes.gpu.lost': { readonly node: NodeId; readonly gpu: string; readonly reason: string };
  /**
   * So many nodes are silent that none of them is given up and nothing is moved; until `resumed`.
   */
  'dqoes.coordinator.frozen': {
    readonly coordinator: string;
    readonly silent: number;
    readonly heard: number;
  };
  'dqoes.coordinator.resumed': { readonly coordinator: string };
  /**
   * A bucket was removed or made anew. Nothing on any node changes; until `store-refilled` nothing
   * is decided.
   */
  'dqoes.coordinator.store-lost': { readonly coordinator: string; readonly bucket: string };
  'dqoes.coordinator.store-refilled': {
    readonly coordinator: string;
    readonly bucket: string;
    /** How many it holds again. */
    readonly values: number;
  };
  'dqoes.coordinator.elected': { readonly coordinator: string; readonly epoch: number };
}
export type EventType = keyof EventPayloads;

/**
 * Something that happened. `id` is the caller's and the same for the same happening: the stream
 * drops repeats by it.
 */
export interface EventOf<T extends EventType> {
  readonly type: T;
  readonly id: string;
  /** Who says so, a URI reference such as `/dqoes/main/coordinator`. */
  readonly source: string;
  /** Unix time, ms. */
  readonly timeMs: number;
  readonly data: EventPayloads[T];
}
export type DqoesEvent = { readonly [T in EventType]: EventOf<T> }[EventType];

/** Where an event is published: `dqoes.job.class-changed` → `….evt.job.class-changed`. */
export function eventSubject(subjects: Subjects, type: EventType): string {
  const [, entity = '', what = ''] = type.split('.');
  return subjects.event(entity as EventEntity, what);
}

/** What the event is about: the job, the node or the coordinator. */
export function eventAbout(event: DqoesEvent): string {
  if ('job' in event.data) return event.data.job;
  return 'node' in event.data ? event.data.node : event.data.coordinator;
}

/** CloudEvents 1.0 in JSON, structured mode (https://github.com/cloudevents/spec). */
export const encodeEvent = (event: DqoesEvent): Uint8Array =>
  encodeJson({
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: eventAbout(event),
    time: new Date(event.timeMs).toISOString(),
    datacontenttype: 'application/json',
    data: event.data,
  });

/** Never throws. A type this version does not know is a `wire.schema` fault of the field `type`. */
export function decodeEvent(bytes: Uint8Array): Result<DqoesEvent, Fault> {
  const frame = decodeJson({ reader: cloudEvent, maxBytes: EVENT_MAX_BYTES }, bytes);
  if (!frame.ok) return frame;
  const { type, id, source, time, data } = frame.value;
  const checked = check(eventData, { [type]: data });
  if (!checked.ok) return err(checked.error);
  return ok({
    type,
    id,
    source,
    timeMs: Date.parse(time),
    data: checked.value[type],
  } as DqoesEvent);
}
