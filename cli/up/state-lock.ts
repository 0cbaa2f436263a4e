import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { messageOf } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { makeFolder } from '../files/make-folder.js';
import { type Claimant, claimState, clearClaims } from './state-claim.js';
import {
  isAlive,
  lockPath,
  ownerIn,
  ownerText,
  ownIdentity,
  type ProcessIdentity,
} from './state-owner.js';

export { isAlive, type ProcessIdentity, processIdentity } from './state-owner.js';

const thisProcess = (): Claimant => ({ self: ownIdentity(), isAlive });

/**
 * Creates the state folder and locks it for this process. Returns the NATS server that a crashed
 * owner left running, if any. Refused while another live process holds the folder, also where both
 * began in the same instant.
 */
export function lockState(
  stateDir: string,
  as: Claimant = thisProcess(),
): Result<{ readonly leftover: ProcessIdentity | undefined }> {
  try {
    makeFolder(stateDir, 0o700);
    const holder = claimState(stateDir, as);
    if (holder !== undefined)
      return err([
        stateFault(
          `Another dqoes (process ${holder.pid}) already uses ${stateDir}: stop it, ` +
            'or give this one its own folder with --state.',
        ),
      ]);
    const nats = ownerIn(lockPath(stateDir))?.nats;
    const leftover = nats !== undefined && as.isAlive(nats) ? nats : undefined;
    recordNats(stateDir, leftover, as.self);
    clearClaims(stateDir, as);
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
export function recordNats(
  stateDir: string,
  nats: ProcessIdentity | undefined,
  owner = ownIdentity(),
): void {
  // In one step: who reads it meanwhile, or after a crash, finds the old or the new.
  const path = lockPath(stateDir);
  const text = ownerText({ owner, ...(nats === undefined ? {} : { nats }) });
  writeFileSync(`${path}.next`, text, { mode: 0o600 });
  renameSync(`${path}.next`, path);
}

/** The NATS server that runs for this state folder now, if any. */
export function runningNats(stateDir: string): ProcessIdentity | undefined {
  const nats = natsIn(stateDir);
  return nats !== undefined && isAlive(nats) ? nats : undefined;
}

/** A folder that may not be read tells nothing. */
function natsIn(stateDir: string): ProcessIdentity | undefined {
  try {
    return ownerIn(lockPath(stateDir))?.nats;
  } catch {
    return undefined;
  }
}

/** Releases the state folder for others. The folder stays. */
export const unlockState = (stateDir: string): void => rmSync(lockPath(stateDir), { force: true });

const stateFault = (message: string): Fault => ({ code: 'config.bad', field: 'state', message });
