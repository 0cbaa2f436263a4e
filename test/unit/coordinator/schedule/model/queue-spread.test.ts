import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { queueSpread } from '../../../../../coordinator/schedule/model/queue-spread.js';
import { seededRandom } from '../../../../../shared/random.js';
import { law, near } from '../policies/adaptive/build.js';

const WORK_SECONDS = 0.03;

/** Relative standard deviation of the means of `seconds` each, of a simulated M/D/1 queue. */
function simulatedSpread(utilisation: number, cores: number, seconds: number): number {
  const random = seededRandom(7);
  const serviceSeconds = WORK_SECONDS / cores;
  const means: number[] = [];
  let [arrivedAt, freeAt, endsAt, total, count] = [0, 0, seconds, 0, 0];
  while (means.length < 4000) {
    arrivedAt -= (Math.log(1 - random()) * serviceSeconds) / utilisation;
    freeAt = Math.max(freeAt, arrivedAt) + serviceSeconds;
    while (freeAt > endsAt) {
      if (count > 0) means.push(total / count);
      [endsAt, total, count] = [endsAt + seconds, 0, 0];
    }
    total += freeAt - arrivedAt;
    count += 1;
  }
  const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
  const squares = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / means.length;
  return Math.sqrt(squares) / mean;
}

describe('spread of the means of a queue', () => {
  const of = (utilisation: number, cores: number, seconds: number): number =>
    queueSpread(
      law({ workSeconds: WORK_SECONDS, ratePerSecond: (utilisation * cores) / WORK_SECONDS }),
      cores,
      seconds,
    );

  it('is that of a simulated one', () => {
    for (const [utilisation, seconds] of [
      [0.5, 5],
      [0.65, 5],
      [0.65, 60],
      [0.8, 60],
    ] as const)
      near(
        of(utilisation, 0.3, seconds),
        simulatedSpread(utilisation, 0.3, seconds),
        0.3,
        `${utilisation} ${seconds}`,
      );
  });

  it('is bounded where the queue runs away, and nothing for a client that waits', () => {
    assert.ok(of(1.2, 0.3, 5) <= 1);
    assert.equal(queueSpread(law(), 0.3, 5), 0);
  });
});
