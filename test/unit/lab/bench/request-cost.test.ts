import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withRequestCosts } from '../../../../lab/bench/request-cost.js';
import { type BenchScore, benchScoreOf, summariseRuns } from '../../../../lab/bench/summary.js';
import { scoreRun } from '../../../../lab/score/score.js';
import { latencies, record } from '../score/build.js';

function run(
  policy: string,
  repetition: number,
  workSeconds: Readonly<Record<string, number>>,
): BenchScore {
  const score = scoreRun(record(latencies(1000), { policy }), [1], 1);
  const others = { othersCores: null, othersPerInterval: [], foreign: null };
  const work = new Map(Object.entries(workSeconds));
  return benchScoreOf(score, { repetition, workSeconds: work, ...others });
}
const ratios = (runs: readonly BenchScore[]): readonly (number | undefined)[] =>
  withRequestCosts(runs).map(({ summary }) => summary.cpuPerRequestRatio);

describe('lab bench: CPU of a request', () => {
  it('is compared to default in the same repetition, over kinds of work that both know', () => {
    const runs = [
      run('adaptive', 1, { a: 0.12, b: 0.11, c: 9 }),
      run('default', 1, { a: 0.1, b: 0.11 }),
      run('default', 2, { a: 0.2 }),
      run('adaptive', 2, { a: 0.2 }),
    ];
    assert.deepEqual(ratios(runs), [1.095445, 1, 1, 1]);
  });

  it('is left out where nothing can be compared', () => {
    const runs = [run('adaptive', 1, { a: 0.1 }), run('default', 2, { a: 0.1 })];
    assert.deepEqual(ratios(runs), [undefined, 1]);
    assert.deepEqual(ratios([run('adaptive', 1, { b: 1 }), run('default', 1, { a: 1 })]), [
      undefined,
      1,
    ]);
    // What was known once is not kept when the other run is gone.
    const [known] = withRequestCosts([run('adaptive', 1, { a: 1 }), run('default', 1, { a: 1 })]);
    assert.ok(known !== undefined);
    assert.deepEqual(ratios([known]), [undefined]);
  });

  it('is summed up over the repetitions that know it', () => {
    const runs = withRequestCosts([
      run('adaptive', 1, { a: 0.12 }),
      run('default', 1, { a: 0.1 }),
      run('adaptive', 2, { a: 0.2 }),
    ]);
    const [summary] = summariseRuns(runs);
    assert.deepEqual(summary?.summary.cpuPerRequestRatio, { median: 1.2, min: 1.2, max: 1.2 });
  });
});
