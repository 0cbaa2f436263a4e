import { wrapText } from '../../grid/glyphs.js';
import { shownRows } from './order.js';
import { bodyRows, type TextPage, type TopState } from './state.js';

const INDENT = 4;
const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/** The state with its rows filtered and sorted again. */
export const withShown = (state: TopState): TopState =>
  settled({ ...state, shown: shownRows(state.data?.rows ?? [], state) });

/** The chosen row keeps its mark wherever it is now, and is on the screen. */
export function settled(state: TopState): TopState {
  const { shown, chosen } = state;
  const found = chosen === null ? 0 : shown.findIndex(({ status }) => status.id === chosen);
  const marked = found >= 0 ? found : clamp(state.marked, shown.length - 1);
  const isGone = found < 0;
  return inView({
    ...state,
    marked,
    chosen: isGone ? (shown[marked]?.status.id ?? null) : chosen,
  });
}

function inView(state: TopState): TopState {
  const height = bodyRows(state);
  const { marked } = state;
  const first = Math.min(Math.max(state.first, marked - height + 1), marked);
  return { ...state, first: clamp(first, Math.max(0, state.shown.length - height)) };
}

/** Moves the mark; the row that it gets to is chosen, the first one by nothing but its place. */
export function moved(state: TopState, marked: number): TopState {
  const at = clamp(marked, state.shown.length - 1);
  const chosen = at === 0 ? null : (state.shown[at]?.status.id ?? null);
  return inView({ ...state, marked: at, chosen });
}

/** The lines of a page as they stand on the screen. */
export const pageLines = ({ lines }: TextPage, columns: number): readonly string[] =>
  (lines ?? []).flatMap((line) => wrapText(line, columns, INDENT));

/** Index of the first line that is shown of `count` lines. */
export const firstLine = (
  first: number | 'end',
  { count, height }: { readonly count: number; readonly height: number },
): number => {
  const most = Math.max(0, count - height);
  return first === 'end' ? most : clamp(first, most);
};

/** Scrolls a page of lines; events that are scrolled to the end follow those to come. */
export function scrolled(page: TextPage, state: TopState, by: number): TextPage {
  const height = bodyRows(state);
  const count = pageLines(page, state.size.columns).length;
  const first = firstLine(page.first, { count, height }) + by;
  const isAtEnd = page.kind === 'events' && first >= count - height;
  return { ...page, first: isAtEnd ? 'end' : firstLine(first, { count, height }) };
}
