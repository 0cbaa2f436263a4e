import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CoordinatorHandle } from '../../../../coordinator/contract.js';
import {
  decodeNode,
  encodeNode,
  encodePolicy,
  lastingOf,
  nodeKey,
  POLICY_KEY,
} from '../../../../coordinator/store/node-codec.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { job, nodeId } from '../build.js';
import { World } from '../world.js';

const H1 = nodeId('h1');
const KEY = nodeKey(H1);

describe('coordinator: what the leader before stored late', () => {
  let world: World;
  let nodes: KeyValueStore;
  let coordinator: CoordinatorHandle;

  beforeEach(async () => {
    world = await World.make();
    coordinator = await world.start();
    await world.live(3);
    const opened = await world.stores.open('test', 'nodes');
    assert.ok(opened.ok);
    nodes = opened.value;
  });
  afterEach(() => world.stop());

  const stored = async () => {
    const read = await nodes.get(KEY);
    const known = read.ok && read.value !== null ? decodeNode(read.value) : undefined;
    assert.ok(known !== undefined);
    return lastingOf(known);
  };
  /** As a leader of an earlier version does: without looking at what is stored. */
  const cordonLate = async (): Promise<void> => {
    const put = await nodes.put(KEY, encodeNode({ ...(await stored()), scheduling: 'cordoned' }));
    assert.ok(put.ok);
  };
  const shown = async () => {
    const answer = await world.call('node-status', { id: H1 });
    assert.ok(answer.ok);
    return answer.value.node.scheduling;
  };

  it('a cordon is followed, and outlives what the host says of itself', async () => {
    await cordonLate();
    await world.live(6);
    assert.equal(await shown(), 'cordoned');
    world.agent.labels = { zone: 'a' };
    await world.live(3);
    const { scheduling, registration } = await stored();
    assert.deepEqual([scheduling, registration?.labels], ['cordoned', { zone: 'a' }]);
  });

  it('a cordon is followed in half a minute, when the leader is not new any more', async () => {
    await world.live(90);
    await cordonLate();
    await world.live(32);
    assert.equal(await shown(), 'cordoned');
  });

  it('a cordon is not written over by a host that changes before it is seen', async () => {
    world.agent.labels = { zone: 'a' };
    world.agent.report();
    await cordonLate();
    await world.live(8);
    const { scheduling, registration } = await stored();
    assert.deepEqual([scheduling, registration?.labels], ['cordoned', { zone: 'a' }]);
  });

  it('a cordon is not written over by a call about something else', async () => {
    await cordonLate();
    assert.ok((await world.call('node-approve', { id: H1 })).ok);
    assert.equal((await stored()).scheduling, 'cordoned');
    assert.equal(await shown(), 'cordoned');
  });

  it('an approval of a host that was never heard is followed', async () => {
    const h9 = nodeId('h9');
    const lasting = { ...(await stored()), registration: null };
    assert.ok((await nodes.put(nodeKey(h9), encodeNode(lasting))).ok);
    await world.live(6);
    assert.equal(coordinator.lastKnown.state.nodes.get(h9)?.isApproved, true);
  });

  it('a removal of a host is followed', async () => {
    await nodes.delete(KEY);
    await world.clock.advance(6000);
    assert.equal(coordinator.lastKnown.state.nodes.has(H1), false);
  });

  it('a removal of a host that runs jobs is not: its record is stored again', async () => {
    assert.ok((await world.call('job-submit', { jobs: [job('a')] })).ok);
    await world.live(3);
    await nodes.delete(KEY);
    await world.live(8);
    assert.equal(coordinator.lastKnown.state.nodes.has(H1), true);
    assert.equal((await stored()).scheduling, 'open');
  });

  it('a policy is followed', async () => {
    assert.ok((await nodes.put(POLICY_KEY, encodePolicy('equal'))).ok);
    await world.live(6);
    const answer = await world.call('policy-get', {});
    assert.equal(answer.ok && answer.value.policy, 'equal');
  });

  it('a policy gives way to one that is set now', async () => {
    assert.ok((await world.call('policy-set', { policy: 'default' })).ok);
    assert.ok((await nodes.put(POLICY_KEY, encodePolicy('equal'))).ok);
    assert.ok((await world.call('policy-set', { policy: 'adaptive' })).ok);
    await world.live(6);
    const answer = await world.call('policy-get', {});
    assert.equal(answer.ok && answer.value.policy, 'adaptive');
  });

  it('a record that cannot be read is replaced by what is known', async () => {
    assert.ok((await world.call('node-set', { id: H1, scheduling: 'cordoned' })).ok);
    assert.ok((await nodes.put(KEY, new Uint8Array([1]))).ok);
    await world.live(8);
    assert.equal((await stored()).scheduling, 'cordoned');
    assert.equal(await shown(), 'cordoned');
  });
});
