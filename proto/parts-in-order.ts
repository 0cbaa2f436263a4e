import {
  followSubject,
  type SequenceRange,
  type StoredMessage,
  type StreamReader,
} from './stream-reader.js';

/** Parts that are read side by side. */
export const PARTS_AHEAD = 16;
/** Numbers of a part, at most. */
export const PART_SIZE = 64;

/** Messages of one part, in order; `complete`: false = the stream stopped answering within it. */
export interface StreamPart {
  readonly messages: readonly StoredMessage[];
  readonly complete: boolean;
}

/**
 * The messages of a subject in a range of a stream, part by part, in order. Parts are read ahead
 * side by side, and one more only when the oldest is taken: no more than `PARTS_AHEAD` times
 * `PART_SIZE` messages are held, however long the range is.
 */
export class PartsInOrder {
  readonly #stream: StreamReader;
  readonly #subject: string;
  readonly #last: number;
  readonly #ahead: Promise<StreamPart>[] = [];
  #first: number;

  constructor(stream: StreamReader, { first, last }: SequenceRange, subject: string) {
    this.#stream = stream;
    this.#subject = subject;
    this.#first = first;
    this.#last = last;
  }

  /** The next part; undefined = that was the last one. Never throws. */
  async next(): Promise<StreamPart | undefined> {
    while (this.#ahead.length < PARTS_AHEAD && this.#first <= this.#last) this.#readOne();
    return this.#ahead.shift();
  }

  #readOne(): void {
    const first = this.#first;
    const last = Math.min(this.#last, first + PART_SIZE - 1);
    this.#first = last + 1;
    this.#ahead.push(followSubject(this.#stream, { first, last }, this.#subject));
  }
}
