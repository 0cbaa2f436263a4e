import { JOURNAL_FILE } from '../../agent/enforce/journal.js';
import { parseLedger } from '../../agent/enforce/ledger.js';
import type { Ledger } from '../../agent/enforce/ledger-entry.js';
import type { Folder } from './sim-files.js';

/** Where an agent of a host may keep its journal: after the one may come another. */
export const STATE_DIRS = ['first', 'other'] as const;
/** One of the state folders. */
export type StateDir = (typeof STATE_DIRS)[number];

/** What lies on the disk of a host: state folders, and what all its agents share. */
export class HostState {
  /** Of the agent that runs, or that ran last. */
  current: StateDir = 'first';
  /** Originals, by container. */
  readonly originals: Folder = new Map();
  readonly registry: Folder = new Map();
  readonly #folders: Readonly<Record<StateDir, Folder>> = { first: new Map(), other: new Map() };

  folder(stateDir: StateDir = this.current): Folder {
    return this.#folders[stateDir];
  }

  /** null = there is no journal, or a torn one. */
  get ledger(): Ledger | null {
    const ledger = parseLedger(this.folder().get(JOURNAL_FILE) ?? '');
    return ledger.ok ? ledger.value : null;
  }
}
