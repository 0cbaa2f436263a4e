import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type Context, contextAuth, contextLabel } from '../contexts/context.js';
import {
  contextPath,
  findContext,
  isContextName,
  type KnownContext,
  knownContexts,
  removeContext,
  selectContext,
  selectedName,
  writeContext,
} from '../contexts/contexts.js';
import { parseContext } from '../contexts/read.js';
import { contextText } from '../contexts/text.js';
import { badConfig, readTls, type TlsNames } from '../credentials.js';
import { type ExitCode, faultLine } from '../output/faults.js';
import { type Column, printable, tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { CommonFlags, ShowFlags } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { listOptions, printAnswer, showListing } from '../shell/show.js';
import { chosenContext } from '../target/place.js';
import { contextColumns, type ShownContext, shownOf } from './context-shown.js';

/** The flags of `dqoes context use`. */
export interface UseFlags extends CommonFlags {
  readonly none?: boolean;
}
/** The flags of `dqoes context save`. */
export interface SaveFlags extends CommonFlags {
  readonly nats?: string;
  readonly cluster?: string;
  readonly creds?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly serverUser?: string;
  readonly console?: string;
  readonly coordinatorKeys?: string;
  readonly description?: string;
  readonly replace?: boolean;
  readonly use?: boolean;
}

/** Lists the contexts; one with faults is listed with the first of them. */
export async function listContexts(app: App, flags: ShowFlags): Promise<ExitCode> {
  const current = chosenContext(app.config, undefined);
  const found = knownContexts(app.config).map((known) => listed(app, known, current));
  const code = await showListing(app, flags, async () =>
    ok({
      columns: contextColumns(found),
      rows: found,
      answer: { contexts: found },
      nameOf: ({ name }: ShownContext) => name,
      whenEmpty: 'No contexts yet: dqoes context save NAME --nats URL makes one.',
    }),
  );
  if (app.config.natsUrl !== undefined)
    app.output.message('DQOES_NATS_URL is set and goes before the selected context.');
  return current.ok ? code : refuse(app, current.error);
}

function listed(app: App, known: KnownContext, current: Result<Context | undefined>): ShownContext {
  const isCurrent =
    current.ok && current.value?.name === known.name && current.value.kind === known.kind;
  const read = findContext(app.config, known.name);
  if (read.ok) return shownOf(read.value, isCurrent);
  const [first] = read.error;
  const problem = first === undefined ? 'cannot be read' : faultLine(first);
  return { ...known, isCurrent, problem };
}

/** Shows one context, without its secrets; all its faults where it has some. */
export function showContext(app: App, name: string | undefined, flags: ShowFlags): ExitCode {
  const current = chosenContext(app.config, undefined);
  const found = name === undefined ? current : findContext(app.config, name);
  if (!found.ok) return refuse(app, found.error);
  if (found.value === undefined) return refuse(app, [NONE_SELECTED]);
  const isCurrent =
    current.ok &&
    current.value?.name === found.value.name &&
    current.value.kind === found.value.kind;
  const shown = shownOf(found.value, isCurrent);
  if (flags.output === 'json' || flags.output === 'yaml') {
    printAnswer(app, flags, shown);
    return 0;
  }
  const { tls = {}, ...plain } = shown;
  const rows = [
    ...Object.entries(plain).map(([key, value]) => [key, String(value)] as const),
    ...Object.entries(tls).map(([key, value]) => [`tls.${key}`, String(value)] as const),
  ];
  const columns: readonly Column<readonly [string, string]>[] = [
    { title: 'KEY', cell: ([key]) => key },
    { title: 'VALUE', cell: ([, value]) => value },
  ];
  // Whole on any terminal: half of a path is of no use to who asks for this one context.
  const whole = { ...listOptions(app, flags.output), width: undefined };
  for (const line of tableLines(columns, rows, whole)) app.output.data(line);
  return 0;
}

const NONE_SELECTED: Fault = badConfig(
  'context',
  'No context is selected: name one, or select one with dqoes context use NAME.',
);

/** Selects a context that can be read, or none. */
export function useContext(app: App, name: string | undefined, { none }: UseFlags): ExitCode {
  if ((name === undefined) === (none !== true))
    return refuse(app, [usage('give the name of a context, or --none')]);
  if (name !== undefined) {
    const found = findContext(app.config, name);
    if (!found.ok) return refuse(app, found.error);
  }
  const written = selectContext(app.config, name);
  if (!written.ok) return refuse(app, written.error);
  const text =
    name === undefined ? 'No context is selected now.' : `Now in use: ${printable(name)}`;
  app.output.message(text);
  const { natsUrl, context } = app.config;
  const before = natsUrl === undefined ? context && 'DQOES_CONTEXT' : 'DQOES_NATS_URL';
  if (before !== undefined) app.output.message(`${before} is set and goes before it.`);
  return 0;
}

/** Writes a context of what the command line says, else the environment. */
export function saveContext(app: App, name: string, flags: SaveFlags): ExitCode {
  if (!isContextName(name))
    return refuse(app, [
      usage(
        `${JSON.stringify(name.slice(0, 80))} is no name of a context: use 1 to 63 of ` +
          'A-Z a-z 0-9 _ - . and begin with a letter or digit',
      ),
    ]);
  const path = contextPath(app.config.configHome, name);
  if (existsSync(path) && flags.replace !== true)
    return refuse(app, [usage(`${name} is there already (${path}): give --replace, or edit it`)]);
  const text = contextText(valuesOf(app, flags));
  const checked = checkedContext(app, { name, text, path });
  if (!checked.ok) return refuse(app, checked.error);
  const written = writeContext(app.config, name, text);
  if (!written.ok) return refuse(app, written.error);
  app.output.data(path);
  return flags.use === true ? useContext(app, name, {}) : 0;
}

/** What would be written is read as it will be, and the files that it names, too. */
function checkedContext(
  app: App,
  { name, text, path }: { readonly name: string; readonly text: string; readonly path: string },
): Result<Context> {
  const read = parseContext(text, { name, path, home: app.config.home });
  if (!read.ok)
    return err(read.error.map(({ code, field, message }) => ({ code, field, message })));
  const auth = contextAuth(read.value);
  const tls = readTls(read.value.tls, TLS_FLAGS);
  const faults = [auth, tls].flatMap((each) => (each.ok ? [] : each.error));
  return faults.length === 0 ? read : err(faults);
}

const TLS_FLAGS: TlsNames = { ca: '--tls-ca', cert: '--tls-cert', key: '--tls-key' };

/** What the flags say, else the environment; paths are made whole. */
function valuesOf({ config }: App, flags: SaveFlags): Readonly<Record<string, string>> {
  const { ca, cert, key } = config.natsTls;
  const hasUser = flags.user !== undefined || flags.passwordFile !== undefined;
  const files = {
    'nats.credentials': flags.creds ?? (hasUser ? undefined : config.natsCreds),
    'nats.password-file': flags.passwordFile,
    'nats.tls.ca': flags.tlsCa ?? ca,
    'nats.tls.cert': flags.tlsCert ?? cert,
    'nats.tls.key': flags.tlsKey ?? key,
  };
  const texts = {
    description: flags.description,
    'nats.url': flags.nats ?? config.natsUrl,
    cluster: flags.cluster ?? config.cluster,
    'nats.user': flags.user,
    'nats.server-user': flags.serverUser ?? config.natsServerUser,
    console: flags.console,
    'coordinator-keys': flags.coordinatorKeys ?? config.coordinatorKeys,
  };
  const given = Object.entries({ ...texts, ...files }).flatMap(([each, value]) => {
    if (value === undefined || value === '') return [];
    return [[each, Object.hasOwn(files, each) ? resolve(value) : value]];
  });
  return Object.fromEntries(given) as Readonly<Record<string, string>>;
}

/** Removes contexts of ours; one that was selected is selected no longer. */
export function removeContexts(app: App, names: readonly string[]): ExitCode {
  const faults: Fault[] = [];
  const selected = selectedName(app.config);
  for (const name of names) {
    const fault = removalFault(app, name);
    if (fault !== undefined) {
      faults.push(fault);
      continue;
    }
    const removed = removeContext(app.config, name);
    const unselected =
      removed.ok && selected.ok && selected.value === name
        ? selectContext(app.config, undefined)
        : removed;
    if (!unselected.ok) faults.push(...unselected.error);
    else app.output.data(`${name} removed`);
  }
  return refuse(app, faults);
}

function removalFault({ config }: App, name: string): Fault | undefined {
  const known = knownContexts(config).find((each) => each.name === name);
  if (known?.kind === 'dqoes') return undefined;
  if (known?.kind === 'nats')
    return usage(`${contextLabel(known)} is not ours: remove it with nats context rm`);
  const found = findContext(config, name);
  return found.ok ? undefined : found.error[0];
}

const usage = (message: string): Fault => ({ code: 'cli.usage', field: 'name', message });
