import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { NatsAuth } from '../proto/nats/auth.js';
import { messageOf } from '../shared/errors.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { type RunningStack, runningStacks } from './up/running-stacks.js';

/** Port of NATS where nothing else is said. */
export const DEFAULT_NATS_PORT = 4222;
/** Name of the cluster where nothing else is said. */
export const DEFAULT_CLUSTER = 'main';

/** What the environment says; read once, at the start. */
export interface CliConfig {
  readonly natsUrl: string | undefined;
  /** Path of a `.creds` file. */
  readonly natsCreds: string | undefined;
  /** Absent = not set; see `DEFAULT_CLUSTER`. */
  readonly cluster: string | undefined;
  readonly noColour: boolean;
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
    cluster: given(env.DQOES_CLUSTER),
    noColour: given(env.NO_COLOR) !== undefined,
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

const given = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

/** Servers are installed in sbin, which is not on the PATH of every user. */
function findProgram(program: string, path: string): string | undefined {
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
  /** Name of the cluster there. */
  readonly cluster: string;
  /** Where the address came from, for messages. */
  readonly from: string;
}

/** Flags that choose a cluster. */
export interface TargetFlags {
  readonly nats?: string;
  readonly creds?: string;
  readonly cluster?: string;
}

/**
 * Chooses the cluster: command line, then environment, then the selected context of the `nats` CLI,
 * then a `dqoes up` that runs on this machine, then the default port here. Several running `dqoes
 * up` are a fault that names them.
 */
export function natsTarget(config: CliConfig, flags: TargetFlags): Result<NatsTarget> {
  const place = placeOf(config, flags);
  if (!place.ok) return place;
  const credsPath = flags.creds ?? config.natsCreds;
  if (credsPath === undefined) return place;
  const creds = readText(credsPath, flags.creds === undefined ? 'DQOES_NATS_CREDS' : '--creds');
  return creds.ok ? ok({ ...place.value, auth: { kind: 'creds', creds: creds.value } }) : creds;
}

function placeOf(config: CliConfig, flags: TargetFlags): Result<NatsTarget> {
  const asked = flags.cluster ?? config.cluster;
  const cluster = asked ?? DEFAULT_CLUSTER;
  if (flags.nats !== undefined) return ok({ url: flags.nats, cluster, from: '--nats' });
  if (config.natsUrl !== undefined)
    return ok({ url: config.natsUrl, cluster, from: 'DQOES_NATS_URL' });
  const context = readContext(config.configHome);
  if (!context.ok) return context;
  if (context.value !== undefined) return ok({ ...context.value, cluster });
  const [up, ...others] = runningStacks(config.runtimeDirs).filter(
    (each) => asked === undefined || each.cluster === asked,
  );
  if (up === undefined)
    return ok({ url: `nats://127.0.0.1:${DEFAULT_NATS_PORT}`, cluster, from: 'the default' });
  if (others.length > 0) return err([severalRun([up, ...others])]);
  return ok({ url: up.url, cluster: up.cluster, from: 'the dqoes up that runs on this machine' });
}

const severalRun = (ups: readonly RunningStack[]): Fault => ({
  code: 'cli.usage',
  field: 'nats',
  message:
    `${ups.length} instances of dqoes up run on this machine: choose one with ` +
    `${ups.map(({ url, cluster }) => `--nats ${url} --cluster ${cluster}`).join(' or ')}`,
});

/**
 * The `nats` CLI's selected context: `nats/context.txt` names it, `nats/context/NAME.json` holds
 * it.
 */
function readContext(configHome: string): Result<Omit<NatsTarget, 'cluster'> | undefined> {
  const selected = tryRead(join(configHome, 'nats', 'context.txt'))?.trim();
  if (selected === undefined || selected === '') return ok(undefined);
  const path = join(configHome, 'nats', 'context', `${selected}.json`);
  const text = tryRead(path);
  if (text === undefined) return ok(undefined);
  const values = parseContext(text);
  if (values === undefined)
    return err([
      badConfig(
        'nats context',
        `The nats context file ${path} is not a JSON object: repair it, or give --nats.`,
      ),
    ]);
  const auth = contextAuth(values);
  if (auth !== undefined && !auth.ok) return auth;
  return ok({
    url: values.url ?? `nats://127.0.0.1:${DEFAULT_NATS_PORT}`,
    from: `the nats context ${selected}`,
    ...(auth === undefined ? {} : { auth: auth.value }),
  });
}

type ContextKey = 'url' | 'creds' | 'nkey' | 'user' | 'password' | 'token';
type ContextValues = Partial<Record<ContextKey, string>>;

function parseContext(text: string): ContextValues | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed).filter(
    ([, value]) => typeof value === 'string' && value !== '',
  );
  return Object.fromEntries(entries) as ContextValues;
}

function contextAuth(values: ContextValues): Result<NatsAuth> | undefined {
  if (values.creds !== undefined) {
    const creds = readText(values.creds, 'the nats context');
    return creds.ok ? ok({ kind: 'creds', creds: creds.value }) : creds;
  }
  if (values.nkey !== undefined) {
    const seed = readText(values.nkey, 'the nats context');
    return seed.ok ? ok({ kind: 'nkey', seed: seed.value }) : seed;
  }
  if (values.token !== undefined) return ok({ kind: 'token', token: values.token });
  if (values.user === undefined) return undefined;
  return ok({ kind: 'password', user: values.user, password: values.password ?? '' });
}

function readText(path: string, from: string): Result<string> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (cause) {
    return err([
      badConfig(
        from,
        `The credentials file ${path} (from ${from}) cannot be read (${messageOf(cause)}): ` +
          'check the path and its permissions.',
      ),
    ]);
  }
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const badConfig = (field: string, message: string): Fault => ({
  code: 'config.bad',
  field,
  message,
});
