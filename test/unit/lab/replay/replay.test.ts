import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DEFAULT_PARAMS } from '../../../../coordinator/schedule/types.js';
import { fitRecording } from '../../../../lab/replay/fit.js';
import { fitError } from '../../../../lab/replay/fit-error.js';
import { replay } from '../../../../lab/replay/replay.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { runScenario } from '../../../../lab/sim/run-scenario.js';
import type { RunScore, Scenario } from '../../../../lab/types.js';
import { model, scenario, simJob } from '../sim/build.js';
import { policyNamed, readGood, recordSimulation } from './record-sim.js';

const worked = (workSeconds: number) => model({ workSeconds, noiseRatio: 0.08 });
const JOBS = [
  simJob('a', { targetMs: 450, model: worked(0.1) }),
  simJob('b', { targetMs: 900, model: worked(0.2) }),
  simJob('c', { targetMs: 700, model: worked(0.25) }),
  simJob('d', { targetMs: 2000, model: worked(0.6) }),
  simJob('e', { atMs: 40_000, targetMs: 1500, mode: 'ceiling', model: worked(0.5) }),
];
const WORLD = scenario(JOBS, { durationMs: 200_000 });
const TWO_NODES: Scenario = {
  ...WORLD,
  nodes: [
    { id: 'h1', cpuCores: 1.2 },
    { id: 'h2', cpuCores: 1.2 },
  ],
};
const TRIED = ['dqoes', 'adaptive', 'default'].map(policyNamed);

function replayed(world: Scenario, policy: string) {
  const { recording } = readGood(recordSimulation(world, policyNamed(policy)).text);
  const fit = fitRecording(recording);
  assert.ok(fit.ok, JSON.stringify(fit));
  const runs = [
    ...replay({ fit: fit.value, policies: TRIED, params: DEFAULT_PARAMS, judge: new Judge() }),
  ];
  const [measured, again] = runs;
  assert.ok(measured !== undefined && again !== undefined);
  return {
    scores: runs.map(({ score }) => score),
    error: fitError(fit.value, measured.record, again.record),
  };
}
const scoreOf = (scores: readonly RunScore[], policy: string): RunScore => {
  const found = scores.find((score) => score.policy === policy);
  assert.ok(found !== undefined, `${policy} was scored`);
  return found;
};

/** Jobs by which two mean counts of the last third may differ: about a tenth of the five. */
const CLOSE_JOBS = 0.6;

describe('replay', () => {
  for (const policy of ['dqoes', 'default'])
    it(`of a run under ${policy} gives its scores, and those other policies would get`, () => {
      const { scores } = replayed(WORLD, policy);
      assert.deepEqual(
        scores.map((score) => score.policy),
        ['recorded', 'recorded-limits', 'dqoes', 'adaptive', 'default'],
      );
      for (const { score: truth } of runScenario(WORLD, TRIED, new Judge())) {
        const again = scoreOf(scores, truth.policy);
        assert.equal(again.n, truth.n);
        assert.equal(again.intervals, truth.intervals);
        for (const key of ['satisfiedLastThird', 'notSlowerLastThird'] as const) {
          const apart = Math.abs(again.summary[key] - truth.summary[key]);
          assert.ok(
            apart <= CLOSE_JOBS,
            `${truth.policy} ${key}: ${again.summary[key]} for ${truth.summary[key]}`,
          );
        }
        assert.ok(
          Math.abs(again.oracle - truth.oracle) <= CLOSE_JOBS,
          `${again.oracle} for ${truth.oracle}`,
        );
      }
    });

  it('under the recorded limits is near the measurements: 5 % median, 15 % p90', () => {
    const { error, scores } = replayed(WORLD, 'adaptive');
    assert.ok(error.compared > 100, `${error.compared}`);
    assert.ok((error.median ?? 1) < 0.05 && (error.p90 ?? 1) < 0.15, JSON.stringify(error));
    assert.deepEqual(error.jobs.map(({ id }) => id).sort(), ['a', 'b', 'c', 'd', 'e']);
    const [measured, again] = ['recorded', 'recorded-limits'].map(
      (policy) => scoreOf(scores, policy).summary,
    );
    assert.ok(
      Math.abs((measured?.satisfiedLastThird ?? 0) - (again?.satisfiedLastThird ?? 9)) <=
        CLOSE_JOBS,
    );
  });

  it('leaves every job on its node', () => {
    const { scores, error } = replayed(TWO_NODES, 'adaptive');
    assert.equal(scoreOf(scores, 'recorded').n, 5);
    assert.equal(scoreOf(scores, 'adaptive').atTarget.length, 40);
    assert.ok((error.median ?? 1) < 0.05, JSON.stringify(error));
  });

  it('gives the same scores each time', () => {
    assert.deepEqual(replayed(WORLD, 'equal').scores, replayed(WORLD, 'equal').scores);
  });
});
