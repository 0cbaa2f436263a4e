import {
  type Authenticator,
  type ConnectionOptions,
  connect,
  credsAuthenticator,
  type NatsConnection,
  nkeyAuthenticator,
} from 'nats';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Bus } from '../bus.js';
import type { StoreProvider } from '../store.js';
import { inboxPrefixOf } from '../subjects.js';
import type { NatsAuth, NatsTls } from './auth.js';
import { NatsBus, type Refusal } from './bus.js';
import { isRefusal } from './refusal.js';
import { ServerPin, type ServerUser, type Stranger } from './server-user.js';
import { serverSeenBy } from './socket.js';
import { NatsStores } from './store.js';
import { tlsOptions } from './tls.js';
import { publicKeyOfAuth } from './user-key.js';

/** How to reach NATS. */
export interface NatsOptions {
  /**
   * `nats://host:port`, one or more; `nats://user:password@host:port` where `auth` is not given.
   */
  readonly servers: readonly string[];
  /** Shown in NATS monitoring, e.g. `dqoes-agent h1`. */
  readonly name: string;
  readonly log: Log;
  readonly auth?: NatsAuth;
  readonly tls?: NatsTls;
  /**
   * Keeps trying while the server is not there yet, instead of returning an error; `log` gets each
   * reason once. Default false.
   */
  readonly waitOnFirstConnect?: boolean;
  /**
   * While it waits for that: credentials that a server refuses are an error at once. Default false:
   * they are tried again.
   */
  readonly endOnRefusal?: boolean;
  /** Called once for each thing that the key of this client turns out not to be allowed. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** Called each time the server refuses the key when the connection is to be made again. */
  readonly onKeyRefused?: () => void;
  /**
   * Tells which user runs a server on this machine. Where a connection without TLS is made again
   * and another user has the port by then, it is not used: nothing is sent there, and nothing
   * believed.
   */
  readonly serverUser?: ServerUser;
  /** With `serverUser`: who may run the server that is met first. Absent = anybody. */
  readonly runBy?: ServerRule;
  /**
   * A key is given, and a server that asks for none is used all the same, as to look at it. Default
   * false: it is not the server that knows the key.
   */
  readonly mayBeKeyless?: boolean;
  /** Deadline of one dial and of one store call, ms. Default 5000. */
  readonly timeoutMs?: number;
  /**
   * Time between two pings, ms. Default 3000: after three unanswered pings the connection to
   * a server is dropped, before the coordinator takes a silent node for down.
   */
  readonly pingIntervalMs?: number;
  /** First token of event subjects. Default `dqoes`. */
  readonly root?: string;
}

/** Which users of this machine may run a server. */
export interface ServerRule {
  readonly mayRun: (user: number) => boolean;
  /** What to do where another user runs it. */
  readonly cure: string;
}

/** Time between two tries of a first connection, ms. */
const TRY_AGAIN_MS = 500;
/** Most reasons that are said of a first connection that waits. */
const MAX_REASONS = 20;

/** One connection as a bus and as stores. */
export interface NatsClient {
  readonly bus: Bus;
  readonly stores: StoreProvider;
  /** Version of the server that it connected to first; '' = the server does not say it. */
  readonly serverVersion: string;
  /** Whether that server was met by TLS, which it offers or asks for by itself. */
  readonly isEncrypted: boolean;
}

/**
 * Connects, then reconnects without end, with jitter. The error is one sentence with the address
 * and the cure. Closing `bus` ends the stores too.
 */
export async function connectNats(options: NatsOptions): Promise<Result<NatsClient, string>> {
  try {
    const met = pinOf(options);
    const connection = await firstConnection(options, met);
    const { log, onRefused, onKeyRefused, timeoutMs = 5000, root = 'dqoes', serverUser } = options;
    const publicKey = publicKeyOfAuth(authOf(options));
    const pin = serverUser === undefined ? undefined : met;
    const bus = new NatsBus(connection, log, { publicKey, onRefused, onKeyRefused, pin });
    const inboxPrefix = publicKey === undefined ? undefined : inboxPrefixOf(publicKey);
    const stores = new NatsStores({ connection, bus, log, timeoutMs, root, inboxPrefix });
    const { version = '', tls_required: asks, tls_available: offers } = connection.info ?? {};
    const isEncrypted = asks === true || offers === true;
    return ok({ bus, stores, serverVersion: version, isEncrypted });
  } catch (cause) {
    return err(sentenceOf(options.servers, cause));
  }
}

/** Of an option or a setting that names a key: a password or a token may be of the address. */
function pinOf(options: NatsOptions): ServerPin {
  const { auth, serverUser, runBy, mayBeKeyless = false } = options;
  const hasKey = auth?.kind === 'nkey' || auth?.kind === 'creds';
  return new ServerPin(serverUser, {
    asksForKeys: hasKey && !mayBeKeyless,
    ...(runBy === undefined ? {} : { mayRun: runBy.mayRun }),
  });
}

/** A server that answers, and is not to be used; its message is a whole sentence. */
class StrangeServer extends Error {}

function strangerText({ servers, runBy }: NatsOptions, stranger: Stranger): string {
  const where = `NATS at ${servers.map(withoutSecrets).join(', ')} is not used`;
  if (stranger.kind === 'keyless')
    return (
      `${where}: it asks for no key, and one was given: start it with its settings for keys ` +
      '(dqoes auth init names the file), or give no key where it is to need none.'
    );
  return (
    `${where}: another user of this machine (${stranger.user}) runs the program that has its ` +
    `port (ss -ltnp shows it): ${runBy?.cure ?? 'end it'}.`
  );
}

const sentenceOf = (servers: readonly string[], cause: unknown): string =>
  cause instanceof StrangeServer ? cause.message : connectError(servers, messageOf(cause));

// While the NATS client waits for a first connection, it treats refused credentials like a server
// that is not there yet, so the waiting is done here.
async function firstConnection(options: NatsOptions, pin: ServerPin): Promise<NatsConnection> {
  const settings = connectionOptions(options);
  const said = new Set<string>();
  for (;;) {
    try {
      const connection = await connect(settings);
      const stranger = pin.strangerIn(serverSeenBy(connection));
      if (stranger === undefined) return connection;
      await connection.close();
      throw new StrangeServer(strangerText(options, stranger));
    } catch (cause) {
      if (options.waitOnFirstConnect !== true) throw cause;
      if (isRefusal(messageOf(cause)) && options.endOnRefusal === true) throw cause;
      sayWhyItWaits(options, cause, said);
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}

/** Each reason once: without it nobody could tell a wrong address from a server that starts. */
function sayWhyItWaits({ servers, log }: NatsOptions, cause: unknown, said: Set<string>): void {
  const reason = messageOf(cause);
  // What a server says may differ each time.
  if (said.has(reason) || said.size >= MAX_REASONS) return;
  said.add(reason);
  const sentence = sentenceOf(servers, cause);
  if (isRefusal(reason) || cause instanceof StrangeServer) log.error(sentence);
  else log.warn(`${sentence} It goes on trying.`);
}

function connectionOptions(options: NatsOptions): ConnectionOptions {
  const auth = authOf(options);
  const authenticator = authenticatorOf(auth);
  const publicKey = publicKeyOfAuth(auth);
  return {
    servers: options.servers.map(withoutSecrets),
    name: options.name,
    timeout: options.timeoutMs ?? 5000,
    reconnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    reconnectJitter: 500,
    reconnectJitterTLS: 1000,
    pingInterval: options.pingIntervalMs ?? 3000,
    maxPingOut: 2,
    // One refused attempt while credentials are being changed must not end an agent for good.
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
    ...(publicKey === undefined ? {} : { inboxPrefix: inboxPrefixOf(publicKey) }),
    ...(options.tls === undefined ? {} : { tls: tlsOptions(options.tls, options.servers) }),
    ...(auth?.kind === 'password' ? { user: auth.user, pass: auth.password } : {}),
    ...(auth?.kind === 'token' ? { token: auth.token } : {}),
    ...(authenticator === undefined ? {} : { authenticator }),
  };
}

const authOf = ({ auth, servers }: NatsOptions): NatsAuth | undefined =>
  auth ?? authInAddress(servers);

/** `nats://user:password@`, and the same without the `nats://`, which may be left out. */
const LOGIN = /^\s*(?:[a-z]+:\/\/)?([^/@:]+)(?::([^/@]*))?@/i;

/**
 * The client ignores what stands before the @ in an address, so it is read here; a name without a
 * password is a token.
 */
function authInAddress(servers: readonly string[]): NatsAuth | undefined {
  for (const server of servers) {
    const [, user = '', password] = LOGIN.exec(server) ?? [];
    if (user === '') continue;
    if (password === undefined) return { kind: 'token', token: decodeURIComponent(user) };
    return {
      kind: 'password',
      user: decodeURIComponent(user),
      password: decodeURIComponent(password),
    };
  }
  return undefined;
}

function authenticatorOf(auth: NatsAuth | undefined): Authenticator | undefined {
  if (auth?.kind === 'creds') return credsAuthenticator(new TextEncoder().encode(auth.creds));
  if (auth?.kind === 'nkey') return nkeyAuthenticator(new TextEncoder().encode(auth.seed.trim()));
  return undefined;
}

const isAboutTls = (reason: string): boolean =>
  /certificate|\btls\b|\bssl\b|self.signed/i.test(reason);

function connectError(servers: readonly string[], reason: string): string {
  const where = servers.map(withoutSecrets).join(', ');
  return `NATS at ${where} cannot be reached (${reason}): ${cureOf(reason)}.`;
}

function cureOf(reason: string): string {
  if (isRefusal(reason))
    return (
      'it does not know these credentials, or none were given: give a key with --creds or ' +
      'nats.credentials; whoever runs it makes one with dqoes auth add-user'
    );
  if (isAboutTls(reason)) return 'check nats.tls.ca, nats.tls.cert and nats.tls.key';
  return 'start nats-server there (dqoes up starts one) or give the right address';
}

/** The address of a server without the user name, password or token in it. */
export const withoutSecrets = (server: string): string =>
  server.replace(/^(\s*(?:[a-z]+:\/\/)?)[^/@]*@/i, '$1');
