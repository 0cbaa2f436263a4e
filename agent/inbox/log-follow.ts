import type { LogCursor, LogFollowReply } from '../../proto/log-follow.js';
import { msOfLogTime } from '../../proto/log-follow.js';
import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';
import type { LogLine, LogStream } from '../ports/logs.js';

/** Most of one answer. When so much is read and not sent, the log is not read on. */
const MAX_LINES = 1000;
const MAX_BYTES = 200 * 1024;
/** Time between two full answers: 1.6 MiB a second of one log, ms. */
const FULL_PAUSE_MS = 125;

/** A log that is read for one reader; lines are handed on once each, in the order of the log. */
export class LogFollow {
  /** After what was handed on last. */
  cursor: LogCursor;
  /** By the clock, ms: when it was last asked. */
  usedMs: number;
  isBusy = false;
  readonly #clock: Clock;
  readonly #iterator: AsyncIterator<readonly LogLine[]>;
  readonly #own: AbortController;
  #held: LogLine[] = [];
  #heldLength = 0;
  #isReading = false;
  /** Of the request that waits; one that came before does not hear of it. */
  #onRead = (): void => {};
  #hasEnded = false;
  #isGap = false;
  #fullMs = Number.NEGATIVE_INFINITY;
  /** While lines up to the cursor come again. */
  #resume: { left: number; isFound: boolean } | undefined;

  /** `own` ends the stream. */
  constructor(clock: Clock, begin: LogCursor, { stream, own }: OpenedLog) {
    this.#clock = clock;
    this.cursor = begin;
    this.usedMs = clock.now();
    this.#iterator = stream[Symbol.asyncIterator]();
    this.#own = own;
    this.#resume = { left: begin.seen, isFound: begin.seen === 0 };
  }

  /** The next lines; waits for one at most `waitMs`. */
  async take(waitMs: number): Promise<LogFollowReply> {
    const { signal } = this.#own;
    const untilMs = this.#clock.now() + waitMs;
    const pauseMs = this.#fullMs + FULL_PAUSE_MS - this.#clock.now();
    if (pauseMs > 0) await this.#clock.sleep(pauseMs, signal);
    while (!this.#isFull && !this.#hasEnded && !signal.aborted) {
      const leftMs = this.#held.length > 0 ? 0 : untilMs - this.#clock.now();
      if (!(await this.#readWithin(leftMs))) break;
    }
    return this.#answer();
  }

  get #isFull(): boolean {
    return this.#held.length >= MAX_LINES || this.#heldLength >= MAX_BYTES;
  }

  /** False = nothing came in time; what is being read then comes later. */
  async #readWithin(ms: number): Promise<boolean> {
    const late = childSignal(this.#own.signal);
    const isRead = await new Promise<boolean>((resolve) => {
      this.#onRead = () => resolve(true);
      if (!this.#isReading) void this.#read();
      void this.#clock.sleep(Math.max(0, ms), late.signal).then(() => resolve(false));
    });
    late.abort();
    return isRead;
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    const next = await this.#iterator.next().catch(() => ENDED);
    this.#isReading = false;
    if (next.done === true) this.#hasEnded = true;
    else for (const line of next.value) this.#admit(line);
    this.#onRead();
  }

  /** Leaves out what was handed on before the log was opened again. */
  #admit(line: LogLine): void {
    const resume = this.#resume;
    if (resume !== undefined) {
      if (line.time < this.cursor.time) return;
      if (line.time === this.cursor.time) {
        resume.isFound = true;
        resume.left -= 1;
        if (resume.left >= 0) return;
      } else {
        this.#isGap = !resume.isFound;
        this.#resume = undefined;
      }
    }
    this.#held.push(line);
    this.#heldLength += line.text.length;
  }

  #answer(): LogFollowReply {
    const count = fitting(this.#held);
    const sent = this.#held.splice(0, count);
    this.#heldLength -= sent.reduce((sum, { text }) => sum + text.length, 0);
    if (count === MAX_LINES || this.#held.length > 0) this.#fullMs = this.#clock.now();
    this.cursor = sent.reduce(after, this.cursor);
    const isGap = this.#isGap;
    this.#isGap = false;
    const newest = sent.at(-1);
    const lagMs =
      newest === undefined ? 0 : Math.max(0, this.#clock.wall() - msOfLogTime(newest.time));
    return {
      lines: sent.map(({ time, text }) => [time, text] as const),
      cursor: this.cursor,
      // What ends because nobody reads it any more, or the agent stops, has not come to its end.
      isEnd: this.#hasEnded && this.#held.length === 0 && !this.#own.signal.aborted,
      isMore: this.#held.length > 0,
      isGap,
      lagMs,
    };
  }
}

/** A stream, and what ends it. */
export interface OpenedLog {
  readonly stream: LogStream;
  readonly own: AbortController;
}

const ENDED = { done: true, value: undefined } as const;

/** How many of the first lines one answer takes. */
function fitting(lines: readonly LogLine[]): number {
  let bytes = 0;
  for (const [index, { time, text }] of lines.slice(0, MAX_LINES).entries()) {
    bytes += Buffer.byteLength(JSON.stringify([time, text])) + 1;
    if (bytes > MAX_BYTES) return index;
  }
  return Math.min(lines.length, MAX_LINES);
}

/** The two outputs of a container may be written out of order, by microseconds. */
function after(cursor: LogCursor, { time }: LogLine): LogCursor {
  if (time > cursor.time) return { time, seen: 1 };
  return time === cursor.time ? { time, seen: cursor.seen + 1 } : cursor;
}
