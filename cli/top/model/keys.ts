import type { Key, NamedKey } from '../../grid/keys.js';
import { HELP_LINES } from './help.js';
import { moved, scrolled, withShown } from './move.js';
import { reversed, sortAfter } from './order.js';
import { bodyRows, type Page, type TextPage, type TopState } from './state.js';

/** Characters that a filter holds at most. */
const MAX_FILTER = 60;
const JOBS: Page = { kind: 'jobs' };
const HELP: TextPage = { kind: 'help', job: null, lines: HELP_LINES, first: 0 };
const EVENTS: TextPage = { kind: 'events', job: null, lines: null, first: 'end' };

/** The state after a key. */
export function afterKey(state: TopState, key: Key): TopState {
  if (key === 'interrupt') return { ...state, isOver: true };
  if (state.isFiltering) return afterFilterKey(state, key);
  if (typeof key === 'object') return afterChar(state, key.char);
  if (key === 'escape') return afterEscape(state);
  if (key === 'enter') return opened(state);
  const by = distanceOf(key, state);
  return by === undefined ? state : afterMove(state, by);
}

const afterChar = (state: TopState, char: string): TopState => {
  const action = Object.hasOwn(ACTIONS, char) ? ACTIONS[char] : undefined;
  return action === undefined ? state : action(state);
};

const toggled = (page: Page) => (state: TopState) => ({
  ...state,
  page: state.page.kind === page.kind ? JOBS : page,
});
const onJobs = (change: (state: TopState) => TopState) => (state: TopState) =>
  state.page.kind === 'jobs' ? change(state) : state;

const ACTIONS: Readonly<Record<string, (state: TopState) => TopState>> = {
  q: (state) => ({ ...state, isOver: true }),
  p: (state) => ({ ...state, isPaused: !state.isPaused }),
  n: toggled({ kind: 'nodes', first: 0 }),
  e: toggled(EVENTS),
  '?': toggled(HELP),
  j: (state) => afterMove(state, 1),
  k: (state) => afterMove(state, -1),
  s: onJobs((state) => withShown({ ...state, sort: sortAfter(state.sort) })),
  r: onJobs((state) => withShown({ ...state, sort: reversed(state.sort) })),
  '/': (state) => ({ ...state, page: JOBS, isFiltering: true }),
};

/** Back to the jobs; there, the filter goes. */
const afterEscape = (state: TopState): TopState =>
  state.page.kind === 'jobs' ? withShown({ ...state, filter: '' }) : { ...state, page: JOBS };

/** Opens the story of the marked row, or reads it again. */
function opened(state: TopState): TopState {
  const { page } = state;
  if (page.kind === 'story') return { ...state, page: { ...page, lines: null, first: 0 } };
  const job = state.shown[state.marked]?.status.job;
  if (page.kind !== 'jobs' || job === undefined) return state;
  return { ...state, page: { kind: 'story', job, lines: null, first: 0 } };
}

function distanceOf(key: NamedKey, state: TopState): number | undefined {
  const page = Math.max(1, bodyRows(state) - 1);
  const distances: Partial<Record<NamedKey, number>> = {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    home: Number.NEGATIVE_INFINITY,
    end: Number.POSITIVE_INFINITY,
  };
  return distances[key];
}

function afterMove(state: TopState, by: number): TopState {
  const { page } = state;
  if (page.kind === 'jobs') return moved(state, state.marked + by);
  if (page.kind !== 'nodes') return { ...state, page: scrolled(page, state, by) };
  const most = Math.max(0, (state.data?.nodes.length ?? 0) - bodyRows(state));
  return { ...state, page: { ...page, first: Math.max(0, Math.min(page.first + by, most)) } };
}

function afterFilterKey(state: TopState, key: Key): TopState {
  if (typeof key === 'object')
    return filtered(state, (state.filter + key.char).slice(0, MAX_FILTER));
  switch (key) {
    case 'backspace':
      return filtered(state, [...state.filter].slice(0, -1).join(''));
    case 'enter':
      return { ...state, isFiltering: false };
    case 'escape':
      return { ...filtered(state, ''), isFiltering: false };
    default: {
      const by = distanceOf(key, state);
      return by === undefined ? state : moved(state, state.marked + by);
    }
  }
}

const filtered = (state: TopState, filter: string): TopState => withShown({ ...state, filter });
