import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CoordinatorHandle } from '../../../../coordinator/contract.js';
import { runWithLeaderElection } from '../../../../coordinator/run-with-leader-election.js';
import { decodeNode, nodeKey, schedulingOf } from '../../../../coordinator/store/node-codec.js';
import type { BeginWorker } from '../../../../coordinator/workers/worker-link.js';
import { job, nodeId, target } from '../build.js';
import { DividedWorld, LEASE_MS } from './divided-world.js';

const JOBS = ['a', 'b', 'c', 'd'].map((name) => job(name, { replicas: 2, target: target(400) }));
/** Lets writes pass while it is open. */
class Gate {
  #open: () => void = () => {};
  #opened = Promise.resolve();

  close(): void {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }
  open(): void {
    this.#open();
  }
  passed(): Promise<void> {
    return this.#opened;
  }
}

const once = (world: DividedWorld): readonly string[] =>
  [...world.placed].filter(([, nodes]) => nodes.length === 1).map(([id]) => id);
const ALL = ['a', 'b', 'c', 'd'].flatMap((name) => [`${name}-1`, `${name}-2`]);

describe('coordinator: terms with workers', () => {
  let world: DividedWorld;
  beforeEach(async () => {
    world = await DividedWorld.make();
  });
  afterEach(() => world.stop());

  const versions = () =>
    world.agents.map(({ desired }) => [desired?.epoch, desired?.revision, desired?.allocations]);

  it('go on where the last one stopped, with another number of workers', async () => {
    let before: ReturnType<typeof versions> | undefined;
    for (const [term, workers] of [2, 3, 0, 4].entries()) {
      const { leader } = await world.start(workers, `c${term}`);
      await world.live(3);
      if (before === undefined) await world.ask('job-submit', { jobs: JOBS });
      const after = versions();
      for (const [i, [epoch, revision, allocations]] of (before ?? []).entries())
        assert.deepEqual(after[i], [Number(epoch) + 1, revision, allocations]);
      await world.live(90);
      assert.deepEqual(once(world), ALL);
      const stopped = leader.stop();
      for (let turn = 0; turn < 20; turn += 1) await world.clock.advance(500);
      await stopped;
      before = versions();
    }
  });

  it('know all nodes at their end, for the next one of this process', async () => {
    const { leader } = await world.start(3);
    await world.live(2);
    await world.ask('job-submit', { jobs: JOBS });
    await world.live(30);
    const stopped = leader.stop();
    for (let turn = 0; turn < 20; turn += 1) await world.clock.advance(500);
    await stopped;
    const { state } = leader.lastKnown;
    assert.deepEqual(
      [...state.nodes.keys()].sort(),
      world.agents.map(({ node }) => node as string),
    );
    assert.deepEqual([...state.jobs.keys()].sort(), ['a', 'b', 'c', 'd']);
    for (const { node, desired } of world.agents)
      assert.equal(state.nodes.get(node)?.desired?.revision, desired?.revision, node);
  });

  it('end with a worker that dies, and the next one leads with everything', async () => {
    const settings = world.settingsOf(2);
    const { deps, workers } = world.depsOf(settings);
    const [stop, terms] = [new AbortController(), [] as CoordinatorHandle[]];
    const ended = runWithLeaderElection(settings, {
      ...deps,
      newNonce: randomUUID,
      signal: stop.signal,
      onLeading: (leader) => terms.push(leader),
    });
    await world.live(3);
    await world.ask('job-submit', { jobs: JOBS });
    await world.live(30);
    const [before, begun] = [versions(), workers.all.length];
    workers.all[1]?.kill('out of memory');
    await world.live(25);
    assert.match(
      (await terms[0]?.ended) ?? '',
      /^worker 2 of 2 has ended \(out of memory\): the next term begins others$/,
    );
    assert.equal(workers.all.length, begun + 2);
    assert.deepEqual(once(world), ALL);
    assert.equal((await world.ask('node-list', {})).nodes.length, world.agents.length);
    for (const [i, [epoch]] of versions().entries())
      assert.ok(Number(epoch) > Number(before[i]?.[0]), `h${i + 1} has epoch ${epoch}`);
    const held = terms[0]?.lastKnown.state.nodes;
    assert.equal(held?.size, world.agents.length, 'a node was forgotten');
    stop.abort();
    for (let turn = 0; turn < 20; turn += 1) await world.clock.advance(1000);
    assert.equal(await ended, null);
  });

  it('end with a worker that answers nothing for a lease', async () => {
    const { leader, workers } = await world.start(2);
    await world.live(3);
    const [worker] = workers.all;
    assert.ok(worker !== undefined);
    worker.hang();
    // One lease to notice it, and one to wait for its end.
    await world.live((2 * LEASE_MS) / 1000 + 2);
    assert.match(await leader.ended, /^worker 1 of 2 answers nothing for 10s/);
  });

  it('that another has replaced write nothing more', async () => {
    let writes = 0;
    const { leader } = await world.start(2, 'c1', (bucket, put) => {
      if (bucket === 'desired') writes += 1;
      return put();
    });
    await world.live(2);
    await world.ask('job-submit', { jobs: JOBS });
    await world.live(10);
    assert.ok(writes > 0);
    await world.start(2, 'c2');
    await world.live(1);
    writes = 0;
    await world.live(30);
    assert.match(await leader.ended, /another coordinator has led since epoch 2/);
    assert.equal(writes, 0);
    assert.deepEqual(once(world), ALL);
  });

  it('place nothing twice while NATS does not answer: the next round waits', async () => {
    const gate = new Gate();
    const settings = world.settingsOf(2);
    const { deps } = world.depsOf(settings, async (bucket, put) => {
      if (bucket === 'desired') await gate.passed();
      return put();
    });
    let rounds = 0;
    const beginWorker: BeginWorker = async (start, ...others) => {
      const begun = await deps.beginWorker(start, ...others);
      assert.ok(begun.ok);
      const link = begun.value;
      const news = link.news.bind(link);
      link.news = (nowMs) => {
        rounds += start.index === 0 ? 1 : 0;
        return news(nowMs);
      };
      return begun;
    };
    const started = await world.tryStart(settings, { ...deps, beginWorker });
    assert.ok(started.ok);
    await world.live(3);
    gate.close();
    await world.ask('job-submit', { jobs: JOBS });
    await world.live(1);
    rounds = 0;
    await world.live(19);
    assert.equal(rounds, 0, 'a round began though the one before was not written');
    assert.deepEqual(once(world), []);
    gate.open();
    for (let second = 0; second < 10; second += 1) {
      await world.live(1);
      assert.deepEqual(
        [...world.placed].filter(([, nodes]) => nodes.length > 1),
        [],
      );
    }
    assert.deepEqual(once(world), ALL);
    const stopped = started.value.stop();
    for (let turn = 0; turn < 20; turn += 1) await world.clock.advance(500);
    await stopped;
  });

  it('do not write what a node was over what a call has made of it', async () => {
    const [gate, written] = [new Gate(), [] as (string | undefined)[]];
    await world.start(2, 'c1', async (bucket, put, key, value) => {
      if (bucket === 'desired') await gate.passed();
      const record = key === nodeKey(nodeId('h3')) ? decodeNode({ key, value, revision: 1 }) : null;
      if (record) written.push(schedulingOf(record));
      return put();
    });
    await world.live(3);
    gate.close();
    // A round that says something new of the node to be stored, and is not written yet.
    const agent = world.agents[2];
    assert.ok(agent !== undefined);
    agent.labels = { zone: 'b' };
    agent.report();
    await world.ask('job-submit', { jobs: JOBS });
    await world.ask('node-set', { id: nodeId('h3'), scheduling: 'cordoned' });
    gate.open();
    await world.live(3);
    const from = written.indexOf('cordoned');
    assert.ok(from >= 0);
    assert.deepEqual([...new Set(written.slice(from))], ['cordoned']);
  });

  it('do not begin where a worker cannot, and say what to do', async () => {
    const settings = world.settingsOf(3);
    const { deps, workers } = world.depsOf(settings);
    let begun = 0;
    const beginWorker: typeof deps.beginWorker = async (...args) => {
      begun += 1;
      if (begun === 2) throw new Error('no memory');
      return workers.begin(...args);
    };
    const started = await world.tryStart(settings, { ...deps, beginWorker });
    assert.ok(!started.ok);
    const [fault] = started.error;
    assert.equal(fault?.code, 'worker.not-begun');
    assert.equal(fault?.field, 'workers');
    assert.match(fault?.message ?? '', /no memory.*set workers to a lower number/);
    assert.equal(workers.living.length, 0);
    // The lease was released: another leads at once.
    await world.start(0, 'c2');
  });

  it('need a program that has workers', async () => {
    const settings = world.settingsOf(1);
    const { beginWorker: _, ...deps } = world.depsOf(settings).deps;
    const started = await world.tryStart(settings, deps);
    assert.ok(!started.ok && started.error[0]?.code === 'worker.not-begun');
  });

  it('drop a node only where it may be removed', async () => {
    await world.start(2);
    await world.live(2);
    await world.ask('job-submit', { jobs: JOBS });
    await world.live(10);
    const refused = await world.call('node-remove', { id: nodeId('h1') });
    assert.equal(refused.ok ? 'removed' : refused.error[0]?.code, 'node.in-use');
  });
});
