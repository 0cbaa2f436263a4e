import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { JobFollower } from '../../../../coordinator/store/job-follower.js';
import { decodeStoredJob, encodeJob } from '../../../../proto/job.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { type KeyValueStore, MARK_KEY } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { job, jobName } from '../build.js';

describe('jobs follow the store', () => {
  let store: KeyValueStore;
  let lists: number;
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

  it('adds what an earlier leader stored late, and what it changed', async () => {
    await put('a');
    await follower().sync(true);
    await put('a', { weight: 3 });
    await put('b');
    await follower().sync(true);
    assert.deepEqual(names(), ['a', 'b']);
    assert.equal(state.jobs.get(jobName('a'))?.spec.weight, 3);
  });

  it('removes a job that another process stopped', async () => {
    await put('a');
    await put('b');
    await follower().sync(true);
    await store.delete('a');
    await follower().sync(true);
    assert.deepEqual(names(), ['b']);
  });

  it('keeps a job that was submitted while the list was read', async () => {
    await put('a');
    await put('b');
    await follower().sync(true);
    const late = follower({
      list: async () => {
        const listed = await store.list();
        return listed.ok
          ? { ok: true, value: listed.value.filter(({ key }) => key !== 'b') }
          : listed;
      },
    });
    await late.sync(true);
    assert.deepEqual(names(), ['a', 'b']);
  });

  it('does not add a job again that was stopped while the list was read', async () => {
    await put('a');
    await put('b');
    await follower().sync(true);
    const late: JobFollower = follower({
      list: async () => {
        const listed = await store.list();
        await store.delete('a');
        state = reduce(state, { kind: 'job-removed', atMs: 0, name: jobName('a') });
        late.noteRemoval(jobName('a'));
        return listed;
      },
    });
    await late.sync(true);
    assert.deepEqual(names(), ['b']);
    await put('a');
    await follower().sync(true);
    assert.deepEqual(names(), ['a', 'b']);
  });

  describe('of a server that has lost its last writes', () => {
    /** Known as stored at a revision that the bucket has not come to. */
    const known = (name: string, change: Parameters<typeof job>[1] = {}): void => {
      const jobs = [{ spec: job(name, change), revision: 50, owner: 'ann' }];
      state = reduce(state, { kind: 'jobs-stored', atMs: 0, jobs });
    };
    const storedOf = async (name: string) => {
      const read = await store.get(name);
      if (!read.ok || read.value === null) return undefined;
      const decoded = decodeStoredJob(read.value.value);
      assert.ok(decoded.ok);
      return { ...decoded.value, revision: read.value.revision };
    };

    it('jobs that are gone or older are stored again, and none is stopped', async () => {
      await put('b');
      await put('c');
      known('a');
      known('b', { weight: 3 });
      await follower().sync(true);
      assert.deepEqual(names(), ['a', 'b', 'c']);
      for (const name of ['a', 'b']) {
        const { spec, owner, revision } = (await storedOf(name)) ?? {};
        const inState = state.jobs.get(jobName(name));
        assert.deepEqual([spec, owner, revision], [inState?.spec, 'ann', inState?.revision]);
      }
      assert.equal(state.jobs.get(jobName('b'))?.spec.weight, 3);
      await follower().sync(true);
      assert.deepEqual(names(), ['a', 'b', 'c']);
    });

    it('an older version is replaced though others have written since', async () => {
      await put('b');
      known('b', { weight: 3 });
      for (let i = 0; i < 60; i += 1) await put('c');
      await follower().sync(true);
      const { spec, revision } = (await storedOf('b')) ?? {};
      assert.deepEqual([spec?.weight, revision], [3, state.jobs.get(jobName('b'))?.revision]);
    });

    it('but not one that is stopped meanwhile', async () => {
      known('a');
      const late: JobFollower = follower({
        get: async (key) => {
          const read = await store.get(key);
          state = reduce(state, { kind: 'job-removed', atMs: 0, name: jobName('a') });
          late.noteRemoval(jobName('a'));
          return read;
        },
      });
      await late.sync(true);
      assert.deepEqual([names(), await storedOf('a')], [[], undefined]);
    });
  });

  it('follows no bucket that was created again', async () => {
    await put('a');
    await follower().sync(true);
    await store.delete('a');
    await store.delete(MARK_KEY);
    await follower().sync(true);
    assert.deepEqual(names(), ['a']);
  });

  it('changes nothing where the store does not answer or a value is unreadable', async () => {
    await put('a');
    await follower().sync(true);
    await follower({ list: async () => ({ ok: false, error: 'unknown' }) }).sync(true);
    await store.put('a', new Uint8Array([255, 1]));
    await follower().sync(true);
    assert.deepEqual(names(), ['a']);
  });

  describe('by watch messages', () => {
    let watched: JobFollower;
    let isLost = false;
    /** Stored and known to us, as a submission is. */
    const submit = async (name: string): Promise<void> => {
      const stored = await store.put(name, encodeJob(job(name)));
      assert.ok(stored.ok);
      state = reduce(state, {
        kind: 'jobs-stored',
        atMs: 0,
        jobs: [{ spec: job(name), revision: stored.value }],
      });
    };
    const read = async (): Promise<void> => {
      await Promise.resolve();
      await watched.sync(false);
    };

    beforeEach(async () => {
      lists = 0;
      isLost = false;
      watched = follower({
        list: () => {
          lists += 1;
          return store.list();
        },
      });
      await store.watch((key, revision) => !isLost && watched.noteWrite(key, revision));
      await put('a');
      await read();
      assert.deepEqual([names(), lists], [['a'], 1]);
    });

    it('reads nothing after our own writes', async () => {
      for (const name of ['b', 'c']) await submit(name);
      await read();
      assert.deepEqual([names(), lists], [['a', 'b', 'c'], 1]);
    });

    it('reads only what another process wrote or stopped', async () => {
      await put('b');
      await put('a', { weight: 3 });
      await read();
      assert.deepEqual([names(), state.jobs.get(jobName('a'))?.spec.weight], [['a', 'b'], 3]);
      await store.delete('b');
      await read();
      assert.deepEqual([names(), lists], [['a'], 1]);
    });

    it('reads all where a message was lost, even one between ours', async () => {
      isLost = true;
      await put('b');
      isLost = false;
      await submit('c');
      await read();
      assert.deepEqual([names(), lists], [['a', 'b', 'c'], 2]);
      await submit('d');
      await read();
      assert.equal(lists, 2);
    });

    it('reads all where another process wrote very many', async () => {
      const many = Array.from({ length: 100 }, (_, i) => `many-${i}`);
      for (const name of many) await put(name);
      await read();
      assert.deepEqual([names().length, lists], [101, 2]);
    });

    it('reads again what the store did not answer', async () => {
      let isDown = true;
      const shaky = follower({
        lastRevision: async () => (isDown ? { ok: false, error: 'unknown' } : store.lastRevision()),
      });
      await store.watch((key, revision) => shaky.noteWrite(key, revision));
      await put('b');
      await shaky.sync(true);
      assert.deepEqual(names(), ['a']);
      isDown = false;
      await shaky.sync(false);
      assert.deepEqual(names(), ['a', 'b']);
    });
  });
});
