import { err, ok, type Result } from './result.js';
import { textTrouble } from './text.js';

/** Longest pattern a job or label may carry, in characters. */
export const MAX_PATTERN_LENGTH = 200;
/** Lines longer than this are rejected, never matched, in characters. */
export const MAX_LINE_LENGTH = 4096;
/** Largest `n` of `{n,m}`; the linear engine copies the repeated part that often. */
const MAX_REPEAT = 16;

/**
 * Checks a log pattern: at most 200 characters, valid, with a named group `value`, and free of what
 * a linear-time engine cannot match (look-around, back-references, a repeated group that repeats
 * inside, counts above 16). Yields the source.
 */
export function checkLogPattern(source: string): Result<string, string> {
  const unfit = textTrouble(source, MAX_PATTERN_LENGTH);
  if (unfit !== '') return err(unfit);
  try {
    new RegExp(source);
  } catch {
    return err(
      `${JSON.stringify(source)} is not a regular expression: try it against one line of the log`,
    );
  }
  const plain = withoutClasses(source);
  if (!plain.includes('(?<value>'))
    return err(
      `${JSON.stringify(source)} has no group called value: mark the number, such as ` +
        '(?<value>[0-9.]+)',
    );
  const trouble = troubleOf(plain);
  return trouble === undefined ? ok(source) : err(`${JSON.stringify(source)} ${trouble}`);
}

/**
 * Escapes become `_` (back-references stay visible) and character classes become `_`: what is left
 * is structure.
 */
function withoutClasses(source: string): string {
  return source.replace(/\\k<|\\[1-9]|\\.|\[(?:\\.|[^\]\\])*\]/gs, (part) =>
    /^\\(?:k<|[1-9])/.test(part) ? '\\1' : '_',
  );
}

function troubleOf(plain: string): string | undefined {
  if (plain.includes('\\1')) return 'refers back to a group: write the text out instead';
  if (/\(\?<?[=!]/.test(plain)) return 'looks ahead or behind: match the surrounding text instead';
  const counts = [...plain.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap((match) => [
    match[1],
    match[2],
  ]);
  if (counts.some((count) => Number(count ?? 0) > MAX_REPEAT))
    return `repeats more than ${MAX_REPEAT} times: use + or *`;
  if (hasNestedRepeat(plain))
    return 'repeats a group that repeats inside, which can take for ever: repeat only one of them';
  return undefined;
}

/** True when a group that holds an unbounded repeat is itself repeated, as in `(a+)+`. */
function hasNestedRepeat(plain: string): boolean {
  const outer: boolean[] = [];
  let repeats = false;
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain[at];
    if (char === '(') {
      outer.push(repeats);
      repeats = false;
    } else if (char === ')') {
      if (repeats && (isUnbounded(plain, at + 1) || plain[at + 1] === '{')) return true;
      repeats = (outer.pop() ?? false) || repeats;
    } else if (isUnbounded(plain, at)) repeats = true;
  }
  return false;
}

function isUnbounded(plain: string, at: number): boolean {
  const char = plain[at];
  return (
    char === '*' || char === '+' || (char === '{' && /^\{\d+,\}/.test(plain.slice(at, at + 8)))
  );
}
