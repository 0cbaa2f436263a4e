import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { createGzip, type Gzip } from 'node:zlib';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/** Text that may wait for a slow disk; lines beyond are dropped, so that memory stays bounded. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Writes whole lines into a new file, compressed where its name ends in `.gz`. */
export class RecordingWriter {
  /** Characters taken, before compression. */
  written = 0;
  /** Lines that found the disk too slow. */
  dropped = 0;
  #failure: string | undefined;
  #isOver = false;
  readonly #head: WriteStream | Gzip;

  readonly #file: WriteStream;
  readonly #gzip: Gzip | undefined;

  private constructor(file: WriteStream, gzip: Gzip | undefined) {
    this.#file = file;
    this.#gzip = gzip;
    this.#head = gzip ?? file;
    gzip?.pipe(file);
    file.on('error', (cause) => this.#fail(cause));
    gzip?.on('error', (cause) => this.#fail(cause));
  }

  /**
   * The error says why not; a file that is there already is not overwritten: recordings cannot be
   * made again.
   */
  static open(path: string): Result<RecordingWriter, string> {
    try {
      const file = createWriteStream(path, { fd: openSync(path, 'wx') });
      return ok(new RecordingWriter(file, path.endsWith('.gz') ? createGzip() : undefined));
    } catch (cause) {
      const isThere = (cause as { code?: unknown }).code === 'EEXIST';
      return err(
        isThere
          ? 'already exists: choose another name, or remove it'
          : `cannot be written (${messageOf(cause)})`,
      );
    }
  }

  /** Why nothing can be written any more; undefined while all is well. */
  get problem(): string | undefined {
    return this.#failure;
  }

  /** Takes a whole line, its end included; nothing after `close`. */
  line(text: string): void {
    if (this.#failure !== undefined || this.#isOver) return;
    if (this.#head.writableLength + this.#file.writableLength > MAX_WAITING_BYTES) {
      this.dropped += 1;
      return;
    }
    this.written += text.length;
    this.#head.write(text);
  }

  /** What was taken so far can be read even if the recorder is killed now. */
  flush(): void {
    if (this.#failure === undefined && !this.#isOver) this.#gzip?.flush();
  }

  /** Resolves when everything is in the file, or cannot be. */
  async close(): Promise<void> {
    this.#isOver = true;
    if (this.#failure !== undefined || this.#file.closed) return;
    await new Promise<void>((resolve) => {
      this.#file.once('close', resolve);
      this.#head.end();
    });
  }

  #fail(cause: Error): void {
    this.#failure ??= cause.message;
    this.#file.destroy();
  }
}
