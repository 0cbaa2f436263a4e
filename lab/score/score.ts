import { sum } from '../../coordinator/schedule/limits/fit.js';
import type {
  AttainableSeries,
  IntervalRecord,
  RunRecord,
  RunScore,
  ScoreSummary,
} from '../types.js';
import { secondsTo90 } from './settle.js';
import { countBandExits, countInterval } from './verdict.js';

const MS_PER_MINUTE = 60_000;

/**
 * Scores one run against the oracle. `oraclePerInterval`: the largest number of jobs that can be
 * satisfied at once, one value per interval; `n`: jobs of the scenario. The last third is the last
 * ⌈intervals / 3⌉ intervals. Definitions: docs/lab.md. Means are rounded to 6 decimals, so that
 * files stay readable.
 *
 * @throws RangeError when `oraclePerInterval` does not have one value per interval: a bug of the
 *   caller.
 */
export function scoreRun(
  record: RunRecord,
  oraclePerInterval: readonly number[],
  n: number,
): RunScore {
  const { intervals } = record;
  checkLength(oraclePerInterval, 'oracle', intervals.length);
  const counts = intervals.map(countInterval);
  const satisfied = counts.map((count) => count.satisfied);
  const atTarget = counts.map((count) => count.atTarget);
  const notSlower = counts.map((count) => count.notSlower);
  return {
    scenario: record.scenario,
    policy: record.policy,
    seed: record.seed,
    n,
    intervals: intervals.length,
    intervalMs: record.intervalMs,
    atTarget,
    notSlower,
    satisfied,
    oracle: lastThirdMean(oraclePerInterval),
    oraclePerInterval,
    summary: summarise(record, { atTarget, notSlower, satisfied, oracle: oraclePerInterval }),
  };
}

/**
 * The score with what was attainable in the run, one value per interval.
 *
 * @throws RangeError when there is not one value per interval: a bug of the caller.
 */
export function withAttainable(score: RunScore, attainable: AttainableSeries): RunScore {
  checkLength(attainable.before, 'attainable', score.intervals);
  checkLength(attainable.atOnce, 'attainable', score.intervals);
  const before = lastThirdMean(attainable.before);
  const atOnce = lastThirdMean(attainable.atOnce);
  const { satisfiedLastThird } = score.summary;
  const summary = {
    ...score.summary,
    attainableBefore: before,
    attainableAtOnce: atOnce,
    ratioToAttainableBefore: ratioTo(before, satisfiedLastThird),
    ratioToAttainableAtOnce: ratioTo(atOnce, satisfiedLastThird),
  };
  return { ...score, attainable, summary };
}

function checkLength(values: readonly number[], what: string, intervals: number): void {
  if (values.length === intervals) return;
  throw new RangeError(`${values.length} ${what} values for ${intervals} intervals: give one each`);
}

const ratioTo = (most: number, satisfied: number): number =>
  most === 0 ? 1 : rounded(satisfied / most);

interface ScoreSeries {
  readonly atTarget: readonly number[];
  readonly notSlower: readonly number[];
  readonly satisfied: readonly number[];
  readonly oracle: readonly number[];
}

function summarise({ intervals, intervalMs }: RunRecord, series: ScoreSeries): ScoreSummary {
  const satisfiedLastThird = lastThirdMean(series.satisfied);
  const oracle = lastThirdMean(series.oracle);
  const changed = intervals.map(({ changes }) => changes.length > 0);
  return {
    atTargetLastThird: lastThirdMean(series.atTarget),
    notSlowerLastThird: lastThirdMean(series.notSlower),
    satisfiedLastThird,
    ratioToOracle: ratioTo(oracle, satisfiedLastThird),
    secondsTo90: secondsTo90({
      changed,
      satisfied: series.satisfied,
      oracle: series.oracle,
      intervalMs,
    }),
    moves: sum(intervals.map(({ moves }) => moves)),
    updatesPerContainerMinute: updateRate(intervals, intervalMs),
    updatesPerContainerMinuteLastThird: updateRate(lastThird(intervals), intervalMs),
    regret: rounded(
      sum(series.oracle.map((most, k) => Math.max(0, most - (series.satisfied[k] ?? 0)))),
    ),
    bandExits: countBandExits(intervals),
    reservedCores: mean(intervals.map(reservedIn)),
    ...gpuSummary(intervals, intervalMs),
  };
}

function gpuSummary(intervals: readonly IntervalRecord[], intervalMs: number) {
  const withGpus = intervals.flatMap(({ gpus }) => (gpus === undefined ? [] : [gpus]));
  if (withGpus.length === 0) return {};
  const late = lastThird(withGpus);
  const minutes = (sum(late.map(({ length }) => length)) * intervalMs) / MS_PER_MINUTE;
  const changes = sum(late.flatMap((gpus) => gpus.map((gpu) => gpu.changes)));
  return {
    gpuJoules: rounded(sum(withGpus.flatMap((gpus) => gpus.map(({ joules }) => joules)))),
    gpuChangesPerMinuteLastThird: rounded(changes / minutes),
  };
}

/** The last ⌈length / 3⌉ of a series. */
export const lastThird = <T>(series: readonly T[]): readonly T[] =>
  series.slice(series.length - Math.ceil(series.length / 3));

/** Rounds to 6 decimals. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : rounded(sum(values) / values.length);
const lastThirdMean = (series: readonly number[]): number => mean(lastThird(series));

// Only containers with a place can be updated.
function updateRate(intervals: readonly IntervalRecord[], intervalMs: number): number {
  const placed = sum(intervals.map(({ jobs }) => jobs.filter(({ node }) => node !== null).length));
  const containerMinutes = (placed * intervalMs) / MS_PER_MINUTE;
  const updates = sum(intervals.map(({ limitUpdates }) => limitUpdates));
  return containerMinutes === 0 ? 0 : rounded(updates / containerMinutes);
}

// Without a limit a container reserves what it uses.
const reservedIn = ({ jobs }: IntervalRecord): number =>
  sum(jobs.map(({ limitCores, usageCores }) => limitCores ?? usageCores));
