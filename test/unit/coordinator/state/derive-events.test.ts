import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { EVENT_MAX_BYTES } from '../../../../proto/codec/limits.js';
import { encodeEvent } from '../../../../proto/event.js';
import { allocationId, container, job, latency, nodeId, report } from '../build.js';
import { desiredOn, fold, reported, START, stored, typesOf } from './state-build.js';

/** Counts how often all values were asked for. */
class WatchedMap<K, V> extends Map<K, V> {
  looks = 0;

  override values(): ReturnType<Map<K, V>['values']> {
    this.looks += 1;
    return super.values();
  }
}

describe('deriveEvents', () => {
  it('gives the events of a job from submission to stop', () => {
    const s1 = fold(START, stored('a'));
    assert.deepEqual(typesOf(START, s1), ['job.submitted']);
    const s2 = fold(s1, reported(0, 'h1'));
    assert.deepEqual(typesOf(s1, s2), ['node.joined']);
    const s3 = fold(s2, desiredOn('h1', 1, ['a-1', 2]));
    assert.deepEqual(typesOf(s2, s3), ['job.placed', 'allocation.limit-changed']);
    const slow = { sequence: 2, containers: [container('a-1', { latency: latency(5000) })] };
    const s4 = fold(s3, reported(1000, 'h1', slow));
    assert.deepEqual(typesOf(s3, s4), ['job.started', 'job.class-changed']);
    const s5 = fold(s4, reported(2000, 'h1', { ...slow, sequence: 3 }));
    assert.deepEqual(typesOf(s4, s5), []);
    const ended = {
      sequence: 4,
      containers: [container('a-1', { state: 'exited', reason: 'exit code 1' })],
    };
    assert.deepEqual(typesOf(s5, fold(s5, reported(3000, 'h1', ended))), ['job.lost']);
    assert.deepEqual(typesOf(s5, fold(s5, reported(3000, 'h1', { sequence: 4 }))), ['job.lost']);
    const s6 = fold(s5, { kind: 'job-removed', atMs: 0, name: job('a').name });
    assert.deepEqual(typesOf(s5, s6), ['job.stopped']);
    const s7 = fold(s6, desiredOn('h1', 2));
    assert.deepEqual(typesOf(s7, fold(s7, reported(4000, 'h1', { sequence: 5 }))), []);
  });

  it('gives events for a node that falls silent, what is lost, and its return', () => {
    const up = fold(START, stored('a'), reported(0, 'h1'), desiredOn('h1', 1, ['a-1', 1]));
    const suspect = fold(up, { kind: 'tick', atMs: 7000 });
    const down = fold(suspect, { kind: 'tick', atMs: 17_000 });
    assert.deepEqual(typesOf(up, suspect), ['node.suspect']);
    assert.deepEqual(typesOf(suspect, down), ['node.down', 'job.lost']);
    assert.deepEqual(typesOf(down, fold(down, { kind: 'tick', atMs: 18_000 })), []);
    assert.deepEqual(typesOf(down, fold(down, reported(19_000, 'h1', { sequence: 2 }))), [
      'node.joined',
    ]);
  });

  it('finds each node wherever it stands, where one before it is gone', () => {
    const hosts = ['h1', 'h2', 'h3'];
    const runs = { containers: [container('a-1')] };
    const joined = hosts.map((host) => reported(0, host, host === 'h2' ? runs : {}));
    const up = fold(START, stored('a'), ...joined);
    const left = fold(up, { kind: 'node-removed', atMs: 0, node: nodeId('h1') });
    assert.deepEqual(typesOf(up, left), []);
    const heard = reported(6500, 'h2', { ...runs, sequence: 2 });
    const silent = fold(left, heard, { kind: 'tick', atMs: 7000 });
    assert.deepEqual(typesOf(up, silent), ['node.suspect']);
    assert.deepEqual(typesOf(left, up), ['node.joined']);
  });

  it('gives no events for what was known before a restart', () => {
    const registration = {
      host: report('h1').host,
      labels: {},
      agentVersion: '0.1.0',
      intervalMs: 1000,
    };
    const known = fold(
      START,
      { kind: 'node-known', atMs: 0, node: nodeId('h1'), registration },
      stored('a'),
      desiredOn('h1', 7, ['a-1', 1]),
    );
    const containers = [container('a-1', { latency: latency(5000) })];
    assert.deepEqual(typesOf(known, fold(known, reported(10, 'h1', { containers }))), []);
  });

  it('gives the same change the same id', () => {
    const ids = () => {
      const before = fold(START, reported(0, 'h1'));
      const after = fold(before, desiredOn('h1', 1, ['a-1', 2]));
      return deriveEvents(before, after, { nowMs: 1, wallMs: Math.random(), source: '/test' }).map(
        ({ id }) => id,
      );
    };
    assert.deepEqual(ids(), ['job-placed.a-1.h1.3.1', 'limit-changed.a-1.h1.3.1']);
    assert.deepEqual(ids(), ids());
  });

  it('reports an update by its revision, and a pending allocation once', () => {
    const s1 = fold(START, stored('a'));
    assert.deepEqual(typesOf(s1, fold(s1, stored('a', { image: 'x' }, 2))), ['job.submitted']);
    const pending: StateEvent = {
      kind: 'planned',
      unreachable: [],
      preempted: [],
      atMs: 0,
      pending: [{ job: job('a').name, allocation: allocationId('a-1'), refusals: [] }],
    };
    const s2 = fold(s1, pending);
    assert.deepEqual(typesOf(s1, s2), ['job.infeasible']);
    assert.deepEqual(typesOf(s2, fold(s2, pending)), []);
    const [infeasible] = deriveEvents(s1, s2, { nowMs: 0, wallMs: 0, source: '/test' });
    assert.ok(infeasible?.type === 'dqoes.job.infeasible');
    assert.deepEqual(infeasible.data.reasons, ['no node has reported yet']);
  });

  it('looks at no job while the same allocations wait', () => {
    const start = fold(START, stored('a'));
    const jobs = new WatchedMap(start.jobs);
    const pending: StateEvent = {
      kind: 'planned',
      unreachable: [],
      preempted: [],
      atMs: 0,
      pending: [{ job: job('a').name, allocation: allocationId('a-1'), refusals: [] }],
    };
    const first = fold({ ...start, jobs }, pending);
    assert.deepEqual(typesOf({ ...start, jobs }, first), ['job.infeasible']);
    const looks = jobs.looks;
    assert.deepEqual(typesOf(first, fold(first, pending)), []);
    assert.equal(jobs.looks, looks);
  });

  it('says why an allocation is pending within what the stream takes', () => {
    const refusals = ['h1', 'h2', 'h3'].map((node) => ({
      node: nodeId(node),
      resource: 'label' as const,
      requested: '',
      used: '',
      capacity: '',
      message: `${node}: ${'€'.repeat(33 * 256)}`,
    }));
    const before = fold(START, stored('a'));
    const [infeasible] = deriveEvents(
      before,
      fold(before, {
        kind: 'planned',
        unreachable: [],
        preempted: [],
        atMs: 0,
        pending: [{ job: job('a').name, allocation: allocationId('a-1'), refusals }],
      }),
      { nowMs: 0, wallMs: 0, source: '/test' },
    );
    assert.ok(infeasible?.type === 'dqoes.job.infeasible');
    assert.equal(infeasible.data.reasons.length, 3);
    assert.ok(encodeEvent(infeasible).length < EVENT_MAX_BYTES);
  });
});
