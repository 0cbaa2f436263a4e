import { isSafeId } from './ids.js';
import { err, type Fault, type FileFault, ok, type Result } from './result.js';
import { parseDurationMs } from './units.js';

/** One setting: how its text is read, what it is when absent, and what it means (for the docs). */
export interface Row<T> {
  readonly parse: (text: string) => Result<T, string>;
  readonly fallback: T;
  readonly about: string;
}
/** The settings of one program, by dotted key. */
export type ConfigTable = Readonly<Record<string, Row<unknown>>>;
export type ConfigValues<T extends ConfigTable> = { [K in keyof T]: T[K]['fallback'] };

/** The text of one setting and where it stands; no place when it came from the command line. */
export interface Given {
  readonly text: string;
  readonly at?: { readonly line: number; readonly column: number; readonly file?: string };
}

export const row = <T>(parse: Row<T>['parse'], fallback: T, about: string): Row<T> => ({
  parse,
  fallback,
  about,
});
export const shown = (value: string): string => JSON.stringify(value.slice(0, 40));

export const nonEmpty = (value: string): Result<string, string> =>
  value === '' ? err('must not be empty') : ok(value);
export const safeId = (value: string): Result<string, string> =>
  isSafeId(value) ? ok(value) : err(`${shown(value)} may hold 1 to 63 of A-Z a-z 0-9 _ - only`);
/** A Compose duration between two bounds, ms. */
export const durationBetween =
  (leastMs: number, mostMs: number) =>
  (value: string): Result<number, string> => {
    const ms = parseDurationMs(value);
    if (!ms.ok) return ms;
    return ms.value >= leastMs && ms.value <= mostMs
      ? ms
      : err(`${shown(value)} is outside ${leastMs} ms to ${mostMs} ms`);
  };

export const badConfig = (key: string, what: string, at?: Given['at']): FileFault => ({
  code: 'config.bad',
  field: key,
  message: `${key}: ${what}`,
  ...at,
});

/**
 * Reads every row, defaulting what is absent; all faults at once, unknown keys included, go to
 * `faults`.
 */
export function readTable<T extends ConfigTable>(
  table: T,
  given: ReadonlyMap<string, Given>,
  faults: Fault[],
): ConfigValues<T> {
  const values: Record<string, unknown> = {};
  for (const [key, { fallback, parse }] of Object.entries(table)) {
    const value = given.get(key);
    const parsed = value === undefined ? ok(fallback) : parse(value.text);
    values[key] = parsed.ok ? parsed.value : fallback;
    if (!parsed.ok) faults.push(badConfig(key, parsed.error, value?.at));
  }
  for (const [key, { at }] of given)
    if (!Object.hasOwn(table, key))
      faults.push(badConfig(key, `is not known: use one of ${Object.keys(table).join(', ')}`, at));
  return values as ConfigValues<T>;
}
