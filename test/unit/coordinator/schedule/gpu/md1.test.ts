import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { waitExceeds, waitQuantile } from '../../../../../coordinator/schedule/gpu/md1.js';

/** Erlang's sum for M/D/1, exact; of no use for long waits, where its terms cancel. */
function exactlySooner(utilisation: number, wait: number): number {
  let sum = 0;
  let factorial = 1;
  for (let k = 0; k <= Math.floor(wait); k += 1) {
    if (k > 0) factorial *= k;
    const power = utilisation * (k - wait);
    sum += (power ** k / factorial) * Math.exp(-power);
  }
  return (1 - utilisation) * sum;
}

const BUSY = [0.1, 0.3, 0.5, 0.7, 0.85, 0.95];
const near = (value: number, expected: number, within: number): void =>
  assert.ok(Math.abs(value - expected) <= within, `${value}, not ${expected}`);

describe('gpu: waiting where work is even', () => {
  it('is as Erlang says', () => {
    for (const utilisation of BUSY)
      for (const wait of [0, 0.3, 0.99, 1.01, 1.5, 2.5, 4, 6])
        near(waitExceeds(utilisation, wait).ratio, 1 - exactlySooner(utilisation, wait), 0.013);
  });

  it('has the quantile turned round', () => {
    for (const utilisation of BUSY)
      for (const quantile of [0.5, 0.9, 0.95, 0.99]) {
        const wait = waitQuantile(utilisation, quantile);
        if (quantile <= 1 - utilisation) assert.equal(wait, 0);
        else near(waitExceeds(utilisation, wait).ratio, 1 - quantile, 0.002);
      }
  });

  it('tells how fast fewer wait longer', () => {
    for (const utilisation of BUSY)
      for (const wait of [0.2, 0.8, 1.2, 3]) {
        const { slope } = waitExceeds(utilisation, wait);
        const fewer =
          waitExceeds(utilisation, wait - 1e-4).ratio - waitExceeds(utilisation, wait + 1e-4).ratio;
        near(slope, fewer / 2e-4, 1e-3 * slope);
      }
  });

  it('is everybody before there is a wait', () => {
    assert.deepEqual(waitExceeds(0.5, -0.1), { ratio: 1, slope: 0 });
  });
});
