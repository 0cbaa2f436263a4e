import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { NatsServer } from './nats-server.js';

/** How to start the server again. */
export interface KeepNatsOptions {
  /** Starts a server on the same store and the same port. */
  readonly start: (isFirst: boolean) => Promise<Result<NatsServer>>;
  readonly log: Log;
  readonly clock: Clock;
}

/** A server that ends more often than this within `WINDOW_MS` is not started again. */
const MAX_RESTARTS = 5;
const WINDOW_MS = 60_000;
/** Pause before a start, ms: doubled after each that failed. */
const FIRST_PAUSE_MS = 100;

/**
 * Starts a server and starts it again whenever it ends by itself: limits and jobs do not depend on
 * it, so one that crashes, or was ended by hand, is no reason to end them. `died` resolves when it
 * ended six times within a minute, with the last reason.
 */
export async function keepNats(options: KeepNatsOptions): Promise<Result<NatsServer>> {
  const first = await options.start(true);
  return first.ok ? ok(new KeptNats(first.value, options)) : first;
}

class KeptNats implements NatsServer {
  readonly url: string;
  readonly died: Promise<string>;
  readonly #options: KeepNatsOptions;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #server: NatsServer | undefined;

  constructor(first: NatsServer, options: KeepNatsOptions) {
    this.#options = options;
    this.#server = first;
    this.url = first.url;
    let giveUp: (why: string) => void = () => {};
    this.died = new Promise((resolve) => {
      giveUp = resolve;
    });
    this.#ended = this.#keep(first, giveUp);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#server?.stop();
    await this.#ended;
  }

  async #keep(first: NatsServer, giveUp: (why: string) => void): Promise<void> {
    const { log, clock } = this.#options;
    const endsMs: number[] = [];
    let why = await this.#endOf(first);
    while (why !== undefined) {
      const nowMs = clock.now();
      endsMs.push(nowMs);
      const recent = endsMs.filter((atMs) => nowMs - atMs <= WINDOW_MS).length;
      if (recent > MAX_RESTARTS) {
        giveUp(`it ended ${recent} times within a minute, at last: ${why}`);
        return;
      }
      log.warn('up: NATS ended and is started again; jobs and limits stay', { why });
      await clock.sleep(FIRST_PAUSE_MS * 2 ** (recent - 1), this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      why = await this.#startAgain();
    }
  }

  /** Why the next server ended or could not be started; undefined = it was stopped. */
  async #startAgain(): Promise<string | undefined> {
    const started = await this.#tryToStart();
    if (!started.ok) return started.error;
    this.#server = started.value;
    if (this.#stopping.signal.aborted) await started.value.stop();
    return this.#endOf(started.value);
  }

  /** The error is the reason; a start may throw where the disk is full. */
  async #tryToStart(): Promise<Result<NatsServer, string>> {
    try {
      const started = await this.#options.start(false);
      return started.ok ? started : err(started.error.map(({ message }) => message).join('; '));
    } catch (cause) {
      return err(messageOf(cause));
    }
  }

  #endOf(server: NatsServer): Promise<string | undefined> {
    const { signal } = this.#stopping;
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const stopped = (): void => resolve(undefined);
      signal.addEventListener('abort', stopped, { once: true });
      void server.died.then((why) => {
        signal.removeEventListener('abort', stopped);
        resolve(why);
      });
    });
  }
}
