import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type AllocationModel,
  EMPTY_MODEL,
  Field,
} from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { provenCoresOf } from '../../../../../../coordinator/schedule/model/fitted-law.js';
import { learn } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import {
  isBeyondProven,
  provenCoresUnder,
} from '../../../../../../coordinator/schedule/policies/adaptive/proven-cores.js';
import { limit } from '../../../build.js';
import { model, near, Plant, type PlantOptions } from './build.js';

/** What is known of a closed loop after some seconds under each of the limits. */
function known(options: PlantOptions, limits: readonly number[], seconds = 30): AllocationModel {
  const plant = new Plant(limits[0] ?? 1, options);
  let [its, lifeId] = [EMPTY_MODEL, ''];
  for (const cores of limits) {
    plant.hold(cores);
    for (let i = 0; i < seconds; i += 1) {
      const seen = plant.run();
      its = learn(its, seen, { lifeId, isHostShort: false });
      lifeId = seen.report?.lifeId ?? lifeId;
    }
  }
  return its;
}

describe('adaptive: how many cores a workload was seen to use', () => {
  it('one thread uses one core, however many it may have', () => {
    const single = known({ workSeconds: 0.1, parallelism: 1, noiseRatio: 0.1 }, [0.4, 2]);
    near(single[Field.seenCores], 1, 0.1);
    near(provenCoresOf(single), 1, 0.1);
    assert.equal(isBeyondProven(single, 1.3), true);
  });

  it('under less than a core nothing is seen of a second thread', () => {
    for (const parallelism of [1, 64]) {
      const slow = known({ workSeconds: 0.1, parallelism }, [0.4]);
      near(slow[Field.seenCores], 0.4, 0.05);
      assert.equal(provenCoresOf(slow), 1);
    }
  });

  it('a quota that binds is used whole, also where requests wait for something else', () => {
    const many = known({ workSeconds: 0.1, overheadSeconds: 0.05, parallelism: 64 }, [1.6]);
    near(many[Field.seenCores], 1.6, 0.03);
    assert.deepEqual(
      [1.6, 2].map((cores) => isBeyondProven(many, cores)),
      [false, true],
    );
  });

  it('is not forgotten under a lower limit, nor by a container that is started again', () => {
    const options = { workSeconds: 0.1, parallelism: 64 };
    const before = known(options, [1.6]);
    const after = known(options, [1.6, 0.3]);
    assert.equal(after[Field.seenCores], before[Field.seenCores]);
    const plant = new Plant(0.3, options);
    const again = learn(after, plant.run(), { lifeId: 'another', isHostShort: false });
    assert.equal(again[Field.seenCores], before[Field.seenCores]);
  });

  it('is sought again with another container, which may be another version', () => {
    const known = model({ workCount: 50, workSeconds: 5, freeCores: 1, freeWeight: 30 });
    const coresIn = (lifeId: string): number => {
      const plant = new Plant(1, { workSeconds: 0.1 });
      plant.restart(lifeId);
      return learn(known, plant.run(), { lifeId: 'c1@1', isHostShort: false })[Field.freeCores];
    };
    assert.equal(coresIn('c1@2'), 1, 'the same one, started again');
    assert.equal(coresIn('c2@3'), 0);
  });

  it('takes several reports', () => {
    const first = known({ workSeconds: 0.1, parallelism: 64 }, [1.6], 3);
    assert.ok(first[Field.seenCores] < 1.5, String(first[Field.seenCores]));
  });

  it('is said of a limit only where the target takes more than that', () => {
    const seen = model({ seenCores: 1.6, workSeconds: 1, workCount: 10 });
    assert.equal(provenCoresUnder(seen, limit(1.9), 1.9), 1.6);
    assert.equal(provenCoresUnder(seen, limit(1.6), 1.6), null);
    // The owner's minimum gives it more than the target takes.
    assert.equal(provenCoresUnder(seen, limit(4), 0.5), null);
    assert.equal(provenCoresUnder(seen, null, 3), null);
    assert.equal(provenCoresUnder(model({ freeCores: 3 }), limit(3), 3), null);
  });
});
