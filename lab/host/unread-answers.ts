import type { Sample } from './container.js';

/**
 * Answers of one container that its agent has not read yet. It reads them in order, and takes the
 * time of reading for their end: the response time is the container's own and stays as it is.
 */
export class UnreadAnswers {
  #held: Sample[] = [];
  #lastMs = Number.NEGATIVE_INFINITY;

  /** Adds an answer, which is read `delayMs` after its end or with the one before it. */
  add({ latencyMs, endedAtMs }: Sample, delayMs: number): void {
    this.#lastMs = Math.max(this.#lastMs, endedAtMs + delayMs);
    this.#held.push({ latencyMs, endedAtMs: this.#lastMs });
  }

  /** Takes those that are read by `nowMs`, oldest first; `endedAtMs` = when each was read. */
  take(nowMs: number): readonly Sample[] {
    const unread = this.#held.findIndex(({ endedAtMs }) => endedAtMs > nowMs);
    return this.#held.splice(0, unread === -1 ? this.#held.length : unread);
  }

  /** The agent does something else until `untilMs` and reads none before that. */
  holdUp(untilMs: number): void {
    this.#lastMs = Math.max(this.#lastMs, untilMs);
    this.#held = this.#held.map(({ latencyMs, endedAtMs }) => ({
      latencyMs,
      endedAtMs: Math.max(endedAtMs, untilMs),
    }));
  }
}
