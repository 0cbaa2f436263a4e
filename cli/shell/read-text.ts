import { constants, createReadStream, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Clock } from '../../shared/clock.js';
import { fileTrouble } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { notUtf8, utf8Text } from '../../shared/utf8.js';
import { untilAborted } from './aborted.js';
import type { App } from './app.js';

/** Time without data after which reading a FIFO or a device stops, ms. */
const SILENCE_MS = 30_000;

/** What is taken of a text. */
export interface TextBounds {
  readonly maxBytes: number;
  /** What is not UTF-8 is refused; absent = each such byte becomes U+FFFD. */
  readonly isUtf8Only?: boolean;
}

/**
 * The text of a file, or of standard input for `-`. FIFOs and devices are read as streams. Reading
 * stops beyond `maxBytes`. The error is a sentence with the cure.
 */
export async function readText(
  app: App,
  file: string,
  taken: TextBounds,
): Promise<Result<string, string>> {
  const { signal, clock } = app;
  if (file === '-' || file === '/dev/stdin') return readStream(app.stdin(), { ...taken, signal });
  let stream: Readable;
  try {
    stream = isFifo(file) ? openFifo(file) : createReadStream(file);
  } catch (cause) {
    return err(unreadable(cause));
  }
  try {
    const bounds = { ...taken, signal };
    return await readStream(
      stream,
      isRegular(file) ? bounds : { ...bounds, silence: { clock, ms: SILENCE_MS } },
    );
  } finally {
    stream.destroy();
  }
}

const isFifo = (file: string): boolean =>
  statSync(file, { throwIfNoEntry: false })?.isFIFO() === true;
const isRegular = (file: string): boolean =>
  statSync(file, { throwIfNoEntry: false })?.isFile() !== false;

/**
 * A plain open would wait for a writer in a thread that nothing can stop, not even the end of the
 * program.
 */
const openFifo = (file: string): Readable =>
  new Socket({
    fd: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });

const unreadable = (cause: unknown): string =>
  `cannot be read (${fileTrouble(cause)}): check the path and its permissions`;

interface Bounds extends TextBounds {
  readonly signal: AbortSignal;
  /** Reading stops when no data comes for this time; absent = never: a person may be typing. */
  readonly silence?: { readonly clock: Clock; readonly ms: number };
}

/** Reads until the end, the size bound, the signal or a long silence. Never rejects. */
export async function readStream(
  stream: AsyncIterable<Uint8Array | string>,
  { maxBytes, isUtf8Only = false, signal, silence }: Bounds,
): Promise<Result<string, string>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const source = stream[Symbol.asyncIterator]();
  const stopped = untilAborted(signal).then(() => 'stopped' as const);
  try {
    for (;;) {
      const next = await withPatience(source.next(), stopped, silence);
      if (next === 'stopped') return err('was not read to its end: the command was stopped');
      if (next === 'silent')
        return err(`sent nothing for ${(silence?.ms ?? 0) / 1000} s: is a program writing to it?`);
      if (next.done === true) return textOf(Buffer.concat(chunks), isUtf8Only);
      const chunk = Buffer.from(next.value);
      bytes += chunk.length;
      if (bytes > maxBytes) return err(`is longer than ${maxBytes / 1024} KiB: use a shorter file`);
      chunks.push(chunk);
    }
  } catch (cause) {
    return err(unreadable(cause));
  }
}

function textOf(bytes: Buffer, isUtf8Only: boolean): Result<string, string> {
  if (!isUtf8Only) return ok(bytes.toString('utf8'));
  const text = utf8Text(bytes);
  return text.ok ? text : err(notUtf8(text.error));
}

async function withPatience<T>(
  next: Promise<T>,
  stopped: Promise<'stopped'>,
  silence: Bounds['silence'],
): Promise<T | 'stopped' | 'silent'> {
  if (silence === undefined) return Promise.race([next, stopped]);
  const came = new AbortController();
  try {
    const quiet = silence.clock.sleep(silence.ms, came.signal).then(() => 'silent' as const);
    return await Promise.race([next, stopped, quiet]);
  } finally {
    came.abort();
  }
}
