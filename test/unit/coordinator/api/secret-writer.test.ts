import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { SecretWriter } from '../../../../coordinator/api/secret-writer.js';
import { Vault } from '../../../../coordinator/secrets/vault.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { openStores, type Stores } from '../../../../coordinator/store/open-stores.js';
import { encodeSecret, secretKey } from '../../../../coordinator/store/secret-codec.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { UNKNOWN_REQUESTER } from '../../../../proto/requester.js';
import { publicTextOf, seal } from '../../../../proto/sealing/sealed-box.js';
import type { SecretName } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { START } from '../state/state-build.js';

const DB = 'db' as SecretName;

describe('a secret that is set after its server has lost its last writes', () => {
  const secretsKey = generateKeyPairSync('x25519').privateKey;
  let stores: Stores;
  let state: ClusterState;
  const set = (text: string) => {
    const context = { cluster: 'test', secret: DB };
    const box = seal(new TextEncoder().encode(text), publicTextOf(secretsKey), context);
    assert.ok(box.ok);
    const writer = new SecretWriter({
      ...{ stores, queue: new ChangeQueue(() => true), state: () => state },
      vault: new Vault({ cluster: 'test', secretsKey }, silentLog),
      apply: (event) => {
        state = reduce(state, event);
      },
      nowMs: () => 0,
      wallMs: () => 0,
    });
    return writer.set({ name: DB, box: box.value }, UNKNOWN_REQUESTER);
  };

  beforeEach(async () => {
    const provider = new MemoryStores({ clock: new ManualClock() });
    await provider.install('test', { replicas: 1 });
    const opened = await openStores(provider, 'test');
    assert.ok(opened.ok);
    stores = opened.value;
    const known = { name: DB, box: 'known', version: 'v', revision: 50, setAtMs: 1, problem: '' };
    state = reduce(START, { kind: 'secrets-stored', atMs: 0, secrets: [known] });
  });

  it('waits until the value that is known is stored again over an older one', async () => {
    await stores.nodes.put(secretKey(DB), encodeSecret({ box: 'older', setAtMs: 0 }));
    const { result, changes } = await set('hush');
    assert.deepEqual([result.ok || result.error[0]?.code, changes], ['store.silent', []]);
    assert.equal(state.secrets.get(DB)?.box, 'known');
  });

  it('counts where none is left, though its revision is lower than the known one', async () => {
    const { result, changes } = await set('hush');
    assert.deepEqual([result.ok, changes.length], [true, 1]);
    assert.notEqual(state.secrets.get(DB)?.box, 'known');
    assert.equal(state.secrets.get(DB)?.revision, 1);
  });
});
