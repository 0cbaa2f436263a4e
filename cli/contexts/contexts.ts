import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { badConfig } from '../credentials.js';
import { makeFolder } from '../files/make-folder.js';
import { putFile } from '../files/staged-file.js';
import type { Context, ContextKind } from './context.js';
import { isNatsName, natsFolder, natsSelection, readNatsContext } from './nats.js';
import { readContextFile, readSmallFile } from './read.js';

/** The folders in which contexts lie. */
export interface ContextPlaces {
  /** `~/.config`. */
  readonly configHome: string;
  /** What `~/` stands for in a context. */
  readonly home: string;
}

/** A context by its name, read or not. */
export interface KnownContext {
  readonly name: string;
  readonly kind: ContextKind;
  readonly path: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;
const SUFFIX = '.yaml';

/** Whether a context may be called so: its file has that name. */
export const isContextName = (name: string): boolean => NAME.test(name) && !name.includes('..');

const contextsFolder = (configHome: string): string => join(configHome, 'dqoes', 'contexts');
/** The file of a context of ours. */
export const contextPath = (configHome: string, name: string): string =>
  join(contextsFolder(configHome), `${name}${SUFFIX}`);
const selectionPath = (configHome: string): string => join(configHome, 'dqoes', 'current-context');

/**
 * Every context: ours, then those of the `nats` program. One of ours goes before one of `nats` with
 * the same name, which is then left out.
 */
export function knownContexts({ configHome }: ContextPlaces): readonly KnownContext[] {
  const own = namesIn(contextsFolder(configHome), SUFFIX).filter(isContextName);
  const others = namesIn(natsFolder(configHome), '.json').filter(
    (name) => isNatsName(name) && !own.includes(name),
  );
  return [
    ...own.map((name) => ({ name, kind: 'dqoes' as const, path: contextPath(configHome, name) })),
    ...others.map((name) => ({
      name,
      kind: 'nats' as const,
      path: join(natsFolder(configHome), `${name}.json`),
    })),
  ];
}

function namesIn(folder: string, suffix: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length))
      .sort();
  } catch {
    return [];
  }
}

/** Reads one context by name; `from` says where the name comes from, for the fault; '' = typed. */
export function findContext(places: ContextPlaces, name: string, from = ''): Result<Context> {
  const path = contextPath(places.configHome, name);
  if (isContextName(name) && existsSync(path))
    return readContextFile({ name, path, home: places.home });
  const nats = readNatsContext(places, name);
  if (!nats.ok) return nats;
  return nats.value === undefined ? err([unknown(places, name, from)]) : ok(nats.value);
}

function unknown(places: ContextPlaces, name: string, from: string): Fault {
  const names = knownContexts(places).map((each) => each.name);
  const cure =
    names.length === 0
      ? 'there is none yet, dqoes context save makes one'
      : `use one of ${names.slice(0, 20).join(', ')}${names.length > 20 ? '…' : ''}`;
  const shown = `${JSON.stringify(name.slice(0, 80))}${from === '' ? '' : ` (${from})`}`;
  return badConfig('context', `${shown} is no context: ${cure}.`);
}

/** The name that `dqoes context use` wrote down; undefined = none is selected. */
export function selectedName({ configHome }: ContextPlaces): Result<string | undefined> {
  const path = selectionPath(configHome);
  if (!existsSync(path)) return ok(undefined);
  const text = readSmallFile(path);
  if (!text.ok) return text;
  const name = text.value.trim();
  if (name === '') return ok(undefined);
  if (isContextName(name) || isNatsName(name)) return ok(name);
  return err([
    badConfig('context', `${path} holds no name of a context: dqoes context use writes another.`),
  ]);
}

/** How messages call the selection of `dqoes context use`. */
export const SELECTED_BY = 'selected with dqoes context use';

/** The context that the `nats` program uses now; undefined = it has selected none that is there. */
export function natsSelected(places: ContextPlaces): Result<Context | undefined> {
  try {
    const name = readFileSync(natsSelection(places.configHome), 'utf8').trim();
    return readNatsContext(places, name);
  } catch {
    return ok(undefined);
  }
}

/** Selects a context for all commands of this user; undefined = none. */
export function selectContext({ configHome }: ContextPlaces, name: string | undefined) {
  return writing(configHome, () => {
    if (name === undefined) rmSync(selectionPath(configHome), { force: true });
    else putFile({ path: selectionPath(configHome), text: `${name}\n`, mode: 0o600 });
  });
}

/** Writes the file of a context, for its owner alone. */
export const writeContext = ({ configHome }: ContextPlaces, name: string, text: string) =>
  writing(configHome, () => putFile({ path: contextPath(configHome, name), text, mode: 0o600 }));

/** Removes the file of a context of ours. */
export const removeContext = ({ configHome }: ContextPlaces, name: string) =>
  writing(configHome, () => rmSync(contextPath(configHome, name), { force: true }));

function writing(configHome: string, write: () => void): Result<void> {
  const folder = contextsFolder(configHome);
  try {
    makeFolder(folder, 0o700);
    write();
    return ok(undefined);
  } catch (cause) {
    const why = messageOf(cause);
    const message = `The contexts in ${folder} cannot be written (${why}): check its permissions.`;
    return err([badConfig('context', message)]);
  }
}
