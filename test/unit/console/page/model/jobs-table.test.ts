import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  inOrderOf,
  orderOf,
  rowsOf,
  shownRows,
  sortedBy,
  viewOf,
  withColumn,
} from '../../../../../console/page/model/jobs-table.js';
import { allocation, jobStatus } from '../build.js';

const rows = rowsOf(
  [
    jobStatus('b', { latencyMs: 50 }),
    jobStatus('a', { latencyMs: null, qoeClass: null }),
    jobStatus('c', { latencyMs: 300, qoeClass: 'slower', node: 'h2' as never }),
  ],
  new Set(),
);
const names = (query: Record<string, string>): string =>
  shownRows(rows, viewOf(query))
    .map(({ name }) => name)
    .join('');

describe('the table of jobs', () => {
  it('has the worst first where nothing is said', () => assert.equal(names({}), 'cab'));
  it('is sorted by a column, and back; what is not known comes last', () => {
    assert.equal(names({ sort: 'latency' }), 'cba');
    assert.equal(names({ sort: '-latency' }), 'abc');
    assert.equal(names({ sort: 'job' }), 'abc');
    assert.equal(names({ sort: 'node' }), 'abc');
  });
  it('is searched by name, host, image and state, all words of it', () => {
    assert.equal(names({ q: 'H2' }), 'c');
    assert.equal(names({ q: 'tiny slower' }), 'c');
    assert.equal(names({ q: 'nothing' }), '');
  });
  it('shows those of some states only', () => {
    assert.equal(names({ only: 'slower,unknown' }), 'ca');
    assert.equal(names({ only: 'nonsense' }), 'cab', 'what is not known is left out');
  });
  it('an address that is not ours shows the usual table', () => {
    const view = viewOf({ sort: 'constructor', columns: 'toString' });
    assert.deepEqual([view.sort, view.columns], ['state', []]);
  });
  it('a click sorts, the same again turns it, and the usual order leaves the address', () => {
    assert.deepEqual(sortedBy(viewOf({}), 'job'), { sort: 'job' });
    assert.deepEqual(sortedBy(viewOf({ sort: 'job' }), 'job'), { sort: '-job' });
    assert.deepEqual(sortedBy(viewOf({ sort: 'job' }), 'state'), { sort: '' });
  });
  it('says which way its values go', () => {
    const order = (sort: string) => orderOf(viewOf({ sort }));
    assert.deepEqual(['job', '-job'].map(order), ['ascending', 'descending']);
    assert.deepEqual(['latency', '-latency', 'use'].map(order), [
      'descending',
      'ascending',
      'descending',
    ]);
  });
  it('keeps its order while somebody is about to click; what is new comes last', () => {
    const found = shownRows(rows, viewOf({}));
    const order = (...before: readonly string[]): string =>
      inOrderOf(found, before)
        .map(({ name }) => name)
        .join('');
    assert.equal(order('a', 'b', 'c'), 'abc');
    assert.equal(order('b', 'gone'), 'bca');
    assert.equal(order(), 'cab');
  });
  it('columns come and go', () => {
    const less = withColumn(viewOf({}), 'hour');
    assert.equal(less.columns, 'state,now,latency,limit,use,node');
    assert.deepEqual(withColumn(viewOf(less), 'hour'), { columns: '' });
    assert.deepEqual(withColumn(viewOf({ columns: 'state' }), 'state'), { columns: 'none' });
  });
  it('limits and uses of replicas are summed; null where none is known', () => {
    const many = jobStatus('m', {}, { allocations: [allocation('m-1'), allocation('m-2')] });
    const [row] = rowsOf([many], new Set());
    assert.equal(row?.limitCores, 1);
    const [none] = rowsOf([jobStatus('n', { desired: null, container: null })], new Set());
    assert.deepEqual([none?.limitCores, none?.usedCores], [null, null]);
  });
});
