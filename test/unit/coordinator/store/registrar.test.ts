import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { NodeWriter } from '../../../../coordinator/api/node-writer.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import {
  decodeNode,
  encodeNode,
  lastingOf,
  nodeKey,
  schedulingOf,
} from '../../../../coordinator/store/node-codec.js';
import { NodeRecords } from '../../../../coordinator/store/node-records.js';
import { RecordWriter } from '../../../../coordinator/store/record-writer.js';
import { Registrar } from '../../../../coordinator/store/registrar.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId } from '../build.js';

const H1 = nodeId('h1');

describe('Registrar', () => {
  let nodes: KeyValueStore;
  let records: NodeRecords;
  let registrar: Registrar;
  let state: ClusterState;
  const recordsOn = (store: KeyValueStore) => new NodeRecords({ store, revisions: new Map() });
  const writerWith = (its: NodeRecords) =>
    new NodeWriter({
      stores: { desired: nodes },
      records: new RecordWriter({
        ...{ records: its, mayWrite: () => true },
        refresh: async () => assert.fail('no conflict is planned'),
      }),
      state: () => state,
      apply: (event) => {
        state = reduce(state, event);
      },
      nowMs: () => 0,
      queue: new ChangeQueue(() => true),
    });
  const scheduling = async () => {
    const read = await nodes.get(nodeKey(H1));
    const held = read.ok && read.value !== null ? decodeNode(read.value) : undefined;
    return held === undefined ? undefined : schedulingOf(held);
  };

  beforeEach(async () => {
    const stores = new MemoryStores({ clock: new ManualClock() });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'nodes');
    assert.ok(opened.ok);
    nodes = opened.value;
    const empty = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
    records = recordsOn(nodes);
    registrar = new Registrar({ records, log: silentLog, start: empty });
    state = reduce(empty, { kind: 'node-known', atMs: 0, node: H1, registration: null });
  });

  it('writes a node when it changed', async () => {
    await registrar.writeChanges(state);
    assert.equal(await scheduling(), 'open');
  });

  it('deletes what the state has forgotten, but no setting of an operator', async () => {
    await registrar.writeChanges(state);
    const none: ClusterState = { ...state, nodes: new Map() };
    await registrar.writeChanges(none);
    assert.equal(await scheduling(), undefined);
    await registrar.writeChanges(
      reduce(state, { kind: 'node-scheduling', atMs: 0, node: H1, scheduling: 'cordoned' }),
    );
    await registrar.writeChanges(none);
    assert.equal(await scheduling(), 'cordoned');
  });

  it('keeps that an approval was taken back, also where the node is forgotten', async () => {
    const approval = async () => {
      const read = await nodes.get(nodeKey(H1));
      const held = read.ok && read.value !== null ? decodeNode(read.value) : undefined;
      return held?.approved;
    };
    state = { ...state, registration: 'approved' };
    await registrar.writeChanges(state);
    assert.equal(await approval(), true);
    assert.ok((await writerWith(records).unapprove(H1)).result.ok);
    assert.equal(await approval(), false);
    await registrar.writeChanges(state);
    await registrar.writeChanges({ ...state, nodes: new Map() });
    assert.equal(await approval(), false);
  });

  it('does not undo what an operator asks for meanwhile', async () => {
    let isAsked = false;
    records = recordsOn({
      ...nodes,
      put: async (...given) => {
        const put = await nodes.put(...given);
        // Stored, but not in the state yet: the coordinator still works with the old value.
        if (!isAsked) {
          isAsked = true;
          await registrar.writeChanges(state);
        }
        return put;
      },
    });
    const empty = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
    registrar = new Registrar({ records, log: silentLog, start: empty });
    const writer = writerWith(records);
    assert.ok((await writer.setScheduling(H1, 'cordoned')).result.ok);
    assert.equal(await scheduling(), 'cordoned');
    await registrar.writeChanges(state);
    assert.equal(await scheduling(), 'cordoned');
  });

  it('does not undo what was asked for while the nodes before were written', async () => {
    const known = (from: ClusterState, id: string): ClusterState =>
      reduce(from, { kind: 'node-known', atMs: 0, node: nodeId(id), registration: null });
    state = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
    for (let i = 2; i <= 65; i += 1) state = known(state, `h${i}`);
    state = known(state, 'h1');
    let isAsked = false;
    const its = recordsOn({
      ...nodes,
      put: async (...given) => {
        if (!isAsked) {
          isAsked = true;
          assert.ok((await writerWith(its).setScheduling(H1, 'cordoned')).result.ok);
        }
        return nodes.put(...given);
      },
    });
    const start = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
    const busy = new Registrar({ records: its, log: silentLog, start });
    await busy.writeChanges(state);
    assert.equal(await scheduling(), 'cordoned');
    await busy.writeChanges(state);
    assert.equal(await scheduling(), 'cordoned');
  });

  it('changes nothing that another leader has stored since', async () => {
    await registrar.writeChanges(state);
    const stored = await nodes.get(nodeKey(H1));
    const known = stored.ok && stored.value !== null ? decodeNode(stored.value) : undefined;
    assert.ok(known !== undefined);
    await nodes.put(nodeKey(H1), encodeNode({ ...lastingOf(known), scheduling: 'cordoned' }));
    await registrar.writeChanges(
      reduce(state, { kind: 'node-approved', atMs: 0, node: H1, capacity: null, sealingKey: 'k' }),
    );
    assert.equal(await scheduling(), 'cordoned');
  });
});
