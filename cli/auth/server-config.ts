import { exportsOf, type Permissions, permissionsOf } from '../../proto/permissions.js';
import { approvalsOf, callsOf } from '../../proto/requester.js';
import { USER_ROLES } from '../../proto/roles.js';
import { subjectsOf } from '../../proto/subjects.js';
import { type AuthRecord, type AuthUser, principalOf, type StoreLimits } from './users.js';

/** Account of the coordinators; it holds the buckets and the events. */
export const STATE_ACCOUNT = 'DQOES';
/** Account of all others: agents and people. */
export const CLIENT_ACCOUNT = 'DQOES_CLIENTS';

/**
 * What agents and people may take of the server; nats-server knows bounds of an account, not of a
 * key. `max_connections`, of all together: 2256 agents, each twice while a connection that broke is
 * not noticed, and 3680 of people and consoles. That leaves coordinators, which are in the other
 * account, a place among the 65 536 that a server takes by default. `max_subscriptions`, of one
 * connection: an agent has ten, and no other program many more. `max_payload`, of one message: what
 * a call may have (docs/wire.md), also where the server takes larger ones.
 */
export const CLIENT_LIMITS = {
  max_connections: 8192,
  max_subscriptions: 100,
  max_payload: 1024 * 1024,
} as const;

/**
 * The configuration of a NATS server that lets each key do what its role may, and everybody else
 * nothing. It holds public keys only. Two accounts, because a server answers requests at whatever
 * subject their sender names, with its own rights: in the account of the clients there is no bucket
 * that such an answer could fall into. The calls of each person cross under a subject that says who
 * it is (docs/decisions, 81).
 */
export function serverConfig(record: AuthRecord): string {
  const { store } = record;
  const ofState = record.users.filter(({ role }) => role === 'coordinator');
  const ofClients = record.users.filter(({ role }) => role !== 'coordinator');
  const { streams, services, calls, reports } = exportsOf(record.cluster);
  const from = (account: string) => (subject: string) =>
    `{ account: ${account}, subject: ${quoted(subject)} }`;
  const fromState = from(STATE_ACCOUNT);
  const fromClients = from(CLIENT_ACCOUNT);
  return [
    `# Cluster ${record.cluster}. Written by dqoes (dqoes auth, dqoes up): changes are lost.`,
    ...(store === undefined ? [] : ['', ...storeLines(store)]),
    '',
    'accounts {',
    `  ${STATE_ACCOUNT} {`,
    '    jetstream: enabled',
    ...list('users', ofState.map(userLine(record.cluster))),
    ...list('exports', [
      ...streams.map((subject) => `{ stream: ${quoted(subject)} }`),
      ...[...services, calls].map((subject) => `{ service: ${quoted(subject)} }`),
    ]),
    ...list(
      'imports',
      reports.map((subject) => `{ stream: ${fromClients(subject)} }`),
    ),
    '  }',
    `  ${CLIENT_ACCOUNT} {`,
    `    limits: { ${limitsText()} }`,
    ...list('users', ofClients.map(userLine(record.cluster))),
    ...list(
      'exports',
      reports.map((subject) => `{ stream: ${quoted(subject)} }`),
    ),
    ...list('imports', [
      ...streams.map((subject) => `{ stream: ${fromState(subject)} }`),
      ...services.map((subject) => `{ service: ${fromState(subject)} }`),
      ...ofClients.flatMap(callLine(record.cluster)),
    ]),
    '  }',
    '}',
    '',
  ].join('\n');
}

const limitsText = (): string =>
  Object.entries(CLIENT_LIMITS)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

const storeLines = ({ storeDir, maxFileBytes, maxMemoryBytes }: StoreLimits) => [
  'jetstream {',
  `  store_dir: ${quoted(storeDir)}`,
  `  max_file_store: ${maxFileBytes}`,
  `  max_memory_store: ${maxMemoryBytes}`,
  '}',
];

const list = (name: string, rows: readonly string[]): readonly string[] => [
  `    ${name}: [`,
  ...rows.map((row) => `      ${row}`),
  '    ]',
];

const callLine =
  (cluster: string) =>
  (user: AuthUser): readonly string[] =>
    callsBy(user, cluster).map(({ from, to }) => {
      const service = `{ account: ${STATE_ACCOUNT}, subject: ${quoted(to)} }`;
      return `{ service: ${service}, to: ${quoted(from)} } # ${user.name}: ${user.role}`;
    });

/** What a key may call, on both sides of the server. */
function callsBy({ name, role: given, node, publicKey }: AuthUser, cluster: string) {
  const subjects = subjectsOf(cluster);
  if (given === 'welcoming') return approvalsOf(subjects, { node, publicKey });
  const role = USER_ROLES.find((each) => each === given);
  return role === undefined ? [] : [callsOf(subjects, { name, role, publicKey })];
}

const userLine =
  (cluster: string) =>
  (user: AuthUser): string =>
    `{ nkey: ${user.publicKey}, permissions: ${permissionText(
      permissionsOf(principalOf(user), cluster),
    )} } # ${user.name}: ${user.role}`;

/** How long an answer may take, and how many there may be. */
const ANSWERS = '{ max: 1, expires: "2m" }';

/** What a key may do, in the words of the server. */
export function permissionText({ publish, subscribe, answers }: Permissions): string {
  // An empty list would allow everything.
  const allowed = (subjects: readonly string[]) =>
    subjects.length === 0 ? '{ deny: [">"] }' : `{ allow: [${subjects.map(quoted).join(', ')}] }`;
  const responses = answers ? `, allow_responses: ${ANSWERS}` : '';
  return `{ publish: ${allowed(publish)}, subscribe: ${allowed(subscribe)}${responses} }`;
}

/** Subjects hold `$`, which means a variable outside quotes. */
const quoted = (text: string): string => JSON.stringify(text);
