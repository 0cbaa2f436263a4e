import { createHash } from 'node:crypto';
import type { FolderStore } from '../ports/files.js';
import { seal, unseal } from './sealed.js';

/** A state folder that holds, or may hold, a journal of limits on one Engine. */
export interface StateEntry {
  readonly stateDir: string;
  readonly labelPrefix: string;
  readonly cluster: string;
  readonly node: string;
  /** When its agent registered it, wall clock, ms since 1970. */
  readonly sinceMs: number;
  /** The version that its journal held then; absent = none, or an earlier build registered it. */
  readonly held?: HeldVersion;
}

/** Whose desired state a journal holds. */
export interface HeldVersion {
  readonly cluster: string;
  readonly incarnation: string;
}

const KIND = 'dqoes-state 1';

/**
 * The state folders of all agents of one Engine on this host. An agent registers its own before it
 * touches anything, and leaves when everything is as it was.
 */
export class StateRegistry {
  readonly #files: FolderStore;
  constructor(files: FolderStore) {
    this.#files = files;
  }

  /** Durable before it resolves. Rejects when the disk refuses. */
  enter(entry: StateEntry): Promise<void> {
    return this.#files.writeDurable(nameOf(entry.stateDir), seal(KIND, entry));
  }

  leave(stateDir: string): Promise<void> {
    return this.#files.remove(nameOf(stateDir));
  }

  /** In the order of time; `torn`: names of files that are damaged, set aside. */
  async list(): Promise<{
    readonly entries: readonly StateEntry[];
    readonly torn: readonly string[];
  }> {
    const entries: StateEntry[] = [];
    const torn: string[] = [];
    for (const name of await this.#files.list()) {
      const text = await this.#files.read(name);
      if (text === null) continue;
      const entry = parseEntry(text);
      if (entry === undefined) torn.push(await this.#files.setAside(name));
      else entries.push(entry);
    }
    return { entries: entries.sort((a, b) => a.sinceMs - b.sinceMs), torn };
  }
}

const nameOf = (stateDir: string): string =>
  createHash('sha256').update(stateDir).digest('hex').slice(0, 32);

function parseEntry(text: string): StateEntry | undefined {
  const opened = unseal(KIND, text);
  if (!opened.ok || typeof opened.value !== 'object' || opened.value === null) return undefined;
  const entry = opened.value as Partial<StateEntry>;
  const { stateDir, labelPrefix, cluster, node, sinceMs } = entry;
  const held = [entry.held?.cluster ?? '', entry.held?.incarnation ?? ''];
  const texts = [stateDir, labelPrefix, cluster, node, ...held];
  const isWhole = texts.every((text) => typeof text === 'string');
  return isWhole && Number.isFinite(sinceMs) ? (opened.value as StateEntry) : undefined;
}
