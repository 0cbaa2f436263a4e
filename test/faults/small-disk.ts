import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';

const FILLER = 'filler';

/** A file system of its own, in memory, that can be full or read-only. Needs root. */
export class SmallDisk {
  readonly #bytes: number;

  constructor(
    readonly path: string,
    bytes: number,
  ) {
    this.#bytes = bytes;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    mount('-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'dqoes-faults', path);
  }

  /** Until nothing more can be written. */
  fill(): void {
    const [file, part] = [join(this.path, FILLER), Buffer.alloc(4096)];
    for (let written = 0; written <= 2 * this.#bytes; written += part.length)
      try {
        appendFileSync(file, part);
      } catch (cause) {
        if (messageOf(cause).includes('ENOSPC')) return;
        throw cause;
      }
    throw new Error(`${this.path} takes more than ${this.#bytes} bytes`);
  }
  empty(): void {
    rmSync(join(this.path, FILLER), { force: true });
  }

  /** Throws while a file on it is open for writing, as the kernel does. */
  becomeReadOnly(isReadOnly: boolean): void {
    mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.path);
  }

  /** Unmounts it, also while it is used. */
  remove(): void {
    execFileSync('umount', ['--lazy', this.path]);
  }
}

function mount(...args: readonly string[]): void {
  execFileSync('mount', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
