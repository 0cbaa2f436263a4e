import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../../../coordinator/schedule/policies/index.js';
import { withForeign } from '../../../../../../lab/foreign/levels.js';
import { REAL_MACHINE } from '../../../../../../lab/host/machine.js';
import { readScenario } from '../../../../../../lab/scenario/read.js';
import { Judge } from '../../../../../../lab/sim/judge.js';
import { simulate } from '../../../../../../lab/sim/simulate.js';
import type { RunRecord, Scenario } from '../../../../../../lab/types.js';
import { isJobSatisfied, updatesAtRest } from './world.js';

// The tests run in dist; scenario files are not built.
const FILE = new URL('../../../../../../../lab/scenarios/open-step.yaml', import.meta.url);
const SEEDS = [1, 2, 3, 4, 5, 6];
const LAST_THIRD = 8;

function openStep(): Scenario {
  const read = readScenario(readFileSync(FILE, 'utf8'), 'open-step');
  return read.ok ? withForeign(read.value.scenario, 'light') : assert.fail('it cannot be read');
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const satisfiedRatio = ({ intervals }: RunRecord): number =>
  mean(intervals.slice(-LAST_THIRD).flatMap(({ jobs }) => jobs.map((job) => +isJobSatisfied(job))));

describe('adaptive means with open arrivals at rest', () => {
  it('keep their limits, as all others do, and are held as well', () => {
    const judge = new Judge();
    const policy = POLICIES.adaptive;
    const conditions = { policy, judge, machine: REAL_MACHINE, bySamples: true };
    const runs = SEEDS.map((seed) =>
      simulate({ ...conditions, scenario: { ...openStep(), seed } }),
    );
    const updates = mean(runs.map((run) => updatesAtRest(run, LAST_THIRD)));
    assert.ok(updates < 1.7, `${updates} updates a container-minute`);
    const satisfied = mean(runs.map(satisfiedRatio));
    assert.ok(satisfied > 0.76, `${satisfied} satisfied`);
  });
});
