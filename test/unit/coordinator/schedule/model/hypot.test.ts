import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { hypot3 } from '../../../../../coordinator/schedule/model/hypot.js';
import { seededRandom } from '../../../../../shared/random.js';

describe('hypot3', () => {
  it('rounds as Math.hypot, to the last bit', () => {
    const random = seededRandom(7);
    const number = (): number => (random() - 0.5) * 10 ** (random() * 12 - 8);
    for (let i = 0; i < 20_000; i += 1) {
      const [x, y, z] = [number(), number(), number()];
      assert.ok(Object.is(hypot3(x, y, z), Math.hypot(x, y, z)), `${x} ${y} ${z}`);
    }
  });

  it('has the same limits', () => {
    const numbers = [0, -0, 1, -2, 5e-324, 1.7e308, Number.POSITIVE_INFINITY, Number.NaN];
    for (const x of numbers)
      for (const y of numbers)
        for (const z of numbers)
          assert.ok(Object.is(hypot3(x, y, z), Math.hypot(x, y, z)), `${x} ${y} ${z}`);
  });
});
