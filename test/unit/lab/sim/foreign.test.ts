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
function usedBeside(beside: Scenario, policyName = 'default') {
  const policy = LAB_POLICIES[policyName];
  assert.ok(policy !== undefined);
  const { intervals } = simulate({ scenario: beside, policy, judge: new Judge() });
  // The container takes a while to start.
  return intervals.slice(2).map(({ jobs, foreignCores = 0, leftCores = 0 }) => ({
    foreignCores,
    leftCores,
    cores: jobs[0]?.usageCores ?? 0,
    latencyMs: jobs[0]?.latencyMs ?? 0,
  }));
}

describe('simulated load of other programs', () => {
  it('competes with the containers for what both want, interval by interval', () => {
    const rough = withForeign(world, 'rough');
    const steps = foreignSteps(foreignBursts(rough, { node: 'h1', repetition: 1 }));
    for (const [i, each] of usedBeside(rough).entries()) {
      const asked = 2 * meanForeignRatio(steps, (i + 2) * 5000, (i + 3) * 5000);
      assertNear(each.cores + each.foreignCores, 2, 0.001, `interval ${i + 2}: all`);
      assert.ok(each.foreignCores <= asked + 1e-6, `${each.foreignCores} of ${asked}`);
      assert.ok(each.foreignCores >= 0.45 * asked, `${each.foreignCores} of ${asked}`);
      assertNear(each.leftCores, each.cores, 0.001, `interval ${i + 2}: left`);
      assertNear(each.latencyMs, 100 / each.cores, 0.001, `interval ${i + 2}: judged`);
    }
  });

  it('gets less beside containers with limits, whose cgroup weighs more', () => {
    const load = { ...NO_FOREIGN_LOAD, steadyRatio: 0.5 };
    const beside: Scenario = {
      ...world,
      disturbances: [{ kind: 'foreign', atMs: 0, forMs: null, node: null, load }],
    };
    // 1024 shares against 1024, then against 4096 for each of two cores.
    assertNear(usedBeside(beside)[4]?.foreignCores ?? 0, (2 / 3 + 1) / 2, 1e-3);
    assertNear(usedBeside(beside, 'equal')[4]?.foreignCores ?? 0, (0.2 + 2 / 9) / 2, 1e-3);
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
    // Half of each 10 ms a thread wants a core; for 1.4 ms of that it weighs four times as much.
    const besideOne = 2 - 0.14 * ((8 / 9 + 1) / 2) - 0.36 * ((2 / 3 + 1) / 2);
    assertNear(used[3]?.cores ?? 0, besideOne, 1e-3);
    const stolen = 1.5 - 0.14 * ((6 / 7 + 1) / 2) - 0.36 * ((0.6 + 0.75) / 2);
    assertNear(used[7]?.cores ?? 0, stolen, 1e-3);
    assertNear(used[19]?.cores ?? 0, 1.5, 1e-6);
  });
});
