import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { decodeNode, nodeOfKey, schedulingOf } from '../../../../coordinator/store/node-codec.js';
import { Samples } from '../../../../shared/monitoring/samples.js';
import { container, job, jobName, nodeId, target } from '../build.js';
import { DividedWorld, type Led } from './divided-world.js';

const JOBS = [job('a', { replicas: 6, target: target(400) })];

describe('coordinator: what is read with workers', () => {
  let world: DividedWorld;
  let led: Led;
  beforeEach(async () => {
    world = await DividedWorld.make();
    led = await world.start(3);
    await world.live(2);
    await world.ask('job-submit', { jobs: JOBS });
    await world.live(10);
  });
  afterEach(() => world.stop());

  const names = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

  it('are the nodes and allocations of all workers', async () => {
    const { nodes } = await world.ask('node-list', {});
    assert.deepEqual(
      nodes.map(({ id, liveness }) => [id, liveness]),
      names.map((name) => [name, 'ready']),
    );
    const { allocations } = await world.ask('allocation-list', {});
    assert.equal(allocations.length, 6);
    const { job: status } = await world.ask('job-status', { name: jobName('a') });
    assert.equal(status.state, 'running');
  });

  it('shows who has changed something the change at once', async () => {
    const id = nodeId('h4');
    await world.ask('node-set', { id, scheduling: 'cordoned' });
    assert.equal((await world.ask('node-status', { id })).node.scheduling, 'cordoned');
    await world.ask('node-set', { id, scheduling: 'open' });
    assert.equal((await world.ask('node-status', { id })).node.scheduling ?? 'open', 'open');
  });

  it('is stored of nodes as calls have set it', async () => {
    await world.ask('node-set', { id: nodeId('h3'), scheduling: 'cordoned' });
    await world.live(3);
    const opened = await world.stores.open('test', 'nodes');
    assert.ok(opened.ok);
    const listed = await opened.value.list();
    assert.ok(listed.ok);
    const stored = listed.value.flatMap((each) => {
      const [id, record] = [nodeOfKey(each.key), decodeNode(each)];
      return id === undefined || record === undefined ? [] : [[id, schedulingOf(record)]];
    });
    const expected = names.map((name) => [name, name === 'h3' ? 'cordoned' : 'open']);
    assert.deepEqual(stored.sort(), expected);
  });

  it('comes in pages, in the order of nodes', async () => {
    const seen: string[] = [];
    let after: ReturnType<typeof nodeId> | undefined;
    do {
      const page = await world.ask('view-get', { limit: 2, ...(after ? { after } : {}) });
      assert.ok(page.nodes.length <= 2);
      seen.push(...page.nodes.map(({ node }) => node));
      after = page.next;
    } while (after !== undefined);
    assert.deepEqual(seen, names);
    const one = await world.ask('view-get', { node: nodeId('h5') });
    assert.deepEqual(
      one.nodes.map(({ node }) => node),
      ['h5'],
    );
  });

  it('finds containers that dqoes did not start, to say how they are stopped', async () => {
    const [agent] = world.agents;
    agent?.others.push(container('old-1', { origin: 'label', job: jobName('old'), name: 'mine' }));
    await world.live(2);
    const answer = await world.call('job-stop', { name: jobName('old') });
    assert.match(answer.ok ? '' : (answer.error[0]?.message ?? ''), /did not start mine on h1/);
  });

  it('is what is forecast from', async () => {
    const { plans } = await world.ask('job-plan', { jobs: [job('b', { target: target(400) })] });
    assert.equal(plans[0]?.allocations.length, 1);
    assert.notEqual(plans[0]?.allocations[0]?.verdict, 'nowhere');
    const drain = await world.ask('node-drain-plan', { id: nodeId('h1') });
    assert.ok(drain !== undefined);
  });

  it('is exported whole, with the sums of what workers count', async () => {
    await led.leader.refresh();
    const samples = new Samples();
    led.leader.collect(samples, 100);
    const of = (name: string) => samples.all.filter((each) => each.name === name);
    assert.equal(of('dqoes_node_ready').length, names.length);
    assert.equal(led.leader.status().allocations.length, 6);
    const { ingest, dispatch } = led.leader.counters();
    const acks = world.agents.reduce((sum, { commands }) => sum + commands.length, 0);
    assert.equal(ingest.accepted, 12 * names.length + acks);
    assert.ok(dispatch.written >= names.length);
    assert.deepEqual(led.leader.summary(), {
      nodes: { known: names.length, ready: names.length },
      jobs: 1,
    });
  });
});
