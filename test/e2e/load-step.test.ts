import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type LoadStepSample, runLoadStep } from '../lib/load-step.js';

const BEFORE_MS = 14_000;

type Looks = readonly LoadStepSample[];

const limitsIn = (looks: Looks, isAfter: boolean): readonly number[] =>
  looks.flatMap(({ atMs, limitCores }) =>
    limitCores !== null && atMs >= BEFORE_MS === isAfter ? [limitCores] : [],
  );
/** The most after the step is well above the least before it; without either it is not. */
const isRaised = (looks: Looks): boolean =>
  Math.max(...limitsIn(looks, true)) > 1.2 * Math.min(...limitsIn(looks, false));
const isP95Known = (looks: Looks): boolean => looks.some(({ p95Ms }) => p95Ms !== null);

describe('a p95 target, read off the page of metrics of a real server', function () {
  this.timeout(120_000);

  it('is answered with more CPU when clients come more often', async () => {
    const { looks, load } = await runLoadStep({
      policy: 'adaptive',
      targetMs: 250,
      ratePerSecond: 10,
      factor: 3,
      beforeMs: BEFORE_MS,
      afterMs: 14_000,
      seed: 5,
      isDone: (seen) => isP95Known(seen) && isRaised(seen),
    });
    assert.ok(load.answers.length > 100, `${load.answers.length} answers`);
    assert.ok(
      looks.some(({ limitCores }) => limitCores !== null),
      'never limited',
    );
    assert.ok(isP95Known(looks), 'no p95 was ever known');
    assert.ok(isRaised(looks), `limits ${JSON.stringify(looks)}`);
  });
});
