import type { Bus } from '../../proto/bus.js';
import { eventsOf, type StoredMessage, StreamReader } from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import { orAborted } from '../shell/aborted.js';
import { EventHints } from './event-hints.js';
import { eachMessage, type Reading } from './since.js';

/** How the events of a cluster are reached, and what ends the reading. */
export interface EventAccess extends Reading {
  readonly bus: Bus;
  readonly cluster: string;
  readonly clock: Clock;
}

/** What is to be read. */
export interface EventReading extends EventFollowing {
  /** Goes on with those to come; else it ends with the last one there is. */
  readonly follow: boolean;
}

/** What is to be followed. */
export interface EventFollowing {
  /** Number of the first event in the stream; one that is gone is skipped. */
  readonly from: number;
  /** Gets each event once, in the order of the stream. */
  readonly onEvent: (event: StoredMessage) => void;
  /** Called once, where they are followed, when all events that there are were given. */
  readonly onCaughtUp?: () => void;
  /** Called where events come that the stream does not hold yet, once each time that begins. */
  readonly onNotStored?: () => void;
}

/**
 * Reads events by their numbers, a few of them at once, however many there are. A reader that notes
 * the number of the last event it has dealt with goes on behind it, without loss and without a
 * repetition. Fails where the stream does not answer at the start, or before the last one that
 * there is; who follows waits for it later.
 */
export async function readEvents(
  access: EventAccess,
  { follow, from, ...asked }: EventReading,
): Promise<Result<void>> {
  const { bus, cluster, signal } = access;
  const stream = new StreamReader(bus, eventsOf(cluster));
  const range = await orAborted(stream.range(), signal);
  if (range === undefined) return ok(undefined);
  if (!range.ok) return range;
  const first = Math.max(from, range.value.first);
  if (follow) {
    await followEvents(access, { ...asked, from: first });
    return ok(undefined);
  }
  const { allEvents } = subjectsOf(cluster);
  const found = { subjects: [allEvents], range: { ...range.value, first } } as const;
  const end = await eachMessage(stream, { ...found, take: asked.onEvent }, access);
  return end === 'silent' ? err([stream.silent()]) : ok(undefined);
}

/**
 * Hands on the events from a number on, and those to come, until the signal aborts. A message on
 * the plain subject only says that there may be a new one: what is lost there, or while the
 * connection is, is read from the stream later. A stream that was made again is read from its
 * beginning.
 */
export async function followEvents(
  access: EventAccess,
  { from, onEvent, onCaughtUp = () => {}, onNotStored = () => {} }: EventFollowing,
): Promise<void> {
  const { bus, cluster, clock, signal } = access;
  const reader = new NewEvents(access, from, onEvent);
  const hints = new EventHints({ bus, clock, signal, onNotStored }, subjectsOf(cluster).allEvents);
  let tellCaughtUp = onCaughtUp;
  try {
    while (!signal.aborted) {
      // Before the stream is asked: a hint that comes meanwhile counts.
      hints.listen();
      const found = await reader.read();
      if (signal.aborted) break;
      if (found === 'nothing') {
        tellCaughtUp();
        tellCaughtUp = () => {};
      }
      await hints.wait(found);
    }
  } finally {
    hints.stop();
  }
}

type StoredPlace = Pick<StoredMessage, 'sequence' | 'atMs'>;

/** Reads what a stream has got since it was last asked. */
class NewEvents {
  readonly #access: EventAccess;
  readonly #stream: StreamReader;
  readonly #onEvent: (event: StoredMessage) => void;
  #next: number;
  /** The last event that the stream had. */
  #newest: StoredPlace = { sequence: 0, atMs: 0 };

  constructor(access: EventAccess, from: number, onEvent: (event: StoredMessage) => void) {
    this.#access = access;
    this.#stream = new StreamReader(access.bus, eventsOf(access.cluster));
    this.#onEvent = onEvent;
    this.#next = from;
  }

  async read(): Promise<'something' | 'nothing' | 'silent'> {
    const newest = await orAborted(this.#stream.newest(), this.#access.signal);
    if (newest === undefined) return 'silent';
    if (newest === null) return 'nothing';
    if (this.#isMadeAgain(newest)) this.#next = 1;
    this.#newest = { sequence: newest.sequence, atMs: newest.atMs };
    const first = this.#next;
    const range = { first, last: newest.sequence };
    const subjects = [subjectsOf(this.#access.cluster).allEvents] as const;
    const take = (event: StoredMessage): void => {
      // Only as far as it was read: what one copy of the stream lacks yet is asked for once more.
      this.#next = event.sequence + 1;
      this.#onEvent(event);
    };
    const end = await eachMessage(this.#stream, { subjects, range, take }, this.#access);
    if (end === 'silent') return end;
    return this.#next === first ? 'nothing' : 'something';
  }

  /** A stream that was lost is made again and counts from 1: its last event is lower, and later. */
  #isMadeAgain({ sequence, atMs }: StoredPlace): boolean {
    return sequence < this.#newest.sequence && atMs > this.#newest.atMs;
  }
}
