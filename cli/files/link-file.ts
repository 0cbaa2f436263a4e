import { linkSync } from 'node:fs';

/**
 * Gives a file a second name, with all its content or not at all. False = something has that name
 * already. Throws with any other reason.
 */
export function isLinked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}
