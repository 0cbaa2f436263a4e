import { availableParallelism } from 'node:os';
import { benchFaults } from '../../lab/bench/refusals.js';
import { type ForeignLevel, withForeign } from '../../lab/foreign/levels.js';
import type { Scenario } from '../../lab/types.js';
import { err, type FileFault, ok, type Result } from '../../shared/result.js';
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
