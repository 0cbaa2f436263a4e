import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { ClusterPlaces } from '../../../../coordinator/workers/cluster-places.js';
import { JoinedReads } from '../../../../coordinator/workers/joined-reads.js';
import { NodeWorker } from '../../../../coordinator/workers/node-worker.js';
import type { ReadFromWorker } from '../../../../coordinator/workers/worker-link.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { job, nodeId, PARAMS, report } from '../build.js';

const H1 = nodeId('h1');
const NOTHING_COUNTED: ReadFromWorker['counters'] = {
  ingest: { accepted: 0, superseded: 0, waiting: 0, rejected: new Map() },
  dispatch: { written: 0, nudged: 0, conflicts: 0, failed: 0 },
  events: { published: 0, dropped: 0, waiting: 0 },
  minutes: { dropped: 0 },
};
const cordoned = (node = H1) =>
  ({ kind: 'node-scheduling', atMs: 2, node, scheduling: 'cordoned' }) as const;

describe('the cluster as it is read from workers', () => {
  let clock: ManualClock;
  let places: ClusterPlaces;
  let worker: NodeWorker;
  let reads: JoinedReads;
  let asked: number;
  let answer: () => Promise<void>;

  beforeEach(() => {
    clock = new ManualClock();
    const start = emptyState({ incarnation: 'inc', epoch: 1, policy: 'dqoes' });
    const told = { params: PARAMS, source: '/test', wallMs: () => 0 };
    places = new ClusterPlaces({ start, ...told });
    worker = new NodeWorker({ start, validForMs: 1000, figuresMs: 0, ...told });
    worker.apply({ kind: 'reports', atMs: 1, reports: [{ atMs: 1, report: report('h1') }] });
    [asked, answer] = [0, async () => {}];
    const ask = async () => {
      asked += 1;
      const said = { ...structuredClone(worker.records), counters: NOTHING_COUNTED };
      await answer();
      return [said];
    };
    reads = new JoinedReads({ places, ask, clock });
  });
  const schedulingOf = () => reads.now().nodes.get(H1)?.scheduling;

  it('has no nodes before anybody has read', () => {
    assert.equal(reads.now(), places.state);
    assert.deepEqual(reads.counters, []);
  });

  it('is read once for all who wait, and again for who comes later', async () => {
    await Promise.all([reads.read(), reads.read(), reads.read()]);
    assert.equal(asked, 1);
    assert.equal(reads.now().nodes.size, 1);
    await reads.read(1000);
    assert.equal(asked, 1);
    await clock.advance(1000);
    await reads.read(1000);
    await reads.read();
    assert.equal(asked, 3);
  });

  it('has jobs as they are, and nodes as they were read', async () => {
    await reads.read();
    const before = reads.now();
    assert.equal(reads.now(), before);
    places.apply({ kind: 'jobs-stored', atMs: 2, jobs: [{ spec: job('a'), revision: 1 }] });
    assert.deepEqual([...reads.now().jobs.keys()], ['a']);
    assert.equal(reads.now().nodes, before.nodes);
  });

  it('has our own changes, also those that were told while it was read', async () => {
    await reads.read();
    reads.note(cordoned());
    assert.equal(schedulingOf(), 'cordoned');
    reads.note({ ...cordoned(), scheduling: 'open' });
    let go = (): void => {};
    answer = () =>
      new Promise((resolve) => {
        go = resolve;
      });
    const reading = reads.read();
    reads.note(cordoned());
    go();
    await reading;
    assert.equal(schedulingOf(), 'cordoned');
  });

  it('is the state of one coordinator that has heard the same', async () => {
    worker.apply(cordoned());
    await reads.read();
    const whole = [
      { kind: 'reports', atMs: 1, reports: [{ atMs: 1, report: report('h1') }] } as const,
      cordoned(),
    ].reduce(reduce, emptyState({ incarnation: 'inc', epoch: 1, policy: 'dqoes' }));
    assert.deepEqual(reads.now(), whole);
  });

  it('is not kept where nobody reads it for a minute', async () => {
    await reads.read();
    await clock.advance(59_999);
    reads.dropUnused();
    assert.equal(reads.now().nodes.size, 1);
    await clock.advance(1);
    reads.dropUnused();
    assert.equal(reads.now().nodes.size, 0);
  });
});
