import { messageOf } from '../shared/errors.js';
import type { Fault } from '../shared/result.js';
import type { StateRegistry } from './enforce/state-registry.js';

/** A file of the agent that could not be read, and what it knew of. */
export interface TornState {
  readonly what: string;
  readonly knew: keyof typeof CHECKS;
  /** Why it stays where it is; absent = it was set aside. */
  readonly stays?: string | undefined;
}

const CHECKS = {
  containers: 'check the limits of all containers',
  gpus: 'check the clocks and power limits of all GPUs (nvidia-smi -q -d CLOCK,POWER)',
  folders:
    'run dqoes agent restore with --state and the state folder of that agent, and check the ' +
    'limits of all containers',
};
const MEND = 'mend the disk, or check your rights, and run dqoes agent restore again';

/** What people are told of it. */
export const tornFault = ({ what, knew, stays }: TornState): Fault => ({
  code: 'journal.torn',
  field: 'state-dir',
  message:
    stays === undefined
      ? `${what} was torn and set aside: ${CHECKS[knew]}`
      : `${what} cannot be read and stays there (${stays}): ${MEND}; until then ${CHECKS[knew]}`,
});

/** The same of a whole folder of records or of the registry. */
export const unlistedFault = (reason: string): Fault => ({
  code: 'journal.torn',
  field: 'records-dir',
  message:
    `what agents noted on this host cannot be listed (${reason}): ${MEND}, or give it the state ` +
    'folder of each agent with --state',
});

/** Containers of jobs that no journal knows are found by the list alone. */
export const notListedFault = (reason: string): Fault => ({
  code: 'docker.refused',
  field: 'docker.socket',
  message:
    `the containers cannot be listed (${reason}), so jobs that no journal knows may still have ` +
    'their limits: run dqoes agent restore again',
});

/** What a restore has put back, and a disk that refuses still notes as ours. */
export const notForgottenFault = (reason: string): Fault => ({
  code: 'journal.disk',
  field: 'state-dir',
  message:
    `what was put back is still noted as limited (${reason}): make room, or mend the disk, and ` +
    'run dqoes agent restore again',
});

/**
 * Takes a state folder out of the registries of a host; a fault where one keeps it, since a disk
 * that refuses must not hide what became of the limits.
 */
export async function leaveRegistries(
  places: readonly { readonly registry: Pick<StateRegistry, 'leave'> }[],
  stateDir: string,
): Promise<Fault | undefined> {
  let reason: string | undefined;
  for (const { registry } of places)
    await registry.leave(stateDir).catch((cause) => {
      reason ??= messageOf(cause);
    });
  return reason === undefined ? undefined : stillRegisteredFault(stateDir, reason);
}

const stillRegisteredFault = (stateDir: string, reason: string): Fault => ({
  code: 'journal.disk',
  field: 'records-dir',
  message:
    `${stateDir} stays registered as the folder of an agent (${reason}): make room, or mend the ` +
    'disk, and run dqoes agent restore again',
});
