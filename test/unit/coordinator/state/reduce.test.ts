import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { jobStatuses } from '../../../../coordinator/state/job-status.js';
import { judgeLiveness } from '../../../../coordinator/state/liveness.js';
import { container, jobName } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

describe('liveness', () => {
  it('does not mistake an old report for the container of a job submitted again', () => {
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
  it('is neither ready before the first report nor down at once', () => {
    assert.deepEqual(
      [0, 40_000, 40_001].map((age) => at(age, false)),
      ['suspect', 'suspect', 'down'],
    );
  });
  it('counts from when reports are heard, of nodes that were known before', () => {
    const down = (...events: StateEvent[]) =>
      [...fold(START, ...events, { kind: 'tick', atMs: 62_000 }).nodes.values()].flatMap(
        ({ id, liveness }) => (liveness === 'down' ? id : []),
      );
    const known = [reported(0, 'h1'), desiredOn('h2', 1)];
    assert.deepEqual(down(...known), ['h1', 'h2']);
    assert.deepEqual(down(...known, { kind: 'hearing', atMs: 60_000 }), ['h1']);
  });
  it('bounds the report interval that counts', () => {
    assert.equal(at(6000, true, 1), 'ready');
    assert.equal(at(480_001, true, 1e12), 'down');
  });
});

describe('jobs of the state', () => {
  const gone = (revision?: number): StateEvent => ({
    kind: 'job-removed',
    atMs: 0,
    name: jobName('a'),
    ...(revision === undefined ? {} : { revision }),
  });
  const revisionAfter = (...events: StateEvent[]) =>
    fold(START, ...events).jobs.get(jobName('a'))?.revision;

  it('do not go back to an older revision', () => {
    assert.equal(revisionAfter(stored('a', {}, 6), stored('a', { weight: 2 }, 5)), 6);
    assert.equal(revisionAfter(stored('a', {}, 6), stored('a', { weight: 2 }, 7)), 7);
  });

  it('are removed only at the revision that was found gone', () => {
    assert.equal(revisionAfter(stored('a', {}, 6), gone(5)), 6);
    assert.equal(revisionAfter(stored('a', {}, 6), gone(6)), undefined);
    assert.equal(revisionAfter(stored('a', {}, 6), gone()), undefined);
  });
});
