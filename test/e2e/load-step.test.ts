import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runLoadStep } from '../lib/load-step.js';

describe('a p95 target, read off the page of metrics of a real server', function () {
  this.timeout(120_000);

  it('is answered with more CPU when clients come more often', async () => {
    const options = {
      policy: 'adaptive',
      targetMs: 250,
      ratePerSecond: 10,
      factor: 3,
      beforeMs: 14_000,
      afterMs: 14_000,
      seed: 5,
    };
    const { looks, load } = await runLoadStep(options);
    assert.ok(load.answers.length > 100, `${load.answers.length} answers`);
    const limited = looks.filter(({ limitCores }) => limitCores !== null);
    assert.ok(limited.length > 0, 'never limited');
    assert.ok(
      looks.some(({ p95Ms }) => p95Ms !== null),
      'no p95 was ever known',
    );
    const inHalf = (isAfter: boolean) =>
      limited
        .filter(({ atMs }) => atMs >= options.beforeMs === isAfter)
        .map(({ limitCores }) => limitCores ?? 0);
    const [least, most] = [Math.min(...inHalf(false)), Math.max(...inHalf(true))];
    assert.ok(most > 1.2 * least, `limits ${JSON.stringify(looks)}`);
  });
});
