import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Memory } from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import { REAL_MACHINE } from '../../../../../../lab/host/machine.js';
import type { Scenario } from '../../../../../../lab/types.js';
import { shipped, watch } from '../../../../lab/sim/seen-reports.js';

/** The load of two bands with open arrivals becomes three times what it was, for good. */
const withStep = (scenario: Scenario): Scenario => ({
  ...scenario,
  disturbances: scenario.disturbances.map((each, i) =>
    each.kind === 'rateFactor' ? { ...each, factor: 3, job: i === 0 ? 'j1' : 'j3' } : each,
  ),
});

describe('queues after a step of the load, on a simulated host beside light load', function () {
  this.timeout(20_000);

  it('cost the bands that are not late nothing, also where limits are suspended', () => {
    let fallenBack = 0;
    const dropped = new Set<string>();
    for (const seed of [1, 3, 4, 11, 14])
      watch(
        { scenario: withStep(shipped('open-step', 'light', seed)), machine: REAL_MACHINE },
        ({ node }, memory) => {
          if ((memory as Memory).fallBack.level === 0) return;
          fallenBack += 1;
          for (const { job, limit, target } of node.allocations)
            if (target?.mode === 'band' && limit?.cpuCores === null) dropped.add(job);
        },
      );
    assert.ok(fallenBack > 0, 'no host falls back any more: this shows nothing');
    assert.deepEqual(
      [...dropped].filter((job) => job !== 'j1' && job !== 'j3'),
      [],
    );
  });
});
