import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { job } from '../build.js';
import {
  desired,
  ended,
  eventsOf,
  failed,
  LOST,
  life,
  madeFrom,
  NEXT,
  NO_IMAGE,
  pending,
  RUNS,
  restarted,
  seen,
} from './container-seen.js';
import { fold, START, stored } from './state-build.js';

describe('a container that somebody removes on its host', () => {
  it('is lost, and another one started in its place, each once', () => {
    const said = [LOST, 'job.started'];
    const slow = [seen(pending()), seen(pending('starting web')), seen(NEXT), seen(NEXT)];
    assert.deepEqual(eventsOf(RUNS, ...slow), said);
    assert.deepEqual(eventsOf(RUNS, seen(NEXT), seen(NEXT)), said, 'between two reports');
    assert.deepEqual(eventsOf(RUNS, seen(NEXT), seen(life(1))), [...said, ...said], 'twice');
    const loop = 'restarting: it ended 2 times, last with exit code 3; dqoes job logs a says why';
    const looping = fold(RUNS, seen(ended(3, { ...life(2), reason: loop })));
    assert.deepEqual(eventsOf(looping, seen(NEXT)), said, 'that the engine starts again and again');
  });

  it('is lost where none can be made in its place', () => {
    const said = [LOST, `job.start-failed: ${NO_IMAGE}`];
    assert.deepEqual(eventsOf(RUNS, seen(failed()), seen(failed())), said);
    const next = ended(3, NEXT);
    const once = ['job.lost: exited with code 3'];
    assert.deepEqual(eventsOf(RUNS, seen(next), seen(next)), once, 'or one that ends at once');
  });

  it('is lost once where it had ended before', () => {
    const events = [seen(ended(137, life(1))), seen(pending()), seen(NEXT)];
    assert.deepEqual(eventsOf(RUNS, ...events), ['job.lost: exited with code 137', 'job.started']);
  });

  it('is lost while its agent is away, and once', () => {
    const said = ['job.lost: its container was gone when its agent was started again'];
    assert.deepEqual(eventsOf(RUNS, ...restarted(pending(), NEXT)), [...said, 'job.started']);
    const [, first, second] = restarted(NEXT, NEXT);
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(eventsOf(RUNS, first, second), [...said, 'job.started']);
  });

  it('is lost where its job was changed and changed back before its turn came', () => {
    const back = [desired(job('a', { image: 'web:2' })), desired(job('a'))];
    const events = [...back, seen(life(1)), seen(pending()), seen(NEXT)];
    assert.deepEqual(eventsOf(RUNS, ...events), [LOST, 'job.started']);
  });

  it('is not lost again where its host was down', () => {
    const down: StateEvent = { kind: 'tick', atMs: 60_000 };
    const said = 'job.lost: its node stopped reporting';
    assert.deepEqual(eventsOf(RUNS, down, seen(pending()), seen(NEXT)), [said, 'job.started']);
    assert.deepEqual(eventsOf(RUNS, down, seen(ended(137, life(1)))), [said], 'nor where it ended');
  });
});

describe('a container that is there no more', () => {
  it('is not lost where its agent was started again and it runs on', () => {
    const [, ...again] = restarted(life(1), life(1));
    assert.deepEqual(eventsOf(RUNS, ...again), []);
  });

  it('is not lost where its job was changed, whichever leader asked for that', () => {
    for (const change of [{ env: { LEVEL: '2' } }, { image: 'web:2' }]) {
      const changed = [stored('a', change, 2), desired(job('a', change))];
      const next = { ...NEXT, ...change };
      const slow = [seen(life(1)), seen(pending()), seen(next)];
      assert.deepEqual(eventsOf(fold(RUNS, ...changed), ...slow), ['job.started']);
      assert.deepEqual(eventsOf(fold(RUNS, ...changed), seen(next)), ['job.started']);
    }
    const image = { image: 'web:2' };
    const taken = fold(START, stored('a', image), desired(job('a', image)), seen(life(1)));
    assert.deepEqual(eventsOf(taken, seen({ ...NEXT, ...image })), ['job.started']);
  });

  it('is not lost where its job was stopped, or it is wanted there no more', () => {
    const removed: StateEvent = { kind: 'job-removed', atMs: 0, name: job('a').name };
    assert.deepEqual(eventsOf(fold(RUNS, removed), seen(undefined), seen(undefined)), []);
    assert.deepEqual(eventsOf(fold(RUNS, desired(undefined)), seen(undefined)), []);
    const again = fold(RUNS, desired(undefined), desired(job('a')));
    const told = eventsOf(again, seen(life(1)), seen(pending()), seen(NEXT));
    assert.deepEqual([told.includes(LOST), told.at(-1)], [false, 'job.started']);
  });

  it('is not lost where its agent obeys what is not known to be stored yet', () => {
    const holds = { incarnation: 'inc', epoch: 3, revision: 100_000 };
    assert.deepEqual(eventsOf(RUNS, seen(pending(), { holds })), []);
  });

  it('is not lost where a report has no room for it', () => {
    const warnings = ['1 of 2 containers left out: the report is full'];
    assert.deepEqual(eventsOf(RUNS, seen(undefined, { warnings })), []);
  });

  it('is not lost where a leader before asked for that, if its agent says it', () => {
    const change = { env: { LEVEL: '2' } };
    const asked = fold(START, stored('a', change), desired(job('a', change)));
    const before = fold(asked, madeFrom({}, life(1)));
    assert.deepEqual(eventsOf(before, madeFrom(change, NEXT)), ['job.started']);
    assert.deepEqual(eventsOf(before, seen(pending()), madeFrom(change, NEXT)), ['job.started']);
    const changed = fold(asked, madeFrom(change, life(1)));
    assert.deepEqual(eventsOf(changed, madeFrom(change, NEXT)), [LOST, 'job.started']);
  });
});
