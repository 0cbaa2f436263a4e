import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(fileURLToPath(new URL('../..', import.meta.url)));

/** What the command of a package starts. */
export interface Launched {
  readonly node: string;
  /** Folder in which the program lies in `dist`. */
  readonly program: string;
}

/** The program that was built, on this Node.js. */
const BUILT: Launched = { node: process.execPath, program: ROOT };

/** Writes the command of a package into the folder: with its flags and its environment. */
export function writeLauncher(folder: string, { node, program } = BUILT): readonly string[] {
  const template = readFileSync(join(ROOT, 'deploy/lib/launcher'), 'utf8');
  const file = join(folder, 'dqoes');
  writeFileSync(file, template.replaceAll('@NODE@', node).replaceAll('@PROGRAM@', program));
  return ['sh', file];
}
