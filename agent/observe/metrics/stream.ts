import { type FlatLabels, type ReadLine, readMetricLine } from './text.js';

/** Longer lines are refused, characters; a page is never held, only one line of it. */
export const MAX_LINE_CHARS = 65_536;

/** The first thing wrong with a page. */
export interface PageFault {
  /** From 1. */
  readonly line: number;
  /** What is wrong, without the line: `"<html>" is not a line of metrics`. */
  readonly message: string;
}

/** Gets the samples and types of a page as they are read. */
export interface StreamListener {
  sample(name: string, labels: FlatLabels, value: number, line: number): void;
  type?(name: string, type: string): void;
}
/** Which samples matter; the others are skipped unread. */
export interface StreamOptions {
  /**
   * Only these samples are read, the others skipped after their name; absent = every line is read
   * and checked.
   */
  readonly wants?: (name: string) => boolean;
}

/**
 * Reads the page of a metrics endpoint as it arrives, in chunks of any size. The first line that
 * cannot be read is kept as the fault and reading goes on. `end` returns the fault, also when the
 * page was cut.
 */
export class MetricStream {
  readonly #listener: StreamListener;
  readonly #options: StreamOptions;
  #held = '';
  #lineCount = 0;
  #firstFault: PageFault | null = null;
  #isOver = false;

  constructor(listener: StreamListener, options: StreamOptions = {}) {
    this.#listener = listener;
    this.#options = options;
  }

  push(chunk: string): void {
    let from = 0;
    let end = chunk.indexOf('\n');
    while (end !== -1) {
      const line = this.#held === '' ? chunk.slice(from, end) : this.#held + chunk.slice(from, end);
      this.#held = '';
      this.#take(line);
      from = end + 1;
      end = chunk.indexOf('\n', from);
    }
    // One character more than allowed is enough to know that the line is too long.
    if (this.#held.length <= MAX_LINE_CHARS)
      this.#held += chunk.slice(from, from + MAX_LINE_CHARS + 1);
  }

  /** To be called once, after the last chunk. `lines` counts what was read. */
  end(): { readonly fault: PageFault | null; readonly lines: number } {
    // OpenMetrics marks the end of a page, so a cut one is known.
    const isCut = this.#held !== '' && this.#held.trim() !== '# EOF';
    if (isCut) {
      this.#lineCount += 1;
      const shown = JSON.stringify(this.#held.slice(0, 60));
      this.#note(`ends in the middle of ${shown}, without a newline: the page was cut`);
    } else if (this.#lineCount === 0) this.#note('the page is empty', 1);
    return { fault: this.#firstFault, lines: this.#lineCount };
  }

  #take(raw: string): void {
    this.#lineCount += 1;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const read: ReadLine =
      line.length > MAX_LINE_CHARS
        ? { kind: 'fault', message: `is longer than ${MAX_LINE_CHARS} characters` }
        : readMetricLine(line, this.#options.wants);
    if (this.#isOver && read.kind !== 'nothing') this.#note('stands after # EOF');
    else this.#hand(read);
  }

  #hand(read: ReadLine): void {
    if (read.kind === 'sample')
      this.#listener.sample(read.name, read.labels, read.value, this.#lineCount);
    else if (read.kind === 'type') this.#listener.type?.(read.name, read.type);
    else if (read.kind === 'end') this.#isOver = true;
    else if (read.kind === 'fault') this.#note(read.message);
  }

  #note(message: string, line = this.#lineCount): void {
    this.#firstFault ??= { line, message };
  }
}
