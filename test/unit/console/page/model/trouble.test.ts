import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { troublesOf } from '../../../../../console/page/model/trouble.js';
import { nowText } from '../../../../../console/page/model/words.js';
import { latency } from '../../../coordinator/build.js';
import { containerIn, jobStatus, nodeStatus } from '../build.js';

const kinds = (...args: Parameters<typeof troublesOf>): readonly string[] =>
  troublesOf(...args).map(({ kind, subject }) => `${kind} ${subject}`);

describe('what is wrong', () => {
  it('nothing, where all are at target', () => {
    assert.deepEqual(troublesOf([jobStatus('a')], [nodeStatus('h1')]), []);
  });

  it('a service that answers nothing any more is told from one that has not begun', () => {
    const said = { latency: latency(100, { newestAgeMs: 300_000 }) };
    const silent = {
      latencyMs: null,
      qoeClass: null,
      ageMs: 0,
      container: containerIn('a-1', said),
    };
    const job = jobStatus('a', silent);
    assert.equal(troublesOf([job], [])[0]?.what, 'has answered nothing for 5 min');
    const [first] = job.allocations;
    assert.equal(first && nowText(first), '– (no answer for 5 min)');
  });

  it('of a container that was never made nobody is sent to its log', () => {
    const reason = 'the container cannot be made: image web:9 could not be pulled';
    const never = containerIn('a-1', { state: 'failed', reason, containerId: null });
    const [first] = troublesOf([jobStatus('a', { container: never }, { state: 'failed' })], []);
    assert.match(first?.cure ?? '', /^Mend what the reason names.*then submit a again\.$/);
    assert.doesNotMatch(first?.cure ?? '', /logs/);
  });

  it('what is started again and again runs in between, and is told by its log', () => {
    const reason = 'restarting: it ended 3 times, last with exit code 1; docker logs a-1 says why';
    const loops = { qoeClass: null, latencyMs: null, container: containerIn('a-1', { reason }) };
    const [only] = troublesOf([jobStatus('a', loops)], []);
    assert.deepEqual(
      [only?.kind, only?.what, only?.why],
      ['failed', 'is started again and again', `${reason}.`],
    );
    assert.match(only?.cure ?? '', /dqoes job logs a/);
  });

  it('a change that waits is told though what runs is at its target, with its reason', () => {
    const why = 'a-1: runs on as it was: the journal cannot be written: ENOSPC';
    const job = jobStatus('a', {}, { reasons: [why] });
    const [only, ...more] = troublesOf([job], [nodeStatus('h1')]);
    assert.deepEqual(
      [only?.kind, only?.subject, only?.why, more],
      ['change-waits', 'a', `${why}.`, []],
    );
    const silent = [nodeStatus('h1', { liveness: 'suspect' })];
    assert.deepEqual(kinds([job], silent), ['host-silent h1']);
  });

  it('a silent host says what it may still run that was stopped meanwhile', () => {
    const left = 'not wanted here any more, and may still run: a-1';
    const silent = nodeStatus('h1', { liveness: 'down', ageMs: 120_000, warnings: [left] });
    const [first] = troublesOf([], [silent]);
    assert.equal(first?.why, `last heard 2 min ago; ${left}.`);
  });

  it('what the reason says already is not said again', () => {
    const unheard = (reason: string) => {
      const container = containerIn('a-1', { latency: null, reason });
      return troublesOf([jobStatus('a', { qoeClass: null, latencyMs: null, container })], [])[0];
    };
    const told = unheard('its log has no line yet: see dqoes doctor --container web on its host');
    assert.equal(told?.cure, 'Send it requests, where it has none.');
    assert.match(unheard('')?.cure ?? '', /dqoes doctor --container NAME/);
  });

  it('the worst comes first: hosts, then failed, slow, pending, unknown and fast jobs', () => {
    const failed = { container: containerIn('f-1', { state: 'failed', reason: 'exit code 3' }) };
    const jobs = [
      jobStatus('fast', { qoeClass: 'faster' }),
      jobStatus('good'),
      jobStatus('waits', { container: null }, { state: 'pending' }),
      jobStatus('slow', { qoeClass: 'slower' }),
      jobStatus('f', failed, { state: 'failed' }),
      jobStatus('new', { qoeClass: null }),
    ];
    const nodes = [
      nodeStatus('h1', { warnings: ['the clock jumps'] }),
      nodeStatus('h2', { liveness: 'down', ageMs: 40_000 }),
      nodeStatus('h3', { isWaiting: true }),
    ];
    assert.deepEqual(kinds(jobs, nodes), [
      'host-down h2',
      'host-waits h3',
      'failed f',
      'slower slow',
      'pending waits',
      'unknown new',
      'faster fast',
      'host-warns h1',
    ]);
  });

  it('each has its reason and a cure; pending and failed are told apart', () => {
    const failed = jobStatus(
      'f',
      { container: containerIn('f-1', { state: 'failed', reason: 'exit code 3' }) },
      { state: 'failed' },
    );
    const waits = jobStatus(
      'w',
      {},
      {
        state: 'pending',
        allocations: [],
        reasons: ['h1 has 0.2 CPU left'],
      },
    );
    const [first, second] = troublesOf([waits, failed], [nodeStatus('h1')]);
    assert.deepEqual([first?.what, first?.why], ['failed', 'exit code 3.']);
    assert.deepEqual([second?.what, second?.why], ['waits', 'h1 has 0.2 CPU left.']);
    assert.notEqual(first?.cure, second?.cure);
  });

  it('what is being started has a place: it needs no other host', () => {
    const change = { container: containerIn('p-1', { state: 'pending', reason: 'pulling 3/7' }) };
    const [only] = troublesOf([jobStatus('p', change, { state: 'pending' })], [nodeStatus('h1')]);
    assert.deepEqual([only?.what, only?.why], ['is being started', 'pulling 3/7.']);
    assert.match(only?.cure ?? '', /its place on h1.*submit p again/);
    const nowhere = { container: null, node: null, reason: 'h1 has 0.2 CPU left' };
    const [waits] = troublesOf([jobStatus('w', nowhere, { state: 'pending' })], []);
    assert.match(waits?.cure ?? '', /Add a host/);
  });

  it('what is only watched says so, and how it would be held', () => {
    const watched = containerIn('o-1', { control: 'observe', reason: 'this agent only observes' });
    for (const qoeClass of ['slower', 'faster'] as const) {
      const job = jobStatus('o', { qoeClass, container: watched, latencyMs: 300 });
      const [only] = troublesOf([job], [nodeStatus('h1')]);
      assert.equal(only?.why, 'it is only watched (this agent only observes).');
      assert.match(only?.cure ?? '', /control: enforce in \/etc\/dqoes\/agent.yaml on h1/);
    }
  });

  it('a container that somebody else started is read by docker, and started by its owner', () => {
    const failed = { state: 'failed', origin: 'label', name: 'db', reason: 'exit code 3' } as const;
    const job = jobStatus(
      'store',
      { container: containerIn('store-1', failed) },
      { state: 'failed', origin: 'label' },
    );
    assert.match(troublesOf([job], [])[0]?.cure ?? '', /docker logs db on h1.*start it again/);
  });

  it('a target out of reach says what it would take', () => {
    const unreachable = { targetMs: 40, reachableMs: 92, neededCores: 2.48, reason: 'best 92 ms' };
    const slow = jobStatus('s', { qoeClass: 'slower', latencyMs: 95, unreachable });
    const [only] = troublesOf([slow], [nodeStatus('h1')]);
    assert.match(only?.what ?? '', /slower than asked \(95 ms on average, asked for 100 ms\)/);
    assert.match(only?.cure ?? '', /Raise the target of s to 92 ms or more, or give it 2.48 CPU/);
    const crowded = { ...unreachable, reachableMs: 11_000, neededCores: 0.39 };
    const [pushed] = troublesOf(
      [jobStatus('s', { qoeClass: 'slower', unreachable: crowded })],
      [nodeStatus('h1')],
    );
    assert.match(
      pushed?.cure ?? '',
      /^It takes 0.39 CPU, which others on its host have: give that host less to do, give the job/,
    );
    const never = { ...unreachable, neededCores: null };
    const [worse] = troublesOf([jobStatus('s', { qoeClass: 'slower', unreachable: never })], []);
    assert.match(worse?.cure ?? '', /No amount of CPU/);
  });

  it('jobs on a silent host are told with the host, not each by itself', () => {
    const nodes = [nodeStatus('h1', { liveness: 'suspect', ageMs: 12_000 })];
    const [only, ...more] = troublesOf([jobStatus('a'), jobStatus('b')], nodes);
    assert.deepEqual(more, []);
    assert.match(only?.why ?? '', /last heard 12 s ago; how the 2 jobs there do is not known/);
  });
});
