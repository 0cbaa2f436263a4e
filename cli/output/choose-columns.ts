import { err, ok, type Result } from '../../shared/result.js';
import { didYouMean } from '../../shared/schema/words.js';
import { NO_VALUE } from './format.js';
import type { Column } from './table.js';

/** How a person names a column: `WITHIN TARGET` is `within-target`. */
export const columnName = ({ title }: Pick<Column<never>, 'title'>): string =>
  title.toLowerCase().replaceAll(' ', '-');

/**
 * The columns of a list such as `job,now,limit`, in that order, those of `-o wide` included. The
 * error names what is not known, and all that is.
 */
export function chosenColumns<Row>(
  columns: readonly Column<Row>[],
  list: string,
): Result<readonly Column<Row>[], string> {
  const names = list.split(',').map((name) => name.trim().toLowerCase());
  const byName = new Map(columns.map((column) => [columnName(column), column]));
  const unknown = names.filter((name) => !byName.has(name));
  if (unknown.length > 0) return err(notKnown(unknown[0] ?? '', columns));
  return ok(
    names.flatMap((name) => {
      const column = byName.get(name);
      // What was asked for is neither left out on a narrow terminal nor kept for -o wide.
      return column === undefined ? [] : [{ ...column, wide: false, optional: false }];
    }),
  );
}

/**
 * The rows by one column, smallest first; `-now` largest first. What is not known comes last either
 * way; equal ones stay in their order.
 */
export function sortedRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  by: string,
): Result<readonly Row[], string> {
  const isDown = by.startsWith('-');
  const name = by.replace(/^-/, '').toLowerCase();
  const column = columns.find((each) => columnName(each) === name);
  if (column === undefined) return err(notKnown(name, columns));
  const keyed = rows.map((row) => ({ row, key: keyOf(column, row) }));
  const known = keyed.filter(({ key }) => key !== null);
  known.sort((a, b) => compare(a.key, b.key) * (isDown ? -1 : 1));
  return ok([...known, ...keyed.filter(({ key }) => key === null)].map(({ row }) => row));
}

type Key = number | string | null;

// Made once: a comparison by `localeCompare` takes many times as long.
const COLLATOR = new Intl.Collator('en', { numeric: true });

function keyOf<Row>({ sortBy, cell }: Column<Row>, row: Row): Key {
  if (sortBy !== undefined) return sortBy(row);
  const shown = cell(row);
  const text = typeof shown === 'string' ? shown : shown.text;
  return text === NO_VALUE || text === '' ? null : text;
}

function compare(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return COLLATOR.compare(String(a), String(b));
}

function notKnown(name: string, columns: readonly Column<never>[]): string {
  const known = columns.map(columnName);
  const what = `${JSON.stringify(name.slice(0, 40))} is not a column${didYouMean(name, known)}`;
  return `${what}: use some of ${known.join(', ')}`;
}
