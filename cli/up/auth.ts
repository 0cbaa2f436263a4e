import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeId } from '../../shared/ids.js';
import type { Result } from '../../shared/result.js';
import { authFolderOf, readFolder, writeFolder } from '../auth/folder.js';
import { locked } from '../auth/folder-lock.js';
import { ensureUsers } from '../auth/keys.js';
import { STATE_ACCOUNT } from '../auth/server-config.js';
import {
  type AuthRecord,
  CONSOLE_NAME,
  COORDINATOR_NAME,
  type NewUser,
  OPERATOR_NAME,
  type StoreLimits,
} from '../auth/users.js';
import { CONTAINER_STORE, storeFolder } from './nats-launch.js';

/** Whose keys a `dqoes up` makes, and for which server. */
export interface UpAuthOptions {
  readonly stateDir: string;
  readonly cluster: string;
  readonly nodes: readonly NodeId[];
  /** NATS runs in a container. */
  readonly inContainer: boolean;
}

const MIB = 1024 * 1024;
const MAX_FILE_BYTES = 2048 * MIB;
const MAX_MEMORY_BYTES = 64 * MIB;

/**
 * Makes a random key for each program of this `dqoes up` that has none yet, one for the person who
 * runs it, and the configuration of a server that knows them and nobody else. Keys that
 * `dqoes auth` added stay.
 */
export function prepareAuth(options: UpAuthOptions): Result<AuthRecord> {
  const folder = authFolderOf(options.stateDir);
  return locked(folder, () => prepareIn(folder, options));
}

function prepareIn(
  folder: string,
  { stateDir, cluster, nodes, inContainer }: UpAuthOptions,
): Result<AuthRecord> {
  const before = readFolder(folder);
  if (!before.ok) return before;
  const store: StoreLimits = {
    storeDir: inContainer ? CONTAINER_STORE : storeFolder(stateDir),
    maxFileBytes: MAX_FILE_BYTES,
    maxMemoryBytes: MAX_MEMORY_BYTES,
  };
  const asked: readonly NewUser[] = [
    { role: 'coordinator', name: COORDINATOR_NAME },
    { role: 'operator', name: OPERATOR_NAME },
    { role: 'viewer', name: CONSOLE_NAME },
    ...nodes.map((node): NewUser => ({ role: 'agent', node })),
  ];
  const record = ensureUsers(folder, { users: [], ...before.value, cluster, store }, asked);
  if (!record.ok) return record;
  const written = writeFolder(folder, record.value);
  return written.ok ? record : written;
}

/**
 * Takes over what a `dqoes up` without keys stored: the server keeps each account in a folder of
 * its name, and `$G` is the one without keys. To be called while no server runs.
 */
export function adoptStore(stateDir: string): void {
  const accounts = join(storeFolder(stateDir), 'jetstream');
  const [before, after] = [join(accounts, '$G'), join(accounts, STATE_ACCOUNT)];
  if (existsSync(before) && !existsSync(after)) renameSync(before, after);
}
