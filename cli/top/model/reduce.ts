import type { JobName } from '../../../shared/ids.js';
import { assertNever } from '../../../shared/result.js';
import type { Key } from '../../grid/keys.js';
import { afterKey } from './keys.js';
import { settled, withShown } from './move.js';
import type { ClusterData } from './rows.js';
import type { Link, Size, TopState } from './state.js';

/** What happens to a running `dqoes top`. */
export type TopEvent =
  | { readonly kind: 'data'; readonly data: ClusterData }
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'size'; readonly size: Size }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'story'; readonly job: JobName; readonly lines: readonly string[] }
  /** More of the events, oldest first. */
  | { readonly kind: 'events'; readonly lines: readonly string[] };

/** Events that are kept, lines. */
const MAX_EVENTS = 500;

/** The state after an event. Sorts and filters only where data, sort or filter changed. */
export function reduce(state: TopState, event: TopEvent): TopState {
  switch (event.kind) {
    case 'data':
      return state.isPaused ? state : withShown({ ...state, data: event.data });
    case 'link':
      return { ...state, link: event.link };
    case 'size':
      return settled({ ...state, size: event.size });
    case 'key':
      return afterKey(state, event.key);
    case 'story': {
      const { page } = state;
      if (page.kind !== 'story' || page.job !== event.job) return state;
      return { ...state, page: { ...page, lines: event.lines } };
    }
    case 'events': {
      const { page } = state;
      if (page.kind !== 'events' || state.isPaused) return state;
      const lines = [...(page.lines ?? []), ...event.lines].slice(-MAX_EVENTS);
      return { ...state, page: { ...page, lines } };
    }
    default:
      return assertNever(event);
  }
}
