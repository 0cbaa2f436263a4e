import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { foreignBursts } from '../../../../lab/foreign/bursts.js';
import { NO_FOREIGN_LOAD, withForeign } from '../../../../lab/foreign/levels.js';
import { foreignSteps, meanForeignRatio } from '../../../../lab/foreign/steps.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { simulate } from '../../../../lab/sim/simulate.js';
import type { Scenario } from '../../../../lab/types.js';
import { assertNear, model, scenario, simJob } from './build.js';

// It takes all that the host has left.
const world = scenario([simJob('a', { model: model({ parallelism: 2 }) })], {
  durationMs: 120_000,
});
function usedBeside(beside: Scenario) {
  const { default: policy } = LAB_POLICIES;
  assert.ok(policy !== undefined);
  const { intervals } = simulate({ scenario: beside, policy, judge: new Judge() });
  // The container takes a while to start.
  return intervals.slice(1).map(({ jobs }) => ({
    cores: jobs[0]?.usageCores ?? 0,
    latencyMs: jobs[0]?.latencyMs ?? 0,
  }));
}

describe('simulated load of other programs', () => {
  it('takes the bursts of the schedule off the host, interval by interval', () => {
    const rough = withForeign(world, 'rough');
    const steps = foreignSteps(foreignBursts(rough, { node: 'h1', repetition: 1 }));
    for (const [i, { cores, latencyMs }] of usedBeside(rough).entries()) {
      const ratio = meanForeignRatio(steps, (i + 1) * 5000, (i + 2) * 5000);
      assertNear(cores, 2 * (1 - ratio), 0.001, `interval ${i + 1}: cores`);
      assertNear(latencyMs, 50 / (1 - ratio), 0.001, `interval ${i + 1}: judged`);
    }
  });

  it('adds to stolen CPU, and only while it is on', () => {
    const load = { ...NO_FOREIGN_LOAD, steadyRatio: 0.25 };
    const used = usedBeside({
      ...world,
      disturbances: [
        { kind: 'foreign', atMs: 20_000, forMs: 40_000, node: null, load },
        { kind: 'stolenCpu', atMs: 40_000, forMs: null, node: 'h1', cores: 0.5 },
      ],
    });
    assertNear(used[0]?.cores ?? 0, 2, 1e-6);
    assertNear(used[4]?.cores ?? 0, 1.5, 1e-6);
    assertNear(used[8]?.cores ?? 0, 1, 1e-6);
    assertNear(used[20]?.cores ?? 0, 1.5, 1e-6);
  });
});
