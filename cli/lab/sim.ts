import { setImmediate } from 'node:timers/promises';
import { type ForeignLevel, withForeign } from '../../lab/foreign/levels.js';
import { REAL_MACHINE } from '../../lab/host/machine.js';
import { LAB_POLICIES, type LabPolicy } from '../../lab/policies/index.js';
import { htmlReport } from '../../lab/report/html.js';
import { markdownReport } from '../../lab/report/markdown.js';
import { Judge } from '../../lab/sim/judge.js';
import { type RunConditions, runScenario, type ScoredRun } from '../../lab/sim/run-scenario.js';
import type { Scenario } from '../../lab/types.js';
import { nearestOf } from '../../shared/nearest.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import { indentedJson } from '../output/json.js';
import { tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { CommonFlags, OutputFormat } from '../shell/options.js';
import { outputFaults, writeWhole } from '../shell/output-files.js';
import { refuse } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';
import type { MachineName } from './level-names.js';
import { loadScenarios } from './load.js';
import { scoreColumnsFor } from './score-columns.js';

/** The flags of `dqoes lab sim`. */
export interface LabSimFlags extends CommonFlags {
  readonly output: OutputFormat;
  readonly policy?: string;
  readonly json?: string;
  readonly report?: string;
  readonly markdown?: string;
  readonly seed?: number;
  readonly foreign?: ForeignLevel;
  readonly machine: MachineName;
}

/** Up to this number of scenarios no progress is printed. */
const FEW = 3;

/** `dqoes lab sim`: exit code 0 done, 1 could not write, 2 bad files or usage. */
export async function runLabSim(
  app: App,
  files: readonly string[],
  flags: LabSimFlags,
): Promise<ExitCode> {
  const policies = policiesOf(flags.policy);
  if (!policies.ok) refuse(app, policies.error);
  const scenarios = loadScenarios(app, files);
  const { seed, foreign, json, report, markdown } = flags;
  const unwritable = outputFaults({ json: json === '-' ? undefined : json, report, markdown });
  refuse(app, unwritable);
  if (!policies.ok || !scenarios.ok || unwritable.length > 0) return 2;
  const changed = scenarios.value
    .map((scenario) => withForeign(scenario, foreign))
    .map((scenario) => (seed === undefined ? scenario : { ...scenario, seed }));
  const runs = await runAll(app, changed, policies.value, conditionsOf(flags.machine));
  if (app.signal.aborted) return 1;
  return print(app, runs, flags);
}

/** Policies by name, in the given order, each once; undefined = all. */
export function policiesOf(names: string | undefined): Result<readonly LabPolicy[]> {
  const known = Object.keys(LAB_POLICIES);
  const wanted = [...new Set((names ?? known.join(',')).split(',').map((name) => name.trim()))];
  const faults = wanted.flatMap((name): Fault[] => {
    if (Object.hasOwn(LAB_POLICIES, name)) return [];
    const near = nearestOf(name, known);
    const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
    const message =
      `There is no policy ${JSON.stringify(name.slice(0, 40))}${meant}: use ` +
      `${known.join(', ')}.`;
    return [{ code: 'cli.usage', field: 'policy', message }];
  });
  if (faults.length > 0) return err(faults);
  return ok(wanted.flatMap((name) => LAB_POLICIES[name] ?? []));
}

const conditionsOf = (machine: MachineName): RunConditions =>
  machine === 'real' ? { machine: REAL_MACHINE, bySamples: true } : {};

async function runAll(
  app: App,
  scenarios: readonly Scenario[],
  policies: readonly LabPolicy[],
  conditions: RunConditions,
): Promise<readonly ScoredRun[]> {
  const judge = new Judge();
  const runs: ScoredRun[] = [];
  for (const [i, scenario] of scenarios.entries()) {
    if (scenarios.length > FEW)
      app.output.message(`${i + 1} of ${scenarios.length}: ${scenario.name}`);
    for (const run of runScenario(scenario, policies, judge, conditions)) {
      runs.push(run);
      // A simulation never yields: Ctrl-C is seen between two of them.
      await setImmediate();
      if (app.signal.aborted) return runs;
    }
  }
  return runs;
}

function print(app: App, runs: readonly ScoredRun[], flags: LabSimFlags): ExitCode {
  const scores = runs.map(({ score }) => score);
  const json = indentedJson(scores);
  if (flags.json === '-') app.output.data(json);
  else if (flags.output === 'json' || flags.output === 'yaml')
    printAnswer(app, { output: flags.output }, scores);
  else {
    const options = { wide: flags.output === 'wide', colour: app.output.colour };
    for (const line of tableLines(scoreColumnsFor(scores), scores, options)) app.output.data(line);
  }
  return writeAll(app, outputsOf(runs, json, flags));
}

/** A file to write, and its whole text. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

function outputsOf(
  runs: readonly ScoredRun[],
  json: string,
  flags: LabSimFlags,
): readonly TextFile[] {
  const to = (file: string | undefined, text: () => string): readonly TextFile[] =>
    file === undefined || file === '-' ? [] : [{ file, text: text() }];
  return [
    ...to(flags.json, () => `${json}\n`),
    ...to(flags.markdown, () => markdownReport(runs)),
    ...to(flags.report, () => htmlReport({ title: 'dqoes lab sim', runs })),
  ];
}

/** Writes the files in order. Exit code 1 at the first that cannot be written, which is named. */
export function writeAll(app: App, outputs: readonly TextFile[]): ExitCode {
  for (const { file, text } of outputs) {
    const cause = writeWhole(file, text);
    if (cause === undefined) continue;
    app.output.problem(`${file}: cannot be written (${cause})`);
    return 1;
  }
  return 0;
}
