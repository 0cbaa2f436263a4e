import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { loginFor, type RegistryLogin } from '../containers/registry.js';

/** The login for the registry of an image; undefined = none is known; else why it is not known. */
export type RegistryLogins = (image: string) => Promise<Result<RegistryLogin | undefined, string>>;

/** Owner may read and write, group may read; nobody else anything. */
const TOO_OPEN = 0o037;

/** Logins in a file as `docker login` writes it, read for each pull; `''` = there is no file. */
export const registryLogins =
  (path: string): RegistryLogins =>
  async (image) => {
    if (path === '') return ok(undefined);
    try {
      if (((await stat(path)).mode & TOO_OPEN) !== 0)
        return err(`docker.registry-auth: others may read or change ${path}: chmod 600 it`);
      const login = loginFor(image, await readFile(path, 'utf8'));
      return login.ok ? login : err(`docker.registry-auth: the file ${path} ${login.error}`);
    } catch (cause) {
      return err(`docker.registry-auth: ${path} cannot be read (${messageOf(cause)})`);
    }
  };
