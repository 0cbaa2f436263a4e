import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { type HostRoom, isDefaultWeight, parentWeightOf } from '../containers/weight.js';
import type { ContainerParent, ContainerProcess, ParentWeights } from '../ports/cgroup.js';
import type { FolderStore } from '../ports/files.js';
import { seal, unseal } from './sealed.js';

/** What a cgroup that holds containers had before any agent of this host touched it. */
interface ParentRecord {
  readonly path: string;
  readonly original: number;
  /** The share of an Engine that the agent manages which touched it first, and puts it back. */
  readonly by: string;
  /** Boot of the host: after another one the weight is the kernel's, or its owner's. */
  readonly boot: string;
}

/** What puts weights back. */
export interface ParentRestoreOptions {
  readonly parents: ParentWeights;
  /** One record for each cgroup that is touched, shared by all agents of this host. */
  readonly files: FolderStore;
  readonly log: Log;
}
/** What raises the weight of cgroups that hold containers. */
export interface ParentWeightOptions extends ParentRestoreOptions {
  readonly clock: Clock;
  /** The share of an Engine that this agent manages; no two agents have one at a time. */
  readonly by: string;
  /** Read in each look, because it may change. */
  readonly room: () => HostRoom;
  /** Running containers that have a limit of ours; null = not known. */
  readonly limited: () => readonly ContainerProcess[] | null;
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
  readonly #refused = new Map<string, string>();
  readonly #seen = new Set<string>();
  #lookedAtMs: number | null = null;
  #running: Promise<void> | null = null;

  constructor(options: ParentWeightOptions) {
    this.#options = options;
  }

  /** Looks again when five seconds have passed since the last time. Never blocks, never throws. */
  tick(): void {
    const { clock } = this.#options;
    const nowMs = clock.now();
    if (this.#running !== null) return;
    if (this.#lookedAtMs !== null && nowMs - this.#lookedAtMs < LOOK_MS) return;
    this.#lookedAtMs = nowMs;
    this.#running = this.#look()
      .catch((cause) => this.#say('', `its record cannot be kept: ${messageOf(cause)}`))
      .finally(() => {
        this.#running = null;
      });
  }

  /** Waits for a look in progress; nothing is written after it. */
  async close(): Promise<void> {
    this.#lookedAtMs = Number.POSITIVE_INFINITY;
    await this.#running;
  }

  /** Puts back what this agent raised. Call after `close`. Rejects when the disk refuses. */
  async restore(): Promise<void> {
    await this.#putBack(() => true);
  }

  async #look(): Promise<void> {
    const { parents, limited, room, by } = this.#options;
    const containers = limited();
    if (containers === null) return;
    const found = parents.look(containers);
    for (const parent of found) {
      this.#seen.add(parent.path);
      const record = await this.#recordOf(parent.path);
      // Another weight without a record was set by its owner; another agent keeps what it raised.
      if (record === undefined ? !isDefaultWeight(parent.weight) : record.by !== by) continue;
      const original = record?.original ?? parent.weight.value;
      const value = parentWeightOf(parent, original, room());
      if (record !== undefined || value !== original) await this.#keep(parent, original, value);
    }
    const paths = new Set(found.map(({ path }) => path));
    await this.#putBack(({ path }) => !paths.has(path));
  }

  async #keep({ path, weight }: ContainerParent, original: number, value: number): Promise<void> {
    if (Math.abs(value - weight.value) <= SAME_RATIO * weight.value) return;
    const { parents, files, by } = this.#options;
    const record: ParentRecord = { path, original, by, boot: parents.boot };
    const name = nameOf(path);
    if ((await files.read(name)) === null) await files.create(name, seal(KIND, record));
    const written = parents.write(path, value);
    if (written.ok) this.#refused.delete(path);
    else this.#say(path, `cannot be raised to ${value}: ${written.error}`);
    // Another agent that put it back meanwhile has removed the record.
    if ((await files.read(name)) === null) await files.create(name, seal(KIND, record));
  }

  async #recordOf(path: string): Promise<ParentRecord | undefined> {
    const { files, parents } = this.#options;
    const name = nameOf(path);
    const text = await files.read(name);
    const record = text === null ? undefined : parseRecord(text);
    if (text !== null && record === undefined) await files.setAside(name);
    if (record === undefined || record.boot === parents.boot) return record;
    await files.remove(name);
    return undefined;
  }

  async #putBack(isDue: (record: ParentRecord) => boolean): Promise<void> {
    const { by } = this.#options;
    const faults = await putParentsBack(this.#options, {
      isDue: (record) => record.by === by && isDue(record),
      isGone: (path) => this.#seen.has(path),
    });
    for (const { path, reason } of faults) this.#say(path, reason);
  }

  // Once for each fault: an agent without rights would say it every five seconds.
  #say(path: string, reason: string): void {
    if (this.#refused.get(path) === reason) return;
    this.#refused.set(path, reason);
    this.#options.log.warn('the CPU weight of a cgroup of containers', { path, reason });
  }
}

/** A cgroup whose weight could not be put back. */
export interface ParentFault {
  readonly path: string;
  readonly reason: string;
}

/** Which records are meant. */
export interface ParentChoice {
  readonly isDue: (record: ParentRecord) => boolean;
  /** Whether a cgroup that cannot be read is surely gone, and not only unseen from here. */
  readonly isGone: (path: string) => boolean;
}

/**
 * Puts back what agents of this host raised, by their records. A record of an earlier boot is
 * removed; one stays while its cgroup cannot be read, which may be there unseen. Rejects when the
 * disk refuses.
 */
export async function putParentsBack(
  { parents, files, log }: ParentRestoreOptions,
  { isDue, isGone }: ParentChoice = { isDue: () => true, isGone: () => false },
): Promise<readonly ParentFault[]> {
  const faults: ParentFault[] = [];
  for (const name of await files.list()) {
    const record = parseRecord((await files.read(name)) ?? '');
    if (record === undefined || !isDue(record)) continue;
    const { path, original, boot } = record;
    const now = parents.read(path);
    const isOver = boot !== parents.boot || (now === null && isGone(path));
    if (now === null && !isOver) continue;
    const isBack = isOver || now?.value === original;
    const written = isBack ? undefined : parents.write(path, original);
    if (written?.ok === false)
      faults.push({ path, reason: `cannot be put back to ${original}: ${written.error}` });
    else {
      await files.remove(name);
      log.info('the CPU weight of a cgroup of containers is as it was', { path, original });
    }
  }
  return faults;
}

// The path itself is in the file.
const nameOf = (path: string): string => createHash('sha256').update(path).digest('hex');

function parseRecord(text: string): ParentRecord | undefined {
  const opened = unseal(KIND, text);
  const value = opened.ok ? (opened.value as Partial<ParentRecord> | null) : null;
  return typeof value?.path === 'string' &&
    typeof value.by === 'string' &&
    typeof value.boot === 'string' &&
    Number.isSafeInteger(value.original)
    ? (value as ParentRecord)
    : undefined;
}
