import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { err, type Fault, type FileFault, ok, type Result } from '../../shared/result.js';
import { badConfig, checkMode } from '../credentials.js';
import { type Context, type ContextLogin, contextLabel, holdsSecret } from './context.js';
import { readSmallFile } from './read.js';

/** Where the `nats` program keeps its contexts. */
export const natsFolder = (configHome: string): string => join(configHome, 'nats', 'context');
/** The file that names the one selected with `nats context select`. */
export const natsSelection = (configHome: string): string =>
  join(configHome, 'nats', 'context.txt');

/** A name that the `nats` program accepts, and that stays within its folder. */
export const isNatsName = (name: string): boolean =>
  name !== '' && name.length <= 200 && !/\.\.|\//.test(name) && !name.includes('\0');

/** A context of the `nats` program; undefined = it has none of that name. */
export function readNatsContext(
  { configHome, home }: { readonly configHome: string; readonly home: string },
  name: string,
): Result<Context | undefined> {
  const path = join(natsFolder(configHome), `${name}.json`);
  if (!isNatsName(name) || !existsSync(path)) return ok(undefined);
  const text = readSmallFile(path);
  if (!text.ok) return text;
  const values = parseValues(text.value, path);
  if (!values.ok) return values;
  const faults = [...unsupported(values.value, path, text.value)];
  const { url, token, password } = values.value;
  const isSecret = token !== undefined || password !== undefined || holdsSecret(url ?? '');
  const open = isSecret ? checkMode(path, contextLabel({ kind: 'nats', name })) : undefined;
  if (open !== undefined) faults.push(open);
  if (faults.length > 0) return err(faults);
  return ok(contextOf({ name, path, home }, values.value));
}

const KEYS = [
  ...['description', 'url', 'creds', 'nkey', 'user', 'password', 'token', 'ca', 'cert', 'key'],
  ...['nsc', 'user_jwt', 'user_seed', 'socks_proxy', 'jetstream_domain', 'jetstream_api_prefix'],
] as const;
type ContextKey = (typeof KEYS)[number];
type ContextValues = Readonly<Partial<Record<ContextKey, string>>>;

/** What we cannot do: going on without it would end in a refusal that nobody understands. */
const UNSUPPORTED: readonly (readonly [ContextKey, string])[] = [
  ['nsc', 'have nsc write the key into a file, and name it in creds'],
  ['user_jwt', 'write it with its seed into a .creds file, and name that in creds'],
  ['user_seed', 'write it into a file, and name that in nkey'],
  ['socks_proxy', 'give an address that is reached without a proxy'],
  ['jetstream_domain', 'connect to a server of that domain'],
  ['jetstream_api_prefix', 'connect with the account that holds the streams'],
];

const unsupported = (values: ContextValues, path: string, text: string): readonly Fault[] =>
  UNSUPPORTED.filter(([key]) => values[key] !== undefined).map(([key, cure]) =>
    faultAt({ path, text, key }, `${key} is not supported by dqoes: ${cure}`),
  );

function parseValues(text: string, path: string): Result<ContextValues> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    return err([notAnObject(path, placeIn(text, offsetOf(text, cause)))]);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return err([notAnObject(path, { line: 1, column: 1 })]);
  const given = parsed as Readonly<Record<string, unknown>>;
  const known = KEYS.filter((key) => Object.hasOwn(given, key));
  const faults = known
    .filter((key) => typeof given[key] !== 'string' && given[key] !== null)
    .map((key) => faultAt({ path, text, key }, `${key} is no text: write it in quotes`));
  if (faults.length > 0) return err(faults);
  const entries = known.filter((key) => given[key] !== null && given[key] !== '');
  return ok(Object.fromEntries(entries.map((key) => [key, given[key]])) as ContextValues);
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const notAnObject = (file: string, at: Position): FileFault => ({
  ...badConfig(FIELD, 'The nats context is not a JSON object: repair it, or give --nats.'),
  file,
  ...at,
});
const FIELD = 'nats context';

function faultAt({ path, text, key }: Written, what: string): FileFault {
  const at = Math.max(0, text.indexOf(`"${key}"`));
  return { ...badConfig(FIELD, `The nats context: ${what}`), file: path, ...placeIn(text, at) };
}
interface Written {
  readonly path: string;
  readonly text: string;
  readonly key: string;
}

const TOKENS =
  /(?:[\s{}[\],:]|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)*/y;

/** Where the text is no JSON: the engine says it only where the words are JSON's. */
function offsetOf(text: string, cause: unknown): number {
  const said = /position (\d+)/.exec(String(cause))?.[1];
  if (said !== undefined) return Number(said);
  TOKENS.lastIndex = 0;
  return TOKENS.exec(text)?.[0].length ?? 0;
}

function placeIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function contextOf(
  { name, path, home }: { readonly name: string; readonly path: string; readonly home: string },
  values: ContextValues,
): Context {
  const at = (written = ''): string =>
    written.startsWith('~/') ? join(home, written.slice(2)) : written;
  const login = loginOf(values, at);
  return {
    name,
    kind: 'nats',
    path,
    tls: { ca: at(values.ca), cert: at(values.cert), key: at(values.key) },
    ...(values.description === undefined ? {} : { description: values.description }),
    ...(values.url === undefined ? {} : { url: values.url }),
    ...(login === undefined ? {} : { login }),
  };
}

function loginOf(
  { creds, nkey, token, user, password = '' }: ContextValues,
  at: (written: string) => string,
): ContextLogin | undefined {
  const path = creds ?? nkey;
  if (path !== undefined) return { kind: 'file', path: at(path) };
  if (token !== undefined) return { kind: 'token', token };
  return user === undefined ? undefined : { kind: 'password', user, password };
}
