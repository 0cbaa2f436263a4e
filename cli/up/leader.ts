import { randomUUID } from 'node:crypto';
import type {
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
  CoordinatorStatus,
} from '../../coordinator/contract.js';
import { runWithLeaderElection } from '../../coordinator/run-with-leader-election.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/** The only coordinator of a machine: one that loses its lease or a bucket leads anew. */
export interface LeaderHandle {
  /** As the coordinator that led last knows it. */
  status(): CoordinatorStatus;
  /** Resolves with a sentence when nobody can lead with what is stored. */
  readonly died: Promise<string>;
  /** Nothing on any node changes. Safe to call twice. */
  stop(): Promise<void>;
}

/** Resolves once it leads. */
export async function startLeader(
  settings: CoordinatorSettings,
  deps: Omit<CoordinatorDeps, 'won' | 'remembered'>,
): Promise<Result<LeaderHandle>> {
  const stopping = new AbortController();
  let latest: CoordinatorHandle | undefined;
  let hasLed: () => void = () => {};
  const leads = new Promise<void>((resolve) => {
    hasLed = resolve;
  });
  const onLeading = (coordinator: CoordinatorHandle): void => {
    latest = coordinator;
    hasLed();
  };
  const turns = { ...deps, newNonce: randomUUID, signal: stopping.signal, isOnly: true, onLeading };
  const ended = runWithLeaderElection(settings, turns);
  await Promise.race([leads, ended]);
  if (latest === undefined) return err((await ended) ?? []);
  const first = latest;
  return ok({
    status: () => (latest ?? first).status(),
    died: sentenceOf(ended),
    stop: async () => {
      stopping.abort();
      await ended;
    },
  });
}

/** Never resolves where it was stopped. */
const sentenceOf = (ended: Promise<readonly Fault[] | null>): Promise<string> =>
  new Promise((resolve) => {
    void ended.then((faults) => {
      if (faults !== null) resolve(faults.map(({ message }) => message).join('; '));
    });
  });
