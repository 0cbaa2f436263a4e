import type { Client } from './client.js';
import { eventOf } from './cloud-event.js';
import type { FollowOptions } from './follow.js';

interface StoredEvents {
  readonly events: readonly { readonly sequence: number; readonly event: unknown }[];
  readonly last: number;
}

const BATCH = 200;
const TIMEOUT_MS = 10_000;

/**
 * Reads the events after a place once, and passes them on; '' = only the place of now. Returns the
 * place up to which it was read: the same where the console does not answer.
 */
export async function readAfter(
  { client, onEvents }: Pick<FollowOptions, 'onEvents'> & { readonly client: Pick<Client, 'ask'> },
  place: string,
): Promise<string> {
  const path = place === '' ? '/events?limit=1' : `/events?limit=${BATCH}&after=${place}`;
  const answer = await client.ask<StoredEvents>(path, { timeoutMs: TIMEOUT_MS });
  if (!answer.ok) return place;
  const { events, last } = answer.value;
  if (place === '') return String(last);
  const found = events.flatMap(({ sequence, event }) => eventOf(sequence, event));
  if (found.length > 0) onEvents(found);
  return String(events.at(-1)?.sequence ?? place);
}
