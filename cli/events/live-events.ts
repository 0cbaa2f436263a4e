import type { Bus, Subscription } from '../../proto/bus.js';
import type { Subjects } from '../../proto/subjects.js';
import { type ClusterEvent, readEvent } from './event.js';

/** Twice what a leader keeps for a stream that takes nothing, each of which it may send again. */
const MAX_KNOWN = 10_000;

/** The ids of the latest events, or lines of the audit, by which one that comes again is known. */
export class EventIds {
  readonly #ids = new Set<string>();

  /** False where it came before; an event without an id is always new. */
  isNew({ id }: Pick<ClusterEvent, 'id'>): boolean {
    if (id === '') return true;
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > MAX_KNOWN) this.#forgetOldest();
    return true;
  }

  #forgetOldest(): void {
    const [oldest] = this.#ids;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }
}

/**
 * Calls `onEvent` once with each event that is published from now on. Who listens to the subject
 * itself hears each try of the leader to store one, as while the disk of NATS is full.
 */
export function subscribeEvents(
  bus: Bus,
  { allEvents }: Pick<Subjects, 'allEvents'>,
  onEvent: (event: ClusterEvent) => void,
): Subscription {
  const known = new EventIds();
  return bus.subscribe(allEvents, ({ data }) => {
    const event = readEvent(data);
    if (event !== undefined && known.isNew(event)) onEvent(event);
  });
}
