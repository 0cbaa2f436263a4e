import { readFile, stat } from 'node:fs/promises';
import { fileTrouble } from '../../shared/errors.js';
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
    const login = await loginIn(path, image);
    return login.ok ? login : err(`docker.registry-auth: ${login.error}`);
  };

/** What is wrong with such a file as a whole; undefined = it can be used. */
export async function registryAuthTrouble(path: string): Promise<string | undefined> {
  const login = await loginIn(path, NO_IMAGE);
  return login.ok ? undefined : login.error;
}
/** Of a registry that no file names. */
const NO_IMAGE = 'registry.invalid/none';

async function loginIn(
  path: string,
  image: string,
): Promise<Result<RegistryLogin | undefined, string>> {
  try {
    if (((await stat(path)).mode & TOO_OPEN) !== 0)
      return err(`others may read or change ${path}: chmod 600 it`);
    const login = loginFor(image, await readFile(path, 'utf8'));
    return login.ok ? login : err(`the file ${path} ${login.error}`);
  } catch (cause) {
    return err(`${path} cannot be read (${fileTrouble(cause)})`);
  }
}
