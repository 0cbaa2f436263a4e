import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import type { ChangeOutcome } from '../../../../coordinator/api/change-outcome.js';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { JobWriter } from '../../../../coordinator/api/job-writer.js';
import { NodeWriter } from '../../../../coordinator/api/node-writer.js';
import { SecretWriter } from '../../../../coordinator/api/secret-writer.js';
import { TokenWriter } from '../../../../coordinator/api/token-writer.js';
import { Vault } from '../../../../coordinator/secrets/vault.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { KnownTokens } from '../../../../coordinator/store/known-tokens.js';
import { NodeRecords } from '../../../../coordinator/store/node-records.js';
import { openStores, type Stores } from '../../../../coordinator/store/open-stores.js';
import { RecordWriter } from '../../../../coordinator/store/record-writer.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { UNKNOWN_REQUESTER } from '../../../../proto/requester.js';
import { publicTextOf, seal } from '../../../../proto/sealing/sealed-box.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import type { SecretName } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { err } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId } from '../build.js';
import { fold, reported, START } from '../state/state-build.js';

const H1 = nodeId('h1');
const DB = 'db' as SecretName;

describe('calls whose write got no answer in time', () => {
  let stores: Stores;
  let records: RecordWriter;
  let state: ClusterState;
  /** What becomes of writes. */
  let fate: 'done' | 'done, unanswered' | 'not done, unanswered';
  /** Writes that still work before the fate comes. */
  let spared: number;
  const secretsKey = generateKeyPairSync('x25519').privateKey;

  const silenced = (store: KeyValueStore): KeyValueStore => {
    const unanswered = async <T>(write: () => Promise<T>) => {
      if (fate === 'done' || spared > 0) {
        spared -= 1;
        return write();
      }
      if (fate === 'done, unanswered') await write();
      return err('unknown' as const);
    };
    return {
      ...store,
      put: (...given) => unanswered(() => store.put(...given)),
      delete: (...given) => unanswered(() => store.delete(...given)),
    };
  };

  const options = () => ({
    stores,
    queue: new ChangeQueue(() => true),
    state: () => state,
    apply: (event: StateEvent) => {
      state = reduce(state, event);
    },
    nowMs: () => 0,
    mayWrite: () => true,
    wallMs: () => 0,
    records,
    vault: new Vault({ cluster: 'test', secretsKey }, silentLog),
  });
  const nodes = () => new NodeWriter(options());
  const secrets = () => new SecretWriter(options());
  const clock = new ManualClock();
  const tokens = () => {
    const { stores: opened, queue } = options();
    const known = new KnownTokens(new Map());
    return new TokenWriter({ store: opened.nodes, clock, queue, known });
  };
  const makeToken = (id: string) =>
    tokens().create({ id, name: '', role: 'viewer', hash: '0'.repeat(64) });
  const boxed = (): string => {
    const context = { cluster: 'test', secret: DB };
    const box = seal(new TextEncoder().encode('hush'), publicTextOf(secretsKey), context);
    assert.ok(box.ok);
    return box.value;
  };

  beforeEach(async () => {
    const provider = new MemoryStores({ clock: new ManualClock() });
    await provider.install('test', { replicas: 1 });
    const opened = await openStores(provider, 'test');
    assert.ok(opened.ok);
    const { nodes: nodeStore, desired, jobs } = opened.value;
    stores = {
      ...opened.value,
      nodes: silenced(nodeStore),
      desired: silenced(desired),
      jobs: silenced(jobs),
    };
    records = new RecordWriter({
      records: new NodeRecords({ store: stores.nodes, revisions: new Map() }),
      refresh: async () => assert.fail('no conflict is planned'),
      mayWrite: () => true,
    });
    [state, fate, spared] = [fold(START, reported(0, 'h1')), 'done', 0];
    await nodes().approve(H1);
    assert.ok((await secrets().set({ name: DB, box: boxed() }, UNKNOWN_REQUESTER)).result.ok);
    assert.ok((await makeToken('abcdefgh01')).result.ok);
  });

  const CALLS: Readonly<Record<string, () => Promise<ChangeOutcome<unknown>>>> = {
    'node-set': () => nodes().setScheduling(H1, 'cordoned'),
    'node-approve': () => nodes().approve(nodeId('h2')),
    'node-unapprove': () => nodes().unapprove(H1),
    'node-remove': () => nodes().remove(H1),
    'secret-set': () => secrets().set({ name: DB, box: boxed() }, UNKNOWN_REQUESTER),
    'secret-remove': () => secrets().remove(DB, UNKNOWN_REQUESTER),
    'policy-set': () => new JobWriter(options()).setPolicy('equal'),
    'token-create': () => makeToken('abcdefgh02'),
    'token-revoke': () => tokens().revoke('abcdefgh01'),
  };
  const SHOWN: Readonly<Record<string, () => unknown>> = {
    'node-set': () => state.nodes.get(H1)?.scheduling === 'cordoned',
    'node-approve': () => state.nodes.get(nodeId('h2'))?.isApproved === true,
    'node-unapprove': () => state.nodes.get(H1)?.isApproved === false,
    'node-remove': () => !state.nodes.has(H1),
    'secret-remove': () => !state.secrets.has(DB),
    'policy-set': () => state.policy === 'equal',
  };

  for (const [verb, call] of Object.entries(CALLS)) {
    const isShown = (): unknown => SHOWN[verb]?.();

    it(`${verb}: what was stored all the same is known, answered and in the audit`, async () => {
      fate = 'done, unanswered';
      const { result, changes } = await call();
      assert.deepEqual([result.ok, changes.length], [true, 1], JSON.stringify(result));
      assert.notEqual(isShown(), false);
    });

    it(`${verb}: what was not stored is a fault and changes nothing`, async () => {
      fate = 'not done, unanswered';
      const { result, changes } = await call();
      assert.deepEqual([result.ok, changes.length], [false, 0]);
      assert.notEqual(isShown(), true);
    });
  }

  it('node-remove that fails half way is in the audit', async () => {
    [fate, spared] = ['not done, unanswered', 1];
    await stores.desired.put('h1', new Uint8Array([1]));
    spared = 1;
    const { result, changes } = await nodes().remove(H1);
    assert.equal(result.ok, false);
    assert.deepEqual(
      changes.map(({ node, after }) => [node, after]),
      [['h1', 'removed']],
    );
  });
});
