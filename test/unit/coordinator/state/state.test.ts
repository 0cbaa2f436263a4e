import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { judgeLiveness } from '../../../../coordinator/state/liveness.js';
import { same } from '../../../../coordinator/state/same.js';
import { jobStatuses } from '../../../../coordinator/state/status.js';
import { container, jobName } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './build.js';

describe('liveness', () => {
  it('does not take reports from before a new submission for the new container', () => {
    const running = reported(1, 'h1', { containers: [container('a-1')] });
    const first = fold(
      START,
      stored('a'),
      reported(0, 'h1'),
      desiredOn('h1', 1, ['a-1', 1]),
      running,
    );
    assert.equal(jobStatuses(first, 2)[0]?.state, 'running');
    const submitted = fold(first, desiredOn('h1', 2), running, stored('a'));
    assert.equal(jobStatuses(submitted, 2)[0]?.state, 'pending');
    const again = fold(submitted, desiredOn('h1', 3, ['a-1', 1]));
    assert.equal(jobStatuses(again, 2)[0]?.state, 'pending');
    assert.equal(jobStatuses(fold(again, running), 2)[0]?.state, 'running');
  });

  const at = (ageMs: number, hasReported = true, intervalMs = 5000) =>
    judgeLiveness({ ageMs, intervalMs, hasReported });
  it('is ready up to three intervals and down after eight', () => {
    assert.deepEqual(
      [0, 15_000, 15_001, 40_000, 40_001].map((age) => at(age)),
      ['ready', 'ready', 'suspect', 'suspect', 'down'],
    );
  });
  it('is never ready before the first report, and not at once down', () => {
    assert.deepEqual(
      [0, 40_000, 40_001].map((age) => at(age, false)),
      ['suspect', 'suspect', 'down'],
    );
  });
  it('does not believe in absurd intervals', () => {
    assert.equal(at(6000, true, 1), 'ready');
    assert.equal(at(480_001, true, 1e12), 'down');
  });
});

describe('same', () => {
  it('compares plain data whatever the order of keys', () => {
    assert.ok(same({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1, d: undefined }));
    for (const [a, b] of [
      [{ a: 1 }, { a: 2 }],
      [[1], { 0: 1 }],
      [null, {}],
      [{ a: 1 }, {}],
      [
        [1, 2],
        [2, 1],
      ],
    ])
      assert.ok(!same(a, b));
  });
});

describe('what is known of jobs', () => {
  const gone = (revision?: number): StateEvent => ({
    kind: 'job-removed',
    atMs: 0,
    name: jobName('a'),
    ...(revision === undefined ? {} : { revision }),
  });
  const revisionAfter = (...events: StateEvent[]) =>
    fold(START, ...events).jobs.get(jobName('a'))?.revision;

  it('does not go back to an older revision that was read before', () => {
    assert.equal(revisionAfter(stored('a', {}, 6), stored('a', { weight: 2 }, 5)), 6);
    assert.equal(revisionAfter(stored('a', {}, 6), stored('a', { weight: 2 }, 7)), 7);
  });

  it('is forgotten only at the revision that was found gone', () => {
    assert.equal(revisionAfter(stored('a', {}, 6), gone(5)), 6);
    assert.equal(revisionAfter(stored('a', {}, 6), gone(6)), undefined);
    assert.equal(revisionAfter(stored('a', {}, 6), gone()), undefined);
  });
});
