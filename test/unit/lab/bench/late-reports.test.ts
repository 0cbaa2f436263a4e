import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type JobObservation, recordOf } from '../../../../lab/bench/run-observations.js';
import { job, scenario } from './build.js';

const seen = (changes: Partial<JobObservation> = {}): JobObservation => ({
  ...{ node: 'bench', latencyMs: 100, limitCores: 0.5, periodUs: 100_000 },
  ...{ cpuSeconds: 1, requests: 10 },
  ...changes,
});

describe('lab bench: reports that came late', () => {
  it('leave out counters: what was counted meanwhile is shared out', () => {
    const late = { cpuSeconds: null, requests: 0, latencyMs: null };
    const countedIn = (...all: readonly Partial<JobObservation>[]) =>
      recordOf({
        scenario: scenario({ jobs: [job('a')], durationMs: all.length * 5000 }),
        policy: 'p',
        targetsMs: new Map(),
        seen: {
          looks: all.map((each) => new Map([['a', seen(each)]])),
          decisions: [],
          movedAtMs: [],
          ...{ othersCores: null, intervalOthersCores: [], foreign: null },
        },
      }).intervals.map(({ jobs: [a] }) => [Number(a?.usageCores.toFixed(9)), a?.requests]);
    const known = { cpuSeconds: 3, requests: 31 };
    assert.deepEqual(countedIn({}, late, known), [
      [0.2, 10],
      [0.2, 11],
      [0.2, 10],
    ]);
    assert.deepEqual(countedIn(late, late, known), [
      [0.2, 10],
      [0.2, 11],
      [0.2, 10],
    ]);
    assert.deepEqual(countedIn({}, late, late), [
      [0.2, 10],
      [0, 0],
      [0, 0],
    ]);
    // Too soon after another report: the requests are known.
    assert.deepEqual(countedIn({}, { cpuSeconds: null, requests: 15 }, known)[1], [0.2, 5]);
    const moved = countedIn({ node: 'h1' }, { ...late, node: 'h2' }, { ...known, node: 'h2' });
    assert.deepEqual(moved.slice(1), [
      [0.3, 16],
      [0.3, 15],
    ]);
  });
});
