import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { reversed, SORTS, shownRows, sortAfter } from '../../../../cli/top/model/order.js';
import { latency } from '../../coordinator/build.js';
import { allocation, dataOf, nodeStatus, target } from './build.js';

const CEILING = target(120, { statistic: 'p95', mode: 'ceiling' });

describe('cli/top/model: order', () => {
  const data = dataOf([
    allocation('fine-1'),
    allocation('bad-1', { latencyMs: 1600 }),
    allocation('worse-1', { latencyMs: 4000 }),
    allocation('early-1', { latencyMs: 100 }),
    allocation('open-1', { target: CEILING, latencyMs: 30 }),
    allocation('silent-1', { latencyMs: null }),
    allocation('late-1', { node: null }),
  ]);
  const jobsBy = (sort: string, filter = ''): readonly string[] =>
    shownRows(data.rows, { sort, filter }).map(({ name }) => name);

  it('begins with what somebody should look at', () => {
    assert.deepEqual(jobsBy('class'), [
      ...['late', 'worse', 'bad', 'early', 'silent', 'fine', 'open'],
    ]);
  });

  it('has what is not known behind what misses its target, and before what is at it', () => {
    const { container } = allocation('hangs-1');
    assert.ok(container !== null);
    const answered = { ...container, latency: latency(500, { newestAgeMs: 600_000 }) };
    const { rows } = dataOf(
      [
        allocation('fine-1', { latencyMs: 760 }),
        allocation('free-1', { target: null }),
        allocation('good-1', { latencyMs: 840 }),
        allocation('hangs-1', { latencyMs: null, more: { container: answered } }),
        allocation('far-1', { node: 'h2' }),
        allocation('bad-1', { latencyMs: 900 }),
      ],
      [nodeStatus('h1'), nodeStatus('h2', { liveness: 'suspect' })],
    );
    const names = shownRows(rows, { sort: 'class', filter: '' }).map(({ name }) => name);
    assert.deepEqual(names, ['bad', 'hangs', 'far', 'fine', 'good', 'free']);
  });

  it('goes by any column both ways; what is not known comes last either way', () => {
    assert.deepEqual(jobsBy('now').slice(0, 3), ['open', 'early', 'fine']);
    assert.deepEqual(jobsBy('-now').slice(0, 3), ['worse', 'bad', 'fine']);
    for (const sort of ['now', '-now']) assert.deepEqual(jobsBy(sort).slice(5), ['silent', 'late']);
  });

  it('goes through the columns, and back to the first', () => {
    const seen = SORTS.reduce<readonly string[]>(
      (all) => [...all, sortAfter(all.at(-1) ?? '')],
      ['class'],
    );
    assert.deepEqual(seen, [...SORTS, 'class']);
    assert.equal(sortAfter('use'), '-limit');
    assert.equal(sortAfter('reason'), 'class');
    assert.deepEqual([reversed('class'), reversed('-use')], ['-class', 'use']);
  });

  it('filters by job, node, class and state; all words must be found', () => {
    assert.deepEqual(jobsBy('job', 'SLOWER h1'), ['bad', 'worse']);
    assert.deepEqual(jobsBy('job', 'waiting'), ['late']);
    assert.deepEqual(jobsBy('job', 'fine h2'), []);
    assert.deepEqual(jobsBy('job', '  '), [...jobsBy('job')]);
  });
});
