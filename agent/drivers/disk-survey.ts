import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/** The disk under a folder. */
export interface DiskSurvey {
  readonly folder: string;
  /** The folder is there; else the rest is about the nearest one above it. */
  readonly exists: boolean;
  /** For this user. */
  readonly isWritable: boolean;
  /** Nobody can write there. */
  readonly isReadOnly: boolean;
  /** For this user. */
  readonly freeBytes: number;
  readonly freeFiles: number | null;
}

/** Looks at the disk of a folder, which need not exist. The error is why it cannot be read. */
export function surveyDisk(folder: string): Result<DiskSurvey, string> {
  let at = resolve(folder);
  while (!existsSync(at) && at !== dirname(at)) at = dirname(at);
  try {
    const { bavail, bsize, files, ffree } = statfsSync(at);
    return ok({
      folder,
      exists: at === resolve(folder),
      ...writing(at),
      freeBytes: bavail * bsize,
      // Some file systems, such as btrfs, have no fixed number of files.
      freeFiles: files > 0 ? ffree : null,
    });
  } catch (cause) {
    return err(messageOf(cause));
  }
}

function writing(folder: string): Pick<DiskSurvey, 'isWritable' | 'isReadOnly'> {
  try {
    accessSync(folder, constants.W_OK);
    return { isWritable: true, isReadOnly: false };
  } catch (cause) {
    const isReadOnly = (cause as NodeJS.ErrnoException).code === 'EROFS';
    return { isWritable: false, isReadOnly };
  }
}
