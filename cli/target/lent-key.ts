import { accessSync, constants, existsSync } from 'node:fs';
import type { NatsAuth } from '../../proto/nats/auth.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { authFolderOf, keyPath, recordPath } from '../auth/folder-paths.js';
import { nodeOfAgent } from '../auth/users.js';
import { readCredentials } from '../credentials.js';
import type { RunningStack } from '../up/running-stacks.js';

/** The key that a running `dqoes up` keeps for this name; undefined = it keeps no keys. */
export function lentKey(up: RunningStack, name: string): Result<NatsAuth | undefined> {
  const folder = authFolderOf(up.stateDir);
  const path = keyPath(folder, name);
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EACCES') return err([notOurs(up, path)]);
    return existsSync(recordPath(folder)) ? err([noKey(name, folder)]) : ok(undefined);
  }
  return readCredentials(path, 'dqoes up');
}

const notOurs = (up: RunningStack, path: string): Fault => ({
  code: 'auth.denied',
  field: 'creds',
  message:
    `dqoes up at ${up.url} belongs to another user, whose keys you may not read (${path}): ask ` +
    'that user for a key of yours (dqoes auth add-user NAME --role viewer), and give it with ' +
    '--creds.',
});

function noKey(name: string, folder: string): Fault {
  const node = nodeOfAgent(name);
  const cure = node === undefined ? `add-user ${name} --role operator` : `add-agent ${node}`;
  const message = `${name} has no key in ${folder}: make one with dqoes auth ${cure}.`;
  return { code: 'auth.denied', field: 'creds', message };
}
