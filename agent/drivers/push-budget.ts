/** Senders remembered within one second; all further ones share one budget. */
const MAX_SENDERS = 1024;
const OTHERS = '';
const WINDOW_MS = 1000;

/** Counts how many observations each sender may still push in this second, in bounded memory. */
export class PushBudget {
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  readonly #used = new Map<string, number>();
  #windowStartMs = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number, nowMs: () => number) {
    this.#perSecond = perSecond;
    this.#nowMs = nowMs;
  }

  /** Takes up to `count`; returns how many were granted. */
  take(address: string, count: number): number {
    const now = this.#nowMs();
    if (now - this.#windowStartMs >= WINDOW_MS) {
      this.#used.clear();
      this.#windowStartMs = now;
    }
    const key = this.#used.has(address) || this.#used.size < MAX_SENDERS ? address : OTHERS;
    const before = this.#used.get(key) ?? 0;
    const granted = Math.max(0, Math.min(count, this.#perSecond - before));
    this.#used.set(key, before + granted);
    return granted;
  }
}
