import type { Bus, Subscription } from '../../proto/bus.js';
import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';

/** The stream is asked again so often, ms, because a hint may be lost. */
const ASK_AGAIN_MS = 5000;
/** A hint may come before the stream holds what it is about: asked again then, ms, and later. */
const ASK_SOON_MS = 50;
const RETRY_MS = 1000;
/** Events that are heard and not stored for so long, ms, are said. */
const SAY_MS = 5000;

/** Who gives the hints, and who is told where they come to nothing. */
export interface HintsFrom {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called where events come that the stream does not hold, once each time that begins. */
  readonly onNotStored: () => void;
}

/**
 * When to look for new messages of a stream: when one is heard on its plain subject, and now and
 * then. Nothing of what is heard is kept.
 */
export class EventHints {
  readonly #from: HintsFrom;
  readonly #subscription: Subscription;
  #wake = (): void => {};
  #hinted: Promise<void> = Promise.resolve();
  #pauseMs = ASK_SOON_MS;
  /** The look that is under way was made because of a hint. */
  #wasHinted = false;
  /** Since when hints come to nothing, ms by the clock. */
  #vainSinceMs: number | undefined;
  #isSaid = false;

  constructor(from: HintsFrom, subject: string) {
    this.#from = from;
    this.#subscription = from.bus.subscribe(subject, () => this.#wake());
  }

  stop(): void {
    this.#subscription.unsubscribe();
  }

  /** Hints count from now on. */
  listen(): void {
    this.#hinted = new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Resolves when to look again; `found`: what the look before gave. */
  async wait(found: 'something' | 'nothing' | 'silent'): Promise<void> {
    // There may be more by now, and what was heard meanwhile may come a moment later.
    if (found === 'something') return this.#forget();
    if (found === 'nothing') this.#noteVain();
    const pauseMs = found === 'silent' ? RETRY_MS : this.#pauseMs;
    const over = childSignal(this.#from.signal);
    const hinted = this.#hinted.then(() => true);
    const slept = this.#from.clock.sleep(pauseMs, over.signal).then(() => false);
    this.#wasHinted = await Promise.race([hinted, slept]);
    over.abort();
    this.#pauseMs = this.#wasHinted ? ASK_SOON_MS : Math.min(ASK_AGAIN_MS, 2 * pauseMs);
  }

  #forget(): void {
    this.#pauseMs = ASK_SOON_MS;
    this.#wasHinted = false;
    this.#vainSinceMs = undefined;
    this.#isSaid = false;
  }

  #noteVain(): void {
    const nowMs = this.#from.clock.now();
    if (this.#wasHinted) {
      this.#vainSinceMs ??= nowMs;
      if (this.#isSaid || nowMs - this.#vainSinceMs < SAY_MS) return;
      this.#isSaid = true;
      this.#from.onNotStored();
    } else if (this.#pauseMs === ASK_AGAIN_MS) this.#vainSinceMs = undefined;
  }
}
