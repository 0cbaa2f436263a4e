import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { NodeWriter } from '../../../../coordinator/api/node-writer.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { NodeRecords } from '../../../../coordinator/store/node-records.js';
import { openStores } from '../../../../coordinator/store/open-stores.js';
import { RecordWriter } from '../../../../coordinator/store/record-writer.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { type Requester, UNKNOWN_REQUESTER } from '../../../../proto/requester.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId, report } from '../build.js';
import { fold, reported } from '../state/state-build.js';

const H1 = nodeId('h1');
const [FIRST, SECOND] = ['A'.repeat(43), 'B'.repeat(43)];
const TOKEN: Requester = { kind: 'welcoming', node: H1, publicKey: 'U1' };
const host = (cores: number) => ({ ...report('h1').host, capacityCpuCores: cores });

describe('coordinator: approving a node', () => {
  let state: ClusterState;
  let writer: NodeWriter;
  beforeEach(async () => {
    const provider = new MemoryStores({ clock: new ManualClock() });
    await provider.install('test', { replicas: 1 });
    const opened = await openStores(provider, 'test');
    assert.ok(opened.ok);
    const stores = opened.value;
    state = emptyState({
      incarnation: 'inc',
      epoch: 1,
      policy: 'dqoes',
      registration: 'approved',
    });
    writer = new NodeWriter({
      stores,
      records: new RecordWriter({
        records: new NodeRecords({ store: stores.nodes, revisions: new Map() }),
        refresh: async () => assert.fail('no conflict is planned'),
        mayWrite: () => true,
      }),
      queue: new ChangeQueue(() => true),
      state: () => state,
      apply: (event) => {
        state = reduce(state, event);
      },
      nowMs: () => 0,
    });
  });

  const approve = async (by: Requester) => {
    const { result, changes } = await writer.approve(H1, by);
    assert.ok(result.ok);
    return changes;
  };
  const node = () => {
    const { isApproved, capacity, sealingKey } = state.nodes.get(H1) ?? {};
    return { isApproved, cores: capacity?.capacityCpuCores, sealingKey };
  };
  const hear = (cores: number, sealingKey: string): void => {
    state = fold(state, reported(0, 'h1', { host: host(cores), sealingKey }));
  };

  it('takes what it reports now, where a person asks for it', async () => {
    hear(2, FIRST);
    assert.deepEqual(await approve(UNKNOWN_REQUESTER), [
      { node: H1, before: 'waiting', after: 'approved, 2 CPU' },
    ]);
    assert.deepEqual(node(), { isApproved: true, cores: 2, sealingKey: FIRST });
  });

  it('takes the next report of a host that joined by a token, not an earlier one', async () => {
    hear(2, FIRST);
    await approve(UNKNOWN_REQUESTER);
    assert.deepEqual(await approve(TOKEN), [
      { node: H1, before: 'approved, 2 CPU', after: 'approved, by its join token' },
    ]);
    assert.deepEqual(node(), { isApproved: true, cores: undefined, sealingKey: null });
    hear(8, SECOND);
    assert.deepEqual(node(), { isApproved: true, cores: 8, sealingKey: SECOND });
    hear(64, FIRST);
    assert.deepEqual(node(), { isApproved: true, cores: 8, sealingKey: SECOND });
  });

  it('holds for a name that was never heard', async () => {
    assert.deepEqual(await approve(TOKEN), [{ node: H1, after: 'approved, by its join token' }]);
    hear(4, FIRST);
    assert.deepEqual(node(), { isApproved: true, cores: 4, sealingKey: FIRST });
  });

  it('is taken back: what it reports then counts no more, until it is approved again', async () => {
    hear(2, FIRST);
    await approve(UNKNOWN_REQUESTER);
    const { result, changes } = await writer.unapprove(H1);
    assert.ok(result.ok);
    assert.deepEqual(changes, [{ node: H1, before: 'approved, 2 CPU', after: 'waiting' }]);
    assert.deepEqual(node(), { isApproved: false, cores: undefined, sealingKey: FIRST });
    hear(8, SECOND);
    assert.deepEqual(node(), { isApproved: false, cores: undefined, sealingKey: FIRST });
    const again = await writer.unapprove(H1);
    assert.deepEqual([again.result.ok, again.changes], [true, []]);
    await approve(UNKNOWN_REQUESTER);
    assert.deepEqual(node(), { isApproved: true, cores: 8, sealingKey: SECOND });
  });

  it('is taken back of no name that is not known', async () => {
    const { result, changes } = await writer.unapprove(H1);
    assert.equal(result.ok ? '' : result.error[0]?.code, 'service.not-found');
    assert.deepEqual(changes, []);
  });
});
