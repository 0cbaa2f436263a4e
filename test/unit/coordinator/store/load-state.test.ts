import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { RegistrationMode } from '../../../../coordinator/state/model.js';
import { loadState } from '../../../../coordinator/store/load-state.js';
import { nodeKey } from '../../../../coordinator/store/node-codec.js';
import { openStores, type Stores } from '../../../../coordinator/store/open-stores.js';
import { UNSIGNED } from '../../../../proto/command-codec.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId } from '../build.js';

const H1 = nodeId('h1');

describe('loadState', () => {
  let stores: Stores;
  let logged: { readonly message: string; readonly node: unknown }[];

  beforeEach(async () => {
    logged = [];
    const provider = new MemoryStores({ clock: new ManualClock() });
    await provider.install('test', { replicas: 1 });
    const opened = await openStores(provider, 'test');
    assert.ok(opened.ok);
    stores = opened.value;
  });

  const load = async (registration: RegistrationMode) => {
    const loaded = await loadState(stores, {
      lease: { incarnation: 'inc', epoch: 2, holder: 'c1', nonce: 'n' },
      policy: 'dqoes',
      registration,
      atMs: 0,
      log: {
        ...silentLog,
        error: (message, fields) => logged.push({ message, node: fields?.node }),
      },
      commands: UNSIGNED,
      yieldThread: async () => {},
    });
    assert.ok(loaded.ok, JSON.stringify(loaded));
    return loaded.value.state;
  };

  for (const [registration, isApproved] of [
    ['open', true],
    ['approved', false],
  ] as const)
    it(`cordons a node whose record is unreadable (registration ${registration})`, async () => {
      await stores.nodes.put(nodeKey(H1), new TextEncoder().encode('{"cordoned":false,"x'));
      const node = (await load(registration)).nodes.get(H1);
      assert.deepEqual([node?.scheduling, node?.isApproved], ['cordoned', isApproved]);
      assert.deepEqual(
        logged.map(({ node }) => node),
        ['h1'],
      );
      assert.match(logged[0]?.message ?? '', /record of a node cannot be read/);
    });
});
