import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { JobFollower } from '../../../coordinator/job-follower.js';
import { type ClusterState, emptyState } from '../../../coordinator/state/model.js';
import { reduce } from '../../../coordinator/state/reduce.js';
import { encodeJob } from '../../../proto/job.js';
import { MemoryStores } from '../../../proto/memory-store.js';
import { type KeyValueStore, MARK_KEY } from '../../../proto/store.js';
import { silentLog } from '../../../shared/log.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { job, jobName } from './build.js';

describe('jobs follow the store', () => {
  let store: KeyValueStore;
  let state: ClusterState;
  const follower = (over: Partial<KeyValueStore> = {}): JobFollower =>
    new JobFollower({
      store: { ...store, ...over },
      log: silentLog,
      state: () => state,
      apply: (event) => {
        state = reduce(state, event);
      },
      nowMs: () => 0,
    });
  const put = async (name: string, change: Parameters<typeof job>[1] = {}): Promise<void> => {
    assert.ok((await store.put(name, encodeJob(job(name, change)))).ok);
  };
  const names = (): readonly string[] => [...state.jobs.keys()].sort();

  beforeEach(async () => {
    const stores = new MemoryStores({ clock: new ManualClock() });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'jobs');
    assert.ok(opened.ok);
    store = opened.value;
    await store.put(MARK_KEY, new Uint8Array([1]));
    state = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
  });

  it('takes up what an earlier leader stored late, and what it changed', async () => {
    await put('a');
    await follower().relist();
    await put('a', { weight: 3 });
    await put('b');
    await follower().relist();
    assert.deepEqual(names(), ['a', 'b']);
    assert.equal(state.jobs.get(jobName('a'))?.spec.weight, 3);
  });

  it('lets go of a job that somebody stopped', async () => {
    await put('a');
    await put('b');
    await follower().relist();
    await store.delete('a');
    await follower().relist();
    assert.deepEqual(names(), ['b']);
  });

  it('keeps a job that was submitted while the list was read', async () => {
    await put('a');
    await put('b');
    await follower().relist();
    const late = follower({
      list: async () => {
        const listed = await store.list();
        return listed.ok ? { ok: true, value: listed.value.filter(({ key }) => key !== 'b') } : listed;
      },
    });
    await late.relist();
    assert.deepEqual(names(), ['a', 'b']);
  });

  it('follows no bucket that was made anew', async () => {
    await put('a');
    await follower().relist();
    await store.delete('a');
    await store.delete(MARK_KEY);
    await follower().relist();
    assert.deepEqual(names(), ['a']);
  });

  it('leaves everything as it is where the store does not answer, or holds what cannot be read', async () => {
    await put('a');
    await follower().relist();
    await follower({ list: async () => ({ ok: false, error: 'unknown' }) }).relist();
    await store.put('a', new Uint8Array([255, 1]));
    await follower().relist();
    assert.deepEqual(names(), ['a']);
  });
});
