import type { DesiredState, StateVersion } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { Owner } from '../containers/host-config.js';
import type { ExecutorDeps } from './executor.js';
import type { FailStatic } from './fail-static.js';
import type { Journal } from './journal.js';
import { forget, putBack } from './ledger.js';
import { appliedIn, type LedgerEntry } from './ledger-entry.js';
import type { OnceWarnings } from './once-warnings.js';
import { type RestoreDeps, type RestoredContainer, restoreEntry } from './restore.js';

/** What letting go uses. */
export interface LetGoDeps extends RestoreDeps {
  readonly journal: Journal;
  readonly log: Log;
  readonly once: OnceWarnings;
  readonly onWarning: (message: string) => void;
  /** See `ExecutorDeps`. */
  readonly onStep?: NonNullable<ExecutorDeps['onStep']>;
}

/**
 * Puts back what is released of the limits that the journal knows, where no desired state is known;
 * null = nothing is due. Never rejects: what fails is left for the next call.
 */
export function letGo(deps: LetGoDeps, failStatic: FailStatic): Promise<void> | null {
  const limits = [...appliedIn(deps.journal.ledger)];
  const allocations = limits.map(([id, limit]) => ({ id, limit }));
  failStatic.step({ allocations }, deps.clock.now());
  const released = new Set(limits.flatMap(([id]) => (failStatic.isReleased(id) ? [id] : [])));
  if (released.size === 0) return null;
  return putReleasedBack(deps, released).catch((cause) =>
    deps.log.error('limits were not given back', { cause: messageOf(cause) }),
  );
}

async function putReleasedBack(
  deps: LetGoDeps,
  released: ReadonlySet<AllocationId>,
): Promise<void> {
  const { journal, once, clock } = deps;
  const warn = (text: string): void => {
    if (text !== '') deps.onWarning(text);
  };
  const due = journal.ledger.entries.filter(
    ({ applied, allocation }) => applied !== null && released.has(allocation),
  );
  let refused = '';
  for (const entry of due) {
    const beganAtMs = clock.now();
    const result = await restoreEntry(entry, journal, deps);
    const isDone = result?.outcome !== 'failed';
    deps.onStep?.('restore', isDone, (clock.now() - beganAtMs) / 1000);
    if (result?.outcome === 'failed') warn(once.notBack(entry, result.reason));
    else {
      once.back(entry.containerId);
      // A full disk must not keep the others from being put back.
      refused = (await noteBack(entry, result?.outcome, journal)) || refused;
    }
  }
  warn(once.refused(refused));
}

/** What is back stays in the journal, so that an older list never makes our limit the original. */
async function noteBack(
  { containerId: id }: LedgerEntry,
  outcome: RestoredContainer['outcome'] | undefined,
  journal: Journal,
): Promise<string> {
  try {
    if (outcome === 'restored') await journal.update(putBack(journal.ledger, id));
    if (outcome !== 'gone') return '';
    await journal.records?.forget([id]);
    await journal.update(forget(journal.ledger, id));
    return '';
  } catch (cause) {
    return `limits are given back, which the journal cannot be told: ${messageOf(cause)}`;
  }
}

/** That nothing is known to be desired, and GPUs are to be as found. */
export const nothingDesired = ({ node }: Owner, version: StateVersion): DesiredState => ({
  ...version,
  node,
  validForMs: 0,
  allocations: [],
});
