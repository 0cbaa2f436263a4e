import { isSafeId } from '../ids.js';
import { err, type Fault, ok, type Result } from '../result.js';
import { parseDurationMs } from '../units.js';
import { badConfig, type GivenAt } from './bad-config.js';
import { annotated } from './build.js';
import { mismatchesOf } from './mismatch.js';
import type { FileKeywords, FileSchema, JsonSchema } from './types.js';
import { DURATION_SCHEMA, TEXT_SCHEMA } from './units.js';
import { didYouMean, mapping, optional, scalar } from './words.js';

/** One setting: the schema of its text, and the value it has when it is absent. */
export type Setting<T> = FileSchema<T> & { readonly fallback: T };
/** The settings of one program, by dotted key: `nats.url`. */
export type SettingsTable = Readonly<Record<string, Setting<unknown>>>;
export type SettingsValues<T extends SettingsTable> = { [K in keyof T]: T[K]['fallback'] };

/** The text of one setting and its place; no place when it came from the command line. */
export interface Given {
  readonly text: string;
  /** How many items were written as a list; absent = one value. */
  readonly items?: number;
  readonly at?: GivenAt;
  /** The place of its key, at which a key that is none is shown. */
  readonly keyAt?: GivenAt;
}

/** A setting that is `written` when absent; `about` is its line in the reference. */
export function setting<T>(schema: FileSchema<T>, written: string, about: string): Setting<T> {
  const parsed = (schema as FileKeywords).parse?.(written);
  if (parsed?.ok !== true) throw new TypeError(`the default ${written} is not good: ${about}`);
  return annotated(schema, { default: written, fallback: parsed.value, about }) as Setting<T>;
}

/** A setting whose default cannot be written; the reference shows `otherwise` instead. */
export const settingElse = <T>(
  schema: FileSchema<T>,
  fallback: T,
  about: string,
  otherwise = 'none',
): Setting<T> => annotated(schema, { fallback, about, otherwise }) as Setting<T>;

/** The setting with another default: one that depends on the host. */
export const withFallback = <T>(schema: Setting<T>, fallback: T): Setting<T> =>
  annotated(schema, { fallback }) as Setting<T>;

const shown = (value: string): string => JSON.stringify(value.slice(0, 40));

/** A single value that `parse` reads; editors see `published`. */
export const value = <T>(
  parse: (text: string) => Result<T, string>,
  published: JsonSchema = TEXT_SCHEMA,
): FileSchema<T> => scalar(parse, published, 'text');

export const nonEmpty = value<string>((text) =>
  text === '' ? err('must not be empty') : ok(text),
);
export const safeId = value<string>(
  (text) =>
    isSafeId(text) ? ok(text) : err(`${shown(text)} may hold 1 to 63 of A-Z a-z 0-9 _ - only`),
  { type: 'string', pattern: '^[A-Za-z0-9_-]{1,63}$' },
);

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** A bound as one may write it: `24h`, `45s`, `100ms`. */
function written(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/** A Compose duration between two bounds, ms. */
export const durationBetween = (minMs: number, maxMs: number): FileSchema<number> =>
  value((text) => {
    const ms = parseDurationMs(text);
    if (!ms.ok) return ms;
    return ms.value >= minMs && ms.value <= maxMs
      ? ms
      : err(`${shown(text)} is out of range: use ${written(minMs)} to ${written(maxMs)}`);
  }, DURATION_SCHEMA);

/** As `durationBetween`, with 0 for never. */
export function durationOrNever(minMs: number, maxMs: number): FileSchema<number> {
  const { parse } = durationBetween(minMs, maxMs) as FileKeywords;
  return value((text) => (text === '0' ? ok(0) : (parse?.(text) as Result<number, string>)), {
    type: ['string', 'integer'],
    pattern: DURATION_SCHEMA.pattern,
  });
}

/** One of a few words; `refusal` ends the sentence about another one. */
export const wordOf = <const T extends string>(
  words: readonly T[],
  refusal: string,
): FileSchema<T> =>
  value(
    (text) => {
      const found = words.find((word) => word === text);
      return found === undefined ? err(`${shown(text)} ${refusal}`) : ok(found);
    },
    { enum: [...words] },
  );

/**
 * Reads every setting, defaulting what is absent; all faults at once, unknown keys included, go to
 * `faults` in the order in which the settings were given. A setting with a fault has its default.
 */
export function readSettings<T extends SettingsTable>(
  table: T,
  given: ReadonlyMap<string, Given>,
  faults: Fault[],
): SettingsValues<T> {
  const written = Object.fromEntries([...given].map(([key, { text }]) => [key, text]));
  const schema = mapping(
    Object.fromEntries(Object.entries(table).map(([key, each]) => [key, optional(each, '')])),
  );
  const mismatches = new Map(
    mismatchesOf(schema, written).map(({ path: [key = ''], message }) => [key, message]),
  );
  const bad = new Set<string>();
  for (const [key, each] of given) {
    const isKnown = Object.hasOwn(table, key);
    const strange = isKnown ? '' : strangeKey(key, each.text, Object.keys(table));
    const what = strange || wrongWhole(key, each, table) || mismatches.get(key);
    if (what === undefined) continue;
    bad.add(key);
    faults.push(badConfig(key, what, isKnown ? each.at : (each.keyAt ?? each.at)));
  }
  const values = Object.entries(table).map(([key, each]) => {
    const text = bad.has(key) ? undefined : given.get(key)?.text;
    return [key, text === undefined ? each.fallback : parsedValue(each, text)];
  });
  return Object.fromEntries(values) as SettingsValues<T>;
}

/** A list where one value is meant; '' = none. */
function wrongWhole(key: string, { items = 1 }: Given, table: SettingsTable): string {
  const { published } = table[key] as FileKeywords;
  if (items < 2 || [published?.type].flat().includes('array')) return '';
  return `is a list of ${items}: write one value; where several are meant, one text with commas`;
}

/** What to say of a key that is none. */
function strangeKey(key: string, text: string, known: readonly string[]): string {
  const below = known.filter((each) => each.startsWith(`${key}.`));
  const [first = ''] = below;
  if (below.length > 0 && text === '') return `has nothing below it: write ${first}, or remove it`;
  if (below.length > 0) {
    const others = below.length === 1 ? '' : `, or another of ${below.join(', ')}`;
    return `is a group: write ${key}: { ${first.slice(key.length + 1)}: VALUE }${others}`;
  }
  const meant = didYouMean(key, known);
  if (meant !== '') return `is not known${meant}`;
  const group = key.slice(0, key.lastIndexOf('.') + 1);
  const beside = group === '' ? [] : known.filter((each) => each.startsWith(group));
  return `is not known: use one of ${(beside.length === 0 ? topKeys(known) : beside).join(', ')}`;
}

/** The keys at the top of a file: groups by their names, since all that is below fills a screen. */
const topKeys = (known: readonly string[]): readonly string[] => [
  ...new Set(known.map((each) => each.replace(/\..*$/, '.…'))),
];

function parsedValue(schema: Setting<unknown>, text: string): unknown {
  const parsed = (schema as FileKeywords).parse?.(text);
  return parsed?.ok === true ? parsed.value : schema.fallback;
}
