import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { BucketFollower } from '../../../../coordinator/store/bucket-follower.js';
import {
  decodeSecret,
  encodeSecret,
  secretKey,
} from '../../../../coordinator/store/secret-codec.js';
import { SecretFollower } from '../../../../coordinator/store/secret-follower.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { type KeyValueStore, MARK_KEY } from '../../../../proto/store.js';
import type { SecretName } from '../../../../shared/ids.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const DB = 'db' as SecretName;

describe('secrets of a server that has lost its last writes', () => {
  let store: KeyValueStore;
  let state: ClusterState;
  let secrets: SecretFollower;
  const sync = (): Promise<void> =>
    new BucketFollower({ store, parts: [secrets], isKnown: () => false }).sync(true);
  const isStored = async (): Promise<boolean> => {
    const read = await store.get(secretKey(DB));
    return read.ok && read.value !== null;
  };

  beforeEach(async () => {
    const stores = new MemoryStores({ clock: new ManualClock() });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'nodes');
    assert.ok(opened.ok);
    store = opened.value;
    await store.put(MARK_KEY, new Uint8Array([1]));
    const known = { name: DB, box: 'box', version: 'v', revision: 50, setAtMs: 1, problem: '' };
    state = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
    state = reduce(state, { kind: 'secrets-stored', atMs: 0, secrets: [known] });
    secrets = new SecretFollower({
      ...{ store, troubleOf: () => undefined, state: () => state, nowMs: () => 0 },
      apply: (event) => {
        state = reduce(state, event);
      },
    });
  });

  it('are stored again, and not taken for removed', async () => {
    await sync();
    assert.deepEqual([state.secrets.has(DB), await isStored()], [true, true]);
  });

  it('replace an older value, though others have written since, and once', async () => {
    const older = { box: 'older', setAtMs: 0 };
    await store.put(secretKey(DB), encodeSecret(older));
    for (let i = 0; i < 60; i += 1) await store.put('token.a', new Uint8Array([i]));
    await sync();
    const stored = await store.get(secretKey(DB));
    assert.ok(stored.ok && stored.value !== null);
    assert.equal(decodeSecret(stored.value, () => undefined)?.box, 'box');
    assert.equal(state.secrets.get(DB)?.revision, stored.value.revision);
    const before = await store.lastRevision();
    await sync();
    assert.deepEqual(await store.lastRevision(), before);
  });

  it('are not stored over what is set meanwhile', async () => {
    await store.put(secretKey(DB), encodeSecret({ box: 'older', setAtMs: 0 }));
    const set = encodeSecret({ box: 'newer', setAtMs: 2 });
    const late = new SecretFollower({
      ...{ troubleOf: () => undefined, state: () => state, nowMs: () => 0 },
      store: {
        ...store,
        put: async (key, value, seen) => {
          await store.put(key, set);
          return store.put(key, value, seen);
        },
      },
      apply: (event) => {
        state = reduce(state, event);
      },
    });
    await new BucketFollower({ store, parts: [late], isKnown: () => false }).sync(true);
    const stored = await store.get(secretKey(DB));
    assert.ok(stored.ok && stored.value !== null);
    assert.deepEqual(stored.value.value, set);
  });

  it('that are set again count though their revision is lower', async () => {
    const again = { name: DB, box: 'new', version: 'w', revision: 4, setAtMs: 2, problem: '' };
    const event = { kind: 'secrets-stored', atMs: 0, secrets: [again] } as const;
    assert.equal(reduce(state, event).secrets.get(DB)?.box, 'box');
    assert.equal(reduce(state, { ...event, areNewest: true }).secrets.get(DB)?.box, 'new');
  });

  it('are removed where the bucket has come to a later revision', async () => {
    for (let i = 0; i < 60; i += 1) await store.put('token.a', new Uint8Array([i]));
    await sync();
    assert.deepEqual([state.secrets.has(DB), await isStored()], [false, false]);
  });
});
