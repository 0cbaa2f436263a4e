import { eventsOf, StreamReader } from '../../proto/stream-reader.js';
import type { Clock } from '../../shared/clock.js';
import { eventLine, readEvent } from '../events/event.js';
import { readEvents } from '../events/read-events.js';
import type { Session } from '../shell/session.js';

/** Past events at the start. */
const PAST = 100;
const RETRY_MS = 2000;

/** The last events of a cluster and those to come, as lines, while somebody looks at them. */
export class EventTail {
  readonly #session: Session;
  readonly #clock: Clock;
  readonly #onLines: (lines: readonly string[]) => void;
  #reading: AbortController | undefined;

  constructor(session: Session, clock: Clock, onLines: (lines: readonly string[]) => void) {
    this.#session = session;
    this.#clock = clock;
    this.#onLines = onLines;
  }

  /** Begins with past events; nothing where it runs already. */
  start(): void {
    if (this.#reading !== undefined) return;
    this.#reading = new AbortController();
    void this.#read(this.#reading.signal);
  }

  stop(): void {
    this.#reading?.abort();
    this.#reading = undefined;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { bus, cluster } = this.#session;
    const stream = new StreamReader(bus, eventsOf(cluster));
    while (!signal.aborted) {
      const range = await stream.range();
      if (range.ok && !signal.aborted) {
        const from = Math.max(range.value.first, range.value.last - PAST + 1);
        const access = { bus, cluster, clock: this.#clock, signal };
        // It ends before the signal only where the stream did not answer at the start.
        await readEvents(access, { from, follow: true, onEvent: ({ data }) => this.#on(data) });
      }
      await this.#clock.sleep(RETRY_MS, signal);
    }
  }

  #on(data: Uint8Array): void {
    const event = readEvent(data);
    if (event !== undefined) this.#onLines([eventLine(event, this.#clock.wall())]);
  }
}
