import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { benchFaults } from '../../lab/bench/refusals.js';
import { type ForeignLevel, withForeign } from '../../lab/foreign/levels.js';
import type { Scenario } from '../../lab/types.js';
import { messageOf } from '../../shared/errors.js';
import { err, type Fault, type FileFault, ok, type Result } from '../../shared/result.js';
import { readScenarioFiles } from '../lab/files.js';

/** What replaces a part of each file. */
export interface ScenarioChanges {
  readonly seed?: number;
  readonly foreign?: ForeignLevel;
}

/**
 * Reads scenarios (files, folders, names of shipped ones) and refuses what real containers cannot
 * do. Returns all faults of all files.
 */
export function readScenarios(
  args: readonly string[],
  { seed, foreign }: ScenarioChanges,
): Result<readonly Scenario[], readonly FileFault[]> {
  const scenarios: Scenario[] = [];
  const faults: FileFault[] = [];
  for (const { file, read } of readScenarioFiles(args)) {
    if (!read.ok) {
      faults.push(...read.error.map((fault) => ({ ...fault, file })));
      continue;
    }
    const asRead = withForeign(read.value.scenario, foreign);
    const scenario = seed === undefined ? asRead : { ...asRead, seed };
    faults.push(
      ...benchFaults(scenario, availableParallelism()).map((fault) => ({ ...fault, file })),
    );
    if (scenarios.some(({ name }) => name === scenario.name))
      faults.push(
        duplicate(
          `another file holds a scenario named ${scenario.name} too: name one of them otherwise`,
          file,
        ),
      );
    scenarios.push(scenario);
  }
  return faults.length > 0 ? err(faults) : ok(scenarios);
}

const duplicate = (message: string, file: string): FileFault => ({
  code: 'scenario.duplicate',
  field: 'name',
  message,
  file,
});

/**
 * Checks before hours of work that the output files can be written; one fault for each that cannot.
 */
export function outputFaults(
  outputs: Readonly<Record<string, string | undefined>>,
): readonly Fault[] {
  return Object.entries(outputs).flatMap(([option, path]) => {
    if (path === undefined) return [];
    const cause = whyNotWritable(path);
    if (cause === undefined) return [];
    const what = `--${option} ${path}: cannot be written (${cause})`;
    const message = `${what}: check the path and its permissions`;
    return [{ code: 'cli.usage', field: option, message }];
  });
}

function whyNotWritable(path: string): string | undefined {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return 'it is a folder';
    accessSync(dirname(resolve(path)), constants.W_OK);
    return undefined;
  } catch (cause) {
    return messageOf(cause);
  }
}

/**
 * Writes a file atomically: a reader sees the old or the new one. Pipes and devices are written
 * directly. Returns what went wrong; undefined = nothing.
 */
export function writeWhole(path: string, text: string): string | undefined {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
      writeFileSync(path, text);
      return undefined;
    }
    const draft = `${path}.draft-${process.pid}`;
    try {
      writeFileSync(draft, text);
      renameSync(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
    return undefined;
  } catch (cause) {
    return messageOf(cause);
  }
}
