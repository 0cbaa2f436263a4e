import type { RunScore, ScoreSummary } from '../types.js';
import type { ForeignUsage } from './run-observations.js';

/** A score of one real run. */
export interface BenchScore extends RunScore {
  /** From 1. */
  readonly repetition: number;
  /**
   * CPU-seconds of a request during this run, by kind of work. The oracle is that of a machine of
   * this speed.
   */
  readonly workSeconds: Readonly<Record<string, number>>;
  /**
   * CPU that other programs on the host used, engine and dqoes included, without the load that the
   * bench made, cores; null = not known.
   */
  readonly othersCores: number | null;
  /**
   * CPU that everything but the jobs used in each interval, cores; null = not known. Together with
   * the record of the run it is what `attainable` was computed from.
   */
  readonly othersPerInterval: readonly (number | null)[];
  /** The load of other programs that the bench made; null = none. */
  readonly foreign: ForeignUsage | null;
  /**
   * More jobs were satisfied in the last third than the oracle says: the machine has changed since
   * the profile.
   */
  readonly aboveOracle: boolean;
}

/**
 * Median and extremes over the repetitions; null = not a finite number. A change that was never
 * answered sorts last.
 */
export interface NullableSpread {
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

type SummarySpreads = { readonly [K in keyof ScoreSummary]: NullableSpread };

/** One scenario under one policy, over all repetitions. */
export interface BenchSummary {
  readonly scenario: string;
  readonly policy: string;
  /** Jobs of the scenario. */
  readonly n: number;
  readonly repetitions: number;
  readonly oracle: NullableSpread;
  readonly summary: SummarySpreads;
}

/** Jobs above the oracle from which it is drift and not rounding. */
const ABOVE = 0.05;

/** Measurements of one real run beside its score. */
export interface RunMeasures {
  readonly repetition: number;
  readonly workSeconds: ReadonlyMap<string, number>;
  readonly othersCores: number | null;
  readonly othersPerInterval: readonly (number | null)[];
  readonly foreign: ForeignUsage | null;
}

/** The score of a real run with what was measured beside it. */
export const benchScoreOf = (score: RunScore, run: RunMeasures): BenchScore => ({
  ...score,
  repetition: run.repetition,
  workSeconds: Object.fromEntries(run.workSeconds),
  othersCores: run.othersCores,
  othersPerInterval: run.othersPerInterval,
  foreign: run.foreign,
  aboveOracle: score.summary.satisfiedLastThird > score.oracle + ABOVE,
});

/** Medians and extremes, in the order in which scenario and policy first appear. */
export function summariseRuns(runs: readonly BenchScore[]): readonly BenchSummary[] {
  const groups = new Map<string, BenchScore[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.scenario, run.policy]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [summaryOf(first, group)];
  });
}

function summaryOf(first: BenchScore, group: readonly BenchScore[]): BenchSummary {
  const keys = new Set(
    group.flatMap(({ summary }) => Object.keys(summary) as (keyof ScoreSummary)[]),
  );
  const figures = [...keys].map((key) => {
    // What a run does not know is left out; null = never.
    const values = group.flatMap(({ summary }) => {
      const value = summary[key];
      return value === undefined ? [] : [value];
    });
    return [key, nullableSpreadOf(values)] as const;
  });
  const { scenario, policy, n } = first;
  return {
    scenario,
    policy,
    n,
    repetitions: group.length,
    oracle: nullableSpreadOf(group.map(({ oracle }) => oracle)),
    summary: Object.fromEntries(figures) as unknown as SummarySpreads,
  };
}

/** Median and extremes. The median of an even number of values is the mean of the middle two. */
export function nullableSpreadOf(values: readonly (number | null)[]): NullableSpread {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.POSITIVE_INFINITY;
  const middle =
    (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
  return { median: finite(middle), min: finite(at(0)), max: finite(at(sorted.length - 1)) };
}

const finite = (value: number): number | null =>
  Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null;
