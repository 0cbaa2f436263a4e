import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { badConfig } from '../../shared/schema/bad-config.js';
import { type Given, readSettings } from '../../shared/schema/settings.js';
import { yamlDocuments } from '../../shared/yaml/documents.js';
import { readYaml, settingsText } from '../../shared/yaml/settings.js';
import { checkMode } from '../credentials.js';
import { type Context, type ContextLogin, contextLabel, holdsSecret } from './context.js';
import { CONTEXT_SETTINGS } from './settings.js';

/** A context file names a handful of keys: what is longer is something else. */
export const MAX_CONTEXT_BYTES = 64 * 1024;
/** Others may write. */
const WORLD_WRITABLE = 0o002;

/** A context file: where it lies, and the home folder that `~/` stands for. */
export interface ContextFile {
  readonly name: string;
  readonly path: string;
  readonly home: string;
}

/** Reads the file of a context; all its faults at once, with line and column. */
export function readContextFile(file: ContextFile): Result<Context> {
  const text = readSmallFile(file.path);
  if (!text.ok) return text;
  const context = parseContext(text.value, file);
  if (!context.ok) return context;
  const open = openFault(context.value);
  return open === undefined ? context : err([open]);
}

/** A file that others may write sends commands elsewhere; one with a secret is for us alone. */
function openFault({ path, name, kind, url }: Context): Fault | undefined {
  if (url !== undefined && holdsSecret(url)) return checkMode(path, contextLabel({ kind, name }));
  if (((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & WORLD_WRITABLE) === 0)
    return undefined;
  return badConfig(path, `anybody may write it, and so send your commands elsewhere: chmod 600 it`);
}

/** Reads an ordinary file of at most 64 KiB: a FIFO would keep a command waiting for ever. */
export function readSmallFile(path: string): Result<string> {
  const found = statSync(path, { throwIfNoEntry: false });
  const bad = (what: string) => err([badConfig(path, what)]);
  if (found === undefined) return bad('is not there: dqoes context ls lists what is');
  if (!found.isFile()) return bad('is no ordinary file: remove it, or save the context again');
  if (found.size > MAX_CONTEXT_BYTES)
    return bad(
      `has ${found.size} bytes, and a context at most ${MAX_CONTEXT_BYTES}: write it anew`,
    );
  try {
    const text = settingsText(path, readFileSync(path));
    return text.ok ? text : err([text.error]);
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    return bad(`cannot be read (${code}): check its permissions`);
  }
}

/** Reads the text of a context file. Never throws, whatever the text. */
export function parseContext(text: string, { name, path, home }: ContextFile): Result<Context> {
  const stream = yamlDocuments(text);
  if (!stream.ok) {
    const { line, col } = stream.error.lines.linePos(stream.error.offset);
    const at = { file: path, line: Math.max(1, line), column: Math.max(1, col) };
    return err([badConfig(path, 'is nested deeper than any context', at)]);
  }
  const faults: Fault[] = [];
  const given = readYaml(path, () => text, faults);
  const values = readSettings(CONTEXT_SETTINGS, given, faults);
  faults.push(...togetherFaults(given, path));
  if (faults.length > 0) return err(faults);
  const at = (written: string): string =>
    written.startsWith('~/') ? join(home, written.slice(2)) : written;
  const login = loginOf(values, at);
  return ok({
    name,
    kind: 'dqoes',
    path,
    url: values['nats.url'],
    ...(values.description === '' ? {} : { description: values.description }),
    ...(values.cluster === '' ? {} : { cluster: values.cluster }),
    ...(login === undefined ? {} : { login }),
    tls: {
      ca: at(values['nats.tls.ca']),
      cert: at(values['nats.tls.cert']),
      key: at(values['nats.tls.key']),
    },
    ...(values['nats.server-user'] === '' ? {} : { serverUser: values['nats.server-user'] }),
    ...(values.console === '' ? {} : { console: values.console }),
    ...(values['coordinator-keys'] === '' ? {} : { coordinatorKeys: values['coordinator-keys'] }),
  });
}

function loginOf(
  values: Readonly<Record<'nats.credentials' | 'nats.user' | 'nats.password-file', string>>,
  at: (written: string) => string,
): ContextLogin | undefined {
  if (values['nats.credentials'] !== '')
    return { kind: 'file', path: at(values['nats.credentials']) };
  if (values['nats.user'] === '') return undefined;
  return {
    kind: 'password-file',
    user: values['nats.user'],
    path: at(values['nats.password-file']),
  };
}

/** Keys that go together, that exclude each other, and the one that must be there. */
function togetherFaults(given: ReadonlyMap<string, Given>, file: string): readonly Fault[] {
  const faults: Fault[] = [];
  const atEnd = { file, line: 1, column: 1 };
  const placeOf = (key: string): Given['at'] => given.get(key)?.at ?? atEnd;
  if (!given.has('nats.url'))
    faults.push(badConfig('nats.url', 'is missing: write nats: { url: nats://HOST:4222 }', atEnd));
  for (const [one, other] of PAIRS)
    if (given.has(one) && !given.has(other))
      faults.push(badConfig(one, `needs ${other} beside it: write both or none`, placeOf(one)));
  for (const key of ['nats.user', 'nats.password-file'])
    if (given.has(key) && given.has('nats.credentials'))
      faults.push(
        badConfig(key, 'does not go with nats.credentials: keep one of the two', placeOf(key)),
      );
  return faults;
}

const PAIRS = [
  ['nats.user', 'nats.password-file'],
  ['nats.password-file', 'nats.user'],
  ['nats.tls.cert', 'nats.tls.key'],
  ['nats.tls.key', 'nats.tls.cert'],
] as const;
