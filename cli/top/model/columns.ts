import { PS_COLUMNS } from '../../output/columns.js';
import { NO_VALUE } from '../../output/format.js';
import type { Cell, Column } from '../../output/table.js';
import type { Row } from './rows.js';

/** Put behind a value that is the last known one. */
export const STALE_MARK = '?';

/** A column of `dqoes ps` for rows of `dqoes top`. */
function fromPs(title: string): Column<Row> {
  const column = PS_COLUMNS.find((each) => each.title === title);
  if (column === undefined) throw new Error(`dqoes ps has no column ${title}`);
  const { cell, sortBy, ...rest } = column;
  return {
    ...rest,
    cell: ({ status }) => cell(status),
    ...(sortBy === undefined ? {} : { sortBy: ({ status }: Row) => sortBy(status) }),
  };
}

const NOW = fromPs('NOW');
const CLASS = fromPs('CLASS');

/** What an allocation is, in a word: its class, or why it has none. */
export function stateCell(row: Row): Cell {
  const { container, node } = row.status;
  if (container === null) return { text: node === null ? 'waiting' : 'starting', tone: 'warn' };
  if (container.state !== 'running')
    return { text: container.state, tone: container.state === 'pending' ? 'warn' : 'bad' };
  return textOf(CLASS.cell(row));
}

const textOf = (cell: string | Cell): Cell => (typeof cell === 'string' ? { text: cell } : cell);

/**
 * Worst first: slower than asked by how much, then faster than a band, then those at target. What
 * does not run or has not answered comes before all, since somebody should look.
 */
function badness({ status: { container, target, qoeClass, latencyMs } }: Row): number | null {
  if (container?.state !== 'running') return -1e9;
  if (target === null || qoeClass === null || latencyMs === null) return null;
  const ratio = Math.min(latencyMs / target.latencyMs, 1e6);
  if (qoeClass === 'slower') return -ratio;
  return qoeClass === 'faster' && target.mode === 'band' ? 1 + ratio : 3 - Math.min(ratio, 2) / 2;
}

/** The columns in the order in which they are shown; `--sort` and `s` name them. */
export const TOP_COLUMNS: readonly Column<Row>[] = [
  { title: 'JOB', cell: ({ name }) => name, minWidth: 8, cut: 'middle' },
  { ...fromPs('TARGET'), optional: true },
  {
    ...NOW,
    cell: (row) => {
      const { text } = textOf(NOW.cell(row));
      return row.isStale && text !== NO_VALUE ? `${text}${STALE_MARK}` : text;
    },
  },
  { ...CLASS, cell: stateCell, sortBy: badness },
  fromPs('LIMIT'),
  fromPs('USE'),
  { title: 'NODE', cell: ({ status }) => status.node ?? NO_VALUE, minWidth: 8, cut: 'middle' },
  fromPs('REASON'),
];

/** The column of that name; there is one, or it is a bug. */
export function topColumn(title: string): Column<Row> {
  const column = TOP_COLUMNS.find((each) => each.title === title);
  if (column === undefined) throw new Error(`dqoes top has no column ${title}`);
  return column;
}
