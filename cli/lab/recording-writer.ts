import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { createGzip, type Gzip } from 'node:zlib';
import { fileTrouble } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/**
 * Text that may wait for a slow disk, bytes; further lines are dropped, so that memory stays
 * bounded.
 */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Writes whole lines into a new file, compressed if its name ends in `.gz`. */
export class RecordingWriter {
  /** Characters written, before compression. */
  written = 0;
  /** Lines dropped because the disk was too slow. */
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
   * Opens a new file; the error says why not. An existing file is never overwritten: a recording
   * cannot be repeated.
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
          : `cannot be written (${fileTrouble(cause)}): check the path and its permissions`,
      );
    }
  }

  /** Why writing failed; undefined = it works. */
  get problem(): string | undefined {
    return this.#failure;
  }

  /** Writes a whole line with its line end; ignored after `close`. */
  line(text: string): void {
    if (this.#failure !== undefined || this.#isOver) return;
    if (this.#head.writableLength + this.#file.writableLength > MAX_WAITING_BYTES) {
      this.dropped += 1;
      return;
    }
    this.written += text.length;
    this.#head.write(text);
  }

  /** Makes everything written so far readable, even if the recorder is killed now. */
  flush(): void {
    if (this.#failure === undefined && !this.#isOver) this.#gzip?.flush();
  }

  /** Resolves when everything is in the file, or writing has failed. */
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
