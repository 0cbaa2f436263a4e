import type { Policy } from '../../coordinator/schedule/types.js';
import { scoreRun } from '../score/score.js';
import type { RunRecord, RunScore, Scenario } from '../types.js';
import { boundsOf, oraclePerInterval } from './bound.js';
import type { Judge } from './judge.js';
import { simulate } from './simulate.js';

/** One scenario under one policy: what happened, and its score. */
export interface ScoredRun {
  readonly scenario: Scenario;
  readonly record: RunRecord;
  readonly score: RunScore;
}

/**
 * Runs and scores one scenario under several policies, one after the other. A generator, so that
 * the caller may stop between two.
 */
export function* runScenario(
  scenario: Scenario,
  policies: readonly Policy[],
  judge: Judge,
): Generator<ScoredRun, void, void> {
  const oracle = oraclePerInterval(scenario, boundsOf(scenario, judge));
  for (const policy of policies) {
    const record = simulate({ scenario, policy, judge });
    yield { scenario, record, score: scoreRun(record, oracle, scenario.jobs.length) };
  }
}
