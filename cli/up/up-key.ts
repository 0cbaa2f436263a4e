import type { NatsAuth } from '../../proto/nats/auth.js';
import type { Result } from '../../shared/result.js';
import { authFolderOf, keyPath } from '../auth/folder-paths.js';
import { readCredentials } from '../credentials.js';

/** The key of one of the programs of a `dqoes up`. */
export const upKey = (stateDir: string, name: string): Result<NatsAuth> =>
  readCredentials(keyPath(authFolderOf(stateDir), name), 'dqoes up');
