import { messageOf } from '../../shared/errors.js';
import type { Fault } from '../../shared/result.js';

/** The state folder cannot be used. */
export const notStarted = (stateDir: string, cause: unknown): Fault => ({
  code: 'config.bad',
  field: 'state',
  message:
    `Nothing can be started with the state folder ${stateDir} (${messageOf(cause)}): is the disk ` +
    'full, or something in it not yours?',
});
/** NATS, or a connection to it, failed with this sentence. */
export const natsFault = (message: string): Fault => ({
  code: 'nats.unavailable',
  field: 'nats',
  message,
});
/** The buckets of the cluster could not be made. */
export const storeFault = (failure: string): Fault =>
  natsFault(
    `The buckets of the cluster could not be created (${failure}): is the disk full, or ` +
      'JetStream off?',
  );
