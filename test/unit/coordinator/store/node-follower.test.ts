import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { BucketFollower } from '../../../../coordinator/store/bucket-follower.js';
import {
  encodeNode,
  encodePolicy,
  nodeKey,
  POLICY_KEY,
  unreadableNode,
} from '../../../../coordinator/store/node-codec.js';
import { NodeFollower } from '../../../../coordinator/store/node-follower.js';
import { NodeRecords } from '../../../../coordinator/store/node-records.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { type KeyValueStore, MARK_KEY } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId } from '../build.js';

const H1 = nodeId('h1');
const KEY = nodeKey(H1);
const cordoned = encodeNode(unreadableNode('open'));

describe('nodes follow their bucket', () => {
  let store: KeyValueStore;
  let records: NodeRecords;
  let state: ClusterState;
  let lists: number;
  let writtenAgain: string[];

  const followerOn = (over: Partial<KeyValueStore> = {}): BucketFollower => {
    const its = { ...store, ...over };
    const nodes = new NodeFollower({
      ...{ store: its, records, log: silentLog, state: () => state, nowMs: () => 0 },
      apply: (event) => {
        state = reduce(state, event);
      },
      writeAgain: (id) => void writtenAgain.push(id),
    });
    return new BucketFollower({
      ...{ store: its, parts: [nodes], loadedAt: undefined },
      isKnown: (first, last) => records.wroteAll(first, last),
    });
  };
  const scheduling = () => state.nodes.get(H1)?.scheduling;

  beforeEach(async () => {
    const stores = new MemoryStores({ clock: new ManualClock() });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'nodes');
    assert.ok(opened.ok);
    const { value } = opened;
    [lists, writtenAgain] = [0, []];
    store = {
      ...value,
      list: () => {
        lists += 1;
        return value.list();
      },
    };
    await store.put(MARK_KEY, new Uint8Array([1]));
    records = new NodeRecords({ store, revisions: new Map() });
    state = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
    state = reduce(state, { kind: 'node-known', atMs: 0, node: H1, registration: null });
  });

  it('and are not listed again after our own writes', async () => {
    const follower = followerOn();
    await follower.sync(false);
    assert.ok((await records.put(KEY, cordoned)).ok);
    await follower.sync(false);
    assert.deepEqual([lists, scheduling()], [1, 'open'], 'what we wrote the state has already');
    await store.put(KEY, cordoned);
    await follower.sync(false);
    assert.deepEqual([lists, scheduling()], [2, 'cordoned']);
  });

  it('but for those that a call is writing, which are looked at again', async () => {
    let isCalled = true;
    const follower = followerOn({
      list: async () => {
        const listed = await store.list();
        if (isCalled) records.hold(KEY)();
        isCalled = false;
        return listed;
      },
    });
    await store.put(KEY, cordoned);
    await follower.sync(false);
    assert.equal(scheduling(), 'open');
    await follower.sync(false);
    assert.equal(scheduling(), 'cordoned');
  });

  it('what a server has lost is written again, and is no removal', async () => {
    await store.put(KEY, cordoned);
    records.note(KEY, 40);
    records.note(nodeKey(nodeId('h2')), 41);
    records.note(POLICY_KEY, 42);
    await followerOn().sync(true);
    assert.deepEqual([writtenAgain.sort(), scheduling()], [['h1', 'h2'], 'open']);
    const policy = await store.get(POLICY_KEY);
    assert.ok(policy.ok && policy.value !== null);
    assert.deepEqual(policy.value.value, encodePolicy('equal'));
  });

  it('a silent store and a bucket without its mark change nothing', async () => {
    await store.put(KEY, cordoned);
    await followerOn({ list: async () => ({ ok: false, error: 'unknown' }) }).sync(true);
    await store.delete(MARK_KEY);
    await followerOn().sync(true);
    assert.equal(scheduling(), 'open');
  });

  it('a removal is not believed where the record cannot be asked for', async () => {
    await store.put(KEY, cordoned);
    const follower = followerOn();
    await follower.sync(true);
    await store.delete(KEY);
    await followerOn({ get: async () => ({ ok: false, error: 'unknown' }) }).sync(false);
    assert.ok(state.nodes.has(H1));
    await follower.sync(false);
    assert.equal(state.nodes.has(H1), false);
  });
});
