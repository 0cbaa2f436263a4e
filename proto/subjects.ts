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
  /** Request `JoinRequest` → `JoinReply` of a host that wants a key for a node. */
  join(node: NodeId): string;
  /** Request `LogRequest` → `LogReply` of one agent: the last lines of a container. */
  logs(node: NodeId): string;
  readonly allLogs: string;
  /**
   * Where the holder of a key asks for logs, which NATS allows to nobody else; without a key it is
   * `logs`, and `*` stands for any node.
   */
  logsFor(node: NodeId | '*', publicKey: string | undefined): string;
  /** Where requests for the logs of a node arrive that name who asks. */
  namedLogs(node: NodeId): string;
  /** The key that such a request names; undefined = it names none. */
  logReaderOf(subject: string): string | undefined;
  /** What changed on a node: `NodeViewChange`. */
  view(node: NodeId): string;
  readonly allViews: string;
  /** The record of a node and minute: `MinuteRecord`. */
  minute(node: NodeId): string;
  readonly allMinutes: string;
  service(verb: Verb): string;
  /**
   * Where the holder of a key calls a verb, which NATS allows to nobody else; without a key it is
   * `service`.
   */
  serviceFor(verb: Verb, publicKey: string | undefined): string;
  /** Where calls of a verb arrive that name who calls (`proto/requester`). */
  namedService(verb: Verb): string;
  readonly allServices: string;
  /** What was done or refused by that verb, as coordinators write it down. */
  audit(verb: string): string;
  readonly allAudit: string;
  /** A call whose caller is known by the token in its header, not by its key. */
  tokenCall(verb: Verb): string;
  readonly allTokenCalls: string;
  /**
   * Where the holder of a key presents tokens, which NATS allows to nobody else; without a key it
   * is `tokenCall`. `*` stands for any key.
   */
  tokenCallFor(verb: Verb, publicKey: string | undefined): string;
  /** The key through which such a call came; undefined = it names none. */
  tokenBearerOf(subject: string): string | undefined;
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
    join: (node) => `${prefix}.join.${node}`,
    logs: (node) => `${prefix}.logs.${node}`,
    allLogs: `${prefix}.logs.*`,
    logsFor: (node, publicKey) =>
      publicKey === undefined ? `${prefix}.logs.${node}` : `${prefix}.logs.${node}.${publicKey}`,
    namedLogs: (node) => `${prefix}.logs.${node}.*`,
    logReaderOf: (subject) => subject.slice(`${prefix}.logs.`.length).split('.')[1],
    view: (node) => `${prefix}.view.${node}`,
    allViews: `${prefix}.view.*`,
    minute: (node) => `${prefix}.min.${node}`,
    allMinutes: `${prefix}.min.*`,
    service: (verb) => `${prefix}.svc.${verb}`,
    serviceFor: (verb, publicKey) =>
      publicKey === undefined ? `${prefix}.svc.${verb}` : `${prefix}.svc.${verb}.${publicKey}`,
    namedService: (verb) => `${prefix}.svc.${verb}.>`,
    allServices: `${prefix}.svc.>`,
    audit: (verb) => `${prefix}.audit.${verb}`,
    allAudit: `${prefix}.audit.>`,
    tokenCall: (verb) => `${prefix}.tok.${verb}`,
    allTokenCalls: `${prefix}.tok.>`,
    tokenCallFor: (verb, publicKey) =>
      publicKey === undefined ? `${prefix}.tok.${verb}` : `${prefix}.tok.${verb}.${publicKey}`,
    tokenBearerOf: (subject) => subject.slice(`${prefix}.tok.`.length).split('.')[1],
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
/** Name of the stream in which a cluster keeps who changed what. */
export const auditStreamOf = (cluster: string): string => `dqoes-${cluster}-audit`;
/** Name of the stream of minutes of a cluster. */
export const historyStreamOf = (cluster: string): string => `dqoes-${cluster}-history`;
/** Name of one bucket of a cluster. */
export const bucketOf = (cluster: string, bucket: string): string => `dqoes-${cluster}-${bucket}`;
/** The stream that keeps a bucket. */
export const bucketStreamOf = (bucket: string): string => `KV_${bucket}`;
/** First token of hints. */
const HINTS = 'dqoes-kv.';
/** Subject of one key of a bucket; `>` stands for all. */
export const keySubject = (bucket: string, key: string): string => `$KV.${bucket}.${key}`;
/** A request for a message of a stream, named in its body; any replica answers (NATS ADR-31). */
export const directGetCall = (stream: string): string => `$JS.API.DIRECT.GET.${stream}`;
/** A request for the value of one key, from any replica (NATS ADR-31). */
export const directGetSubject = (bucket: string, key: string): string =>
  `${directGetCall(bucketStreamOf(bucket))}.${keySubject(bucket, key)}`;
/**
 * Subject of the hints about one key. The stream republishes each stored change there without the
 * value, so a plain subscription follows a bucket through restarts of the server and needs no
 * consumer, which could be lost.
 */
export const hintSubject = (bucket: string, key: string): string => `${HINTS}${bucket}.${key}`;

/** Whether it is one of those. */
export const isHint = (subject: string): boolean => subject.startsWith(HINTS);

/** Where answers to the requests of all keys come. */
export const ALL_INBOXES = '_INBOX.>';
/**
 * Where the answers to the requests of a key come: no other key may listen there. Named by the
 * public key, which every client knows from its secret one.
 */
export const inboxPrefixOf = (publicKey: string): string => `_INBOX.${publicKey}`;
/**
 * Whether a request may be answered at this address: it is an inbox, and no other subject. `_R_` is
 * what the server puts for the inbox of a client in another account.
 */
export const isInbox = (subject: string): boolean => /^(_INBOX[A-Za-z0-9_-]*|_R_)\./.test(subject);
