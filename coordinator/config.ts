import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isMap, isScalar, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import { messageOf } from '../shared/errors.js';
import { isSafeId, toSafeId } from '../shared/ids.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { parseDurationMs, parseRatio } from '../shared/units.js';
import { POLICY_NAMES, type PolicyName } from '../proto/service.js';
import type { CoordinatorSettings } from './coordinator.js';

/** Everything a coordinator is told, checked, defaulted and frozen once. */
export interface CoordinatorConfig extends CoordinatorSettings {
  readonly natsUrl: string;
  /** Path of a `.creds` file; '' = none. */
  readonly natsCreds: string;
}

/** One setting: how its text is read, what it is when absent, and what it means. */
interface Row<T> {
  readonly parse: (text: string) => Result<T, string>;
  readonly fallback: T;
  readonly about: string;
}
const row = <T>(parse: Row<T>['parse'], fallback: T, about: string): Row<T> => ({ parse, fallback, about });

const shown = (value: string): string => JSON.stringify(value.slice(0, 40));
const text = (value: string): Result<string, string> => (value === '' ? err('must not be empty') : ok(value));
const safeId = (value: string): Result<string, string> =>
  isSafeId(value) ? ok(value) : err(`${shown(value)} may hold 1 to 63 of A-Z a-z 0-9 _ - only`);
const seed = (value: string): Result<number, string> =>
  /^\d{1,9}$/.test(value) ? ok(Number(value)) : err(`${shown(value)} is not a whole number of at most nine digits`);
const policyName = (value: string): Result<PolicyName, string> => {
  const found = POLICY_NAMES.find((name) => name === value);
  return found === undefined ? err(`${shown(value)} is not a policy: use one of ${POLICY_NAMES.join(', ')}`) : ok(found);
};
const duration = (value: string): Result<number, string> => {
  const ms = parseDurationMs(value);
  if (!ms.ok) return ms;
  return ms.value >= 100 && ms.value <= 3_600_000 ? ms : err(`${shown(value)} is outside 100ms to 1h`);
};

/** The settings of `coordinator.yaml`, by dotted key. */
export const COORDINATOR_KEYS = {
  cluster: row(safeId, 'main', 'cluster this coordinator leads'),
  name: row(text, toSafeId(hostname()), 'name in the lease and in events; default the host name'),
  policy: row<PolicyName>(policyName, 'dqoes', 'policy until one is set by a call; the one set is kept'),
  interval: row(duration, 5000, 'least time between two steps of a policy on a node'),
  'max-interval': row(duration, 60_000, 'most time between two steps of the DQoES listener'),
  'release-ratio': row(parseRatio, 0.1, 'share of the CPU of too fast containers taken back per step'),
  seed: row(seed, 1, 'seed of whatever a policy leaves to chance'),
  'nats.url': row(text, 'nats://127.0.0.1:4222', 'NATS server'),
  'nats.creds': row(text, '', 'path of a .creds file'),
};

/** Flat values by dotted key with where they came from. */
interface Given {
  readonly text: string;
  readonly at?: { readonly line: number; readonly column: number };
}

export interface ConfigSource {
  /** Path of `coordinator.yaml`; absent = defaults only. */
  readonly file?: string;
  /** From the command line, by dotted key; they win over the file. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Reads, defaults and checks. All faults come at once, with line and column of the file. */
export function loadCoordinatorConfig({ file, overrides = {} }: ConfigSource = {}): Result<CoordinatorConfig> {
  const faults: Fault[] = [];
  const given = file === undefined ? new Map<string, Given>() : readFlat(file, faults);
  for (const [key, value] of Object.entries(overrides)) given.set(key, { text: value });
  const values = readTable(given, faults);
  if (values['max-interval'] < values.interval)
    faults.push(badConfig('max-interval', 'is shorter than interval: make it at least as long', given.get('max-interval')?.at));
  if (faults.length > 0) return err(faults);
  const { cluster, name, policy, interval: intervalMs } = values;
  const params = Object.freeze({
    intervalMs,
    maxIntervalMs: values['max-interval'],
    releaseRatio: values['release-ratio'],
    seed: values.seed,
  });
  return ok(Object.freeze({ cluster, name, policy, params, natsUrl: values['nats.url'], natsCreds: values['nats.creds'] }));
}

/** The text of a `.creds` file; '' when none is configured. */
export function readCreds({ natsCreds }: CoordinatorConfig): Result<string> {
  if (natsCreds === '') return ok('');
  try {
    return ok(readFileSync(natsCreds, 'utf8'));
  } catch (cause) {
    return err([badConfig('nats.creds', `cannot be read (${messageOf(cause)}): check the path and your rights`)]);
  }
}

type Values = { [K in keyof typeof COORDINATOR_KEYS]: (typeof COORDINATOR_KEYS)[K]['fallback'] };

function readTable(given: ReadonlyMap<string, Given>, faults: Fault[]): Values {
  const values: Record<string, unknown> = {};
  const rows: Readonly<Record<string, Row<unknown>>> = COORDINATOR_KEYS;
  for (const [key, { fallback, parse }] of Object.entries(rows)) {
    const value = given.get(key);
    const parsed = value === undefined ? ok(fallback) : parse(value.text);
    values[key] = parsed.ok ? parsed.value : fallback;
    if (!parsed.ok) faults.push(badConfig(key, parsed.error, value?.at));
  }
  for (const [key, { at }] of given)
    if (!Object.hasOwn(rows, key)) faults.push(badConfig(key, `is not known: use one of ${Object.keys(rows).join(', ')}`, at));
  return values as Values;
}

const badConfig = (key: string, what: string, at?: Given['at']): Fault => ({
  code: 'config.bad',
  field: key,
  message: `${key}: ${what}`,
  ...at,
});

/** A YAML file of nested maps → flat keys. */
function readFlat(file: string, faults: Fault[]): Map<string, Given> {
  const flat = new Map<string, Given>();
  const lines = new LineCounter();
  try {
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
    for (const error of document.errors) {
      const { line, col } = lines.linePos(error.pos[0]);
      faults.push(badConfig(file, error.message, { line, column: col }));
    }
    if (document.contents !== null) flatten(document.contents, '', { flat, lines, faults });
  } catch (cause) {
    faults.push(badConfig(file, `cannot be read (${messageOf(cause)}): check the path and your rights`));
  }
  return flat;
}

interface Flattening {
  readonly flat: Map<string, Given>;
  readonly lines: LineCounter;
  readonly faults: Fault[];
}

function flatten(node: ParsedNode | Node, path: string, out: Flattening): void {
  const { line, col } = out.lines.linePos(node.range?.[0] ?? 0);
  const at = { line, column: col };
  if (isScalar(node)) {
    out.flat.set(path, { text: node.value === null ? '' : (node.source ?? String(node.value)), at });
    return;
  }
  if (!isMap(node)) {
    out.faults.push(badConfig(path || 'the file', 'must be a single value', at));
    return;
  }
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const inner = path === '' ? name : `${path}.${name}`;
    if (value !== null) flatten(value as Node, inner, out);
    else out.faults.push(badConfig(inner, 'has no value', at));
  }
}
