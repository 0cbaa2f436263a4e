import { sortedRows } from '../../output/choose-columns.js';
import { stateCell, TOP_COLUMNS } from './columns.js';
import type { Row } from './rows.js';

/** What `s` goes through: names of columns, `-` for the largest first. */
export const SORTS = ['class', '-use', '-limit', '-now', 'target', 'job', 'node'] as const;
/** The sort at the start: what is worst comes first. */
export const DEFAULT_SORT = SORTS[0];

/** The sort after this one; the first one after one of `--sort` that is not among them. */
export function sortAfter(sort: string): string {
  const at = SORTS.findIndex((each) => bare(each) === bare(sort));
  return SORTS[(at + 1) % SORTS.length] ?? DEFAULT_SORT;
}

/** The same column the other way round. */
export const reversed = (sort: string): string => (sort.startsWith('-') ? bare(sort) : `-${sort}`);

const bare = (sort: string): string => sort.replace(/^-/, '');

/** `class`, `use ↓` for the largest first: what the rows are sorted by, for people. */
export const sortText = (sort: string): string => (sort.startsWith('-') ? `${bare(sort)} ↓` : sort);

/** The rows that hold every word of the filter, in the order of the sort. */
export function shownRows(
  rows: readonly Row[],
  { sort, filter }: { readonly sort: string; readonly filter: string },
): readonly Row[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const kept = words.length === 0 ? rows : rows.filter((row) => holds(row, words));
  const sorted = sortedRows(TOP_COLUMNS, kept, sort);
  return sorted.ok ? sorted.value : kept;
}

function holds(row: Row, words: readonly string[]): boolean {
  const { id, job, node } = row.status;
  const stale = row.isStale ? 'stale' : '';
  const text = [row.name, id, job, node ?? '', stateCell(row).text, stale].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
