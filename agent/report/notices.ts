import type { Log } from '../../shared/log.js';

const MAX_NOTICES = 16;

/**
 * Warnings about single events, which no later state shows: each is logged, and the newest are in
 * every report.
 */
export class Notices {
  readonly #log: Log;
  readonly #texts: string[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** The newest 16, oldest first. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  add(text: string): void {
    this.#log.warn(text);
    this.#texts.push(text);
    if (this.#texts.length > MAX_NOTICES) this.#texts.shift();
  }
}
