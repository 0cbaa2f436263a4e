import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ForeignLevel } from '../../lab/foreign/levels.js';
import type { Scenario } from '../../lab/types.js';

/** What a bench is run with. Runs with other settings are not compared with each other. */
export interface BenchSettings {
  /** Hash of the built program. */
  readonly program: string;
  readonly calibrateSeconds: number;
  /** Load of other programs in place of that of the files; null = as the files say. */
  readonly foreign: ForeignLevel | null;
  /** Hash of each scenario by name, with its seed and its load of other programs. */
  readonly scenarios: Readonly<Record<string, string>>;
}

/** The settings of a bench on these scenarios, which hold every change by options. */
export const benchSettings = (
  scenarios: readonly Scenario[],
  options: { readonly calibrateSeconds: number; readonly foreign?: ForeignLevel },
): BenchSettings => ({
  program: programHash(),
  calibrateSeconds: options.calibrateSeconds,
  foreign: options.foreign ?? null,
  scenarios: Object.fromEntries(
    scenarios.map((scenario) => [scenario.name, hashOf(JSON.stringify(scenario))]),
  ),
});

const HASH_LENGTH = 16;
const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);

/** Folders of the built program; tests are none of it. */
const PARTS = ['agent', 'cli', 'coordinator', 'lab', 'proto', 'shared'];

/** Tells builds of the program apart: a hash of every file of it. */
function programHash(): string {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const hash = createHash('sha256');
  // In a package all of it lies in one of them, bundled.
  for (const part of PARTS.filter((each) => existsSync(join(root, each)))) {
    const names = readdirSync(join(root, part), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.endsWith('.js')).sort())
      hash.update(`${part}/${name}\n`).update(readFileSync(join(root, part, name)));
  }
  return hash.digest('hex').slice(0, HASH_LENGTH);
}
