import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { NatsAuth, NatsTls } from '../proto/nats/auth.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { authFolderOf, keyPath, recordPath } from './auth/folder.js';
import { nodeOfAgent, OPERATOR_NAME } from './auth/users.js';
import { NO_TLS, readCredentials, readTls, type TlsNames, type TlsPaths } from './credentials.js';
import { DEFAULT_NATS_PORT, plainAddress } from './nats-address.js';
import { type NatsContext, readContext } from './nats-context.js';
import { type RunningStack, runningStacks } from './up/running-stacks.js';

/** Port of the console where nothing else is said. */
export const DEFAULT_CONSOLE_PORT = 8470;
/** Where the metrics of `dqoes console` are. */
export const CONSOLE_METRICS_PORT = 8473;
/** Name of the cluster where nothing else is said. */
export const DEFAULT_CLUSTER = 'main';

/** What the environment says; read once, at the start. */
export interface CliConfig {
  readonly natsUrl: string | undefined;
  /** Path of a credentials file. */
  readonly natsCreds: string | undefined;
  /** `NO_TLS` itself where nothing is said. */
  readonly natsTls: TlsPaths;
  /** Public keys of coordinators, comma-separated. */
  readonly coordinatorKeys: string | undefined;
  /** Absent = not set; see `DEFAULT_CLUSTER`. */
  readonly cluster: string | undefined;
  readonly noColour: boolean;
  /** The program that opens pages, as the person chose it (`$BROWSER`, the first of several). */
  readonly browser: string | undefined;
  /** There is a screen to open windows on. */
  readonly hasDisplay: boolean;
  /** The terminal can do nothing but print lines (`TERM=dumb`, or no TERM). */
  readonly isDumb: boolean;
  /** The locale is one of UTF-8. */
  readonly isUtf8: boolean;
  /** The editor of the person, with its options. */
  readonly editor: string;
  /** `~/.config`, where the `nats` CLI keeps its contexts. */
  readonly configHome: string;
  /** Where `dqoes up` keeps its state by default. */
  readonly stateDir: string;
  /**
   * Folders in which a running `dqoes up` publishes its address: first the one of this user, then
   * that of root.
   */
  readonly runtimeDirs: readonly [string, ...string[]];
  /** Absolute path of a program, or `undefined` when it is not installed. */
  readonly which: (program: string) => string | undefined;
}

/** Reads the environment. No other code of the CLI does. */
export function readCliConfig(env: NodeJS.ProcessEnv = process.env): CliConfig {
  const home = env.HOME ?? homedir();
  const root = process.getuid?.() === 0;
  const userStateDir = join(given(env.XDG_STATE_HOME) ?? join(home, '.local', 'state'), 'dqoes');
  return {
    natsUrl: given(env.DQOES_NATS_URL),
    natsCreds: given(env.DQOES_NATS_CREDS),
    natsTls: tlsIn(env),
    coordinatorKeys: given(env.DQOES_COORDINATOR_KEYS),
    cluster: given(env.DQOES_CLUSTER),
    noColour: given(env.NO_COLOR) !== undefined,
    browser: given(env.BROWSER?.split(':')[0]),
    hasDisplay: given(env.DISPLAY) !== undefined || given(env.WAYLAND_DISPLAY) !== undefined,
    isDumb: (given(env.TERM) ?? 'dumb') === 'dumb',
    isUtf8: isUtf8(given(env.LC_ALL) ?? given(env.LC_CTYPE) ?? given(env.LANG) ?? ''),
    editor: given(env.VISUAL) ?? given(env.EDITOR) ?? 'vi',
    configHome: given(env.XDG_CONFIG_HOME) ?? join(home, '.config'),
    stateDir: root ? ROOT_STATE_DIR : userStateDir,
    runtimeDirs: runtimeDirsOf(given(env.XDG_RUNTIME_DIR), root ? undefined : userStateDir),
    which: (program) => findProgram(program, env.PATH ?? ''),
  };
}

const ROOT_STATE_DIR = '/var/lib/dqoes';
const ROOT_RUNTIME_DIR = '/run/dqoes';

function runtimeDirsOf(
  xdgRuntimeDir: string | undefined,
  userStateDir: string | undefined,
): readonly [string, ...string[]] {
  const own = xdgRuntimeDir === undefined ? undefined : join(xdgRuntimeDir, 'dqoes');
  if (userStateDir === undefined) return [own ?? ROOT_RUNTIME_DIR];
  return [own ?? join(userStateDir, 'run'), ROOT_RUNTIME_DIR];
}

function tlsIn(env: NodeJS.ProcessEnv): TlsPaths {
  const { DQOES_NATS_TLS_CA: ca = '', DQOES_NATS_TLS_CERT: cert = '' } = env;
  const { DQOES_NATS_TLS_KEY: key = '' } = env;
  return ca === '' && cert === '' && key === '' ? NO_TLS : { ca, cert, key };
}

const isUtf8 = (locale: string): boolean => /\butf-?8\b/i.test(locale);

const given = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

/** Servers are installed in sbin, which is not on the PATH of every user. */
function findProgram(program: string, path: string): string | undefined {
  if (program.startsWith('/')) return isExecutable(program) ? program : undefined;
  const folders = [
    ...path.split(':').filter((folder) => folder !== ''),
    '/usr/local/bin',
    '/usr/sbin',
    '/usr/local/sbin',
  ];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Address of NATS, and the credentials to use there. */
export interface NatsTarget {
  readonly url: string;
  readonly auth?: NatsAuth;
  readonly tls?: NatsTls;
  /** Name of the cluster there. */
  readonly cluster: string;
  /** Where the address came from, for messages. */
  readonly from: string;
  /** The person named no address: it was found, or is the usual one. Absent = it was named. */
  readonly isGuess?: boolean;
  /** What to say beside it where nobody answers there. */
  readonly hint?: string;
}

/** Flags that choose a cluster. */
export interface TargetFlags {
  readonly nats?: string;
  readonly creds?: string;
  readonly cluster?: string;
}

/** How a program that is no command line looks for its cluster. */
export interface TargetOptions {
  /** Name of the key to take of a `dqoes up` of this user; default that of the operator. */
  readonly keyName?: string;
  /** From a settings file; default what the environment says. */
  readonly tls?: TlsPaths;
  readonly tlsNames?: TlsNames;
  /** Where `creds` comes from, for messages. */
  readonly credsName?: string;
}

/**
 * Chooses the cluster: command line, then environment, then the selected context of the `nats` CLI,
 * then a `dqoes up` that runs on this machine, then the default port here. Several running `dqoes
 * up` are a fault that names them. A `dqoes up` of this user lends its key.
 */
export function natsTarget(
  config: CliConfig,
  flags: TargetFlags,
  options: TargetOptions = {},
): Result<NatsTarget> {
  const place = placeOf(config, flags);
  if (!place.ok) return place;
  const { contextTls = NO_TLS, ...found } = place.value;
  const given = options.tls ?? config.natsTls;
  const tls = readTls(given === NO_TLS ? contextTls : given, options.tlsNames ?? TLS_VARIABLES);
  if (!tls.ok) return tls;
  const auth = authOf(config, { flags, options, found });
  if (!auth.ok) return auth;
  return ok({
    ...found,
    ...(auth.value === undefined ? {} : { auth: auth.value }),
    ...(tls.value === undefined ? {} : { tls: tls.value }),
  });
}

const TLS_VARIABLES: TlsNames = {
  ca: 'DQOES_NATS_TLS_CA',
  cert: 'DQOES_NATS_TLS_CERT',
  key: 'DQOES_NATS_TLS_KEY',
};

interface AuthSources {
  readonly flags: TargetFlags;
  readonly options: TargetOptions;
  readonly found: NatsTarget;
}

function authOf(
  config: CliConfig,
  { flags, options, found }: AuthSources,
): Result<NatsAuth | undefined> {
  const { credsName = '--creds', keyName = OPERATOR_NAME } = options;
  if (flags.creds !== undefined) return readCredentials(flags.creds, credsName);
  if (config.natsCreds !== undefined) return readCredentials(config.natsCreds, 'DQOES_NATS_CREDS');
  if (found.auth !== undefined) return ok(found.auth);
  const up = config.runtimeDirs
    .flatMap((folder) => runningStacks([folder]))
    .find(({ url }) => plainAddress(url) === plainAddress(found.url));
  return up === undefined ? ok(undefined) : lentKey(up, keyName);
}

/** The key that a running `dqoes up` keeps for this name; undefined = it keeps no keys. */
function lentKey(up: RunningStack, name: string): Result<NatsAuth | undefined> {
  const folder = authFolderOf(up.stateDir);
  const path = keyPath(folder, name);
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EACCES') return err([notOurs(up, path)]);
    return existsSync(recordPath(folder)) ? err([noKey(name, folder)]) : ok(undefined);
  }
  return readCredentials(path, 'dqoes up');
}

const notOurs = (up: RunningStack, path: string): Fault => ({
  code: 'auth.denied',
  field: 'creds',
  message:
    `dqoes up at ${up.url} belongs to another user, whose keys you may not read (${path}): ask ` +
    'that user for a key of yours (dqoes auth add-user NAME --role viewer), and give it with ' +
    '--creds.',
});

function noKey(name: string, folder: string): Fault {
  const node = nodeOfAgent(name);
  const cure = node === undefined ? `add-user ${name} --role operator` : `add-agent ${node}`;
  const message = `${name} has no key in ${folder}: make one with dqoes auth ${cure}.`;
  return { code: 'auth.denied', field: 'creds', message };
}

type Place = NatsTarget & { readonly contextTls?: TlsPaths };

function placeOf(config: CliConfig, flags: TargetFlags): Result<Place> {
  const asked = flags.cluster ?? config.cluster;
  const cluster = asked ?? DEFAULT_CLUSTER;
  if (flags.nats !== undefined) return ok({ url: flags.nats, cluster, from: '--nats' });
  if (config.natsUrl !== undefined)
    return ok({ url: config.natsUrl, cluster, from: 'DQOES_NATS_URL' });
  const context = readContext(config.configHome);
  if (!context.ok) return context;
  if (context.value !== undefined) return ok(contextPlace(context.value, cluster));
  const running = runningStacks(config.runtimeDirs);
  const [up, ...others] = running.filter((each) => (asked ?? each.cluster) === each.cluster);
  if (up === undefined) return usualPlace(cluster, running);
  if (others.length > 0) return err([severalRun([up, ...others])]);
  const from = 'the dqoes up that runs on this machine';
  return ok({ url: up.url, cluster: up.cluster, from, isGuess: true });
}

/** Where nothing says where the cluster is: a server of its own may listen at the usual address. */
function usualPlace(cluster: string, running: readonly RunningStack[]): Result<Place> {
  const place = { url: DEFAULT_URL, cluster, from: 'the default', isGuess: true };
  if (running.length === 0) return ok(place);
  const hint =
    `No cluster ${cluster} runs on this machine, but ` +
    `${running.map((up) => `${up.cluster} (--cluster ${up.cluster}, ${up.url})`).join(', ')}; ` +
    'for a cluster elsewhere give --nats URL';
  const isTaken = running.some(({ url }) => plainAddress(url) === plainAddress(DEFAULT_URL));
  return isTaken
    ? err([{ code: 'service.unavailable', field: 'cluster', message: `${hint}.` }])
    : ok({ ...place, hint });
}

const DEFAULT_URL = `nats://127.0.0.1:${DEFAULT_NATS_PORT}`;

const contextPlace = ({ name, url, auth, tls }: NatsContext, cluster: string): Place => ({
  url: url ?? DEFAULT_URL,
  cluster,
  from: `the nats context ${name}`,
  contextTls: tls,
  ...(url === undefined ? { isGuess: true } : {}),
  ...(auth === undefined ? {} : { auth }),
});

const severalRun = (ups: readonly RunningStack[]): Fault => ({
  code: 'cli.usage',
  field: 'nats',
  message:
    `${ups.length} instances of dqoes up run on this machine: choose one with ` +
    `${ups.map(({ url, cluster }) => `--nats ${url} --cluster ${cluster}`).join(' or ')}`,
});
