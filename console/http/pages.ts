import { pageOf as rowsAfter } from '../../shared/paging.js';
import type { Parameter } from './route.js';

/** Items of one page where a request does not say, and at most. */
export const PAGE = { usual: 200, most: 1000 };

export const PAGE_PARAMETERS: readonly Parameter[] = [
  {
    name: 'limit',
    in: 'query',
    pattern: /^(?:[1-9]\d{0,2}|1000)$/,
    expected: `a whole number from 1 to ${PAGE.most}`,
    about: `items of the page; ${PAGE.usual} where it is absent`,
  },
  {
    name: 'cursor',
    in: 'query',
    pattern: /^[A-Za-z0-9_-]{1,200}$/,
    expected: 'the `next` of the page before',
    about: 'goes on after the page whose `next` this was',
  },
];

/** A part of a list, and the cursor with which the rest is asked for. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/**
 * The items after the cursor; they come in the order of their keys. A cursor holds the last key of
 * its page, so an item that comes or goes meanwhile moves no other. undefined = it is no cursor.
 */
export function pageOf<T>(
  sorted: readonly T[],
  keyOf: (item: T) => string,
  { limit, cursor }: Readonly<Record<string, string>>,
): Page<T> | undefined {
  const size = limit === undefined ? PAGE.usual : Number(limit);
  const after = cursor === undefined ? undefined : keyIn(cursor);
  if (cursor !== undefined && after === undefined) return undefined;
  const { rows: items, next } = rowsAfter(sorted, keyOf, { after, limit: size });
  return next === undefined ? { items } : { items, next: cursorOf(next) };
}

const cursorOf = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');

function keyIn(cursor: string): string | undefined {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  return cursorOf(key) === cursor ? key : undefined;
}
