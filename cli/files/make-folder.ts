import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, with this mode whatever the umask is, one by one: `mkdirSync`
 * with `recursive` never returns where the system refuses a folder with ENOENT, as in /proc. Throws
 * with the reason.
 */
export function makeFolder(path: string, mode: number): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw new Error(`${path} is a file, not a folder`);
    return;
  }
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
    chmodSync(path, mode);
  } catch (cause) {
    // Another process may have made it meanwhile.
    if (!existsSync(path) || !statSync(path).isDirectory()) throw cause;
  }
}
