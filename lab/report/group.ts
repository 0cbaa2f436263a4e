import { formatDurationMs } from '../../shared/units.js';
import type { RunRecord, RunScore, ScoreSummary } from '../types.js';

/** One run: its score, and its record where that was kept. */
export interface ReportRun {
  readonly score: RunScore;
  readonly record: RunRecord | null;
}

/** All runs of one scenario, by policy, in the order in which they came. */
export interface ScenarioGroup {
  readonly scenario: string;
  readonly policies: readonly PolicyGroup[];
}
/** All runs of one scenario under one policy. */
export interface PolicyGroup {
  readonly policy: string;
  /** At least one; several = repetitions. */
  readonly runs: readonly ReportRun[];
}

/** Groups runs by scenario and policy, in the order in which they first appear. */
export function groupRuns(runs: readonly ReportRun[]): readonly ScenarioGroup[] {
  const scenarios = new Map<string, Map<string, ReportRun[]>>();
  for (const run of runs) {
    const policies = scenarios.get(run.score.scenario) ?? new Map<string, ReportRun[]>();
    scenarios.set(run.score.scenario, policies);
    const group = policies.get(run.score.policy) ?? [];
    policies.set(run.score.policy, group);
    group.push(run);
  }
  return [...scenarios].map(([scenario, policies]) => ({
    scenario,
    policies: [...policies].map(([policy, group]) => ({ policy, runs: group })),
  }));
}

/** Median and extremes over repetitions; Infinity = "never". */
export interface ValueSpread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly n: number;
}

/** Median and extremes; NaN for no values. */
export function spreadOf(values: readonly number[]): ValueSpread {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const low = sorted[Math.floor((n - 1) / 2)] ?? Number.NaN;
  const high = sorted[Math.ceil((n - 1) / 2)] ?? Number.NaN;
  const median = low === high ? low : (low + high) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN, n };
}

/** One column of the score table. */
export interface ScoreColumn {
  readonly key: keyof ScoreSummary;
  /** Short heading, with the unit. */
  readonly heading: string;
  readonly meaning: string;
  readonly digits: number;
}

/** All columns of score tables, in order. A table has those of which its runs know something. */
export const SCORE_COLUMNS: readonly ScoreColumn[] = [
  {
    key: 'atTargetLastThird',
    heading: 'at target',
    meaning: 'jobs within their band, mean over the last third',
    digits: 2,
  },
  {
    key: 'notSlowerLastThird',
    heading: 'not slower',
    meaning: 'jobs at most at the slow edge of their band, mean over the last third',
    digits: 2,
  },
  {
    key: 'satisfiedLastThird',
    heading: 'satisfied',
    meaning: 'jobs that have what their mode asks, mean over the last third',
    digits: 2,
  },
  {
    key: 'ratioToOracle',
    heading: '÷ oracle',
    meaning: 'satisfied ÷ the most that could be, last third',
    digits: 3,
  },
  {
    key: 'ratioToAttainableBefore',
    heading: '÷ attainable, one before',
    meaning:
      'satisfied ÷ what the best limits would have come to that are chosen from the interval ' +
      'before, last third',
    digits: 3,
  },
  {
    key: 'ratioToAttainableAtOnce',
    heading: '÷ attainable, at once',
    meaning:
      'satisfied ÷ what the best limits would have come to that are chosen from the interval ' +
      'itself, last third',
    digits: 3,
  },
  {
    key: 'secondsTo90',
    heading: 'to 90 %, s',
    meaning: 'longest time from a change to 90 % of the oracle',
    digits: 0,
  },
  {
    key: 'regret',
    heading: 'regret',
    meaning: 'sum over intervals of what was missing to the oracle, jobs',
    digits: 1,
  },
  { key: 'moves', heading: 'moves', meaning: 'jobs that went to another node', digits: 0 },
  {
    key: 'updatesPerContainerMinute',
    heading: 'updates /min',
    meaning: 'limit updates per container and minute',
    digits: 2,
  },
  {
    key: 'updatesPerContainerMinuteLastThird',
    heading: 'at rest /min',
    meaning: 'limit updates per container and minute, last third',
    digits: 2,
  },
  {
    key: 'bandExits',
    heading: 'exits',
    meaning: 'times a satisfied job was lost without a change in the scenario',
    digits: 0,
  },
  {
    key: 'cpuPerRequestRatio',
    heading: 'CPU a request ÷ default',
    meaning: 'what a request cost in CPU ÷ what it cost without limits, mean over kinds of work',
    digits: 3,
  },
  {
    key: 'reservedCores',
    heading: 'CPU',
    meaning: 'mean of the limits in force, cores; without limits, the use',
    digits: 2,
  },
];

/** The columns of a table of these runs: those that any of them has. */
export const columnsFor = (runs: readonly ReportRun[]): readonly ScoreColumn[] =>
  runs.length === 0
    ? SCORE_COLUMNS
    : SCORE_COLUMNS.filter(({ key }) => runs.some(({ score }) => score.summary[key] !== undefined));

/** `9.5`, or `9.5 (9.1–9.8)` where repetitions differ; `never` for what did not happen. */
export function formatCell(column: ScoreColumn, runs: readonly ReportRun[]): string {
  const known = runs.filter(({ score }) => score.summary[column.key] !== undefined);
  if (known.length === 0) return '–';
  const spread = spreadOf(
    known.map(({ score }) => score.summary[column.key] ?? Number.POSITIVE_INFINITY),
  );
  const median = formatNumber(spread.median, column.digits);
  if (spread.n < 2 || spread.min === spread.max) return median;
  return (
    `${median} ` +
    `(${formatNumber(spread.min, column.digits)}–${formatNumber(spread.max, column.digits)})`
  );
}

/** A number with these digits; `never` for Infinity. */
export const formatNumber = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : 'never';

/** `burst-10: 10 jobs, 20 intervals, oracle 10.00`. */
export function headingOf({ scenario, policies }: ScenarioGroup): string {
  const scores = policies.flatMap(({ runs }) => runs.map(({ score }) => score));
  const [first] = scores;
  const oracle = spreadOf(scores.map((score) => score.oracle));
  const range =
    formatNumber(oracle.min, 2) === formatNumber(oracle.max, 2)
      ? formatNumber(oracle.median, 2)
      : `${formatNumber(oracle.min, 2)}–${formatNumber(oracle.max, 2)}`;
  const counted = (count: number, what: string): string =>
    `${count} ${what}${count === 1 ? '' : 's'}`;
  return (
    `${scenario}: ${counted(first?.n ?? 0, 'job')}, ` +
    `${counted(first?.intervals ?? 0, 'interval')}, oracle ${range}`
  );
}

/** `n = 3`, or `n = 2 to 3`: runs per policy. */
export function repetitionsOf({ policies }: ScenarioGroup): string {
  const spread = spreadOf(policies.map(({ runs }) => runs.length));
  return spread.min === spread.max ? `n = ${spread.min}` : `n = ${spread.min} to ${spread.max}`;
}

/** Times on axes: `90s`, `5m`. */
export const formatSpan = (seconds: number): string =>
  seconds === 0 ? '0' : formatDurationMs(seconds * 1000);
