import { sum } from '../../coordinator/schedule/limits/fit.js';
import type { BenchScore } from './summary.js';

/** The policy that limits nothing, to which the cost of a request is compared. */
const PLAIN = 'default';

/**
 * Each run with what a request cost in CPU ÷ what it cost under `default` in the same scenario and
 * repetition: geometric mean over the kinds of work that both know. Left out where there is no such
 * run. It is computed when all runs are known, as `default` may come last.
 */
export function withRequestCosts(runs: readonly BenchScore[]): readonly BenchScore[] {
  return runs.map((run) => {
    const plain = runs.find(
      ({ policy, scenario, repetition }) =>
        policy === PLAIN && scenario === run.scenario && repetition === run.repetition,
    );
    const ratio = plain === undefined ? undefined : costRatio(run, plain);
    const { cpuPerRequestRatio: _, ...summary } = run.summary;
    return {
      ...run,
      summary: ratio === undefined ? summary : { ...summary, cpuPerRequestRatio: ratio },
    };
  });
}

function costRatio(
  { workSeconds }: Pick<BenchScore, 'workSeconds'>,
  plain: Pick<BenchScore, 'workSeconds'>,
): number | undefined {
  const logs = Object.entries(workSeconds).flatMap(([kind, seconds]) => {
    const before = plain.workSeconds[kind];
    return before === undefined || before <= 0 || seconds <= 0 ? [] : [Math.log(seconds / before)];
  });
  if (logs.length === 0) return undefined;
  return Math.round(Math.exp(sum(logs) / logs.length) * 1e6) / 1e6;
}
