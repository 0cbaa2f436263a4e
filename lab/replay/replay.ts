import type { Policy, PolicyParams } from '../../coordinator/schedule/types.js';
import { scoreRun } from '../score/score.js';
import { boundsOf, oraclePerInterval } from '../sim/bound.js';
import type { Judge } from '../sim/judge.js';
import type { ScoredRun } from '../sim/run-scenario.js';
import { simulate } from '../sim/simulate.js';
import type { RunRecord, Scenario } from '../types.js';
import type { Fit } from './fit.js';
import { measuredRun } from './measured.js';
import { recordedPolicy } from './recorded-policy.js';

/** A fit, and the policies to try on it. */
export interface ReplayInput {
  readonly fit: Fit;
  readonly policies: readonly Policy[];
  readonly params: PolicyParams;
  readonly judge: Judge;
}

/**
 * Scores, against one oracle and in this order: the measurements, the fitted model under the
 * recorded limits, and the fitted model under each policy. A generator, so that the caller may stop
 * between two. Every job stays on the node where it ran: each node is simulated separately.
 */
export function* replay({
  fit,
  policies,
  params,
  judge,
}: ReplayInput): Generator<ScoredRun, void, void> {
  const { scenario } = fit;
  const parts = scenario.nodes
    .map(({ id }) => partOn(fit, id))
    .filter(({ jobs }) => jobs.length > 0);
  const oracle = sumPerInterval(
    parts.map((part) => oraclePerInterval(part, boundsOf(part, judge))),
  );
  const scored = (record: RunRecord): ScoredRun => ({
    scenario,
    record,
    score: scoreRun(record, oracle, scenario.jobs.length),
  });
  yield scored(measuredRun(fit));
  for (const policy of [recordedPolicy(fit.series), ...policies])
    yield scored(merged(parts.map((part) => simulate({ scenario: part, policy, judge, params }))));
}

function partOn({ scenario, series }: Fit, node: string): Scenario {
  const here = new Set(series.filter((each) => each.node === node).map(({ id }) => id));
  return {
    ...scenario,
    nodes: scenario.nodes.filter(({ id }) => id === node),
    jobs: scenario.jobs.filter(({ id }) => here.has(id)),
    disturbances: scenario.disturbances.filter((each) =>
      'job' in each && each.job !== null
        ? here.has(each.job)
        : 'node' in each && each.node === node,
    ),
  };
}

function sumPerInterval(parts: readonly (readonly number[])[]): readonly number[] {
  const [first = [], ...others] = parts;
  return first.map((value, k) => others.reduce((total, part) => total + (part[k] ?? 0), value));
}

// Runs of single nodes of one scenario, side by side, are one run.
function merged(parts: readonly RunRecord[]): RunRecord {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('a fit has at least one job, and that a node');
  const intervals = first.intervals.map((interval, k) => {
    const all = [interval, ...others.flatMap(({ intervals: own }) => own[k] ?? [])];
    return {
      jobs: all.flatMap(({ jobs }) => jobs).sort((a, b) => (a.id < b.id ? -1 : 1)),
      changes: [...new Set(all.flatMap(({ changes }) => changes))],
      limitUpdates: all.reduce((total, { limitUpdates }) => total + limitUpdates, 0),
      // In a replay every job stays on its node.
      moves: 0,
    };
  });
  const decisions = parts.flatMap((part) => part.decisions).sort((a, b) => a.atMs - b.atMs);
  return { ...first, intervals, decisions };
}
