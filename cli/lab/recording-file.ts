import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { type ReadRecording, RecordingReader } from '../../lab/recording/read.js';
import { fileTrouble } from '../../shared/errors.js';
import { err, type Fault, type Result } from '../../shared/result.js';

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/**
 * Reads a recording, compressed or not, whatever its name. Never throws. A compressed file that a
 * crash cut off is read as far as possible; one that is no recording, no further than that shows.
 */
export async function readRecordingFile(path: string): Promise<Result<ReadRecording>> {
  try {
    const isPacked = await isGzip(path);
    const reader = new RecordingReader();
    const bytes = isPacked
      ? createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
      : new PassThrough();
    const file = createReadStream(path);
    file.once('error', (cause) => void bytes.destroy(cause));
    file.pipe(bytes);
    try {
      for await (const piece of bytes) {
        reader.push(piece as Buffer);
        if (reader.isOver) break;
      }
    } finally {
      file.destroy();
    }
    return reader.end();
  } catch (cause) {
    const fault: Fault = {
      code: 'recording.bad',
      field: '',
      message: `cannot be read (${fileTrouble(cause)}): check the path and its permissions`,
    };
    return err([fault]);
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === GZIP_MAGIC[0] && buffer[1] === GZIP_MAGIC[1];
  } finally {
    await file.close();
  }
}
