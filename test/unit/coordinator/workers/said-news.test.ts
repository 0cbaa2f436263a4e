import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { summaryOf } from '../../../../coordinator/schedule/node-summary.js';
import type { SnapshotAllocation } from '../../../../coordinator/schedule/types.js';
import type { NodeNews } from '../../../../coordinator/workers/messages.js';
import { SaidNews } from '../../../../coordinator/workers/said-news.js';
import { allocation, container, latency, limit, node, nodeId } from '../build.js';
import { forecastOf } from '../cluster-build.js';

const FIGURES_MS = 3000;

/** What there is to say of a node with one allocation. */
function newsOf(change: Partial<SnapshotAllocation> = {}, cores = 0.5): NodeNews {
  const allocations = [allocation('a-1', { limit: limit(1), ...change })];
  const places = { node: nodeId('h1'), desired: null, refused: [], labels: {} };
  return {
    ...{ id: nodeId('h1'), liveness: 'ready', revision: 1 },
    ...{ isAdmitted: true, isMissed: false, places },
    summary: summaryOf(node('h1', { allocations })),
    outlook: { forecast: forecastOf(2, { 'a-1': cores }), unmet: [] },
  };
}

const answering = (meanMs: number) =>
  newsOf({ latencyMs: meanMs, report: container('a-1', { latency: latency(meanMs) }) });

describe('what a worker has said of its nodes', () => {
  /** What is said of each at these times, ms. */
  const said = (...all: readonly (readonly [atMs: number, news: NodeNews])[]) => {
    const news = new SaidNews(FIGURES_MS);
    return all.map(([atMs, each]) => news.next([each], atMs).nodes.length);
  };

  it('is not said again', () => {
    assert.deepEqual(said([0, newsOf()], [9000, newsOf()]), [1, 0]);
  });

  it('is said again for figures alone after a while only', () => {
    const [slow, fast] = [answering(200), answering(100)];
    assert.deepEqual(said([0, slow], [2999, fast], [3000, fast], [3001, slow]), [1, 0, 1, 0]);
    assert.deepEqual(said([0, newsOf({}, 0.5)], [1000, newsOf({}, 0.6)]), [1, 0]);
    assert.deepEqual(said([0, newsOf()], [1000, newsOf({ limit: limit(2) })]), [1, 0]);
  });

  it('is said again at once where a fact is another one', () => {
    const silent = newsOf({ report: container('a-1') });
    assert.deepEqual(said([0, silent], [1, answering(100)]), [1, 1]);
    assert.deepEqual(said([0, newsOf()], [1, newsOf({ state: 'exited' })]), [1, 1]);
    assert.deepEqual(said([0, newsOf()], [1, newsOf({ limit: null })]), [1, 1]);
    assert.deepEqual(said([0, newsOf()], [1, { ...newsOf(), liveness: 'down' }]), [1, 1]);
    const outlook = { ...newsOf().outlook, unmet: [allocation('a-1').id] };
    assert.deepEqual(said([0, newsOf()], [1, { ...newsOf(), outlook }]), [1, 1]);
  });

  it('says which nodes are not known any more, once', () => {
    const news = new SaidNews(FIGURES_MS);
    news.next([newsOf()], 0);
    assert.deepEqual(news.next([], 1).gone, [nodeId('h1')]);
    assert.deepEqual(news.next([], 2).gone, []);
  });
});
