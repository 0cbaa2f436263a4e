import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { WakeLoop } from '../../shared/wake-loop.js';
import {
  type ContainerEngine,
  type EngineContainer,
  type EngineEvent,
  RESUBSCRIBED,
} from '../ports/engine.js';

/** What is listed, and how often. */
export interface DiscoveryOptions {
  readonly engine: Pick<ContainerEngine, 'list' | 'events'>;
  readonly clock: Clock;
  readonly log: Log;
  /** A full re-list at least this often, whatever the events say. Default 30 s. */
  readonly relistMs?: number;
  /** Hints within this time make one list. Default 100 ms. */
  readonly coalesceMs?: number;
  /** First wait after a failed list; doubles up to `relistMs`. Default 1 s. */
  readonly retryMs?: number;
  /** Called after each list that succeeded. A throw is logged. */
  readonly onList?: (containers: readonly EngineContainer[]) => void;
}

/** What is known of the host's containers. */
export interface Discovered {
  /** As last listed; null until the engine has answered once. */
  readonly containers: readonly EngineContainer[] | null;
  /** Monotonic ms of that list. */
  readonly listedAtMs: number | null;
  /** How often the engine was away and came back before that list. */
  readonly engineReturns: number;
  /** Why the list may be old; null when the last list succeeded. */
  readonly warning: string | null;
}

/**
 * Keeps the list of containers: engine events are hints that wake it, a full list decides, a timer
 * re-lists. One list at a time; an engine that fails keeps the last list and adds a warning.
 */
export class Discovery {
  readonly #options: Required<Omit<DiscoveryOptions, 'onList'>> & Pick<DiscoveryOptions, 'onList'>;
  readonly #loop: WakeLoop;
  readonly #ending = new AbortController();
  #state: Discovered = {
    containers: null,
    listedAtMs: null,
    engineReturns: 0,
    warning: 'the Docker Engine has not answered yet',
  };
  #failures = 0;
  #engineReturns = 0;
  #isListening = false;
  readonly #waiting = new Set<() => void>();

  constructor(options: DiscoveryOptions) {
    this.#options = { relistMs: 30_000, coalesceMs: 100, retryMs: 1000, ...options };
    const { clock, log, coalesceMs } = this.#options;
    this.#loop = new WakeLoop({
      clock,
      pass: () => this.#list(),
      onError: (cause) => log.error('listing containers failed', { cause: messageOf(cause) }),
      pauseMs: () => this.#pauseMs(),
      coalesceMs: () => coalesceMs,
    });
  }

  /** Begins listing and listening. Idempotent. */
  start(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#options.engine.events((event) => this.#hear(event), this.#ending.signal);
    this.#loop.start();
  }

  /** Resolves when the loop has ended; the engine's event stream is aborted. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#loop.stop();
  }

  current(): Discovered {
    return this.#state;
  }

  /** Asks for a list soon. Cheap; many calls make one list. */
  wake(): void {
    this.#loop.wake();
  }

  /**
   * Asks for a list; resolves when one has come, at the latest after `patienceMs`. Never rejects.
   */
  async relist(patienceMs: number): Promise<void> {
    const listed = new AbortController();
    const onListed = (): void => listed.abort();
    this.#waiting.add(onListed);
    this.wake();
    await this.#options.clock.sleep(patienceMs, listed.signal);
    // An engine that does not answer for a day must not leave one behind for each call.
    this.#waiting.delete(onListed);
  }

  #hear({ action }: EngineEvent): void {
    if (action === RESUBSCRIBED) this.#engineReturns += 1;
    this.wake();
  }

  #pauseMs(): number {
    const { relistMs, retryMs } = this.#options;
    return this.#failures === 0
      ? relistMs
      : Math.min(relistMs, retryMs * 2 ** Math.min(this.#failures - 1, 16));
  }

  async #list(): Promise<void> {
    const { engine, clock, log } = this.#options;
    const engineReturns = this.#engineReturns;
    const listed = await engine.list();
    if (this.#loop.isStopping) return;
    if (!listed.ok) {
      this.#failures += 1;
      const message = `the container list may be old: ${listed.error.message}`;
      if (this.#failures === 1) log.warn(message, { kind: listed.error.kind });
      this.#state = { ...this.#state, warning: message };
      return;
    }
    if (this.#failures > 0)
      log.info('the Docker Engine answers again', { failures: this.#failures });
    this.#failures = 0;
    const listedAtMs = clock.now();
    this.#state = { containers: listed.value, listedAtMs, engineReturns, warning: null };
    this.#notify(listed.value);
  }

  #notify(containers: readonly EngineContainer[]): void {
    try {
      this.#options.onList?.(containers);
    } catch (cause) {
      this.#options.log.error('a listener of discovery failed', { cause: messageOf(cause) });
    }
    for (const onListed of this.#waiting) onListed();
    this.#waiting.clear();
  }
}
