import { PS_COLUMNS } from '../../output/columns.js';
import { MAIN_NAME_FIT } from '../../output/fit.js';
import { isRestarting, NO_VALUE } from '../../output/format.js';
import type { Cell, Column } from '../../output/table.js';
import type { JobRow } from './rows.js';

/** Put behind a value that is the last known one. */
export const STALE_MARK = '?';

/** A column of `dqoes ps` for rows of `dqoes top`. */
function fromPs(title: string): Column<JobRow> {
  const column = PS_COLUMNS.find((each) => each.title === title);
  if (column === undefined) throw new Error(`dqoes ps has no column ${title}`);
  const { cell, sortBy, short: _, ...rest } = column;
  return {
    ...rest,
    cell: ({ status }) => cell(status),
    ...(sortBy === undefined ? {} : { sortBy: ({ status }: JobRow) => sortBy(status) }),
  };
}

const NOW = fromPs('NOW');
const CLASS = fromPs('CLASS');

/** What an allocation is, in a word: its class, or why it has none. */
export function stateCell(row: JobRow): Cell {
  const { container, node, isStopping } = row.status;
  if (isStopping === true) return { text: 'stopping', tone: 'warn' };
  if (container === null) return { text: node === null ? 'waiting' : 'starting', tone: 'warn' };
  // Between two starts it has failed, and runs else.
  if (isRestarting(row.status)) return { text: 'restarts', tone: 'bad' };
  if (container.state !== 'running')
    return { text: container.state, tone: container.state === 'pending' ? 'warn' : 'bad' };
  return textOf(CLASS.cell(row));
}

const textOf = (cell: string | Cell): Cell => (typeof cell === 'string' ? { text: cell } : cell);

/** Places behind those that miss their target, which are sorted by response time ÷ target. */
const [NOT_KNOWN, AT_TARGET] = [2, 3];

/**
 * Worst first: what does not run, slower than asked by how much, faster than a band, then what is
 * not known to be at its target. Those at target are alike, so that no row moves for nothing.
 */
function badness({ status, isStale }: JobRow): number | null {
  const { container, target, qoeClass, latencyMs } = status;
  if (container?.state !== 'running' || isRestarting({ container })) return -1e9;
  if (target === null) return null;
  if (qoeClass === null || latencyMs === null) return NOT_KNOWN;
  const ratio = Math.min(latencyMs / target.latencyMs, 1e6);
  if (qoeClass === 'slower') return -ratio;
  if (qoeClass === 'faster' && target.mode === 'band') return ratio;
  return isStale ? NOT_KNOWN : AT_TARGET;
}

/** The columns in the order in which they are shown; `--sort` and `s` name them. */
export const TOP_COLUMNS: readonly Column<JobRow>[] = [
  { title: 'JOB', ...MAIN_NAME_FIT, cell: ({ name }) => name },
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
export function topColumn(title: string): Column<JobRow> {
  const column = TOP_COLUMNS.find((each) => each.title === title);
  if (column === undefined) throw new Error(`dqoes top has no column ${title}`);
  return column;
}
