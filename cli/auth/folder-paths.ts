import { join } from 'node:path';

/** The folder of keys of a `dqoes up` with this state folder. */
export const authFolderOf = (stateDir: string): string => join(stateDir, 'auth');

/**
 * Where a folder of keys keeps what: `users.json` (public keys and roles), `keys/NAME.nk` (secret
 * keys, one a file), `server/nats.conf` (what the server reads; no secrets) and `acts` (who made
 * and revoked keys).
 */
export const recordPath = (folder: string): string => join(folder, 'users.json');
/** Secret key of one user. */
export const keyPath = (folder: string, name: string): string => join(folder, 'keys', `${name}.nk`);
/** The folder that a server may read. */
export const serverFolder = (folder: string): string => join(folder, 'server');
/** Configuration of the server, to be included in its own or used as it is. */
export const serverConfigPath = (folder: string): string => join(serverFolder(folder), 'nats.conf');
/** What was done to the keys, one act a line. */
export const actsPath = (folder: string): string => join(folder, 'acts');
