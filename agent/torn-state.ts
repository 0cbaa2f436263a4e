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
