import type { Policy } from '../../coordinator/schedule/types.js';
import type { MachineModel } from '../host/machine.js';
import { scoreRun, withAttainable } from '../score/score.js';
import type { RunRecord, RunScore, Scenario } from '../types.js';
import { attainableInSimulation } from './attainable.js';
import { boundsOf, oraclePerInterval } from './bound.js';
import type { Judge } from './judge.js';
import { simulate } from './simulate.js';

/** One scenario under one policy: what happened, and its score. */
export interface ScoredRun {
  readonly scenario: Scenario;
  readonly record: RunRecord;
  readonly score: RunScore;
}

/** How hosts behave and jobs are judged. */
export interface RunConditions {
  /** Absent = an even machine. */
  readonly machine?: MachineModel;
  /** By the requests that clients saw, as a real run; absent = by long-run values. */
  readonly bySamples?: boolean;
  /** From 1, the default: another one has other work, arrivals and bursts of other programs. */
  readonly repetition?: number;
  /** From 1, the default: another one has other work and arrivals beside the same bursts. */
  readonly chance?: number;
}

/**
 * Runs and scores one scenario under several policies, one after the other. A run that is judged by
 * samples says what was attainable, where that can be told. A generator, so that the caller may
 * stop between two.
 */
export function* runScenario(
  scenario: Scenario,
  policies: readonly Policy[],
  judge: Judge,
  conditions: RunConditions = {},
): Generator<ScoredRun, void, void> {
  const oracle = oraclePerInterval(scenario, boundsOf(scenario, judge));
  for (const policy of policies) {
    const record = simulate({ scenario, policy, judge, ...conditions });
    const score = scoreRun(record, oracle, scenario.jobs.length);
    const attainable =
      conditions.bySamples === true ? attainableInSimulation(scenario, record) : null;
    yield {
      scenario,
      record,
      score: attainable === null ? score : withAttainable(score, attainable),
    };
  }
}
