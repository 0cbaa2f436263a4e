import { resolve } from 'node:path';
import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type HeldLock, holdLock } from '../drivers/engine-lock.js';
import { folderIdOf } from '../drivers/file-store.js';
import type { EngineHolder } from '../ports/engine.js';

/** A state folder, and who wants it. */
export interface FolderRequest {
  readonly stateDir: string;
  readonly cluster: string;
  readonly node: string;
}

/** How it is taken. */
export interface FolderWait {
  readonly clock: Clock;
  /** For an agent that is about to end, ms. */
  readonly waitMs: number;
  /** Whether a folder that is missing is made. */
  readonly mayMake: boolean;
}

/**
 * Holds a state folder until released: two agents that share no container would write over each
 * other's journal, and each would put back what the other has limited. The error names the agent
 * that has it. A folder that is not there is held by nobody: where it cannot be made, what is to be
 * written there says why.
 */
export async function lockStateFolder(
  { stateDir: folder, cluster, node }: FolderRequest,
  { clock, waitMs, mayMake }: FolderWait,
): Promise<Result<HeldLock>> {
  const id = await folderIdOf(folder, mayMake).catch(() => undefined);
  if (id === undefined) return ok({ release: async () => {} });
  const own = { stateDir: resolve(folder), cluster, node };
  const holder = { ...own, pid: process.pid, sinceMs: clock.wall() };
  try {
    const held = await holdLock({ names: [`state ${id}`], holder, waitMs, clock });
    return held.ok ? held : err([heldFault(folder, held.error)]);
  } catch (cause) {
    return err([fault(`the lock of ${folder} cannot be taken (${messageOf(cause)})`)]);
  }
}

function heldFault(folder: string, holder: EngineHolder | null): Fault {
  const who =
    holder === null
      ? 'Another process, which does not answer,'
      : `Another agent (process ${holder.pid}, node ${holder.node}, cluster ${holder.cluster}, ` +
        `since ${new Date(holder.sinceMs).toISOString()})`;
  const cure = 'end it first, or give this one a state-dir of its own.';
  return fault(`${who} uses the state folder ${folder}: ${cure}`);
}

const fault = (message: string): Fault => ({ code: 'engine.held', field: 'state-dir', message });
