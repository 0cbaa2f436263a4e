import { RowBlocks } from '../output/row-blocks.js';
import { AnswerPieces } from '../shell/answer-pieces.js';
import type { StoryEntry } from './entries.js';
import { type JobNow, presentTexts } from './read-story.js';
import { StoryPieces } from './story.js';

/** Whose story is printed, and where its lines go. */
export interface StoryPrinting {
  readonly job: string;
  /** Unix time, ms. */
  readonly fromMs: number;
  readonly wallMs: number;
  readonly print: (line: string) => void;
}

/** Prints a story as its entries come: before them `begin`, behind them one of `end` and `cut`. */
export interface StoryPrinter {
  begin(now: JobNow): void;
  add(entry: StoryEntry): void;
  /** A part of the stream was read. */
  partRead(): void;
  /** These were all that could be read: the present state follows. */
  end(): void;
  /** The rest of what was given, and no more. */
  cut(): void;
}

/** Prints one answer for programs: `{job, since, entries, now}`. */
export class StoryAnswer implements StoryPrinter {
  readonly #print: (line: string) => void;
  readonly #pieces: AnswerPieces;
  #now: JobNow['now'];

  constructor(format: 'json' | 'yaml', { job, fromMs, print }: StoryPrinting) {
    const head = { job, since: new Date(fromMs).toISOString() };
    this.#pieces = new AnswerPieces(format, { key: 'entries', head });
    this.#print = print;
  }

  begin({ now }: JobNow): void {
    this.#now = now;
  }

  add(entry: StoryEntry): void {
    this.#say(this.#pieces.item(entry));
  }

  partRead(): void {}

  end(): void {
    this.#say(this.#pieces.end({ now: this.#now ?? [] }));
  }

  cut(): void {
    this.#say(this.#pieces.cut());
  }

  #say(lines: readonly string[]): void {
    for (const line of lines) this.#print(line);
  }
}

/** Prints lines for people. */
export class StoryText implements StoryPrinter {
  readonly #print: (line: string) => void;
  readonly #pieces: StoryPieces;
  readonly #blocks: RowBlocks<StoryEntry>;
  #present: JobNow = { now: undefined, reasons: [] };
  #hasStory = false;

  constructor({ wallMs, print }: StoryPrinting) {
    this.#print = print;
    this.#pieces = new StoryPieces(wallMs);
    this.#blocks = new RowBlocks((entries, isWhole) => this.#tell(entries, isWhole));
  }

  begin(now: JobNow): void {
    this.#present = now;
  }

  add(entry: StoryEntry): void {
    this.#blocks.add(entry);
  }

  partRead(): void {
    this.#blocks.partRead();
  }

  end(): void {
    this.cut();
    this.#say(presentTexts(this.#present, this.#hasStory));
  }

  cut(): void {
    this.#blocks.end();
    this.#say(this.#pieces.end());
  }

  /** Of a long story the lines to come may be about any container that there is. */
  #tell(entries: readonly StoryEntry[], isWhole: boolean): void {
    const { now = [] } = this.#present;
    if (!isWhole) this.#pieces.expect(now.map(({ id }) => id));
    this.#hasStory ||= entries.length > 0;
    this.#say(this.#pieces.lines(entries));
  }

  #say(lines: readonly string[]): void {
    for (const line of lines) this.#print(line);
  }
}
