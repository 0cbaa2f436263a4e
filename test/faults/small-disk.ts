import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';

const FILLER = 'filler';
const PAGE_BYTES = 4096;

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
    const [file, part] = [join(this.path, FILLER), '\0'.repeat(PAGE_BYTES)];
    for (let written = 0; written <= 2 * this.#bytes; written += PAGE_BYTES)
      if (!isAppended(file, part)) return;
    throw new Error(`${this.path} takes more than ${this.#bytes} bytes`);
  }
  /** The same, and the last page of each file, which has room of its own. For texts only. */
  fillWithTexts(): void {
    this.fill();
    for (const name of readdirSync(this.path)) {
      const file = join(this.path, name);
      const rest = PAGE_BYTES - (statSync(file).size % PAGE_BYTES);
      isAppended(file, '\n'.repeat(rest % PAGE_BYTES));
    }
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

/** false = the disk has no room. */
function isAppended(file: string, text: string): boolean {
  try {
    appendFileSync(file, text);
    return true;
  } catch (cause) {
    if (messageOf(cause).includes('ENOSPC')) return false;
    throw cause;
  }
}

function mount(...args: readonly string[]): void {
  execFileSync('mount', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
