import type { DesiredState, StateVersion } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { Owner } from '../containers/host-config.js';
import type { FailStatic } from './fail-static.js';
import type { Journal } from './journal.js';
import { forget, putBack } from './ledger.js';
import { appliedIn } from './ledger-entry.js';
import { type RestoreDeps, restoreEntry } from './restore.js';

/** What letting go uses. */
export interface LetGoDeps extends RestoreDeps {
  readonly journal: Journal;
  readonly log: Log;
}

/**
 * Puts back what is released of the limits that the journal knows, where no desired state is known;
 * null = nothing is due. Never rejects: what fails is left for the next call.
 */
export function letGo(
  deps: LetGoDeps,
  failStatic: FailStatic,
  nowMs: number,
): Promise<void> | null {
  const limits = [...appliedIn(deps.journal.ledger)];
  failStatic.step({ allocations: limits.map(([id, limit]) => ({ id, limit })) }, nowMs);
  const released = new Set(limits.flatMap(([id]) => (failStatic.isReleased(id) ? [id] : [])));
  if (released.size === 0) return null;
  return putReleasedBack(deps, released).catch((cause) =>
    deps.log.error('limits were not given back', { cause: messageOf(cause) }),
  );
}

// What is back stays in the journal, so that an older list never makes our limit the original.
async function putReleasedBack(
  { journal, ...host }: LetGoDeps,
  released: ReadonlySet<AllocationId>,
): Promise<void> {
  const due = journal.ledger.entries.filter(
    ({ applied, allocation }) => applied !== null && released.has(allocation),
  );
  for (const entry of due) {
    const { containerId: id } = entry;
    const result = await restoreEntry(entry, journal, host);
    if (result?.outcome === 'restored') await journal.update(putBack(journal.ledger, id));
    if (result?.outcome !== 'gone') continue;
    await journal.records?.forget([id]);
    await journal.update(forget(journal.ledger, id));
  }
}

/** That nothing is known to be desired, and GPUs are to be as found. */
export const nothingDesired = ({ node }: Owner, version: StateVersion): DesiredState => ({
  ...version,
  node,
  validForMs: 0,
  allocations: [],
});
