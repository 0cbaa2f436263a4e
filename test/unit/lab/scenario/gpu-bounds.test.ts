import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readScenario } from '../../../../lab/scenario/read.js';

const faultsOf = (bounds: string): readonly (readonly [field: string, message: string])[] => {
  const node = `{ id: h1, cpu: 2, gpu: [{ id: g0, memory: 16GiB, ${bounds} }] }`;
  const job = '{ id: a, target: 2s, model: { work: 0.46 } }';
  const read = readScenario(`nodes: [${node}]\njobs: [${job}]`, 'named');
  return read.ok ? [] : read.error.map(({ field, message }) => [field, message] as const);
};

describe('readScenario: bounds of a GPU', () => {
  it('that cross are refused: none of them is replaced by the other', () => {
    const cure = 'lower the one or raise the other';
    for (const [bounds, place, said] of [
      ['minClock: 2000', '.minClock', `minClock 2000 is above maxClock 1410: ${cure}`],
      // The one that the file does not name has its default.
      ['power: 40', 'gpu.0', `idlePower 50 is above power 40: ${cure}`],
      ['minPower: 400', '.minPower', `minPower 400 is above power 300: ${cure}`],
    ] as const) {
      const [[field, message] = ['', ''], ...others] = faultsOf(bounds);
      assert.equal(others.length, 0, bounds);
      assert.ok(field.endsWith(place), field);
      assert.equal(message, `${field}: ${said}`);
    }
    assert.deepEqual(faultsOf('minClock: 1410, power: 50, minPower: 50'), []);
  });
});
