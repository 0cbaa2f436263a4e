import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SnapshotAllocation } from '../../../../coordinator/schedule/types.js';
import { unheard } from '../../../../coordinator/state/fold-node.js';
import type { NodeRecord } from '../../../../coordinator/state/model.js';
import { type NodeNow, SaidNews } from '../../../../coordinator/workers/said-news.js';
import type { JobSpec } from '../../../../shared/job.js';
import { specHashOf } from '../../../../shared/spec-hash.js';
import { allocation, container, job, latency, limit, node, nodeId, report } from '../build.js';
import { forecastOf } from '../cluster-build.js';

const FIGURES_MS = 3000;
const NO_JOBS: NodeNow['cluster']['jobs'] = new Map();
const REPORT = report('h1');

/** The node with this desired state, and with labels. */
const recordOf = (change: Partial<NodeRecord> = {}): NodeRecord => ({
  ...unheard(nodeId('h1'), 0),
  liveness: 'ready',
  report: REPORT,
  ...change,
});

/** What is desired there: one allocation of a job, or of none. */
const desiredOf = (revision: number, cpuCores = 1): Pick<NodeRecord, 'desired'> => ({
  desired: {
    ...{ node: nodeId('h1'), incarnation: 'inc', epoch: 1, revision, validForMs: 1000 },
    allocations: [
      {
        ...{ id: allocation('a-1').id, job: job('a').name, spec: job('a') },
        ...{ limit: limit(cpuCores), reason: '' },
      },
    ],
  },
});

/** What there is to say of a node with one allocation. */
function nodeNow(change: Partial<SnapshotAllocation> = {}, cores = 0.5): NodeNow {
  const allocations = [allocation('a-1', { limit: limit(1), ...change })];
  return {
    record: recordOf(),
    cluster: { jobs: NO_JOBS, registration: 'open' },
    standing: { liveness: 'ready', isAdmitted: true, isMissed: false },
    view: node('h1', { allocations }),
    forecast: () => forecastOf(2, { 'a-1': cores }),
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
  const ALL = ['revision', 'standing', 'places', 'facts', 'unmet', 'words', 'demanded', 'figures'];
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
    assert.deepEqual(other(nodeNow({ limit: limit(2) })), [ALL, [], []]);
    const none = said([0, nodeNow()], [3000, { ...nodeNow(), forecast: () => undefined }]);
    assert.deepEqual(none, [ALL, ['revision', 'demanded', 'figures']]);
    const others = () => forecastOf(2, { 'b-1': 0.5 });
    const demanded = said([0, nodeNow()], [3000, { ...nodeNow(), forecast: others }]);
    assert.deepEqual(demanded, none);
  });

  it('is said again for another limit after a while only', () => {
    const nodeWith = (revision: number, cores: number) => ({
      ...nodeNow(),
      record: recordOf(desiredOf(revision, cores)),
    });
    const times = said([0, nodeWith(1, 1)], [1000, nodeWith(2, 2)], [3000, nodeWith(2, 2)]);
    assert.deepEqual(times, [ALL, [], FIGURES]);
  });

  it('is said again at once where a fact is another one, with the figures', () => {
    const saidAtOnce = (now: NodeNow) => said([0, nodeNow()], [1, now])[1];
    const facts = ['revision', 'facts', 'figures'];
    const silent = nodeNow({ report: container('a-1') });
    assert.deepEqual(said([0, silent], [1, answering(100)])[1], facts);
    assert.deepEqual(saidAtOnce(nodeNow({ state: 'exited' })), facts);
    assert.deepEqual(saidAtOnce({ ...nodeNow(), view: undefined }), facts);
    const standing = { ...nodeNow().standing, liveness: 'down' } as const;
    assert.deepEqual(saidAtOnce({ ...nodeNow(), standing }), ['revision', 'standing', 'figures']);
    const unmet = [allocation('a-1').id];
    assert.deepEqual(saidAtOnce({ ...nodeNow(), unmet }), ['revision', 'unmet', 'figures']);
  });

  it('is said again at once where jobs may see another thing', () => {
    const places = ['revision', 'places', 'figures'];
    const saidAtOnce = (record: NodeRecord) =>
      said([0, nodeNow()], [1, { ...nodeNow(), record }])[1];
    assert.deepEqual(
      saidAtOnce(recordOf({ report: { ...REPORT, labels: { zone: 'a' } } })),
      places,
    );
    assert.deepEqual(saidAtOnce(recordOf(desiredOf(1))), places);
    const record = recordOf(desiredOf(1));
    const jobs = (image: string) => {
      const spec = job('a', { image });
      return new Map([[spec.name, { spec, revision: 1, workload: 'w' }]]);
    };
    const nodeWith = (image: string): NodeNow => ({
      ...nodeNow(),
      record,
      cluster: { jobs: jobs(image) as never, registration: 'open' },
    });
    const one = nodeWith('dqoes/tiny:1');
    assert.deepEqual(said([0, one], [1, nodeWith('dqoes/tiny:2')])[1], places);
    const other = new Map(one.cluster.jobs).set(job('b').name, {} as never);
    const beside = { ...one, cluster: { ...one.cluster, jobs: other } };
    assert.deepEqual(said([0, one], [1, beside])[1], [], 'a job that is not there');
  });

  it('is said again at once where a job is another one than its host refuses', () => {
    const refused = job('b', { image: 'dqoes/tiny:1' });
    const its = { specHash: specHashOf(refused), bootId: REPORT.bootId, reason: 'not here' };
    const record = recordOf({ refusals: new Map([[refused.name, its]]) });
    const nodeWith = (spec: JobSpec): NodeNow => ({
      ...nodeNow(),
      record,
      cluster: { jobs: new Map([[spec.name, { spec }]]) as never, registration: 'open' },
    });
    const news = new SaidNews(FIGURES_MS);
    const refusedBy = (spec: JobSpec) => news.next([nodeWith(spec)], 0).nodes[0]?.places?.refused;
    assert.deepEqual(refusedBy(refused), [{ job: refused.name, why: 'not here' }]);
    assert.deepEqual(refusedBy({ ...refused, image: 'dqoes/tiny:2' }), []);
  });

  it('is said whole of a node that was away', () => {
    const news = new SaidNews(FIGURES_MS);
    news.next([nodeNow()], 0);
    news.next([], 1);
    assert.deepEqual(Object.keys(news.next([nodeNow()], 2).nodes[0] ?? {}).slice(1), ALL);
  });

  it('says which nodes are not known any more, once', () => {
    const news = new SaidNews(FIGURES_MS);
    news.next([nodeNow()], 0);
    assert.deepEqual(news.next([], 1).gone, [nodeId('h1')]);
    assert.deepEqual(news.next([], 2).gone, []);
  });
});
