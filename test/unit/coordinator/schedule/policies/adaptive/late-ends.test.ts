import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Field } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { learn } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import type { Memory } from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import type { SnapshotAllocation } from '../../../../../../coordinator/schedule/types.js';
import { REAL_MACHINE } from '../../../../../../lab/host/machine.js';
import { shipped, watch } from '../../../../lab/sim/seen-reports.js';
import { model, Plant } from './build.js';

/** A report whose newest answer was noted only when the report was made. */
function notedLate(its: SnapshotAllocation): SnapshotAllocation {
  const { report } = its;
  if (report?.latency == null) return its;
  return { ...its, report: { ...report, latency: { ...report.latency, newestAgeMs: 0 } } };
}

/** Reports of a loop after which it was taken for open arrivals; `isLate` says which note late. */
function takenForOpen(plant: Plant, isLate: (report: number) => boolean): readonly number[] {
  let its = model();
  const taken: number[] = [];
  for (let report = 0; report < 60; report += 1) {
    const seen = plant.run();
    const lifeId = report === 0 ? '' : plant.lifeId;
    its = learn(its, isLate(report) ? notedLate(seen) : seen, { lifeId, isHostShort: false });
    if (its[Field.isOpen] === 1) taken.push(report);
  }
  return taken;
}

const loop = (cores: number): Plant =>
  new Plant(cores, { workSeconds: 0.037, noiseRatio: 0.05, parallelism: 1 });

describe('a closed loop on a host that notes ends of requests late', () => {
  for (const cores of [0.06, 0.08, 0.1, 0.15])
    it(`is not taken for open arrivals when each other one is, with ${cores} CPU`, () => {
      assert.deepEqual(
        takenForOpen(loop(cores), (report) => report > 10 && report % 2 === 0),
        [],
      );
    });
});

describe('closed loops on a simulated host that notes ends of requests late', function () {
  this.timeout(60_000);

  // Where late ends of the first two seconds count, one loop of each run of `infeasible-1.1` is for
  // two or three seconds: docs/decisions/175.
  for (const [name, seeds] of [
    ['arrivals', [1, 2, 3, 4, 5]],
    ['infeasible-1.1', [11, 21]],
  ] as const)
    it(`are not taken for open arrivals beside much load of others in ${name}`, () => {
      const taken = new Set<string>();
      for (const seed of seeds)
        watch(
          { scenario: shipped(name, 'rough', seed), machine: REAL_MACHINE },
          ({ nowMs }, memory) => {
            const { ids, models } = memory as Memory;
            for (const [i, its] of models.entries())
              if (its[Field.isOpen] === 1) taken.add(`seed ${seed}: ${ids[i]} at ${nowMs} ms`);
          },
        );
      assert.deepEqual([...taken], []);
    });
});
