import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../../../coordinator/schedule/policies/index.js';
import { withForeign } from '../../../../../../lab/foreign/levels.js';
import { REAL_MACHINE } from '../../../../../../lab/host/machine.js';
import { Judge } from '../../../../../../lab/sim/judge.js';
import { runScenario } from '../../../../../../lab/sim/run-scenario.js';
import { scenario } from '../../../../lab/sim/build.js';
import { tenJobs } from './sim-jobs.js';

const judge = new Judge();
const SEEDS = [1, 2, 3];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ten jobs beside 5 % of foreign load in bursts, on a machine that is like a real one. */
function summaries(load: number) {
  const beside = withForeign(scenario(tenJobs(load), { durationMs: 240_000 }), 'light');
  return SEEDS.map((repetition) => {
    const conditions = { machine: REAL_MACHINE, bySamples: true, repetition };
    const [run] = runScenario(beside, [POLICIES.adaptive], judge, conditions);
    assert.ok(run !== undefined);
    return run.score.summary;
  });
}

/** Every 20 s the host makes all requests a quarter dearer or cheaper, or as they were. */
const SPEEDS = [1, 1.25, 1, 0.8, 1.25, 0.8, 1.25, 1, 1.2, 0.85, 1.2, 1];
const SPEED_MS = 20_000;

describe('adaptive on a host whose own speed moves', () => {
  const jobs = tenJobs(0.75);
  const disturbances = jobs.flatMap(({ id }) =>
    SPEEDS.map((factor, i) => ({
      kind: 'workFactor' as const,
      atMs: i * SPEED_MS,
      forMs: SPEED_MS,
      job: id,
      factor,
    })),
  );
  const moving = scenario(jobs, { durationMs: SPEEDS.length * SPEED_MS, disturbances });

  it('follows it with all jobs at once', () => {
    const ratios = SEEDS.map((repetition) => {
      const conditions = { machine: REAL_MACHINE, bySamples: true, repetition };
      const [run] = runScenario(moving, [POLICIES.adaptive], judge, conditions);
      return run?.score.summary.ratioToOracle ?? 0;
    });
    // With what each job learns by itself it was 0.72.
    assert.ok(mean(ratios) >= 0.82, `${ratios}`);
  });
});

describe('adaptive on a simulated real machine beside bursts of other programs', () => {
  for (const [load, least] of [
    [0.8, 0.95],
    [1.3, 0.86],
  ] as const) {
    const runs = summaries(load);

    it(`has ${least} of what was attainable at ${load} of the CPU`, () => {
      const ratio = mean(runs.map(({ ratioToAttainableAtOnce }) => ratioToAttainableAtOnce ?? 0));
      assert.ok(ratio >= least, `${ratio}`);
    });

    it(`leaves limits alone at ${load} of the CPU`, () => {
      const updates = mean(
        runs.map(({ updatesPerContainerMinuteLastThird }) => updatesPerContainerMinuteLastThird),
      );
      assert.ok(updates <= 2, `${updates}`);
    });
  }
});
