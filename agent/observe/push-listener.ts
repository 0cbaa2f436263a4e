import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { PushReceiver } from '../ports/push.js';

/** What listens, and how time passes between two attempts. */
export interface PushListenerOptions {
  readonly push: PushReceiver;
  readonly clock: Clock;
  readonly log: Log;
}

/** Pause after the first attempt that fails, and the longest one, ms; each is twice the last. */
const FIRST_PAUSE_MS = 1000;
const LAST_PAUSE_MS = 60_000;

/**
 * Keeps trying to listen for pushed response times: the address may come later than the agent, as
 * that of `docker0` does when a host boots, and a port may be taken for a while.
 */
export class PushListener {
  readonly #options: PushListenerOptions;
  readonly #stopping = new AbortController();
  #listening: Promise<void> = Promise.resolve();
  #fault = '';

  constructor(options: PushListenerOptions) {
    this.#options = options;
  }

  /** Why it does not listen, for operators; '' = it does. */
  get warning(): string {
    return this.#fault === '' ? '' : `${this.#fault}; it is tried again`;
  }

  get rejected(): number {
    return this.#options.push.rejected;
  }

  /** Resolves after the first attempt; never rejects. */
  async start(onObservation: Parameters<PushReceiver['start']>[0]): Promise<void> {
    if (!(await this.#listen(onObservation))) this.#listening = this.#keepTrying(onObservation);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#listening;
    await this.#options.push.close();
  }

  async #keepTrying(onObservation: Parameters<PushReceiver['start']>[0]): Promise<void> {
    const { clock, log } = this.#options;
    const { signal } = this.#stopping;
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; ) {
      await clock.sleep(pauseMs, signal);
      if (signal.aborted) return;
      if (await this.#listen(onObservation)) {
        log.info('response times can be pushed now');
        return;
      }
      pauseMs = Math.min(LAST_PAUSE_MS, 2 * pauseMs);
    }
  }

  async #listen(onObservation: Parameters<PushReceiver['start']>[0]): Promise<boolean> {
    const { push, log } = this.#options;
    try {
      await push.start(onObservation);
      this.#fault = '';
      return true;
    } catch (cause) {
      const fault = messageOf(cause);
      // Once for each fault, not once for each attempt.
      if (fault !== this.#fault) log.warn(fault);
      this.#fault = fault;
      return false;
    }
  }
}
