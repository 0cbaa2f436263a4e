import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Where journals may lie in a folder: in itself, or, of `dqoes up`, in one for each of its agents.
 */
export function foldersWithin(folder: string): readonly string[] {
  const path = resolve(folder);
  return [path, ...namesIn(path).map((name) => join(path, name))];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^agent(-\d+)?$/.test(name));
  } catch {
    return [];
  }
}
