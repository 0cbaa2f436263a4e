import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FAULTS } from '../faults/kinds/index.js';
import { playThese } from '../faults/play-all.js';
import { breachLines } from '../faults/report.js';

/** A short form; npm run test:faults -- --long for the whole. */
const SHORT = ['SIGKILL of the leader', 'Docker confirms limits and does not set them'];

describe('faults on a whole cluster of real programs', function () {
  this.timeout(180_000);

  it('break no promise: a kill, and a Docker Engine that lies', async function () {
    // Small disks are mounted.
    if (process.getuid?.() !== 0) return this.skip();
    const seed = Date.now() % 1_000_000;
    const chosen = FAULTS.filter(({ name }) => SHORT.includes(name));
    assert.equal(chosen.length, SHORT.length);
    const { rounds, notPutBack } = await playThese(
      chosen.map((fault, index) => ({ fault, seed: seed + index })),
    );
    assert.deepEqual(breachLines(rounds), []);
    assert.deepEqual(notPutBack, []);
    assert.equal(rounds.length, SHORT.length);
    // It was really looked.
    assert.ok(rounds.every(({ looks }) => looks > 5));
  });
});
