import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Field } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { learn } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import type { SnapshotAllocation } from '../../../../../../coordinator/schedule/types.js';
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
