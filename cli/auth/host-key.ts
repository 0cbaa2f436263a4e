import { realpathSync } from 'node:fs';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { createFile } from '../files/staged-file.js';

/** The key of the agent of a host, which the host made itself. */
export interface HostKey {
  readonly node: string;
  readonly cluster: string;
  readonly seed: string;
}

/**
 * Writes it into a file that must not be there yet, mode 0600: whole, or not at all. The error is a
 * sentence that names the file and the cure.
 */
export function createHostKey(
  path: string,
  { node, cluster, seed }: HostKey,
): Result<void, string> {
  const text = `# dqoes: agent of ${node}, cluster ${cluster}. Keep it secret.\n${seed}\n`;
  try {
    createFile({ path, text, mode: 0o600 });
    return ok(undefined);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
      return err(`${path} is there already: remove it if no agent uses it, or give another --out`);
    return err(
      `${path} cannot be made (${messageOf(cause)}): make room there, or give another file with ` +
        '--out; the token is as good as before',
    );
  }
}

/** Of these the unit of the agent sees nothing (`ProtectHome`, `PrivateTmp`). */
const HIDDEN = ['/home', '/root', '/run/user', '/tmp', '/var/tmp'];

/** Whether the installed service cannot read a file where it lies, no matter who owns it. */
export function isHiddenFromService(path: string): boolean {
  const place = placeOf(path);
  return HIDDEN.some((folder) => place.startsWith(`${folder}/`));
}

/** Where a path leads. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
