import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { LatencyWindow } from '../../../agent/observe/windows/window.js';
import { DEFAULT_LOG_PATTERN } from '../../../shared/job.js';

/** As the agent's default. */
const WINDOW_MS = 5000;
const CHUNK_BYTES = 65_536;

/**
 * The response times in the log of a container, as its Engine writes it to disk (`json-file`), from
 * now on. Reads what is new each time it is asked, and follows no rotation: the first file holds
 * 10 MB.
 */
export class LogTail {
  readonly #path: string;
  readonly #window = new LatencyWindow({ windowMs: WINDOW_MS });
  readonly #pattern = new RegExp(DEFAULT_LOG_PATTERN);
  #offset: number;
  #rest = '';
  /** The first line may have begun before. */
  #isWhole: boolean;

  constructor(path: string) {
    this.#path = path;
    this.#offset = statSync(path).size;
    this.#isWhole = this.#offset === 0;
  }

  /** Mean of the last five seconds, or the last five answers, ms; null = none came since. */
  meanMs(nowMs: number): number | null {
    for (const line of this.#newLines()) {
      const value = this.#pattern.exec(messageIn(line))?.groups?.value;
      if (value !== undefined) this.#window.add(Number(value), nowMs);
    }
    return this.#window.report(nowMs, null)?.window.meanMs ?? null;
  }

  #newLines(): readonly string[] {
    const file = openSync(this.#path, 'r');
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      for (;;) {
        const count = readSync(file, chunk, 0, CHUNK_BYTES, this.#offset);
        if (count === 0) break;
        this.#offset += count;
        this.#rest += chunk.toString('latin1', 0, count);
      }
    } finally {
      closeSync(file);
    }
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    const whole = this.#isWhole ? lines : lines.slice(1);
    this.#isWhole ||= lines.length > 0;
    return whole;
  }
}

/** What the container wrote, in a line of the Engine's log. */
const messageIn = (line: string): string => (JSON.parse(line) as { readonly log: string }).log;
