import type { LatencyProfile } from '../../lab/bench/curve.js';
import type { ForeignUsage } from '../../lab/bench/run-observations.js';
import type { BenchScore, BenchSummary } from '../../lab/bench/summary.js';
import {
  formatCell,
  formatNumber,
  groupRuns,
  type PolicyGroup,
  type ReportRun,
  SCORE_COLUMNS,
  spreadOf,
} from '../../lab/report/group.js';
import type { RunRecord, ScoreSummary } from '../../lab/types.js';
import { formatBytes } from '../../shared/units.js';
import { type Column, tableLines } from '../output/table.js';
import type { MachineInfo } from '../shell/machine.js';
import type { BenchSettings } from './settings.js';

/** What was measured before a block of runs. */
export interface BlockMeasures {
  readonly repetition: number;
  readonly scenario: string;
  /** Allocatable CPU of each node, cores; several = hosts cut from this machine. */
  readonly nodeCores: readonly number[];
  /** CPU-seconds of one request, by workload. */
  readonly workSeconds: Readonly<Record<string, number>>;
  /** Target each job begins with, ms. */
  readonly targetsMs: Readonly<Record<string, number>>;
}

/** The value of `--json FILE`. Field names are permanent. */
export interface BenchReport {
  readonly machine: MachineInfo;
  readonly settings: BenchSettings;
  /** Allocatable CPU, cores. */
  readonly allocatableCores: number;
  /** RFC 3339 */
  readonly startedAt: string;
  /** False while runs are missing: the bench is not finished, or was stopped. */
  readonly complete: boolean;
  readonly runs: readonly BenchScore[];
  /** What happened in each run, in the same order. */
  readonly records: readonly RunRecord[];
  readonly summary: readonly BenchSummary[];
  readonly measures: readonly BlockMeasures[];
  readonly profiles: Readonly<Record<string, LatencyProfile>>;
  /** Names of the scenarios for which the profiles reach far enough down. */
  readonly profiledFor: readonly string[];
}

const scoreColumn = (key: keyof ScoreSummary): Column<ScoreRow> => {
  const column = SCORE_COLUMNS.find((each) => each.key === key);
  if (column === undefined) throw new RangeError(`no score column ${key}`);
  return {
    title: column.heading.toUpperCase(),
    align: 'right',
    cell: ({ group }) => formatCell(column, group.runs),
  };
};

interface ScoreRow {
  readonly scenario: string;
  readonly group: PolicyGroup;
}

const COLUMNS: readonly Column<ScoreRow>[] = [
  { title: 'SCENARIO', cell: ({ scenario }) => scenario },
  { title: 'POLICY', cell: ({ group }) => group.policy },
  { title: 'N', align: 'right', cell: ({ group }) => String(group.runs.length) },
  scoreColumn('atTargetLastThird'),
  scoreColumn('notSlowerLastThird'),
  { title: 'ORACLE', align: 'right', cell: ({ group }) => oracleText(group) },
  scoreColumn('ratioToOracle'),
  scoreColumn('ratioToAttainableBefore'),
  scoreColumn('ratioToAttainableAtOnce'),
  scoreColumn('cpuPerRequestRatio'),
  scoreColumn('secondsTo90'),
  scoreColumn('moves'),
  scoreColumn('updatesPerContainerMinute'),
  scoreColumn('updatesPerContainerMinuteLastThird'),
];

function oracleText({ runs }: PolicyGroup): string {
  const { median, min, max } = spreadOf(runs.map(({ score }) => score.oracle));
  const text = formatNumber(median, 2);
  return min === max ? text : `${text} (${formatNumber(min, 2)}–${formatNumber(max, 2)})`;
}

/** The table of scores: median, minimum and maximum over the repetitions. */
export const benchLines = (runs: readonly ReportRun[], colour: boolean): readonly string[] =>
  tableLines(
    COLUMNS,
    groupRuns(runs).flatMap(({ scenario, policies }) =>
      policies.map((group): ScoreRow => ({ scenario, group })),
    ),
    { wide: false, colour },
  );

/**
 * CPU that the engine, log streams and dqoes itself take, cores; more comes from other programs.
 */
const OTHERS_CORES = 0.4;

/**
 * What a reader of the table must know: machine, time, and each run that other programs disturbed
 * or that beat its bound.
 */
export function benchNotes(report: BenchReport): readonly string[] {
  const { machine, allocatableCores, startedAt, complete, runs } = report;
  const { cpu, cpuCores, memoryBytes, kernel, node } = machine;
  return [
    `Real containers on ${cpu}, ${cpuCores} cores (${allocatableCores} allocatable), ` +
      `${formatBytes(memoryBytes)}, Linux ${kernel}, Node.js ${node}; started ${startedAt}.`,
    ...hostNotes(report),
    ...(complete ? [] : ['Ended early: runs are missing.']),
    ...foreignNotes(report),
    ...runs
      .filter(({ othersCores }) => (othersCores ?? 0) > OTHERS_CORES)
      .map(
        ({ scenario, policy, repetition, othersCores }) =>
          `${scenario} under ${policy}, repetition ${repetition}: others on this machine ` +
          `used ${othersCores} CPU meanwhile.`,
      ),
    ...runs
      .filter(({ aboveOracle }) => aboveOracle)
      .map(
        ({ scenario, policy, repetition, oracle, summary }) =>
          `${scenario} under ${policy}, repetition ${repetition}: ` +
          `${summary.satisfiedLastThird} satisfied, above the oracle's ${oracle}: the ` +
          'machine has changed since it was profiled; run again when it is quiet.',
      ),
  ];
}

/** How much of the machine the load of other programs took that the bench made, per scenario. */
function foreignNotes({ machine, runs }: BenchReport): readonly string[] {
  const made = runs.flatMap(({ scenario, foreign, intervals, intervalMs }) =>
    foreign === null ? [] : [{ scenario, foreign, coreMs: intervals * intervalMs }],
  );
  return [...new Set(made.map(({ scenario }) => scenario))].map((name) => {
    const ratios = (key: keyof ForeignUsage): readonly number[] =>
      made
        .filter(({ scenario }) => scenario === name)
        .map(({ foreign, coreMs }) => foreign[key] / (coreMs * machine.cpuCores));
    return (
      `${name}: beside load of other programs, made by the bench: ` +
      `${percentRange(ratios('plannedCpuMs'))} of the machine asked for, ` +
      `${percentRange(ratios('usedCpuMs'))} used.`
    );
  });
}

function percentRange(ratios: readonly number[]): string {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) =>
    (ratio * 100).toFixed(1),
  );
  return least === most ? `${least} %` : `${least} to ${most} %`;
}

function hostNotes({ measures }: BenchReport): readonly string[] {
  const clusters = new Map(
    measures.filter(({ nodeCores }) => nodeCores.length > 1).map((each) => [each.scenario, each]),
  );
  return [...clusters.values()].map(
    ({ scenario, nodeCores }) =>
      `${scenario}: ${nodeCores.length} hosts cut from this machine, with ` +
      `${nodeCores.join(', ')} CPU: a Docker Engine in a network namespace of its own ` +
      'each, their agents in one process.',
  );
}
