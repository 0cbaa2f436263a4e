import type { StoreFailure } from '../../proto/store.js';
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
export const storeFault = (failure: StoreFailure): Fault =>
  natsFault(
    failure === 'full'
      ? 'The buckets of the cluster could not be created, for want of room: make some on the ' +
          'disk, or name a folder of its own with --state where this one has two clusters already.'
      : `The buckets of the cluster could not be created (${failure}): is the disk full, or ` +
          'JetStream off?',
  );
