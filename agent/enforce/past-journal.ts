import { parseLedger } from './ledger.js';
import type { LedgerEntry } from './ledger-entry.js';
import type { StateEntry } from './state-registry.js';

/** What is known of the agent that ran before on this Engine, and did not put everything back. */
export interface PastJournal {
  /** From the journal of another state folder than ours: what may still come into force. */
  readonly entries: readonly LedgerEntry[];
  /** Its journal is gone or torn: what it asked Docker for is not known. */
  readonly isLost: boolean;
}

/** No agent ran before, or it has put everything back. */
export const NO_PAST: PastJournal = { entries: [], isLost: false };

/**
 * Looks at the journal of the agent that registered last for the same containers, ours perhaps:
 * of such agents one runs at a time, so its writes are the only ones that Docker may still do.
 * `entries`: as registered before this agent, in the order of time. Never rejects.
 */
export async function pastJournal(
  entries: readonly StateEntry[],
  own: Omit<StateEntry, 'sinceMs'>,
  read: (stateDir: string) => Promise<string | null>,
): Promise<PastJournal> {
  const last = entries.findLast(
    ({ labelPrefix, cluster, node }) =>
      labelPrefix === own.labelPrefix || (cluster === own.cluster && node === own.node),
  );
  if (last === undefined) return NO_PAST;
  const text = await read(last.stateDir).catch(() => null);
  const ledger = text === null ? undefined : parseLedger(text);
  if (ledger?.ok !== true) return { entries: [], isLost: true };
  return last.stateDir === own.stateDir
    ? NO_PAST
    : { entries: ledger.value.entries, isLost: false };
}
