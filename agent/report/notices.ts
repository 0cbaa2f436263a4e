import type { Log } from '../../shared/log.js';

const MAX_NOTICES = 16;

/** What operators should know and nobody can look up later: logged, and in each report. */
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
