import { eventsOf, StreamReader } from '../../proto/stream-reader.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from '../events/event.js';
import { type OnCut, recentEvents } from '../events/history.js';
import { partsSince } from '../events/since.js';
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
 * Hands on the newest events, or those since a moment, as they are read: few are held. Ends early
 * where the command is to end. A fault where the stream does not answer; events before it are
 * handed on by then.
 */
export async function eachPastEvent(
  app: App,
  session: Session,
  asked: PastQuestion,
): Promise<Result<void>> {
  const { since, tail = USUAL_TAIL, wanted, onEvent, onCut } = asked;
  if (since !== undefined) return eachSince(app, session, { ...asked, since });
  const { bus, cluster } = session;
  const reading = recentEvents(bus, { cluster, count: tail, wanted, onCut });
  const recent = await orAborted(reading, app.signal);
  if (recent?.ok === false) return recent;
  for (const event of recent?.value ?? []) onEvent(event);
  return ok(undefined);
}

async function eachSince(
  app: App,
  { bus, cluster, subjects }: Session,
  asked: PastQuestion & { readonly since: number },
): Promise<Result<void>> {
  const { signal, output } = app;
  const stream = new StreamReader(bus, eventsOf(cluster));
  const question = { subject: subjects.allEvents, fromMs: app.clock.wall() - asked.since };
  const parts = await orAborted(partsSince(stream, question), signal);
  if (parts === undefined) return ok(undefined);
  if (!parts.ok) return parts;
  const newest = new NewestEvents(asked);
  for (;;) {
    const part = await orAborted(parts.value.next(), signal);
    if (part === undefined) break;
    for (const { data } of part.messages) newest.take(readEvent(data));
    // Without a word what was read would look like all.
    if (!part.complete) return err([stream.silent()]);
    if (output.ready !== undefined) await orAborted(output.ready(), signal);
  }
  if (!signal.aborted) newest.end();
  return ok(undefined);
}

/** Hands on each wanted event at once; where only the newest are asked for, those at the end. */
class NewestEvents {
  readonly #asked: PastQuestion;
  readonly #kept: ClusterEvent[] = [];

  constructor(asked: PastQuestion) {
    this.#asked = asked;
  }

  /** undefined = a message that is none. */
  take(event: ClusterEvent | undefined): void {
    const { wanted, tail, onEvent } = this.#asked;
    if (event === undefined || !wanted(event)) return;
    if (tail === undefined) onEvent(event);
    else {
      this.#kept.push(event);
      if (this.#kept.length > tail) this.#kept.shift();
    }
  }

  end(): void {
    for (const event of this.#kept) this.#asked.onEvent(event);
  }
}
