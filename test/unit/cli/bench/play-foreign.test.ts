import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ForeignLoadPlan } from '../../../../cli/bench/foreign-load.js';
import { playScenario } from '../../../../cli/bench/play.js';
import { foreignBursts } from '../../../../lab/foreign/bursts.js';
import { withForeign } from '../../../../lab/foreign/levels.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { scenario, status } from '../../lab/bench/build.js';
import { FakeSystem, finish } from './fake-system.js';

describe('lab bench: load of other programs', () => {
  it('makes the load of other programs from the start, and tells what it used', async () => {
    const clock = new ManualClock(0);
    const started: ForeignLoadPlan[] = [];
    const system = new FakeSystem(clock, ({ specs }) =>
      [...specs.keys()].map((name) => status({ job: name })),
    );
    const foreign = {
      start: (plan: ForeignLoadPlan) => void started.push(plan),
      usedMs: () => clock.now() * 0.2,
      stop: async () => {},
    };
    const world = withForeign(scenario({ durationMs: 20_000 }), 'light');
    const work = playScenario({
      scenario: world,
      targetsMs: new Map(),
      repetition: 1,
      system,
      burner: { burn: () => {} },
      foreign,
      machineCores: 2,
      clock,
      signal: new AbortController().signal,
      onProblem: () => {},
    });
    const seen = await finish(clock, work, 250);
    assert.ok(seen.ok);
    assert.deepEqual(started, [
      {
        cores: 2,
        startedAtWallMs: started[0]?.startedAtWallMs,
        bursts: foreignBursts(world, { node: 'h1', repetition: 1 }),
      },
    ]);
    const { foreign: used, intervalOthersCores, othersCores } = seen.value;
    assert.equal(used?.usedCpuMs, 4000);
    assert.ok((used?.plannedCpuMs ?? 0) > 500, JSON.stringify(used));
    // The host uses 1.7 CPU, two containers 0.5 each, the load made 0.2 of the rest.
    assert.deepEqual(intervalOthersCores, [0.7, 0.7, 0.7, 0.7]);
    assert.equal(othersCores, 0.5);
  });

  it('takes nothing off for the load of a run before', async () => {
    const clock = new ManualClock(0);
    const system = new FakeSystem(clock, ({ specs }) =>
      [...specs.keys()].map((name) => status({ job: name })),
    );
    const work = playScenario({
      scenario: scenario({ durationMs: 20_000 }),
      targetsMs: new Map(),
      repetition: 1,
      system,
      burner: { burn: () => {} },
      // What it used in the run before, as it says it until it is started again.
      foreign: { start: () => {}, usedMs: () => 4000, stop: async () => {} },
      machineCores: 2,
      clock,
      signal: new AbortController().signal,
      onProblem: () => {},
    });
    const seen = await finish(clock, work, 250);
    assert.ok(seen.ok);
    const { foreign: used, othersCores } = seen.value;
    assert.equal(used, null);
    assert.equal(othersCores, 0.7);
  });
});
