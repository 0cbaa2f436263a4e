import { type NodeId, parseNodeId } from '../shared/ids.js';
import type { Verb } from './schemas/service.js';

export type EventEntity = 'job' | 'allocation' | 'node' | 'coordinator' | 'gpu';

/**
 * Every subject of one cluster, concrete form and wildcard form side by side. `prefix` defaults to
 * `dqoes.v1.<cluster>`.
 */
export interface Subjects {
  telemetry(node: NodeId): string;
  readonly allTelemetry: string;
  ack(node: NodeId): string;
  readonly allAcks: string;
  command(node: NodeId): string;
  readonly allCommands: string;
  /** Request `LogRequest` → `LogReply` of one agent: the last lines of a container. */
  logs(node: NodeId): string;
  readonly allLogs: string;
  service(verb: Verb): string;
  readonly allServices: string;
  /** `evt.<entity>.<what>`, e.g. `evt.job.class-changed`. */
  event(entity: EventEntity, what: string): string;
  readonly allEvents: string;
  /** Who sent it is known from the subject. `undefined` when the last token is no node id. */
  nodeOf(subject: string): NodeId | undefined;
}

/** The subjects of a cluster; `root` is the first token. */
export function subjectsOf(cluster: string, root = 'dqoes'): Subjects {
  const prefix = `${root}.v1.${cluster}`;
  return {
    telemetry: (node) => `${prefix}.tm.${node}`,
    allTelemetry: `${prefix}.tm.*`,
    ack: (node) => `${prefix}.ack.${node}`,
    allAcks: `${prefix}.ack.*`,
    command: (node) => `${prefix}.cmd.${node}`,
    allCommands: `${prefix}.cmd.*`,
    logs: (node) => `${prefix}.logs.${node}`,
    allLogs: `${prefix}.logs.*`,
    service: (verb) => `${prefix}.svc.${verb}`,
    allServices: `${prefix}.svc.>`,
    event: (entity, what) => `${prefix}.evt.${entity}.${what}`,
    allEvents: `${prefix}.evt.>`,
    nodeOf: (subject) => {
      const parsed = parseNodeId(subject.slice(subject.lastIndexOf('.') + 1));
      return parsed.ok ? parsed.value : undefined;
    },
  };
}

/** Name of the event stream of a cluster. */
export const eventStreamOf = (cluster: string): string => `dqoes-${cluster}-events`;
/** Name of one bucket of a cluster. */
export const bucketOf = (cluster: string, bucket: string): string => `dqoes-${cluster}-${bucket}`;
