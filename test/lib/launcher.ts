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

const templateText = (): string => readFileSync(join(ROOT, 'deploy/lib/launcher'), 'utf8');

/** Writes the command of a package into the folder: with its flags and its environment. */
export function writeLauncher(folder: string, { node, program } = BUILT): readonly string[] {
  const template = templateText();
  const file = join(folder, 'dqoes');
  writeFileSync(file, template.replaceAll('@NODE@', node).replaceAll('@PROGRAM@', program));
  return ['sh', file];
}

/** What that command adds to a service: flags of the engine, and its environment. */
export function launchedWith(service: string): {
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  const template = templateText();
  const [, young] = new RegExp(`^ *${service}\\) young=(\\d+) ;;$`, 'm').exec(template) ?? [];
  const [, arenas] = /^MALLOC_ARENA_MAX=.*:-(\d+)\}$/m.exec(template) ?? [];
  if (young === undefined || arenas === undefined) throw new Error(`launcher: no ${service}`);
  return { flags: [`--max-semi-space-size=${young}`], env: { MALLOC_ARENA_MAX: arenas } };
}
