import { randomUUID } from 'node:crypto';
import type {
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
  CoordinatorStatus,
} from '../../coordinator/contract.js';
import { runWithLeaderElection } from '../../coordinator/run-with-leader-election.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/** The only coordinator of a machine. When it loses its lease or a bucket, it leads again. */
export interface LeaderHandle {
  /** State of the coordinator that led last. */
  status(): CoordinatorStatus;
  /** Resolves with a sentence when no coordinator can lead with the stored state. */
  readonly died: Promise<string>;
  /** Stops it; nothing on any node changes. Safe to call twice. */
  stop(): Promise<void>;
}

/** The coordinator that led last; none before it is held, since each is as large as its cluster. */
interface Led {
  latest: CoordinatorHandle;
}

interface LeadingHook {
  /** Called with each coordinator that leads. */
  readonly onLeading?: (coordinator: CoordinatorHandle) => void;
}

/** Starts a coordinator; resolves once it leads, or with the faults that prevent it. */
export async function startLeader(
  settings: CoordinatorSettings,
  {
    onLeading: onLead = () => {},
    ...deps
  }: Omit<CoordinatorDeps, 'acquiredLease' | 'lastKnown'> & LeadingHook,
): Promise<Result<LeaderHandle>> {
  const stopping = new AbortController();
  let led: Led | undefined;
  let hasLed: () => void = () => {};
  const leads = new Promise<void>((resolve) => {
    hasLed = resolve;
  });
  const onLeading = (coordinator: CoordinatorHandle): void => {
    if (led === undefined) led = { latest: coordinator };
    else led.latest = coordinator;
    onLead(coordinator);
    hasLed();
  };
  const turns = { ...deps, newNonce: randomUUID, signal: stopping.signal, isOnly: true, onLeading };
  const ended = runWithLeaderElection(settings, turns);
  await Promise.race([leads, ended]);
  if (led === undefined) return err((await ended) ?? []);
  const its = led;
  return ok({
    status: () => its.latest.status(),
    died: sentenceOf(ended),
    stop: async () => {
      stopping.abort();
      await ended;
    },
  });
}

/** Never resolves when it was stopped. */
const sentenceOf = (ended: Promise<readonly Fault[] | null>): Promise<string> =>
  new Promise((resolve) => {
    void ended.then((faults) => {
      if (faults !== null) resolve(faults.map(({ message }) => message).join('; '));
    });
  });
