import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isLinked } from '../files/link-file.js';
import { lockPath, ownerIn, ownerText, type ProcessIdentity } from './state-owner.js';

/** A process that wants a state folder, and what it knows of the others. */
export interface Claimant {
  readonly self: ProcessIdentity;
  readonly isAlive: (other: ProcessIdentity) => boolean;
}

/** Each further try means that another process has come or gone meanwhile. */
const MAX_TRIES = 100;

/**
 * Claims a state folder for one process and for no other, however many try in the same instant;
 * undefined = it is ours, else the live process that has it. Throws where files cannot be made.
 *
 * A claim is a link, which is made with its content or not at all, and which only one can make. The
 * place of a dead owner is taken by linking a file with the name of that owner: nothing is removed
 * that another process may just have made. One that dies with its claim has a successor itself.
 */
export function claimState(stateDir: string, as: Claimant): ProcessIdentity | undefined {
  const own = `${lockPath(stateDir)}.of-${nameOf(as.self)}`;
  rmSync(own, { force: true });
  writeFileSync(own, ownerText({ owner: as.self }), { mode: 0o600, flag: 'wx' });
  try {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const found = lastOf(stateDir, as);
      if (typeof found !== 'string') return isSame(found, as.self) ? undefined : found;
      if (!isLinked(own, found)) continue;
      const now = lastOf(stateDir, as);
      if (typeof now !== 'string' && isSame(now, as.self)) return undefined;
      // The dead owner has got a successor, who has tidied up, since we looked.
      rmSync(found, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
  throw new Error(`${lockPath(stateDir)} changes all the time`);
}

/**
 * Removes what claims have left, of this process and of dead ones. To be called by the owner, once
 * `up.pid` says that it is.
 */
export function clearClaims(stateDir: string, { isAlive }: Claimant): void {
  const prefix = basename(lockPath(stateDir));
  for (const name of readdirSync(stateDir)) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const [, kind, pid, startTicks] = /\.(of|after)-(\d+)-(\d+)$/.exec(name) ?? [];
    const isLeft = kind === 'of' && !isAlive({ pid: Number(pid), startTicks: Number(startTicks) });
    if (kind === 'after' || isLeft) rmSync(join(stateDir, name), { force: true });
  }
}

/** The live process at the end of the claims; a path = there is none, and who links it is next. */
function lastOf(stateDir: string, { self, isAlive }: Claimant): ProcessIdentity | string {
  let path = lockPath(stateDir);
  for (;;) {
    const owner = ownerIn(path)?.owner;
    if (owner === undefined) return path;
    if (isSame(owner, self) || isAlive(owner)) return owner;
    path = `${lockPath(stateDir)}.after-${nameOf(owner)}`;
  }
}

const nameOf = ({ pid, startTicks }: ProcessIdentity): string => `${pid}-${startTicks}`;

const isSame = (one: ProcessIdentity, other: ProcessIdentity): boolean =>
  nameOf(one) === nameOf(other);
