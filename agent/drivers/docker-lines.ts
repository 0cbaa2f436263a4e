/** Longest line handed on, bytes; the rest of a longer one is dropped. */
export const MAX_LINE_BYTES = 4096;

const NEWLINE = 10;

/** Takes a line; `isCut`: its end was dropped, because it was too long. */
export type TakeLine = (line: string, isCut: boolean) => void;

/** Splits bytes into lines; holds at most one line of `maxBytes`. */
export class LineSplitter {
  readonly #onLine: TakeLine;
  readonly #maxBytes: number;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #isCut = false;

  constructor(onLine: TakeLine, maxBytes = MAX_LINE_BYTES) {
    this.#onLine = onLine;
    this.#maxBytes = maxBytes;
  }

  push(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      this.#hold(bytes.subarray(from, end));
      this.flush();
      from = end + 1;
    }
    this.#hold(bytes.subarray(from));
  }

  /** Hands on what has come so far as a line, as at the end of a stream. */
  flush(): void {
    if (this.#heldBytes === 0) return;
    const [only] = this.#held;
    const whole = this.#held.length === 1 && only !== undefined ? only : Buffer.concat(this.#held);
    const isCut = this.#isCut;
    this.#held = [];
    this.#heldBytes = 0;
    this.#isCut = false;
    const line = whole.toString('utf8');
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line, isCut);
  }

  #hold(bytes: Buffer): void {
    const room = bytes.subarray(0, this.#maxBytes - this.#heldBytes);
    if (room.length < bytes.length) this.#isCut = true;
    if (room.length === 0) return;
    this.#held.push(room);
    this.#heldBytes += room.length;
  }
}

const HEADER_BYTES = 8;

/**
 * Lines of a container's log stream. Without a terminal the engine frames it: stream (1 byte), 3
 * zeros, length (4 bytes, big endian), then the payload (Docker API, "attach"). Payload goes
 * straight to the splitters, so memory stays bounded whatever the length says.
 */
export class LogLines {
  readonly #tty: boolean;
  readonly #stdout: LineSplitter;
  readonly #stderr: LineSplitter;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #payloadLeft = 0;

  constructor(onLine: TakeLine, tty: boolean) {
    this.#tty = tty;
    this.#stdout = new LineSplitter(onLine);
    this.#stderr = new LineSplitter(onLine);
  }

  push(chunk: Buffer): void {
    if (this.#tty) {
      this.#stdout.push(chunk);
      return;
    }
    let at = 0;
    while (at < chunk.length)
      at += this.#payloadLeft > 0 ? this.#payload(chunk, at) : this.#frameHeader(chunk, at);
  }

  flush(): void {
    this.#stdout.flush();
    this.#stderr.flush();
  }

  #frameHeader(chunk: Buffer, at: number): number {
    const taken = Math.min(HEADER_BYTES - this.#headerBytes, chunk.length - at);
    chunk.copy(this.#header, this.#headerBytes, at, at + taken);
    this.#headerBytes += taken;
    if (this.#headerBytes === HEADER_BYTES) {
      this.#payloadLeft = this.#header.readUInt32BE(4);
      this.#headerBytes = 0;
    }
    return taken;
  }

  #payload(chunk: Buffer, at: number): number {
    const taken = Math.min(this.#payloadLeft, chunk.length - at);
    const splitter = this.#header[0] === 2 ? this.#stderr : this.#stdout;
    splitter.push(chunk.subarray(at, at + taken));
    this.#payloadLeft -= taken;
    return taken;
  }
}
