import { err, ok, type Result } from '../../shared/result.js';
import { notUtf8, utf8Text } from '../../shared/utf8.js';

/** A line without its end, or what is wrong with it as text. */
export type FileLine = Result<string, string>;

const LINE_FEED = 0x0a;

/** Cuts the bytes of a file into lines. What is wrong with one is no fault of the others. */
export class FileLines {
  readonly #maxBytes: number;
  readonly #onLine: (line: FileLine) => void;
  #rest: Uint8Array[] = [];
  #restBytes = 0;

  /** Of a line of more than `maxBytes` no more than that and one piece is held. */
  constructor(maxBytes: number, onLine: (line: FileLine) => void) {
    this.#maxBytes = maxBytes;
    this.#onLine = onLine;
  }

  /** Takes the next piece, cut anywhere. */
  push(piece: Uint8Array): void {
    const end = piece.lastIndexOf(LINE_FEED);
    if (end < 0) {
      this.#hold(piece);
      return;
    }
    const first = piece.indexOf(LINE_FEED);
    this.#hold(piece.subarray(0, first));
    this.#onLine(this.#takeRest());
    if (end > first) this.#lines(piece.subarray(first + 1, end));
    this.#hold(piece.subarray(end + 1));
  }

  /** What stands behind the last line end, after the last piece; undefined = nothing. */
  end(): FileLine | undefined {
    return this.#restBytes === 0 ? undefined : this.#takeRest();
  }

  /** Whether the line that has no end yet is too long. */
  get isTooLong(): boolean {
    return this.#restBytes > this.#maxBytes;
  }

  #hold(bytes: Uint8Array): void {
    if (!this.isTooLong) this.#rest.push(bytes);
    this.#restBytes += bytes.length;
  }

  #takeRest(): FileLine {
    const isTooLong = this.isTooLong;
    const bytes = Buffer.concat(this.#rest);
    this.#rest = [];
    this.#restBytes = 0;
    return isTooLong ? err(tooLong(this.#maxBytes)) : lineOf(bytes);
  }

  // Decoding many lines at once is faster than one by one.
  #lines(block: Uint8Array): void {
    const text = utf8Text(block);
    if (text.ok && !text.value.includes('\0') && block.length <= this.#maxBytes) {
      for (const line of text.value.split('\n')) this.#onLine(ok(line));
      return;
    }
    for (let from = 0; from <= block.length; ) {
      const found = block.indexOf(LINE_FEED, from);
      const end = found < 0 ? block.length : found;
      const isTooLong = end - from > this.#maxBytes;
      this.#onLine(isTooLong ? err(tooLong(this.#maxBytes)) : lineOf(block.subarray(from, end)));
      from = end + 1;
    }
  }
}

function lineOf(bytes: Uint8Array): FileLine {
  const text = utf8Text(bytes);
  if (!text.ok) return err(`this ${notUtf8()}`);
  return text.value.includes('\0') ? err(ZERO_BYTES) : text;
}

const ZERO_BYTES =
  'this has zero bytes, as a file that is damaged or in another encoding than UTF-8: delete the ' +
  'line, or the whole file';

const tooLong = (maxBytes: number): string =>
  `this is longer than ${maxBytes / 1024 ** 2} MiB, which no line of a recording is: delete it`;
