import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withForeign } from '../../../../lab/foreign/levels.js';
import { REAL_MACHINE } from '../../../../lab/host/machine.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { runScenario } from '../../../../lab/sim/run-scenario.js';
import type { Scenario } from '../../../../lab/types.js';
import { assertNear, model, open, scenario, simJob } from './build.js';

const CONDITIONS = { machine: REAL_MACHINE, bySamples: true };
const jobs = (noiseRatio: number) =>
  [0.3, 0.5, 0.7].map((cores, i) =>
    simJob(`j${i}`, {
      targetMs: 1000,
      model: model({ workSeconds: cores, noiseRatio }),
    }),
  );
function play(world: Scenario, conditions: Parameters<typeof runScenario>[3]) {
  const { equal: policy } = LAB_POLICIES;
  assert.ok(policy !== undefined);
  const [run] = runScenario(world, [policy], new Judge(), conditions);
  assert.ok(run !== undefined);
  return run;
}

describe('a simulated real machine', () => {
  it('is judged by the few requests of an interval, and counts them', () => {
    const { record } = play(scenario(jobs(0.2)), CONDITIONS);
    const late = record.intervals.slice(2).map((each) => each.jobs[0]);
    const latencies = new Set(late.map((job) => job?.latencyMs));
    assert.ok(latencies.size > late.length / 2, 'the same latency again and again');
    // 0.3 core-s at a third of two cores: about eleven answers in 5 s.
    for (const job of late)
      assert.ok((job?.requests ?? 0) >= 8 && (job?.requests ?? 0) <= 14, String(job?.requests));
    const [longRun] = play(scenario(jobs(0.2)), {}).record.intervals.slice(-1);
    assert.equal(longRun?.jobs[0]?.requests, undefined);
  });

  it('says what was attainable for closed loops, and nothing for open arrivals', () => {
    const closed = play(scenario(jobs(0.1)), CONDITIONS).score;
    assert.equal(closed.attainable?.atOnce.length, closed.intervals);
    assert.ok((closed.summary.attainableAtOnce ?? 0) > 2, JSON.stringify(closed.summary));
    const queue = simJob('q', { model: model({ workSeconds: 0.05, arrivals: open(4) }) });
    assert.equal(play(scenario([...jobs(0.1), queue]), CONDITIONS).score.attainable, undefined);
    assert.equal(play(scenario(jobs(0.1)), {}).score.attainable, undefined);
  });

  it('has CPU beyond what is allocatable, of which others use some', () => {
    const { default: policy } = LAB_POLICIES;
    assert.ok(policy !== undefined);
    const busy = ['a', 'b', 'c'].map((id) => simJob(id, { model: model({ noiseRatio: 0.1 }) }));
    const [run] = runScenario(scenario(busy), [policy], new Judge(), CONDITIONS);
    const last = run?.record.intervals.at(-1);
    const used = last?.jobs.reduce((sum, { usageCores }) => sum + usageCores, 0) ?? 0;
    const { keptRatio, ownCores } = REAL_MACHINE;
    assertNear(used, 2 / (1 - keptRatio) - ownCores, 1e-3);
    assert.equal(last?.leftCores, 2);
  });

  it('has other work, and the same load of other programs, with another chance', () => {
    const beside = withForeign(scenario(jobs(0.1)), 'rough');
    const [one, two] = [1, 2].map((chance) => play(beside, { ...CONDITIONS, chance }).record);
    assert.notDeepEqual(one?.intervals.at(-1)?.jobs, two?.intervals.at(-1)?.jobs);
    for (const [k, { foreignCores = 0 }] of one?.intervals.entries() ?? [])
      assert.equal(foreignCores > 0, (two?.intervals[k]?.foreignCores ?? 0) > 0);
  });

  it('is the same again with the same seed', () => {
    assert.deepEqual(play(scenario(jobs(0.1)), CONDITIONS), play(scenario(jobs(0.1)), CONDITIONS));
  });
});
