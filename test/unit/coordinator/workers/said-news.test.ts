import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SnapshotAllocation } from '../../../../coordinator/schedule/types.js';
import { type NodeNow, SaidNews } from '../../../../coordinator/workers/said-news.js';
import { allocation, container, latency, limit, node, nodeId } from '../build.js';
import { forecastOf } from '../cluster-build.js';

const FIGURES_MS = 3000;

/** What there is to say of a node with one allocation. */
function nodeNow(change: Partial<SnapshotAllocation> = {}, cores = 0.5): NodeNow {
  const allocations = [allocation('a-1', { limit: limit(1), ...change })];
  return {
    ...{ id: nodeId('h1'), revision: 1 },
    standing: { liveness: 'ready', isAdmitted: true, isMissed: false },
    places: { node: nodeId('h1'), desired: null, refused: [], labels: {} },
    view: node('h1', { allocations }),
    forecast: forecastOf(2, { 'a-1': cores }),
    unmet: [],
  };
}

const answering = (meanMs: number) =>
  nodeNow({ latencyMs: meanMs, report: container('a-1', { latency: latency(meanMs) }) });

describe('what a worker has said of its nodes', () => {
  /** What is said of each at these times, ms. */
  const said = (...all: readonly (readonly [atMs: number, now: NodeNow])[]) => {
    const news = new SaidNews(FIGURES_MS);
    return all.map(([atMs, each]) => {
      const [its] = news.next([each], atMs).nodes;
      return its === undefined ? [] : Object.keys(its).filter((key) => key !== 'id');
    });
  };
  const ALL = ['revision', 'standing', 'places', 'facts', 'unmet', 'demanded', 'figures'];
  const FIGURES = ['revision', 'figures'];

  it('is not said again', () => {
    assert.deepEqual(said([0, nodeNow()], [9000, nodeNow()]), [ALL, []]);
  });

  it('is said again for figures alone after a while only', () => {
    const [slow, fast] = [answering(200), answering(100)];
    const times = said([0, slow], [2999, fast], [3000, fast], [3001, slow]);
    assert.deepEqual(times, [ALL, [], FIGURES, []]);
    const other = (now: NodeNow) => said([0, nodeNow()], [1000, now], [3000, now]);
    assert.deepEqual(other(nodeNow({}, 0.6)), [ALL, [], FIGURES]);
    assert.deepEqual(other({ ...nodeNow(), revision: 2 }), [ALL, [], FIGURES]);
    assert.deepEqual(other(nodeNow({ limit: limit(2) })), [ALL, [], []]);
    const none = said([0, nodeNow()], [3000, { ...nodeNow(), forecast: undefined }]);
    assert.deepEqual(none, [ALL, ['revision', 'demanded', 'figures']]);
  });

  it('is said again at once where a fact is another one, with the figures', () => {
    const saidAtOnce = (now: NodeNow) => said([0, nodeNow()], [1, now])[1];
    const facts = ['revision', 'facts', 'figures'];
    const silent = nodeNow({ report: container('a-1') });
    assert.deepEqual(said([0, silent], [1, answering(100)])[1], facts);
    assert.deepEqual(saidAtOnce(nodeNow({ state: 'exited' })), facts);
    assert.deepEqual(saidAtOnce(nodeNow({ limit: null })), facts);
    const standing = { ...nodeNow().standing, liveness: 'down' } as const;
    assert.deepEqual(saidAtOnce({ ...nodeNow(), standing }), ['revision', 'standing', 'figures']);
    const unmet = [allocation('a-1').id];
    assert.deepEqual(saidAtOnce({ ...nodeNow(), unmet }), ['revision', 'unmet', 'figures']);
    const places = { ...nodeNow().places, labels: { zone: 'a' } };
    assert.deepEqual(saidAtOnce({ ...nodeNow(), places }), ['revision', 'places', 'figures']);
  });

  it('is said whole of a node that was away', () => {
    const news = new SaidNews(FIGURES_MS);
    news.next([nodeNow()], 0);
    news.next([], 1);
    assert.deepEqual(Object.keys(news.next([nodeNow()], 2).nodes[0] ?? {}), ['id', ...ALL]);
  });

  it('says which nodes are not known any more, once', () => {
    const news = new SaidNews(FIGURES_MS);
    news.next([nodeNow()], 0);
    assert.deepEqual(news.next([], 1).gone, [nodeId('h1')]);
    assert.deepEqual(news.next([], 2).gone, []);
  });
});
