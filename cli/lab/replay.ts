import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { LAB_POLICIES } from '../../lab/policies/index.js';
import type { ReadRecording } from '../../lab/recording/read.js';
import { type Fit, fitRecording } from '../../lab/replay/fit.js';
import { type FitError, fitError } from '../../lab/replay/fit-error.js';
import { replay } from '../../lab/replay/replay.js';
import { scenarioText } from '../../lab/replay/scenario-text.js';
import { htmlReport } from '../../lab/report/html.js';
import { Judge } from '../../lab/sim/judge.js';
import type { ScoredRun } from '../../lab/sim/run-scenario.js';
import type { ExitCode } from '../output/faults.js';
import { indentedJson } from '../output/json.js';
import { tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import { outputFaults } from '../shell/output-files.js';
import { refuse } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';
import { readRecordingFile } from './recording-file.js';
import { type LabReplayFlags, type ReplayAsked, replayParams } from './replay-params.js';
import { verifyRecording } from './replay-verify.js';
import { REPLAY_SCORE_COLUMNS } from './score-columns.js';
import { policiesOf, type TextFile, writeAll } from './sim.js';

/** `dqoes lab replay`: exit code 0 done, 1 could not write, 2 bad recording or usage. */
export async function runLabReplay(
  app: App,
  file: string,
  flags: LabReplayFlags,
): Promise<ExitCode> {
  const read = await readRecordingFile(file);
  if (!read.ok) {
    refuse(app, read.error, file);
    return 2;
  }
  for (const warning of read.value.warnings) app.output.message(`${file}: ${warning}`);
  const { header } = read.value.recording;
  const params = replayParams(header.params, flags.set ?? []);
  const policies = policiesOf(flags.policy ?? usualPolicies(header.policy));
  if (!params.ok) refuse(app, params.error);
  if (!policies.ok) refuse(app, policies.error);
  const { json, report, saveScenario } = flags;
  const outputs = { json: json === '-' ? undefined : json, report, 'save-scenario': saveScenario };
  const unwritable = outputFaults(outputs);
  refuse(app, unwritable);
  if (!params.ok || !policies.ok || unwritable.length > 0) return 2;
  if (header.params === null)
    app.output.message(
      'The recording has no parameters of its coordinator: defaults are used, and --set.',
    );
  const asked = { flags, file, params: params.value, policies: policies.value };
  return flags.verify === true
    ? verifyRecording(app, read.value.recording, asked)
    : replayRecording(app, read.value, asked);
}

// A policy that this version does not have cannot be tried.
const usualPolicies = (recorded: string | null): string =>
  [...new Set([recorded ?? '', 'adaptive'])]
    .filter((name) => Object.hasOwn(LAB_POLICIES, name))
    .join(',');

async function replayRecording(
  app: App,
  { recording }: ReadRecording,
  asked: ReplayAsked,
): Promise<ExitCode> {
  const { params, given } = asked.params;
  const hasInterval = recording.header.params !== null || given.has('intervalMs');
  const fit = fitRecording(recording, {
    seed: params.seed,
    name: nameOf(asked.file),
    ...(hasInterval ? { intervalMs: params.intervalMs } : {}),
  });
  if (!fit.ok) {
    refuse(app, fit.error, asked.file);
    return 2;
  }
  for (const note of fit.value.notes) app.output.message(`${asked.file}: ${note}`);
  const runs: ScoredRun[] = [];
  for (const run of replay({
    fit: fit.value,
    policies: asked.policies,
    params,
    judge: new Judge(),
  })) {
    runs.push(run);
    await setImmediate();
    if (app.signal.aborted) return 1;
  }
  const [measured, again] = runs;
  if (measured === undefined || again === undefined) return 1;
  return print(app, {
    runs,
    fit: fit.value,
    error: fitError(fit.value, measured.record, again.record),
    asked,
  });
}

/** Name of the file without its ending, as scenario names allow. */
function nameOf(file: string): string {
  const name = basename(file)
    .replace(/(\.jsonl|\.ndjson|\.json)?(\.gz)?$/, '')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 100);
  return name === '' ? 'recording' : name;
}

interface Replayed {
  readonly runs: readonly ScoredRun[];
  readonly fit: Fit;
  readonly error: FitError;
  readonly asked: ReplayAsked;
}

function print(app: App, { runs, fit, error, asked }: Replayed): ExitCode {
  const { flags } = asked;
  const scores = runs.map(({ score }) => score);
  const json = indentedJson(scores);
  if (flags.json === '-') app.output.data(json);
  else if (flags.output === 'json' || flags.output === 'yaml')
    printAnswer(app, { output: flags.output }, { scores, fit: { ...error, notes: fit.notes } });
  else {
    const options = { wide: flags.output === 'wide', colour: app.output.colour };
    for (const line of tableLines(REPLAY_SCORE_COLUMNS, scores, options)) app.output.data(line);
  }
  app.output.message(errorText(error));
  for (const line of poorFitLines(error)) app.output.message(line);
  return writeAll(app, outputsOf(runs, { json, fit, error, flags }));
}

const percent = (ratio: number | null): string =>
  ratio === null ? '-' : `${(100 * ratio).toFixed(1)} %`;

function errorText({ compared, median, p90 }: FitError): string {
  if (compared === 0) return 'Fit: nothing to compare: no job kept one limit for a whole interval.';
  return (
    `Fit: recorded-limits against recorded, ${compared} job intervals: median error ` +
    `${percent(median)}, 90 % within ${percent(p90)}.`
  );
}

/**
 * Above this median error, over at least this number of intervals, the model does not hold for the
 * job.
 */
const POOR_FIT = { median: 0.15, compared: 5 } as const;

const poorFitLines = ({ jobs }: FitError): readonly string[] =>
  jobs
    .filter(({ median, compared }) => median > POOR_FIT.median && compared >= POOR_FIT.compared)
    .map(
      ({ id, median, compared }) =>
        `Fit: ${id} is off by ${percent(median)} (median of ${compared} intervals): take ` +
        'its scores with care.',
    );

interface Printed {
  readonly json: string;
  readonly fit: Fit;
  readonly error: FitError;
  readonly flags: LabReplayFlags;
}

function outputsOf(
  runs: readonly ScoredRun[],
  { json, fit, error, flags }: Printed,
): readonly TextFile[] {
  const to = (file: string | undefined, text: () => string): readonly TextFile[] =>
    file === undefined || file === '-' ? [] : [{ file, text: text() }];
  const notes = [
    'recorded: what was measured. recorded-limits: the fitted model under the recorded ' +
      'limits. The others: the fitted model under each policy.',
    errorText(error),
    ...fit.notes,
  ];
  const comment = ['Fitted to a recording by dqoes lab replay.', errorText(error), ...fit.notes];
  return [
    ...to(flags.json, () => `${json}\n`),
    ...to(flags.report, () => htmlReport({ title: 'dqoes lab replay', runs, notes })),
    ...to(flags.saveScenario, () => scenarioText(fit.scenario, comment)),
  ];
}
