import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  EMPTY_MODEL,
  Field,
} from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { fittedLaw } from '../../../../../../coordinator/schedule/model/fitted-law.js';
import { learn } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import { near, Plant } from './build.js';

describe('adaptive learning after a host slept', () => {
  it('takes its closed loops for no services that are hardly asked', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1 });
    let [model, lifeId] = [EMPTY_MODEL, ''];
    const see = (sleptMs: number): void => {
      const seen = plant.run();
      const observedAtMs = seen.observedAtMs + sleptMs;
      model = learn(model, { ...seen, observedAtMs }, { lifeId, isHostShort: false });
      lifeId = seen.report?.lifeId ?? '';
    };
    for (let i = 0; i < 30; i += 1) see(0);
    assert.equal(model[Field.isOpen], 0);
    for (let i = 0; i < 10; i += 1) {
      see(3_600_000);
      assert.equal(model[Field.isOpen], 0, `${i}`);
    }
    near(fittedLaw(model, 'mean')?.workSeconds ?? 0, 0.1, 0.05);
  });
});
