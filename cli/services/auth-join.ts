import type { ServiceRequest } from '../../proto/bus.js';
import type { NatsAuth, NatsTls } from '../../proto/nats/auth.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { JOIN_SERVICE } from '../../proto/service-discovery.js';
import { subjectsOf } from '../../proto/subjects.js';
import { isSafeId, type NodeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { becomes } from '../auth/confirm.js';
import {
  encodeJoin,
  isReadableToken,
  type JoinToken,
  parseJoinRequest,
  tokenText,
} from '../auth/join.js';
import { closeMeeting, type Meeting, openMeeting } from '../auth/joining.js';
import { certificatesIn } from '../auth/token-ca.js';
import { readText } from '../credentials.js';
import type { ExitCode } from '../output/faults.js';
import { untilAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { refuse } from '../shell/session.js';
import { serverRuleAt, TLS_VARIABLES, tlsOfEnvironment } from '../target/target.js';
import { askApproval, askApprovalUntil, mayPass } from './approval.js';
import { endEarlierApproval } from './auth-revoke.js';
import {
  type AuthFlags,
  addressOf,
  changeKeys,
  openKeys,
  recordOf,
  tellServer,
} from './auth-server.js';
import {
  addressFault,
  connected,
  type MeetingServer,
  UNKNOWN_TOKEN,
  unavailable,
  usage,
} from './join-connection.js';
import { coordinatorsOf } from './trusted-keys.js';

/** The flags of `dqoes auth add-agent`. */
export interface TokenFlags extends AuthFlags {
  readonly token?: boolean;
  readonly nats?: string;
  /** Comma-separated public keys, which the token hands on. */
  readonly coordinatorKeys?: string;
}

const TOKEN_MS = 600_000;

/**
 * Prints a token for one host and answers it for ten minutes: the host makes its key, the server
 * learns the public part, and the coordinator that the node is approved. The first to use the token
 * has the node. Exit code 1 = nobody did.
 */
export async function addAgentByToken(
  app: App,
  node: string,
  flags: TokenFlags,
): Promise<ExitCode> {
  if (!isSafeId(node))
    return refuse(app, [usage('node', `the node ${JSON.stringify(node.slice(0, 80))} is no name`)]);
  const bad = addressFault(flags.nats);
  if (bad !== undefined) return refuse(app, [bad]);
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { folder } = keys.value;
  const own = addressOf(app, folder) ?? flags.nats;
  if (own === undefined)
    return refuse(app, [usage('nats', 'give the address of NATS with --nats or DQOES_NATS_URL')]);
  const coordinators = coordinatorsOf(app, flags.coordinatorKeys, folder);
  if (!coordinators.ok) return refuse(app, coordinators.error);
  const tls = tlsOfEnvironment(app.config);
  if (!tls.ok) return refuse(app, tls.error);
  const rule = serverRuleAt(app.config, own);
  if (!rule.ok) return refuse(app, rule.error);
  const ca = caOf(tls.value);
  if (!ca.ok) return refuse(app, ca.error);
  const ended = await endEarlierApproval(app, { folder, node: node as NodeId });
  if (!ended.ok) return refuse(app, ended.error);
  if (coordinators.value.length === 0) app.output.message(OBEYS_ALL);
  const meeting = changeKeys(folder, (now) => openMeeting(folder, now, node as NodeId));
  if (!meeting.ok) return refuse(app, meeting.error);
  const about = { node: node as NodeId, cluster: meeting.value.record.cluster };
  const place: MeetingPlace = {
    ...about,
    folder,
    url: own,
    ...(tls.value === undefined ? {} : { tls: tls.value }),
    ...(rule.value === undefined ? {} : { runBy: rule.value }),
    token: tokenWith(app, ca.value, {
      ...about,
      url: flags.nats ?? own,
      seed: meeting.value.joining.seed,
      ...(coordinators.value.length === 0 ? {} : { coordinatorKeys: coordinators.value }),
    }),
  };
  const joined = await welcome(app, place, meeting.value);
  return joined.ok ? 0 : refuse(app, joined.error);
}

const OBEYS_ALL =
  'Nothing here says which coordinators the agent shall obey: it will obey whatever NATS serves ' +
  'it. Give --coordinator-keys with what dqoes coordinator key prints on each.';

/** The certificates by which this machine knows the server; none = those of the system. */
function caOf(tls: NatsTls | undefined): Result<readonly string[]> {
  if (tls?.caFile === undefined) return ok([]);
  const pem = readText(tls.caFile, TLS_VARIABLES.ca);
  return pem.ok ? ok(certificatesIn(pem.value)) : pem;
}

/** The token with these certificates, where they have room in one. */
function tokenWith(app: App, ca: readonly string[], token: JoinToken): string {
  if (ca.length === 0) return tokenText(token);
  const whole = tokenText({ ...token, ca });
  if (isReadableToken(whole)) return whole;
  app.output.message(CA_BY_HAND);
  return tokenText(token);
}

const CA_BY_HAND =
  `The certificates of ${TLS_VARIABLES.ca} have no room in a token: carry the file to the host, ` +
  `and name it there: ${TLS_VARIABLES.ca}=FILE dqoes join TOKEN. One of the authority alone fits.`;

/** `url`: address of NATS from here. */
interface MeetingPlace extends Omit<MeetingServer, 'seed'> {
  readonly folder: string;
  readonly node: NodeId;
  readonly cluster: string;
  readonly token: string;
}

async function welcome(app: App, place: MeetingPlace, meeting: Meeting): Promise<Result<void>> {
  const { node } = place;
  let met: Met | undefined;
  let approved: Result<unknown> | undefined;
  const faults: Fault[] = [];
  try {
    const waited = await meet(app, place, meeting);
    if (waited.ok) met = waited.value;
    else faults.push(...waited.error);
  } finally {
    const ended = await end(app, { place, meeting, met });
    if (ended.ok) approved = ended.value;
    else faults.push(...ended.error);
  }
  if (faults.length > 0) return err(faults);
  if (approved === undefined)
    return err([unavailable(`nobody used the token of ${node}; it is useless now`)]);
  app.output.message(approved.ok ? isApproved(node) : isNotApproved(node, approved.error));
  return ok(undefined);
}

const isApproved = (node: NodeId): string => `${node} has joined, and is approved.`;
const isNotApproved = (node: NodeId, [fault]: readonly Fault[]): string =>
  `${node} has joined. It could not be approved (${withoutStop(fault)}): where coordinator.yaml ` +
  `has registration: approved, run dqoes node approve ${node}.`;
const isNotYetApproved = (node: NodeId, [fault]: readonly Fault[]): string =>
  `${node} has joined, and is not approved yet (${withoutStop(fault)}). That is tried again, ` +
  'until ten minutes after its token was made. Ctrl-C ends it, which does no harm where ' +
  `coordinator.yaml has no registration: approved; else run dqoes node approve ${node} later.`;
const withoutStop = (fault: Fault | undefined): string => fault?.message.replace(/\.$/, '') ?? '';

/** The connection on which a host was waited for. */
interface Met {
  readonly client: NatsClient;
  /** Of the host; undefined = none came. */
  readonly publicKey: string | undefined;
  /** When the token ends, by the clock of this process. */
  readonly untilMs: number;
}

/** Waits for the host. */
async function meet(
  app: App,
  place: MeetingPlace,
  { record, welcoming }: Meeting,
): Promise<Result<Met>> {
  const { folder, url, tls, runBy } = place;
  const server = {
    url,
    ...(tls === undefined ? {} : { tls }),
    ...(runBy === undefined ? {} : { runBy }),
  };
  const told = tellServer(folder, record);
  if (!told.ok) return err([untold(told.error)]);
  if (told.value === 'absent')
    return err([unavailable('the NATS server does not run: start it, and make another token')]);
  const auth: NatsAuth = { kind: 'nkey', seed: welcoming.seed };
  const isKnown = await becomes('accepted', { ...server, auth, clock: app.clock });
  const client = await connected(app, { ...server, seed: welcoming.seed });
  if (!client.ok) return isKnown ? client : err(client.error.map(notFollowed));
  const known = new Set(record.users.map((user) => user.publicKey));
  const untilMs = app.clock.now() + TOKEN_MS;
  const publicKey = await firstRequest(app, client.value, { ...place, known });
  return ok({ client: client.value, publicKey, untilMs });
}

interface Ending {
  readonly place: MeetingPlace;
  readonly meeting: Meeting;
  readonly met: Met | undefined;
}

/**
 * Ends the meeting, and has the node approved where its agent has a key from now on; undefined = no
 * host came. Other commands may have changed the folder meanwhile, so it is read again.
 */
async function end(app: App, ending: Ending): Promise<Result<Result<unknown> | undefined>> {
  const { place, meeting, met } = ending;
  const { folder, node } = place;
  const publicKey = met?.publicKey;
  const close = (came: string | undefined) =>
    changeKeys(folder, (now) => closeMeeting(folder, now, { node, meeting, publicKey: came }));
  const closed = close(publicKey);
  const isIn = closed.ok && met !== undefined && publicKey !== undefined;
  const approved = isIn ? await approve(app, place, met) : undefined;
  await met?.client.bus.close();
  const forgotten = isIn ? close(undefined) : closed;
  // Where the agent's key could not be had, those of the meeting are to be forgotten all the same.
  const record = forgotten.ok ? forgotten : recordOf(folder);
  if (!record.ok) return record;
  const told = tellServer(folder, record.value);
  if (!forgotten.ok) return forgotten;
  return told.ok ? ok(approved) : err([untold(told.error)]);
}

/**
 * Has the coordinator let the node of the token take part. Where none answers the server is told of
 * the agent's key first, for which the host waits, and the coordinator is asked until the token
 * would have ended: no other process can, as nobody else has the key that may.
 */
async function approve(
  app: App,
  { folder, node, cluster }: MeetingPlace,
  { client: { bus }, untilMs }: Met,
): Promise<Result<unknown>> {
  const call = { bus, node, cluster };
  const first = await askApproval('node-approve', call);
  if (first.ok || !mayPass(first.error, call) || app.signal.aborted) return first;
  const record = recordOf(folder);
  const told = record.ok ? tellServer(folder, record.value) : record;
  if (!told.ok) return first;
  app.output.message(isNotYetApproved(node, first.error));
  const { clock, signal } = app;
  return askApprovalUntil('node-approve', call, { clock, untilMs, signal });
}

/** Prints the token; the public key of the first host that uses it. undefined = none in time. */
async function firstRequest(
  app: App,
  { bus }: NatsClient,
  { node, cluster, token, known }: MeetingPlace & { readonly known: ReadonlySet<string> },
): Promise<string | undefined> {
  const over = new AbortController();
  let taken: string | undefined;
  const handle = (request: ServiceRequest): void => {
    const asked = parseJoinRequest(request.data);
    const isNew = asked !== undefined && !known.has(asked.publicKey);
    const isFirst = isNew && taken === undefined;
    if (isFirst) taken = asked.publicKey;
    const refused = 'the request is not understood, another host was first, or its key is not new';
    request.respond(encodeJoin(isFirst ? { joined: true } : { refused }));
    if (isFirst) over.abort();
  };
  await bus.serve({
    name: JOIN_SERVICE,
    version: app.version,
    description: `lets ${node} join`,
    endpoints: [{ name: 'join', subject: subjectsOf(cluster).join(node), handle }],
  });
  app.output.data(token);
  app.output.message(
    `On ${node}, within ten minutes: dqoes join TOKEN. Who has the token first is ${node}. ` +
      'Waiting…',
  );
  await Promise.race([app.clock.sleep(TOKEN_MS, over.signal), untilAborted(app.signal)]);
  over.abort();
  await bus.flush();
  return taken;
}

/** A key that was refused all the time is one that the server has not heard of. */
const notFollowed = (fault: Fault): Fault =>
  fault.message.includes(UNKNOWN_TOKEN)
    ? unavailable('the NATS server has not read its configuration again: see its log')
    : fault;

const untold = (why: string): Fault => unavailable(`the NATS server cannot be told: ${why}`);
