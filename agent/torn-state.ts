import type { Fault } from '../shared/result.js';

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
