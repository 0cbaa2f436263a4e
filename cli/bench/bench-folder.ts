import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import { endLeftover } from '../up/nats-server.js';
import { ownFolder } from '../up/own-folder.js';
import { lockState, unlockState } from '../up/state-lock.js';
import { removeLeftHosts } from './hosts/hosts.js';

/** Where a bench keeps what it needs while it runs. */
export interface BenchFolder {
  /**
   * For simulated hosts. The code that starts them makes it, and ends them before it is removed.
   */
  readonly hosts: string;
  /**
   * An empty folder for the state of the next system. What the last system left, its server
   * included, is ended and removed.
   */
  next(): Promise<Result<string>>;
  /** Removes everything, and lets another bench begin. */
  remove(): void;
}

/**
 * Locks the folder for the whole bench: a second bench at the same time is refused. Hosts that a
 * killed bench left are ended and removed.
 */
export async function claimFolder(clock: Clock): Promise<Result<BenchFolder>> {
  const folder = join(tmpdir(), `dqoes-bench-${process.getuid?.() ?? 0}`);
  const own = ownFolder(folder);
  if (!own.ok) return err([{ code: 'config.bad', field: 'bench', message: own.error }]);
  const claimed = lockState(folder);
  if (!claimed.ok) {
    const message =
      'Another bench may be running, and two would disturb each other: ' +
      `${claimed.error[0]?.message ?? ''}`;
    return err([{ code: 'service.unavailable', field: 'bench', message }]);
  }
  const state = join(folder, 'state');
  const hosts = join(folder, 'hosts');
  await removeLeftHosts(hosts);
  return ok({
    hosts,
    next: async () => {
      const left = lockState(state);
      if (!left.ok) return left;
      if (left.value.leftover !== undefined) await endLeftover(left.value.leftover, clock);
      unlockState(state);
      rmSync(state, { recursive: true, force: true });
      return ok(state);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  });
}
