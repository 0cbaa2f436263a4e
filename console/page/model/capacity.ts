import type { Capacity, KindRoom } from '../../../proto/schemas/capacity.js';
import { coresText, counted, sentence } from './words.js';

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
  const { allocatableCores, freeCores, kinds, bottleneck, complete } = capacity;
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
    sentence: room.length === 0 ? sentence(free) : `Room for ${room.map(roomText).join(', ')}.`,
    why: [bottleneck?.reason ?? '', complete ? '' : 'There may be more: the time was up']
      .map(sentence)
      .filter((text) => text !== '')
      .join(' '),
    freeRatio,
    barText: free,
  };
}

const roomText = ({ like, more, atLeast }: KindRoom): string =>
  more === 0
    ? `no more like ${like}`
    : `${atLeast ? `${more} or more` : counted(more ?? 0, 'more', 'more')} like ${like}`;
