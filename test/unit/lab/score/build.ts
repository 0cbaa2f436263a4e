import type {
  DecisionRecord,
  IntervalRecord,
  JobInterval,
  RunRecord,
} from '../../../../lab/types.js';
import type { Target } from '../../../../shared/qoe.js';

/** Builders: a valid value with what a test cares about replaced. */
export const target = (latencyMs = 1000, change: Partial<Target> = {}): Target => ({
  latencyMs,
  statistic: 'mean',
  toleranceRatio: 0.1,
  mode: 'band',
  ...change,
});

export const jobInterval = (
  id: string,
  latencyMs: number | null,
  change: Partial<JobInterval> = {},
): JobInterval => ({
  id,
  node: 'h1',
  target: target(),
  weight: 1,
  latencyMs,
  limitCores: 0.5,
  periodUs: 100_000,
  usageCores: 0.25,
  ...change,
});

export const interval = (
  jobs: readonly JobInterval[],
  change: Partial<IntervalRecord> = {},
): IntervalRecord => ({
  jobs,
  changes: [],
  limitUpdates: 0,
  moves: 0,
  ...change,
});

/** One job `a` with target 1 s per interval: its latency in ms, or null. */
export const latencies = (...values: readonly (number | null)[]): readonly IntervalRecord[] =>
  values.map((value) => interval([jobInterval('a', value)]));

export const record = (
  intervals: readonly IntervalRecord[],
  change: Partial<Omit<RunRecord, 'intervals'>> & {
    readonly decisions?: readonly DecisionRecord[];
  } = {},
): RunRecord => ({
  scenario: 'test',
  policy: 'adaptive',
  seed: 1,
  intervalMs: 5000,
  intervals,
  decisions: [],
  ...change,
});
