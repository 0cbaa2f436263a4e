import type { NodeStatus } from '../../../proto/schemas/status.js';
import { type Frame, put, STYLE } from '../../grid/frame.js';
import { NODE_COLUMNS } from '../../output/columns.js';
import { livenessTone } from '../../output/format.js';
import { tableLines } from '../../output/table.js';
import { firstLine, pageLines } from '../model/move.js';
import { bodyRows, HEADER_ROWS, type TextPage, type TopState } from '../model/state.js';

const TITLE_ROW = HEADER_ROWS - 1;

/** Draws the nodes that fit, as `dqoes node ls` lists them. */
export function drawNodes(frame: Frame, state: TopState, first: number): void {
  const nodes: readonly NodeStatus[] = state.data?.nodes ?? [];
  const visible = nodes.slice(first, first + bodyRows(state));
  const table = { wide: false, colour: false, width: frame.columns } as const;
  const [titles = '', ...lines] = tableLines(NODE_COLUMNS, visible, table);
  put(frame, titles, { x: 0, y: TITLE_ROW, style: STYLE.bold });
  for (const [index, line] of lines.entries()) {
    const liveness = visible[index]?.liveness ?? 'ready';
    const style = liveness === 'ready' ? STYLE.plain : STYLE[livenessTone(liveness)];
    put(frame, line, { x: 0, y: HEADER_ROWS + index, style });
  }
  if (nodes.length === 0) drawTexts(frame, NO_NODES);
}

const NO_NODES: readonly string[] = [
  'No node has reported yet. Start an agent:',
  '',
  '  dqoes up           on this machine, with all that it needs',
  '  dqoes agent        on each further host',
];

const READING: Readonly<Record<TextPage['kind'], string>> = {
  story: 'Reading the events of the job…',
  events: 'Waiting for events…',
  help: '',
};

/** Draws a page of lines under its title. */
export function drawPage(frame: Frame, state: TopState, page: TextPage): void {
  const title = page.kind === 'story' ? `STORY OF ${page.job}, the last hour` : TITLES[page.kind];
  put(frame, title, { x: 0, y: TITLE_ROW, style: STYLE.bold });
  if (page.lines === null) {
    drawTexts(frame, [READING[page.kind]]);
    return;
  }
  const height = bodyRows(state);
  const lines = pageLines(page, frame.columns);
  const first = firstLine(page.first, { count: lines.length, height });
  drawTexts(frame, lines.slice(first, first + height));
  const last = Math.min(first + height, lines.length);
  if (lines.length <= height) return;
  const place = `lines ${first + 1}-${last} of ${lines.length}`;
  put(frame, place, { x: 0, y: TITLE_ROW, width: frame.columns, align: 'right' });
}

const TITLES = { events: 'EVENTS', help: 'KEYS AND COLUMNS' } as const;

/** Draws lines below the titles. */
export function drawTexts(frame: Frame, lines: readonly string[]): void {
  for (const [index, line] of lines.entries()) put(frame, line, { x: 0, y: HEADER_ROWS + index });
}
