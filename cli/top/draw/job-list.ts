import { formatDurationMs } from '../../../shared/units.js';
import { type Frame, put, STYLE, styleRow } from '../../grid/frame.js';
import { columnName } from '../../output/choose-columns.js';
import type { Cell, Tone } from '../../output/table.js';
import { topColumn } from '../model/columns.js';
import { STEP_MS } from '../model/history.js';
import type { Row } from '../model/rows.js';
import { bodyRows, HEADER_ROWS, isCutOff, type TopState } from '../model/state.js';
import { gaugeText } from './gauge.js';
import { type Slot, slotsFor } from './layout.js';
import { sparkline } from './sparkline.js';

/** The last `count` response times of an allocation up to a step; null = not known. */
export type ValuesOf = (id: string, last: number, count: number) => readonly (number | null)[];

const RIGHT: ReadonlySet<string> = new Set(['NOW', 'LIMIT', 'USE']);
/** The width of the title is that of the band's edges and what is between them. */
const BAND_TITLE = 'BAND';

/** Draws the titles and the rows that fit: no cell of any other row is made. */
export function drawJobs(frame: Frame, state: TopState, valuesOf: ValuesOf): void {
  const { shown, first, marked } = state;
  const slots = slotsFor(state.data?.rows ?? [], frame.columns);
  drawTitles(frame, slots, state.sort);
  const visible = shown.slice(first, first + bodyRows(state));
  for (const [index, row] of visible.entries()) {
    const y = HEADER_ROWS + index;
    for (const slot of slots) drawCell(frame, slot, { y, row, state, valuesOf });
    if (first + index !== marked) continue;
    put(frame, '>', { x: 0, y });
    styleRow(frame, y, STYLE.reverse);
  }
}

function drawTitles(frame: Frame, slots: readonly Slot[], sort: string): void {
  const y = HEADER_ROWS - 1;
  for (const { name, x, width } of slots) {
    const title =
      name === 'LAST'
        ? `LAST ${formatDurationMs(width * STEP_MS)}`
        : name === 'TARGET BAND' && width < name.length
          ? BAND_TITLE
          : name;
    const isSorted = columnName({ title: name }) === sort.replace(/^-/, '');
    const align = RIGHT.has(name) ? 'right' : 'left';
    const style = isSorted ? STYLE.bold | STYLE.reverse : STYLE.bold;
    put(frame, title, { x, y, width, align, style });
  }
}

interface Drawing {
  readonly y: number;
  readonly row: Row;
  readonly state: TopState;
  readonly valuesOf: ValuesOf;
}

function drawCell(frame: Frame, slot: Slot, drawing: Drawing): void {
  const { y, row, state } = drawing;
  const { text, tone } = contentOf(slot, drawing);
  const isOld = row.isStale || isCutOff(state.link);
  const style = isOld ? STYLE.dim : toneStyle(tone);
  const { x, width, name } = slot;
  const cut = name === 'JOB' || name === 'NODE' ? 'middle' : 'end';
  put(frame, text, { x, y, width, cut, style, align: RIGHT.has(name) ? 'right' : 'left' });
}

function contentOf({ name, width }: Slot, { row, state, valuesOf }: Drawing): Cell {
  const { id, target, latencyMs } = row.status;
  if (name === 'TARGET BAND') return { text: gaugeText(target, latencyMs, width) };
  if (name === 'LAST') {
    const values = [...valuesOf(id, state.data?.step ?? 0, width)];
    // The newest step has just begun: what is known now is of it, too.
    if (!row.isStale) values[width - 1] ??= latencyMs;
    return { text: sparkline(values, target?.latencyMs ?? null) };
  }
  // Where nothing is heard of anything, every value is the last known one.
  const seen = name === 'NOW' && isCutOff(state.link) ? { ...row, isStale: true } : row;
  const cell = topColumn(name).cell(seen);
  return typeof cell === 'string' ? { text: cell } : cell;
}

const toneStyle = (tone: Tone | undefined): number => (tone === undefined ? 0 : STYLE[tone]);
