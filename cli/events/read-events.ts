import type { Bus } from '../../proto/bus.js';
import { eventsOf, type StoredMessage, StreamReader } from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';

/** How the events of a cluster are reached. */
export interface EventAccess {
  readonly bus: Bus;
  readonly cluster: string;
  readonly clock: Clock;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/** What is to be read. */
export interface EventReading {
  /** Number of the first event in the stream; one that is gone is skipped. */
  readonly from: number;
  /** Goes on with those to come; else it ends with the last one there is. */
  readonly follow: boolean;
  /** Gets each event once, in the order of the stream. */
  readonly onEvent: (event: StoredMessage) => void;
  /** Called once, with `follow`, when all events that there are were given. */
  readonly onCaughtUp?: () => void;
}

/** The stream is asked again so often, ms, because a hint may be lost. */
const ASK_AGAIN_MS = 5000;
const RETRY_MS = 1000;

/**
 * Reads events by their numbers. A message on the plain subject only says that there may be a new
 * one: what is lost there, or while the connection is, is read from the stream later. A reader that
 * notes the number of the last event it has dealt with goes on behind it, without loss and without
 * a repetition. Fails where the stream does not answer at the start; later it waits.
 */
export async function readEvents(
  { bus, cluster, clock, signal }: EventAccess,
  { from, follow, onEvent, onCaughtUp }: EventReading,
): Promise<Result<void>> {
  const stream = new StreamReader(bus, eventsOf(cluster));
  const range = await stream.range();
  if (!range.ok) return range;
  const { last } = range.value;
  let wake = (): void => {};
  const hints = bus.subscribe(subjectsOf(cluster).allEvents, () => wake());
  let next = from;
  const tellCaughtUp = once(onCaughtUp);
  try {
    while (!signal.aborted && (follow || next <= last)) {
      // Made before the stream is asked: a hint that comes meanwhile counts.
      const hinted = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const stored = await stream.next(next);
      if (signal.aborted) break;
      if (stored) {
        onEvent(stored);
        next = stored.sequence + 1;
      } else if (!follow) return stored === null ? ok(undefined) : err([stream.silent()]);
      else await untilMore(hinted, { clock, signal, tellCaughtUp, isSilent: stored === undefined });
    }
  } finally {
    hints.unsubscribe();
  }
  return ok(undefined);
}

interface Waiting extends Pick<EventAccess, 'clock' | 'signal'> {
  readonly tellCaughtUp: () => void;
  /** The stream did not answer. */
  readonly isSilent: boolean;
}

async function untilMore(
  hinted: Promise<void>,
  { clock, signal, tellCaughtUp, isSilent }: Waiting,
): Promise<void> {
  if (!isSilent) tellCaughtUp();
  const over = childSignal(signal);
  await Promise.race([hinted, clock.sleep(isSilent ? RETRY_MS : ASK_AGAIN_MS, over.signal)]);
  over.abort();
}

function once(run: () => void = () => {}): () => void {
  let left = run;
  return () => {
    left();
    left = () => {};
  };
}
