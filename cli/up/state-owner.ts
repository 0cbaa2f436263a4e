import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

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

/** The identity of this process. */
export const ownIdentity = (): ProcessIdentity =>
  processIdentity(process.pid) ?? { pid: process.pid, startTicks: 0 };

/** Whether that very process still runs. */
export const isAlive = (mark: ProcessIdentity): boolean =>
  processIdentity(mark.pid)?.startTicks === mark.startTicks;

/** Whether a value from a file is an identity, of a live process or not. */
export const isProcessIdentity = (
  value: Partial<ProcessIdentity> | undefined,
): value is ProcessIdentity =>
  Number.isSafeInteger(value?.pid) &&
  Number.isSafeInteger(value?.startTicks) &&
  (value?.pid ?? 0) >= 1;

/** The file that says who uses a state folder. */
export const lockPath = (stateDir: string): string => join(stateDir, 'up.pid');

/** The text of that file. */
export const ownerText = (owner: StateOwner): string => `${JSON.stringify(owner)}\n`;

/** Reads such a file; undefined = there is none. Throws where it is kept from us. */
export function ownerIn(path: string): StateOwner | undefined {
  try {
    const { ino } = statSync(path);
    return parsedOwner(readFileSync(path, 'utf8')) ?? { owner: unreadable(ino) };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Stands for the process in a file that was torn when the host crashed: it runs no more. */
const unreadable = (inode: number): ProcessIdentity => ({ pid: 0, startTicks: inode });

function parsedOwner(text: string): StateOwner | undefined {
  try {
    const { owner, nats } = JSON.parse(text) as Partial<StateOwner>;
    if (!isProcessIdentity(owner)) return undefined;
    // It is ended by its pid, and the first process of a machine is no NATS server.
    return isProcessIdentity(nats) && nats.pid > 1 ? { owner, nats } : { owner };
  } catch {
    return undefined;
  }
}
