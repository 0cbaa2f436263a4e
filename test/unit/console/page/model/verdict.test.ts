import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  jobVerdict,
  silentNodes,
  tallyOf,
  type Verdict,
} from '../../../../../console/page/model/verdict.js';
import { target } from '../../../coordinator/build.js';
import { allocation, containerIn, jobStatus, nodeStatus } from '../build.js';

const NONE: ReadonlySet<string> = new Set();
const LOOP = { reason: 'restarting: it ended twice; docker logs a says why' };
const ceiling = target(100, { mode: 'ceiling', statistic: 'p95' });

describe('how a job does', () => {
  const cases: readonly (readonly [string, Parameters<typeof jobStatus>[1], Verdict])[] = [
    ['within its band', {}, 'at-target'],
    ['slower', { qoeClass: 'slower' }, 'slower'],
    ['faster than a band', { qoeClass: 'faster' }, 'faster'],
    ['faster than a ceiling', { qoeClass: 'faster', target: ceiling }, 'at-target'],
    ['without a response time', { qoeClass: null, latencyMs: null }, 'unknown'],
    ['without a target', { target: null }, 'unknown'],
    ['on no host', { container: null, node: null }, 'pending'],
    ['being started', { container: containerIn('a-1', { state: 'pending' }) }, 'pending'],
    ['gone', { container: containerIn('a-1', { state: 'exited' }) }, 'failed'],
    ['started again and again', { container: containerIn('a-1', LOOP) }, 'failed'],
  ];
  for (const [name, change, expected] of cases)
    it(`${name}: ${expected}`, () =>
      assert.equal(jobVerdict(jobStatus('a', change), NONE).verdict, expected));

  it('is that of its worst allocation', () => {
    const job = jobStatus(
      'a',
      {},
      {
        allocations: [allocation('a-1'), allocation('a-2', { qoeClass: 'slower' })],
      },
    );
    const { verdict, worst } = jobVerdict(job, NONE);
    assert.deepEqual([verdict, worst?.id], ['slower', 'a-2']);
  });

  it('a missing replica counts, but not more than a slow one', () => {
    assert.equal(jobVerdict(jobStatus('a', {}, { state: 'partial' }), NONE).verdict, 'pending');
    const slow = jobStatus('a', { qoeClass: 'slower' }, { state: 'partial' });
    assert.equal(jobVerdict(slow, NONE).verdict, 'slower');
  });

  it('what a silent host said last is not known to be so now', () => {
    const silent = silentNodes([nodeStatus('h1', { liveness: 'suspect' }), nodeStatus('h2')]);
    const { verdict, isStale } = jobVerdict(jobStatus('a'), silent);
    assert.deepEqual([verdict, isStale], ['unknown', true]);
    assert.equal(jobVerdict(jobStatus('a', { node: 'h2' as never }), silent).isStale, false);
  });

  it('whatever it said: one that had failed, or had begun to start, is not known either', () => {
    const silent = silentNodes([nodeStatus('h1', { liveness: 'down' })]);
    for (const state of ['failed', 'exited', 'pending'] as const) {
      const whole = state === 'pending' ? 'pending' : 'failed';
      const job = jobStatus('a', { container: containerIn('a-1', { state }) }, { state: whole });
      assert.equal(jobVerdict(job, silent).verdict, 'unknown', state);
    }
    const waits = allocation('a-2', { container: null, node: null });
    const both = jobStatus('a', {}, { state: 'partial', allocations: [allocation('a-1'), waits] });
    assert.equal(jobVerdict(both, silent).verdict, 'pending', 'one that waits is known to wait');
  });

  it('jobs without replicas are not counted', () => {
    const idle = jobStatus('a');
    const job = { ...idle, spec: { ...idle.spec, replicas: 0 }, allocations: [] };
    assert.equal(jobVerdict(job, NONE).verdict, 'idle');
    const { by, counted } = tallyOf(['idle', 'at-target', 'slower', 'at-target']);
    assert.deepEqual([by['at-target'], by.slower, counted], [2, 1, 3]);
  });
});
