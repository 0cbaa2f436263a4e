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

/**
 * Messages of one part, in order; `complete`: false = the stream stopped answering within it, and
 * these are those before.
 */
export interface StreamPart {
  readonly messages: readonly StoredMessage[];
  readonly complete: boolean;
}

/**
 * The messages of some subjects in a range of a stream, part by part, in order. Parts are read
 * ahead side by side, and one more only when the oldest is taken: no more than `PARTS_AHEAD` times
 * `PART_SIZE` messages are held, however long the range is. Where a subject has no message for a
 * long way, that way is passed over.
 */
export class PartsInOrder {
  readonly #stream: StreamReader;
  readonly #subjects: readonly string[];
  /** Of each subject: parts that are not begun yet have no message of it below this number. */
  readonly #from: number[];
  readonly #last: number;
  readonly #ahead: Promise<StreamPart>[] = [];
  #first: number;

  /** A message is on one of the subjects only. */
  constructor(
    stream: StreamReader,
    { first, last }: SequenceRange,
    subjects: readonly [string, ...string[]],
  ) {
    this.#stream = stream;
    this.#subjects = subjects;
    this.#from = subjects.map(() => first);
    this.#first = first;
    this.#last = last;
  }

  /** The next part; undefined = that was the last one. Never throws. */
  async next(): Promise<StreamPart | undefined> {
    while (this.#ahead.length < PARTS_AHEAD) {
      const first = Math.max(this.#first, Math.min(...this.#from));
      if (first > this.#last) break;
      const last = Math.min(this.#last, first + PART_SIZE - 1);
      this.#first = last + 1;
      this.#ahead.push(this.#read({ first, last }));
    }
    return this.#ahead.shift();
  }

  async #read(part: SequenceRange): Promise<StreamPart> {
    const read = await Promise.all(
      this.#subjects.map(async (subject, at) => {
        const first = Math.max(part.first, this.#from[at] ?? 0);
        const followed = await followSubject(this.#stream, { ...part, first }, subject);
        this.#from[at] = Math.max(this.#from[at] ?? 0, followed.next);
        return followed;
      }),
    );
    const gaps = read.filter(({ complete }) => !complete).map(({ next }) => next);
    const end = Math.min(...gaps, Number.POSITIVE_INFINITY);
    const messages = read
      .flatMap((each) => each.messages)
      .filter(({ sequence }) => sequence < end)
      .sort((a, b) => a.sequence - b.sequence);
    return { messages, complete: gaps.length === 0 };
  }
}
