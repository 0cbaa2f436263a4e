import type { FolderStore } from '../../agent/ports/files.js';
import { never, type Process } from './process.js';

/** A folder of a host as it is on disk: name → text. */
export type Folder = Map<string, string>;

/**
 * A folder as one life of an agent has it: writes are whole or not at all (temp file, fsync,
 * rename), and take a while.
 */
export class SimFiles implements FolderStore {
  readonly #folder: Folder;
  readonly #process: Process;
  readonly #onWritten: (name: string, text: string) => void;

  constructor(
    folder: Folder,
    process: Process,
    onWritten: (name: string, text: string) => void = () => {},
  ) {
    this.#folder = folder;
    this.#process = process;
    this.#onWritten = onWritten;
  }

  async read(name: string): Promise<string | null> {
    return this.#process.isAlive ? (this.#folder.get(name) ?? null) : never();
  }

  async list(): Promise<readonly string[]> {
    return this.#process.isAlive
      ? [...this.#folder.keys()].filter((name) => !name.endsWith('.torn'))
      : never();
  }

  writeDurable(name: string, text: string): Promise<void> {
    return this.#change(() => {
      this.#folder.set(name, text);
      this.#onWritten(name, text);
    });
  }

  async create(name: string, text: string): Promise<boolean> {
    let isNew = false;
    await this.#change(() => {
      isNew = !this.#folder.has(name);
      if (isNew) this.#folder.set(name, text);
    });
    return isNew;
  }

  remove(name: string): Promise<void> {
    return this.#change(() => this.#folder.delete(name));
  }

  async setAside(name: string): Promise<string> {
    if (!this.#process.isAlive) return never();
    this.#folder.set(`${name}.torn`, this.#folder.get(name) ?? '');
    this.#folder.delete(name);
    return `${name}.torn`;
  }

  async #change(change: () => void): Promise<void> {
    const process = this.#process;
    const { world } = process;
    if (process.dies('crash at journal')) return never();
    if (world.faults.strikes('disk full')) {
      await process.later(1, () => undefined);
      throw new Error('ENOSPC: no space left on device');
    }
    await new Promise<void>((resolve) => {
      world.timeline.after(world.between(0.5, 5), () => {
        // A process that was killed meanwhile has written only what it had renamed.
        if (!process.isAlive) return;
        change();
        if (!process.dies('crash at journal')) process.deliver(resolve);
      });
    });
  }
}
