import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { NatsAuth } from '../proto/nats-connect.js';
import { messageOf } from '../shared/errors.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';

export const DEFAULT_NATS_PORT = 4222;
export const DEFAULT_CLUSTER = 'main';

/** What the environment says; read once, at the start. */
export interface CliConfig {
  readonly natsUrl: string | undefined;
  /** Path of a `.creds` file. */
  readonly natsCreds: string | undefined;
  readonly cluster: string;
  readonly noColour: boolean;
  /** `~/.config`, where the `nats` CLI keeps its contexts. */
  readonly configHome: string;
  /** Where `dqoes up` keeps its state unless told otherwise. */
  readonly stateDir: string;
  /** Absolute path of a program, or `undefined` when it is not installed. */
  readonly which: (program: string) => string | undefined;
}

/** Reads the environment. The only place of the CLI that does. */
export function readCliConfig(env: NodeJS.ProcessEnv = process.env): CliConfig {
  const home = env.HOME ?? homedir();
  const root = process.getuid?.() === 0;
  return {
    natsUrl: given(env.DQOES_NATS_URL),
    natsCreds: given(env.DQOES_NATS_CREDS),
    cluster: given(env.DQOES_CLUSTER) ?? DEFAULT_CLUSTER,
    noColour: given(env.NO_COLOR) !== undefined,
    configHome: given(env.XDG_CONFIG_HOME) ?? join(home, '.config'),
    stateDir: root ? '/var/lib/dqoes' : join(given(env.XDG_STATE_HOME) ?? join(home, '.local', 'state'), 'dqoes'),
    which: (program) => findProgram(program, env.PATH ?? ''),
  };
}

const given = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

/** Servers live in sbin, which is not on every user's PATH. */
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

/** Where NATS is and how to prove who we are. */
export interface NatsTarget {
  readonly url: string;
  readonly auth?: NatsAuth;
  /** Where the address came from, for messages. */
  readonly from: string;
}

/** Command line first, then the environment, then the `nats` CLI's selected context, then this machine. */
export function natsTarget(
  config: CliConfig,
  flags: { readonly nats?: string; readonly creds?: string },
): Result<NatsTarget> {
  const url = flags.nats ?? config.natsUrl;
  const credsPath = flags.creds ?? config.natsCreds;
  const context = url === undefined ? readContext(config.configHome) : ok(undefined);
  if (!context.ok) return context;
  const from =
    flags.nats !== undefined
      ? '--nats'
      : config.natsUrl !== undefined
        ? 'DQOES_NATS_URL'
        : (context.value?.from ?? 'the default');
  const address = url ?? context.value?.url ?? `nats://127.0.0.1:${DEFAULT_NATS_PORT}`;
  if (credsPath === undefined) {
    const auth = context.value?.auth;
    return ok({ url: address, from, ...(auth === undefined ? {} : { auth }) });
  }
  const creds = readText(credsPath, flags.creds === undefined ? 'DQOES_NATS_CREDS' : '--creds');
  return creds.ok ? ok({ url: address, from, auth: { kind: 'creds', creds: creds.value } }) : creds;
}

/** The `nats` CLI's selected context: `nats/context.txt` names it, `nats/context/NAME.json` holds it. */
function readContext(configHome: string): Result<NatsTarget | undefined> {
  const selected = tryRead(join(configHome, 'nats', 'context.txt'))?.trim();
  if (selected === undefined || selected === '') return ok(undefined);
  const path = join(configHome, 'nats', 'context', `${selected}.json`);
  const text = tryRead(path);
  if (text === undefined) return ok(undefined);
  const values = parseContext(text);
  if (values === undefined)
    return err([
      badConfig('nats context', `The nats context file ${path} is not a JSON object: repair it, or give --nats.`),
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
  const entries = Object.entries(parsed).filter(([, value]) => typeof value === 'string' && value !== '');
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
        `The credentials file ${path} (from ${from}) cannot be read (${messageOf(cause)}): check the path and your rights.`,
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

const badConfig = (field: string, message: string): Fault => ({ code: 'config.bad', field, message });
