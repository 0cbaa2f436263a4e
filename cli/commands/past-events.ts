import { eventsOf, StreamReader } from '../../proto/stream-reader.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from '../events/event.js';
import { type OnCut, recentEvents } from '../events/history.js';
import { Newest } from '../events/newest.js';
import { eachSince } from '../events/since.js';
import { orAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import type { Session } from '../shell/session.js';

/** Which past events are asked for, and who gets them. */
export interface PastQuestion {
  /** How far back, ms; absent = as far as `tail` events need. */
  readonly since?: number | undefined;
  /** That number of the newest; absent = the last 50, or all that `since` says. */
  readonly tail?: number | undefined;
  readonly wanted: (event: ClusterEvent) => boolean;
  /** Gets them one by one, oldest first. */
  readonly onEvent: (event: ClusterEvent) => void;
  readonly onCut: OnCut;
}

const USUAL_TAIL = 50;

/**
 * Hands on the newest events, or those since a moment, as they are read: few are held. Gives the
 * number in the stream of the last event that there was when it began; what comes later is left to
 * who follows. Ends early where the command is to end. A fault where the stream does not answer;
 * events before it are handed on by then.
 */
export async function eachPastEvent(
  app: App,
  session: Session,
  asked: PastQuestion,
): Promise<Result<number>> {
  const { since, tail = USUAL_TAIL, wanted, onEvent, onCut } = asked;
  if (since !== undefined) return pastSince(app, session, { ...asked, since });
  const { bus, cluster } = session;
  const reading = recentEvents(bus, { cluster, count: tail, wanted, onCut });
  const recent = await orAborted(reading, app.signal);
  if (recent === undefined) return ok(0);
  if (!recent.ok) return recent;
  for (const event of recent.value.found) onEvent(event);
  return ok(recent.value.last);
}

async function pastSince(
  { clock, signal, output }: App,
  { bus, cluster, subjects }: Session,
  { since, tail, wanted, onEvent }: PastQuestion & { readonly since: number },
): Promise<Result<number>> {
  const stream = new StreamReader(bus, eventsOf(cluster));
  const newest = new Newest(tail, onEvent);
  const read = await eachSince(
    stream,
    {
      subjects: [subjects.allEvents],
      fromMs: clock.wall() - since,
      take: ({ data }) => {
        const event = readEvent(data);
        if (event !== undefined && wanted(event)) newest.take(event);
      },
    },
    { signal, ready: output.ready },
  );
  if (!read.ok) return read;
  // Without a word what was read would look like all.
  if (read.value.end === 'silent') return err([stream.silent()]);
  if (read.value.end === 'whole') newest.end();
  return ok(read.value.last);
}
