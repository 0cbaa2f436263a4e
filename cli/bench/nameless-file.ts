import { openSync, unlinkSync } from 'node:fs';

/**
 * A file that ends with this process; null = it cannot be made. What has that name already, where
 * everybody may make files, is another's, and stays as it is.
 */
export function namelessFile(path: string): number | null {
  try {
    const file = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return file;
  } catch {
    return null;
  }
}
