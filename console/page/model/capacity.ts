import type { Capacity, KindRoom } from '../../../proto/schemas/capacity.js';
import { tightestKind } from '../../../shared/tightest-kind.js';
import { coresText, sentence } from './words.js';

/** What room a cluster has, in a sentence and a bar. */
export interface CapacityText {
  readonly sentence: string;
  /** What keeps it from more; '' = nothing is known of that. */
  readonly why: string;
  /** Share of the allocatable CPU that targets do not take; null = not known. */
  readonly freeRatio: number | null;
  readonly barText: string;
}

/** Kinds of jobs that one sentence names. */
const NAMED = 3;

/** The room of a cluster for people; null = nothing can be said of it. */
export function capacityText(capacity: Capacity): CapacityText | null {
  const { allocatableCores, freeCores, kinds, complete } = capacity;
  const jobsOf = new Map(kinds.map(({ like, jobs }) => [like, jobs]));
  const room = capacity.room
    .filter(({ more }) => more !== null)
    .sort((a, b) => (jobsOf.get(b.like) ?? 0) - (jobsOf.get(a.like) ?? 0))
    .slice(0, NAMED);
  if (room.length === 0 && freeCores === null) return null;
  const freeRatio =
    freeCores === null || allocatableCores <= 0
      ? null
      : Math.min(1, Math.max(0, freeCores / allocatableCores));
  const free =
    freeCores === null
      ? ''
      : `${coresText(freeCores)} of ${coresText(allocatableCores)} is not taken by targets`;
  return {
    sentence: sentence(room.length === 0 ? free : roomText(room)),
    why: [whyText(capacity), complete ? '' : 'There may be more: the time was up']
      .map(sentence)
      .filter((text) => text !== '')
      .join(' '),
    freeRatio,
    barText: free,
  };
}

function roomText(room: readonly KindRoom[]): string {
  const some = room
    .filter(({ more }) => (more ?? 0) > 0)
    .map(({ like, more, atLeast }) =>
      atLeast ? `${more} or more like ${like}` : `${more} more like ${like}`,
    );
  const full = room.filter(({ more }) => more === 0).map(({ like }) => like);
  const none = [full.slice(0, -1).join(', '), ...full.slice(-1)].filter((text) => text !== '');
  const others = `more like ${none.join(' or ')}`;
  if (some.length === 0) return `No room for ${others}`;
  return `Room for ${some.join(', ')}${full.length === 0 ? '' : `; none for ${others}`}`;
}

/** What keeps out the first kind of which no more has room; '' = nothing is known of that. */
function whyText({ bottleneck, room }: Capacity): string {
  if (bottleneck === undefined) return '';
  const { reason } = bottleneck;
  const first = tightestKind(room);
  return first === undefined ? reason : `More like ${first.like}: ${reason}`;
}
