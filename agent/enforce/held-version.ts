import { parseLedger } from './ledger.js';
import type { StateEntry } from './state-registry.js';

/**
 * Of which cluster the version is that the journal of a folder holds: of the one under which its
 * agent began last, unless it was held before that and nothing has been obeyed since. undefined =
 * nothing says so.
 */
export function clusterHeld(
  entry: Pick<StateEntry, 'cluster' | 'held'> | undefined,
  incarnation: string,
): string | undefined {
  return entry?.held?.incarnation === incarnation ? entry.held.cluster : entry?.cluster;
}

/**
 * What the entry of a state folder is to say of the version in its journal. `entries`: as
 * registered before. Never rejects: where the journal cannot be read it is as if nothing was held.
 */
export async function heldVersion(
  entries: readonly StateEntry[],
  { stateDir }: Pick<StateEntry, 'stateDir'>,
  read: (stateDir: string) => Promise<string | null>,
): Promise<Pick<StateEntry, 'held'>> {
  const text = await read(stateDir).catch(() => null);
  const ledger = text === null ? undefined : parseLedger(text);
  const incarnation = ledger?.ok === true ? ledger.value.holds?.incarnation : undefined;
  if (incarnation === undefined) return {};
  const last = entries.find((entry) => entry.stateDir === stateDir);
  const cluster = clusterHeld(last, incarnation);
  return cluster === undefined ? {} : { held: { cluster, incarnation } };
}
