import { type Frame, put, STYLE } from '../../grid/frame.js';
import { textWidth } from '../../grid/glyphs.js';
import { sortText } from '../model/order.js';
import type { TopState } from '../model/state.js';

const GAP = '  ';

/** The keys that do something now, as far as they fit, the most useful ones first. */
export function drawFooter(frame: Frame, state: TopState): void {
  const y = frame.rows - 1;
  if (state.isFiltering) {
    const count = `${state.shown.length} of ${state.data?.rows.length ?? 0}`;
    const text = `filter: ${state.filter}_`;
    const help = `${count}${GAP}enter keeps it${GAP}Esc clears it`;
    const end = put(frame, text, { x: 0, y, cut: 'start', style: STYLE.bold });
    put(frame, help, { x: end + GAP.length, y, style: STYLE.dim });
    return;
  }
  put(frame, footerText(state, frame.columns), { x: 0, y, style: STYLE.dim });
}

function footerText(state: TopState, width: number): string {
  const { kind } = state.page;
  const keys = kind === 'jobs' ? jobKeys(state) : pageKeys(kind);
  const [help, quit] = ['? help', 'q quit'];
  const kept: string[] = [];
  for (const key of keys)
    if (textWidth([...kept, key, help, quit].join(GAP)) <= width) kept.push(key);
  return [...kept, help, quit].join(GAP);
}

function jobKeys(state: TopState): readonly string[] {
  const { sort, filter, shown, data, isPaused } = state;
  const all = data?.rows.length ?? 0;
  const filtered = filter === '' ? '/ filter' : `/ filter: ${filter} (${shown.length} of ${all})`;
  return [
    `s sort: ${sortText(sort)}`,
    filtered,
    'enter story',
    'n nodes',
    'e events',
    isPaused ? 'p go on' : 'p pause',
    'r reverse',
  ];
}

function pageKeys(kind: 'nodes' | 'story' | 'events' | 'help'): readonly string[] {
  const scroll = 'arrows scroll';
  if (kind === 'story') return ['Esc back', scroll, 'enter read again'];
  return kind === 'events' ? ['Esc back', scroll, 'p pause'] : ['Esc back', scroll];
}
