import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { makeFolder } from '../files/make-folder.js';

/** Identifies a process even if its pid is used again later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot, from /proc; 0 = not known. */
  readonly startTicks: number;
}

/** The processes that use a state folder: the `dqoes` process and its NATS server. */
export interface StateOwner {
  readonly owner: ProcessIdentity;
  readonly nats?: ProcessIdentity;
}

/** The identity of a running process; `undefined` = it does not run. */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command (field 2) is in parentheses and may contain spaces; field 22 is the start time,
    // field 3 the state.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { pid, startTicks: Number(fields[19] ?? 0) };
  } catch {
    return undefined;
  }
}

/** Whether that very process still runs. */
export const isAlive = (mark: ProcessIdentity): boolean =>
  processIdentity(mark.pid)?.startTicks === mark.startTicks;

const lockPath = (stateDir: string): string => join(stateDir, 'up.pid');

/**
 * Creates the state folder and locks it for this process. Returns the NATS server that a crashed
 * owner left running, if any. Refused while another live process holds the folder.
 */
export function lockState(
  stateDir: string,
): Result<{ readonly leftover: ProcessIdentity | undefined }> {
  try {
    makeFolder(stateDir, 0o700);
    const before = readOwner(stateDir);
    if (before !== undefined && before.owner.pid !== process.pid && isAlive(before.owner))
      return err([
        stateFault(
          `Another dqoes (process ${before.owner.pid}) already uses ${stateDir}: stop it, ` +
            'or give this one its own folder with --state.',
        ),
      ]);
    const leftover = before?.nats !== undefined && isAlive(before.nats) ? before.nats : undefined;
    recordNats(stateDir, leftover);
    return ok({ leftover });
  } catch (cause) {
    return err([
      stateFault(
        `The state folder ${stateDir} cannot be used (${messageOf(cause)}): give one you ` +
          'may write to with --state.',
      ),
    ]);
  }
}

/** Writes down the NATS server of this process, so that a later start finds it after a crash. */
export function recordNats(stateDir: string, nats: ProcessIdentity | undefined): void {
  const owner: StateOwner = {
    owner: processIdentity(process.pid) ?? { pid: process.pid, startTicks: 0 },
    ...(nats === undefined ? {} : { nats }),
  };
  // In one step: who reads it meanwhile, or after a crash, finds the old or the new.
  const path = lockPath(stateDir);
  writeFileSync(`${path}.next`, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  renameSync(`${path}.next`, path);
}

/** The NATS server that runs for this state folder now, if any. */
export function runningNats(stateDir: string): ProcessIdentity | undefined {
  const nats = readOwner(stateDir)?.nats;
  return nats !== undefined && isAlive(nats) ? nats : undefined;
}

/** Releases the state folder for others. The folder stays. */
export const unlockState = (stateDir: string): void => rmSync(lockPath(stateDir), { force: true });

function readOwner(stateDir: string): StateOwner | undefined {
  try {
    const parsed = JSON.parse(readFileSync(lockPath(stateDir), 'utf8')) as Partial<StateOwner>;
    const nats = isProcessIdentity(parsed.nats) ? { nats: parsed.nats } : {};
    return isProcessIdentity(parsed.owner) ? { owner: parsed.owner, ...nats } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value from a file is an identity, of a live process or not. */
export const isProcessIdentity = (
  value: Partial<ProcessIdentity> | undefined,
): value is ProcessIdentity =>
  Number.isSafeInteger(value?.pid) &&
  Number.isSafeInteger(value?.startTicks) &&
  (value?.pid ?? 0) > 1;

const stateFault = (message: string): Fault => ({ code: 'config.bad', field: 'state', message });
