import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { parentWeightOf } from '../containers/weight.js';
import type { ContainerParent, ContainerProcess, ParentWeights } from '../ports/cgroup.js';
import type { FolderStore } from '../ports/files.js';
import { seal, unseal } from './sealed.js';

/** What a cgroup that holds containers had before any agent of this host touched it. */
interface ParentRecord {
  readonly path: string;
  readonly original: number;
}

/** What raises the weight of cgroups that hold containers. */
export interface ParentWeightOptions {
  readonly parents: ParentWeights;
  /** One record for each cgroup that is touched, shared by all agents of an Engine. */
  readonly files: FolderStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Read in each look, because it may change. */
  readonly allocatableCores: () => number;
  /** Running containers that have a limit of ours; null = not known. */
  readonly limited: () => readonly ContainerProcess[] | null;
  readonly onWarning: (text: string) => void;
}

/** Shortest time between two looks, ms. */
const LOOK_MS = 5000;
/** Smaller changes of a weight are not written, as a ratio. */
const SAME_RATIO = 0.1;
const KIND = 'dqoes-parent-weight 1';

/**
 * Keeps the weight of a cgroup that holds containers and nothing else at that of the containers in
 * it. Beside other programs of the host the kernel looks at the weight of that cgroup alone, which
 * is that of one process by default: a burst of them took two thirds of a CPU from containers whose
 * limits had room. What it was is on disk before the first write, and comes back when no container
 * in it has a limit of ours any more.
 */
export class ParentWeightControl {
  readonly #options: ParentWeightOptions;
  readonly #originals = new Map<string, number>();
  readonly #said = new Set<string>();
  #isRead = false;
  #lookedAtMs: number | null = null;
  #running: Promise<void> | null = null;

  constructor(options: ParentWeightOptions) {
    this.#options = options;
  }

  /** Looks again when five seconds have passed since the last time. Never blocks, never throws. */
  tick(): void {
    const { clock, log } = this.#options;
    const nowMs = clock.now();
    if (this.#running !== null) return;
    if (this.#lookedAtMs !== null && nowMs - this.#lookedAtMs < LOOK_MS) return;
    this.#lookedAtMs = nowMs;
    this.#running = this.#look()
      .catch((cause) =>
        log.warn('the weight of a cgroup of containers cannot be kept', {
          cause: messageOf(cause),
        }),
      )
      .finally(() => {
        this.#running = null;
      });
  }

  /**
   * Puts all of them back and returns their paths. Call when nothing ticks any more. Rejects when
   * the disk refuses.
   */
  async restore(): Promise<readonly string[]> {
    await this.#running;
    await this.#read();
    const paths = [...this.#originals.keys()];
    for (const path of paths) await this.#putBack(path);
    return paths.filter((path) => !this.#originals.has(path));
  }

  async #look(): Promise<void> {
    const { parents, limited, allocatableCores } = this.#options;
    const containers = limited();
    if (containers === null) return;
    await this.#read();
    const found = parents.look(containers);
    for (const parent of found) {
      const original = this.#originals.get(parent.path) ?? parent.weight.value;
      const value = parentWeightOf(parent, original, allocatableCores());
      const isSame = Math.abs(value - parent.weight.value) <= SAME_RATIO * parent.weight.value;
      if (!isSame) await this.#write(parent, value);
    }
    const paths = new Set(found.map(({ path }) => path));
    for (const path of [...this.#originals.keys()]) if (!paths.has(path)) await this.#putBack(path);
  }

  async #write({ path, weight }: ContainerParent, value: number): Promise<void> {
    await this.#note({ path, original: weight.value });
    const written = this.#options.parents.write(path, value);
    if (written.ok) this.#said.delete(path);
    else this.#warn(path, `cannot be raised to ${value}: ${written.error}`);
  }

  async #putBack(path: string): Promise<void> {
    const { parents, files } = this.#options;
    const [original, now] = [this.#originals.get(path), parents.read(path)];
    // Where the cgroup is gone there is nothing to put back.
    if (original !== undefined && now !== null && now.value !== original) {
      const written = parents.write(path, original);
      if (!written.ok) {
        this.#warn(path, `cannot be put back to ${original}: ${written.error}`);
        return;
      }
    }
    await files.remove(nameOf(path));
    this.#originals.delete(path);
  }

  /**
   * Durable before it resolves. What another agent found first is the original; one that has put it
   * back has removed the record.
   */
  async #note({ path, original: found }: ParentRecord): Promise<void> {
    const { files } = this.#options;
    const record = { path, original: this.#originals.get(path) ?? found };
    const name = nameOf(path);
    const isNew = await files.create(name, seal(KIND, record));
    const known = isNew ? record : parseRecord((await files.read(name)) ?? '');
    if (known === undefined) await files.writeDurable(name, seal(KIND, record));
    this.#originals.set(path, (known ?? record).original);
  }

  async #read(): Promise<void> {
    if (this.#isRead) return;
    const { files } = this.#options;
    for (const name of await files.list()) {
      const record = parseRecord((await files.read(name)) ?? '');
      if (record !== undefined) this.#originals.set(record.path, record.original);
    }
    this.#isRead = true;
  }

  #warn(path: string, what: string): void {
    if (this.#said.has(path)) return;
    this.#said.add(path);
    this.#options.onWarning(`the CPU weight of the cgroup ${path} ${what}`);
  }
}

// As a file name; the path itself is in the file.
const nameOf = (path: string): string => `parent${path.replace(/[^A-Za-z0-9_-]/g, '-').slice(-90)}`;

function parseRecord(text: string): ParentRecord | undefined {
  const opened = unseal(KIND, text);
  const value = opened.ok ? (opened.value as Partial<ParentRecord> | null) : null;
  return typeof value?.path === 'string' && Number.isSafeInteger(value.original)
    ? (value as ParentRecord)
    : undefined;
}
