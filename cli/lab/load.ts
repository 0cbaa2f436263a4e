import type { Scenario } from '../../lab/types.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { refuse } from '../shell/session.js';
import { allGood, readScenarioFiles } from './files.js';

/**
 * The scenarios to simulate. Prints warnings, and all faults of all files; the error is the exit
 * code.
 */
export function loadScenarios(
  app: App,
  args: readonly string[],
): Result<readonly Scenario[], ExitCode> {
  const files = readScenarioFiles(args);
  const good = allGood(files);
  if (!good.ok) {
    for (const { file, read } of good.error) if (!read.ok) refuse(app, read.error, file);
    return err(2);
  }
  const scenarios = good.value.map(({ scenario }) => scenario);
  const faults = scenarios.flatMap((scenario, i) =>
    simulationFaults(scenario).map((fault) => ({ fault, file: files[i]?.file ?? '' })),
  );
  for (const { fault, file } of faults) refuse(app, [fault], file);
  if (faults.length > 0) return err(2);
  for (const [i, { warnings }] of good.value.entries())
    for (const warning of warnings) app.output.message(`${files[i]?.file ?? ''}: ${warning}`);
  return ok(scenarios);
}

const simulationFaults = ({ jobs }: Scenario): readonly Fault[] =>
  jobs
    .filter(({ model }) => model === null)
    .map(({ id }) => ({
      code: 'scenario.missing',
      field: 'model',
      message:
        `job ${id} has a workload only: the simulation needs a model, such as model: { work: ` +
        '0.46 }',
    }));
