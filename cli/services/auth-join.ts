import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ServiceRequest } from '../../proto/bus.js';
import type { NatsAuth } from '../../proto/nats/auth.js';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import { isRefusal } from '../../proto/nats/refusal.js';
import { createUserKey, type UserKey } from '../../proto/nats/user-key.js';
import { JOIN_SERVICE } from '../../proto/service-discovery.js';
import { subjectsOf } from '../../proto/subjects.js';
import { messageOf } from '../../shared/errors.js';
import { isSafeId, type NodeId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { becomes } from '../auth/confirm.js';
import {
  encodeJoin,
  type JoinToken,
  parseJoinReply,
  parseJoinRequest,
  parseToken,
  tokenText,
} from '../auth/join.js';
import {
  INSTALLED_AGENT,
  installedAgent,
  type JoinedSettings,
  joinedText,
  writeJoined,
} from '../auth/joined-settings.js';
import { closeMeeting, type EndedMeeting, type Meeting, openMeeting } from '../auth/joining.js';
import { hasReadAgain } from '../auth/read-again.js';
import type { ExitCode } from '../output/faults.js';
import { orAborted, untilAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { readText } from '../shell/read-text.js';
import { refuse } from '../shell/session.js';
import { natsTarget } from '../target/target.js';
import { type AuthFlags, addressOf, changeKeys, openKeys, tellServer } from './auth-server.js';
import { coordinatorsOf } from './trusted-keys.js';

/** The flags of `dqoes auth add-agent`. */
export interface TokenFlags extends AuthFlags {
  readonly token?: boolean;
  readonly nats?: string;
  /** Comma-separated public keys, which the token hands on. */
  readonly coordinatorKeys?: string;
}
/** The flags of `dqoes join`. */
export interface JoinFlags extends AuthFlags {
  /** `agent.yaml`, beside which the key and the settings go. */
  readonly config?: string;
  readonly out?: string;
  readonly nats?: string;
}

const TOKEN_MS = 600_000;
const CALL_MS = 10_000;
const MAX_TOKEN_BYTES = 8192;

/**
 * Prints a token for one host and answers it for ten minutes: the host makes its key, and the
 * server learns the public part. The first to use the token has the node. Exit code 1 = nobody did.
 */
export async function addAgentByToken(
  app: App,
  node: string,
  flags: TokenFlags,
): Promise<ExitCode> {
  if (!isSafeId(node))
    return refuse(app, [usage('node', `the node ${JSON.stringify(node.slice(0, 80))} is no name`)]);
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { folder } = keys.value;
  const own = addressOf(app, folder) ?? flags.nats;
  if (own === undefined)
    return refuse(app, [usage('nats', 'give the address of NATS with --nats or DQOES_NATS_URL')]);
  const coordinators = coordinatorsOf(app, flags.coordinatorKeys, folder);
  if (!coordinators.ok) return refuse(app, coordinators.error);
  if (coordinators.value.length === 0) app.output.message(OBEYS_ALL);
  const meeting = changeKeys(folder, (now) => openMeeting(folder, now, node as NodeId));
  if (!meeting.ok) return refuse(app, meeting.error);
  const about = { node: node as NodeId, cluster: meeting.value.record.cluster };
  const place: MeetingPlace = {
    ...about,
    folder,
    url: own,
    token: tokenText({
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

interface MeetingPlace {
  readonly folder: string;
  readonly node: NodeId;
  /** Address of NATS from here. */
  readonly url: string;
  readonly cluster: string;
  readonly token: string;
}

async function welcome(app: App, place: MeetingPlace, meeting: Meeting): Promise<Result<void>> {
  const { folder, node } = place;
  let publicKey: string | undefined;
  const faults: Fault[] = [];
  try {
    const met = await meet(app, place, meeting);
    if (met.ok) publicKey = met.value;
    else faults.push(...met.error);
  } finally {
    const ended = end(folder, { node, meeting, publicKey });
    if (!ended.ok) faults.push(...ended.error);
  }
  if (faults.length > 0) return err(faults);
  if (publicKey === undefined)
    return err([unavailable(`nobody used the token of ${node}; it is useless now`)]);
  app.output.message(`${node} has joined.`);
  return ok(undefined);
}

/** Waits for the host; its public key, undefined = none came in time. */
async function meet(
  app: App,
  place: MeetingPlace,
  { record, welcoming }: Meeting,
): Promise<Result<string | undefined>> {
  const { folder, url } = place;
  const told = tellServer(folder, record);
  if (!told.ok) return err([untold(told.error)]);
  if (told.value === 'absent')
    return err([unavailable('the NATS server does not run: start it, and make another token')]);
  const auth: NatsAuth = { kind: 'nkey', seed: welcoming.seed };
  if (!(await becomes('accepted', { url, auth, clock: app.clock, ...tlsOf(app, url) })))
    return err([unavailable(`NATS at ${url} has not read its configuration again`)]);
  const client = await connected(app, url, welcoming.seed);
  if (!client.ok) return client;
  const publicKey = await firstRequest(app, client.value, place);
  await client.value.bus.close();
  return ok(publicKey);
}

/** Other commands may have changed the folder meanwhile, so it is read again. */
function end(folder: string, ended: EndedMeeting): Result<void> {
  const closed = changeKeys(folder, (now) => closeMeeting(folder, now, ended));
  if (!closed.ok) return closed;
  const told = tellServer(folder, closed.value);
  return told.ok ? ok(undefined) : err([untold(told.error)]);
}

/** Prints the token; the public key of the first host that uses it. undefined = none in time. */
async function firstRequest(
  app: App,
  { bus }: NatsClient,
  { node, cluster, token }: MeetingPlace,
): Promise<string | undefined> {
  const over = new AbortController();
  let taken: string | undefined;
  const handle = (request: ServiceRequest): void => {
    const asked = parseJoinRequest(request.data);
    const isFirst = asked !== undefined && taken === undefined;
    if (isFirst) taken = asked.publicKey;
    const refused = 'the request is not understood, or another host was first';
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

/**
 * Makes the key of this host's agent, and has it accepted. Where a package has installed the agent,
 * or `--config` names its file, key and settings go there; else the settings are printed.
 */
export async function joinCluster(app: App, word: string, flags: JoinFlags): Promise<ExitCode> {
  const text = word === '-' ? await readText(app, '-', MAX_TOKEN_BYTES) : ok(word);
  if (!text.ok) return refuse(app, [usage('token', `the token ${text.error}`)]);
  const token = parseToken(text.value);
  if (!token.ok) return refuse(app, [usage('token', `the token ${token.error}`)]);
  const url = flags.nats ?? token.value.url;
  const agentFile = agentFileOf(flags);
  const folder = agentFile === undefined ? '.' : dirname(agentFile);
  const path = resolve(flags.out ?? join(folder, `agent-${token.value.node}.nk`));
  const key = createUserKey();
  const written = writeSeed(path, key, token.value);
  if (!written.ok) return refuse(app, written.error);
  const joined = await ask(app, { ...token.value, url }, key);
  if (!joined.ok) {
    rmSync(path, { force: true });
    return refuse(app, joined.error);
  }
  app.output.data(path);
  const { node, cluster, coordinatorKeys } = token.value;
  app.output.message(`This host is ${node} of cluster ${cluster} now.`);
  return applied(app, agentFile, {
    ...{ node, cluster, url, credentials: path },
    ...(coordinatorKeys === undefined ? {} : { coordinatorKeys }),
  });
}

/** `--out` alone asks for the key only. */
function agentFileOf({ config, out }: JoinFlags): string | undefined {
  if (config !== undefined) return resolve(config);
  return out === undefined ? installedAgent(process.getuid?.() === 0) : undefined;
}

/** The agent gets its settings, and is told when it runs as the installed service. */
function applied(app: App, agentFile: string | undefined, settings: JoinedSettings): ExitCode {
  if (agentFile === undefined) {
    app.output.message(`In agent.yaml:\n${joinedText(settings).trimEnd()}`);
    return 0;
  }
  const written = writeJoined(agentFile, settings);
  if (!written.ok) return refuse(app, [usage('config', written.error)]);
  app.output.message(`The settings of its agent are in ${written.value}.`);
  if (agentFile !== INSTALLED_AGENT || !existsSync('/run/systemd/system')) return 0;
  app.output.message(
    hasReadAgain()
      ? 'dqoes-agent reads them now.'
      : 'dqoes-agent could not be told: run systemctl restart dqoes-agent.',
  );
  return 0;
}

function writeSeed(path: string, { seed }: UserKey, { node, cluster }: JoinToken): Result<void> {
  const text = `# dqoes: agent of ${node}, cluster ${cluster}. Keep it secret.\n${seed}\n`;
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return ok(undefined);
  } catch (cause) {
    const message = `${path} cannot be made (${messageOf(cause)}): give another file with --out`;
    return err([usage('out', message)]);
  }
}

/** Asks by the token, then sees that the key of this host is known. */
async function ask(app: App, token: JoinToken, key: UserKey): Promise<Result<void>> {
  const client = await connected(app, token.url, token.seed);
  if (!client.ok) return client;
  const { bus } = client.value;
  const subject = subjectsOf(token.cluster).join(token.node);
  const request = encodeJoin({ publicKey: key.publicKey });
  const answer = await bus.request(subject, request, { timeoutMs: CALL_MS });
  await bus.close();
  if (!answer.ok)
    return err([unavailable('nobody answers this token: it is late, was used, or was taken back')]);
  const reply = parseJoinReply(answer.value.data);
  if (reply === undefined || !('joined' in reply))
    return err([unavailable(`the token was refused: ${reply?.refused ?? 'no readable answer'}`)]);
  const auth: NatsAuth = { kind: 'nkey', seed: key.seed };
  const check = { url: token.url, auth, clock: app.clock, ...tlsOf(app, token.url) };
  if (await becomes('accepted', check)) return ok(undefined);
  return err([unavailable('the NATS server has not accepted the key within 10 s: see its log')]);
}

async function connected(app: App, url: string, seed: string): Promise<Result<NatsClient>> {
  const auth: NatsAuth = { kind: 'nkey', seed };
  const servers = url.split(',').map((server) => server.trim());
  const where = { servers, name: 'dqoes join', log: silentLog, auth, ...tlsOf(app, url) };
  const client = await orAborted(connectNats(where), app.signal);
  if (client === undefined) return err([unavailable('stopped before the token was used')]);
  if (client.ok) return client;
  return err([
    unavailable(isRefusal(client.error) ? `NATS at ${url} does not know this token` : client.error),
  ]);
}

function tlsOf(app: App, url: string) {
  const target = natsTarget(app.config, { nats: url });
  return target.ok && target.value.tls !== undefined ? { tls: target.value.tls } : {};
}

const unavailable = (message: string): Fault => ({
  code: 'auth.denied',
  field: 'token',
  message: `join: ${message}.`,
});
const untold = (why: string): Fault => unavailable(`the NATS server cannot be told: ${why}`);
const usage = (field: string, message: string): Fault => ({ code: 'cli.usage', field, message });
