import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import {
  defaultWeightOf,
  type HostRoom,
  isDefaultWeight,
  mayBeRaised,
  parentWeightOf,
} from '../containers/weight.js';
import type { ContainerParent, ContainerProcess, KernelWeight } from '../ports/cgroup.js';
import {
  nameOf,
  type ParentRecord,
  type ParentRestoreOptions,
  parseRecord,
  putParentsBack,
  sealRecord,
  textIn,
  tornReason,
} from './parent-records.js';

/** What raises the weight of cgroups that hold containers. */
export interface ParentWeightOptions extends Omit<ParentRestoreOptions, 'likelyPaths'> {
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
    await this.#putBack(
      () => true,
      (path) => this.#seen.has(path),
    );
  }

  async #look(): Promise<void> {
    const { parents, limited, room, by } = this.#options;
    const containers = limited();
    if (containers === null) return;
    const found = parents.look(containers);
    for (const parent of found) {
      this.#seen.add(parent.path);
      const record = await this.#recordOf(parent);
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
    if ((await files.read(name)) === null) await files.create(name, sealRecord(record));
    const written = parents.write(path, value);
    if (written.ok) this.#refused.delete(path);
    else this.#say(path, `cannot be raised to ${value}: ${written.error}`);
    // Another agent that put it back meanwhile has removed the record.
    if ((await files.read(name)) === null) await files.create(name, sealRecord(record));
  }

  async #recordOf({ path, weight }: ContainerParent): Promise<ParentRecord | undefined> {
    const { files, parents } = this.#options;
    const name = nameOf(path);
    const text = await textIn(files, name);
    if (text === null) return undefined;
    const record = parseRecord(text);
    if (record === undefined) return this.#mended(path, weight);
    if (record.boot === parents.boot) return record;
    await files.remove(name);
    return undefined;
  }

  /** What a torn record said: agents raise what has the kernel's default, and nothing else. */
  async #mended(path: string, weight: KernelWeight): Promise<ParentRecord | undefined> {
    const { files, parents, by, room } = this.#options;
    const isOurs = mayBeRaised(weight, room().hostCores);
    const original = isOurs ? defaultWeightOf(weight.version) : null;
    this.#say(path, tornReason(weight, original));
    if (original === null) {
      await files.setAside(nameOf(path));
      return undefined;
    }
    const record: ParentRecord = { path, original, by, boot: parents.boot };
    await files.writeDurable(nameOf(path), sealRecord(record));
    return record;
  }

  async #putBack(
    isDue: (record: ParentRecord) => boolean,
    isTornDue: (path: string) => boolean = () => false,
  ): Promise<void> {
    const { by, room } = this.#options;
    const faults = await putParentsBack(
      { ...this.#options, likelyPaths: [...this.#seen] },
      {
        isDue: (record) => record.by === by && isDue(record),
        isTornDue,
        isGone: (path) => this.#seen.has(path),
        hostCores: room().hostCores,
      },
    );
    for (const { path, reason } of faults) this.#say(path, reason);
  }

  // Once for each fault: an agent without rights would say it every five seconds.
  #say(path: string, reason: string): void {
    if (this.#refused.get(path) === reason) return;
    this.#refused.set(path, reason);
    this.#options.log.warn('the CPU weight of a cgroup of containers', { path, reason });
  }
}
