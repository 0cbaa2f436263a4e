/** What is wrong with a value of a line: where, and what was expected; undefined = nothing. */
export type LineFault = string | undefined;
/** Checks a value; `path` names it in the fault. Never throws. */
export type Check = (value: unknown, path: string) => LineFault;

const shown = (value: unknown): string =>
  value === undefined ? 'missing' : (JSON.stringify(value) ?? '').slice(0, 60);
const complaint = (path: string, value: unknown, expected: string): string =>
  `${path === '' ? 'the line' : path} is ${shown(value)}: expected ${expected}`;

/** Whether the value is an object and not a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A finite number within bounds, both included. */
export const number =
  (least: number, most: number): Check =>
  (value, path) =>
    typeof value === 'number' && value >= least && value <= most
      ? undefined
      : complaint(path, value, `a number from ${least} to ${most}`);

/** A text of at most `longest` characters. */
export const text =
  (longest: number): Check =>
  (value, path) =>
    typeof value === 'string' && value.length <= longest
      ? undefined
      : complaint(path, value, `a text of at most ${longest} characters`);

/** A text that `test` accepts. */
export const textWhere =
  (test: (value: string) => boolean, expected: string): Check =>
  (value, path) =>
    typeof value === 'string' && test(value) ? undefined : complaint(path, value, expected);

/** One of the words. */
export const oneOf =
  (words: readonly (string | number)[]): Check =>
  (value, path) =>
    words.some((word) => word === value)
      ? undefined
      : complaint(path, value, `one of ${words.join(', ')}`);

/** The inner check, or null. */
export const nullable =
  (inner: Check): Check =>
  (value, path) =>
    value === null ? undefined : inner(value, path);

/** The inner check, or nothing. */
export const optional =
  (inner: Check): Check =>
  (value, path) =>
    value === undefined ? undefined : inner(value, path);

/** A list of at most `most` items that each pass the inner check. */
export const list =
  (inner: Check, most: number): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length > most)
      return complaint(path, value, `a list of at most ${most}`);
    for (const [index, item] of value.entries()) {
      const found = inner(item, `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  };

/** An object with at least these fields; others are ignored. */
export const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isRecord(value)) return complaint(path, value, 'an object');
    for (const [name, check] of Object.entries(fields)) {
      const held = Object.hasOwn(value, name) ? value[name] : undefined;
      const found = check(held, path === '' ? name : `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
