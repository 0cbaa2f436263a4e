import { messageOf } from '../shared/errors.js';
import type { Fault } from '../shared/result.js';
import type { StateRegistry } from './enforce/state-registry.js';

/** A file of the agent that could not be read and was set aside, and what it knew of. */
export interface TornState {
  readonly what: string;
  readonly knew: keyof typeof CHECKS;
}

const CHECKS = {
  containers: 'check the limits of all containers',
  gpus: 'check the clocks and power limits of all GPUs (nvidia-smi -q -d CLOCK,POWER)',
};

/** What people are told of it. */
export const tornFault = ({ what, knew }: TornState): Fault => ({
  code: 'journal.torn',
  field: 'state-dir',
  message: `${what} was torn and set aside: ${CHECKS[knew]}`,
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
