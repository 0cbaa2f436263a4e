import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { JobWriter } from '../../../../coordinator/api/job-writer.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { NodeRecords } from '../../../../coordinator/store/node-records.js';
import { openStores, type Stores } from '../../../../coordinator/store/open-stores.js';
import { RecordWriter } from '../../../../coordinator/store/record-writer.js';
import { encodeJob } from '../../../../proto/job.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { UNKNOWN_REQUESTER } from '../../../../proto/requester.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { job, jobName } from '../build.js';

const A = jobName('a');

describe('a job that another leader has stored since it was read', () => {
  let stores: Stores;
  let state: ClusterState;
  const isStored = async (): Promise<boolean> => {
    const read = await stores.jobs.get(A);
    return read.ok && read.value !== null;
  };
  const writer = (mayWrite: boolean) =>
    new JobWriter({
      ...{ stores, queue: new ChangeQueue(() => true), state: () => state, nowMs: () => 0 },
      records: new RecordWriter({
        records: new NodeRecords({ store: stores.nodes, revisions: new Map() }),
        refresh: async () => assert.fail('no conflict is planned'),
        mayWrite: () => mayWrite,
      }),
      apply: (event) => {
        state = reduce(state, event);
      },
      mayWrite: () => mayWrite,
    });

  beforeEach(async () => {
    const provider = new MemoryStores({ clock: new ManualClock() });
    await provider.install('test', { replicas: 1 });
    const opened = await openStores(provider, 'test');
    assert.ok(opened.ok);
    stores = opened.value;
    const first = await stores.jobs.put(A, encodeJob(job('a')));
    assert.ok(first.ok);
    state = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
    const jobs = [{ spec: job('a'), revision: first.value }];
    state = reduce(state, { kind: 'jobs-stored', atMs: 0, jobs });
    await stores.jobs.put(A, encodeJob(job('a', { weight: 3 })));
  });

  it('is not stopped by a call that arrives late, from one that leads no longer', async () => {
    const { result, changes } = await writer(false).stop(A, UNKNOWN_REQUESTER);
    assert.deepEqual([result.ok, changes.length, await isStored()], [false, 0, true]);
    assert.ok(state.jobs.has(A));
  });

  it('is stopped by the one that leads', async () => {
    const { result } = await writer(true).stop(A, UNKNOWN_REQUESTER);
    assert.deepEqual([result.ok, await isStored(), state.jobs.has(A)], [true, false, false]);
  });
});
