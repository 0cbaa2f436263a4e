import type { NodeId } from '../shared/ids.js';
import { allCallsOf, approvalsOf } from './requester.js';
import { type NodeRole, ROLE_VERBS, type UserRole } from './roles.js';
import { TOKEN_VERBS } from './schemas/verbs.js';
import { AGENT_SERVICE, COORDINATOR_SERVICE, JOIN_SERVICE } from './service-discovery.js';
import { BUCKETS, type BucketName, CLEARED_BUCKETS } from './store.js';
import {
  ALL_INBOXES,
  auditStreamOf,
  bucketOf,
  bucketStreamOf,
  directGetCall,
  directGetSubject,
  eventStreamOf,
  hintSubject,
  historyStreamOf,
  inboxPrefixOf,
  keySubject,
  type Subjects,
  subjectsOf,
} from './subjects.js';

/** Who holds a key. */
export type Principal =
  | { readonly role: UserRole | 'coordinator'; readonly publicKey: string }
  | { readonly role: NodeRole; readonly node: NodeId; readonly publicKey: string };

/** What NATS lets a key do; everything else is refused. */
export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** May answer each request it got, once, at the address that the request gave. */
  readonly answers: boolean;
}

/** What crosses between the account of the coordinators and that of all others. */
export interface Exports {
  /** Messages from the coordinators' account. */
  readonly streams: readonly string[];
  /** Requests to the coordinators' account. */
  readonly services: readonly string[];
  /**
   * Calls of the coordinators' service, under the names that say who calls. Each person's calls are
   * imported by themselves (`callsOf`), so that the server writes down whose they are.
   */
  readonly calls: string;
  /** Messages from the clients' account. */
  readonly reports: readonly string[];
}

const API = '$JS.API';
/** Buckets whose changes a coordinator follows. */
const FOLLOWED: readonly BucketName[] = ['lease', 'jobs'];

/**
 * The subjects that a program of this role uses, and no others. No role but the coordinator may
 * make a consumer: the server sends what it reads to any subject that its maker names, buckets
 * included.
 */
export function permissionsOf(principal: Principal, cluster: string): Permissions {
  const subjects = subjectsOf(cluster);
  const { publicKey } = principal;
  const inbox = `${inboxPrefixOf(publicKey)}.>`;
  const place = { cluster, subjects, publicKey, inbox };
  switch (principal.role) {
    case 'agent':
      return ofAgent(principal.node, place);
    case 'joining':
      return { publish: [subjects.join(principal.node)], subscribe: [inbox], answers: false };
    case 'welcoming':
      return ofWelcoming(principal.node, place);
    case 'coordinator':
      return ofCoordinator(place);
    default:
      return ofUser(principal.role, place);
  }
}

// What it calls arrives with the name of its node, and the coordinator lets it approve no other.
const ofWelcoming = (node: NodeId, { subjects, publicKey, inbox }: Place): Permissions => ({
  publish: approvalsOf(subjects, { node, publicKey }).map(({ from }) => from),
  subscribe: [subjects.join(node), ...discovery(JOIN_SERVICE), inbox],
  answers: true,
});

/** The subjects that programs of one account use in the other. */
export function exportsOf(cluster: string): Exports {
  const subjects = subjectsOf(cluster);
  return {
    streams: [subjects.allCommands, subjects.allEvents, subjects.allViews, subjects.allMinutes],
    services: [
      ...TOKEN_VERBS.flatMap((verb) => [
        subjects.tokenCall(verb),
        subjects.tokenCallFor(verb, '*'),
      ]),
      desiredOf(cluster, '*'),
      ...readStreams(cluster).map(directGetCall),
      directGetCall(auditStreamOf(cluster)),
    ],
    calls: allCallsOf(subjects),
    reports: [subjects.allTelemetry, subjects.allAcks],
  };
}

interface Place {
  readonly cluster: string;
  readonly subjects: Subjects;
  readonly publicKey: string;
  /** Where answers to this key's requests come. */
  readonly inbox: string;
}

// Who asks an agent for logs names where the answer goes. Were it allowed to answer there, wherever
// that is, it and a submitter together could call as an operator and speak for other nodes.
function ofAgent(node: NodeId, { cluster, subjects, inbox }: Place): Permissions {
  return {
    publish: [subjects.telemetry(node), subjects.ack(node), desiredOf(cluster, node), ALL_INBOXES],
    subscribe: [
      subjects.command(node),
      subjects.logs(node),
      subjects.namedLogs(node),
      ...discovery(AGENT_SERVICE),
      inbox,
    ],
    answers: false,
  };
}

function ofCoordinator({ cluster, subjects, inbox }: Place): Permissions {
  const buckets = BUCKETS.map((bucket) => bucketOf(cluster, bucket));
  const cleared = CLEARED_BUCKETS.map((bucket) => bucketStreamOf(bucketOf(cluster, bucket)));
  const audit = auditStreamOf(cluster);
  return {
    publish: [
      subjects.allCommands,
      subjects.allEvents,
      subjects.allViews,
      subjects.allMinutes,
      subjects.allAudit,
      ...buckets.flatMap((bucket) => [keySubject(bucket, '>'), ...bucketCalls(bucket)]),
      ...cleared.map((stream) => `${API}.STREAM.PURGE.${stream}`),
      ...readStreams(cluster).flatMap((stream) =>
        ['INFO', 'CREATE', 'UPDATE'].map((call) => `${API}.STREAM.${call}.${stream}`),
      ),
      ...['INFO', 'CREATE'].map((call) => `${API}.STREAM.${call}.${audit}`),
      // Their form changes in nats-server 2.15, so they are granted whole.
      '$JS.ACK.>',
      '$JS.FC.>',
    ],
    subscribe: [
      subjects.allTelemetry,
      subjects.allAcks,
      subjects.allServices,
      subjects.allTokenCalls,
      ...FOLLOWED.map((bucket) => hintSubject(bucketOf(cluster, bucket), '>')),
      ...discovery(COORDINATOR_SERVICE),
      inbox,
    ],
    answers: true,
  };
}

function bucketCalls(bucket: string): readonly string[] {
  const stream = bucketStreamOf(bucket);
  return [
    `${API}.STREAM.INFO.${stream}`,
    `${API}.STREAM.CREATE.${stream}`,
    `${API}.STREAM.MSG.GET.${stream}`,
    `${API}.CONSUMER.CREATE.${stream}`,
    `${API}.CONSUMER.CREATE.${stream}.>`,
    `${API}.CONSUMER.INFO.${stream}.*`,
    `${API}.CONSUMER.DELETE.${stream}.*`,
  ];
}

function ofUser(role: UserRole, { cluster, subjects, publicKey, inbox }: Place): Permissions {
  const streams = [
    ...readStreams(cluster),
    ...(role === 'operator' ? [auditStreamOf(cluster)] : []),
  ];
  // `dqoes lab record` writes down what agents and coordinator say to each other.
  const recorded = role === 'operator' ? [subjects.allTelemetry, subjects.allCommands] : [];
  return {
    publish: [
      ...ROLE_VERBS[role].map((verb) => subjects.serviceFor(verb, publicKey)),
      // Any key may present a token: what it may do is for the coordinator to say. Coordinators of
      // 0.1.0 hear it only where the call does not say through which key it comes.
      ...TOKEN_VERBS.flatMap((verb) => [
        subjects.tokenCallFor(verb, publicKey),
        subjects.tokenCall(verb),
      ]),
      // Agents of 0.1.0 hear requests for logs only where these do not say who asks.
      ...(role === 'viewer' ? [] : [subjects.logsFor('*', publicKey), subjects.allLogs]),
      ...streams.map(directGetCall),
    ],
    subscribe: [subjects.allEvents, subjects.allViews, subjects.allMinutes, ...recorded, inbox],
    answers: false,
  };
}

/** The streams that every user may read, message by message. */
const readStreams = (cluster: string): readonly string[] => [
  eventStreamOf(cluster),
  historyStreamOf(cluster),
];

/** Asks for the desired state of one node. */
const desiredOf = (cluster: string, node: string): string =>
  directGetSubject(bucketOf(cluster, 'desired'), node);

const discovery = (service: string): readonly string[] =>
  ['PING', 'INFO'].flatMap((verb) => [
    `$SRV.${verb}`,
    `$SRV.${verb}.${service}`,
    `$SRV.${verb}.${service}.*`,
  ]);
