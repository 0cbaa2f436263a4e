import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { EventType } from '../../../proto/schemas/event.js';
import type { StoreFailure } from '../../../proto/store.js';
import { err, type Result } from '../../../shared/result.js';
import { container, job, nodeId } from './build.js';
import { FakeAgent } from './fake-agent.js';
import { gpuReport } from './schedule/gpu/build.js';
import { World } from './world.js';

/** Longer than it takes until a silent node is down, s. */
const DOWN_SECONDS = 20;

describe('a fact is published once', () => {
  let world: World;
  let agents: FakeAgent[];

  beforeEach(async () => {
    world = await World.make();
    agents = [world.agent];
  });
  afterEach(() => world.stop());

  const join = (...names: readonly string[]): void => {
    for (const name of names) agents.push(new FakeAgent(world.hub.connect(), world.subjects, name));
  };
  /** Each agent that is not silent reports once a second. */
  async function live(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      for (const agent of agents) if (!agent.isPaused) agent.report();
      await world.clock.advance(1000);
    }
  }
  /** Data of the events of a type. */
  const said = (type: EventType): readonly unknown[] =>
    world.facts.filter((each) => each.type === type).map(({ data }) => data);
  /** Of a type; of two with one id the stream keeps the first. */
  const idsOf = (type: EventType): ReadonlySet<string> =>
    new Set(world.facts.filter((each) => each.type === type).map(({ id }) => id));

  async function submit(...jobs: readonly ReturnType<typeof job>[]): Promise<void> {
    const answer = await world.call('job-submit', { jobs });
    assert.ok(answer.ok, JSON.stringify(answer));
  }
  const homeOf = (name: string): string | undefined =>
    agents.find(({ desired }) => desired?.allocations.some((each) => each.job === name))?.node;

  it('that a job moved, and that its drained node is empty', async () => {
    join('h2');
    await world.start();
    await live(2);
    await submit(job('a'));
    await live(5);
    const from = homeOf('a') ?? '';
    await world.call('node-set', { id: nodeId(from), scheduling: 'draining' });
    await live(15);
    const to = homeOf('a');
    assert.notEqual(to, from);
    assert.deepEqual(
      said('dqoes.job.moved').map((data) => (data as { from: string; to: string }).to),
      [to],
    );
    const reason = 'no allocation of dqoes is left on it';
    assert.deepEqual(said('dqoes.node.drained'), [{ node: from, reason }]);
  });

  it('that a node which is drained was empty before, each time it is drained', async () => {
    await world.start();
    await live(2);
    const reason = 'no allocation of dqoes is on it';
    for (const times of [1, 2]) {
      await world.call('node-set', { id: nodeId('h1'), scheduling: 'draining' });
      await live(3);
      const expected = Array.from({ length: times }, () => ({ node: 'h1', reason }));
      assert.deepEqual(said('dqoes.node.drained'), expected);
      await world.call('node-set', { id: nodeId('h1'), scheduling: 'open' });
      await live(1);
    }
  });

  it('that most nodes are silent, and that they are back', async () => {
    join('h2', 'h3');
    await world.start();
    await live(2);
    await submit(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => job(name)));
    await live(5);
    for (const agent of agents.slice(1)) agent.isPaused = true;
    await live(DOWN_SECONDS);
    assert.equal(said('dqoes.coordinator.frozen').length, 1);
    assert.equal(said('dqoes.coordinator.resumed').length, 0);
    for (const agent of agents) agent.isPaused = false;
    await live(5);
    assert.equal(said('dqoes.coordinator.frozen').length, 1);
    assert.equal(said('dqoes.coordinator.resumed').length, 1);
  });

  it('that a job made way for a heavier one', async () => {
    await world.start();
    await live(2);
    await submit(job('light', { resources: { cpu: { minCores: 1.5 } } }));
    await live(3);
    await submit(job('heavy', { weight: 5, resources: { cpu: { minCores: 1 } } }));
    await live(5);
    const preempted = said('dqoes.job.preempted').map((data) => (data as { job: string }).job);
    assert.deepEqual(preempted, ['light']);
    const infeasible = said('dqoes.job.infeasible').map((data) => (data as { job: string }).job);
    assert.deepEqual(infeasible, ['light']);
  });

  it('that no node takes a job, each time', async () => {
    await world.start();
    await live(2);
    const heavy = job('heavy', { weight: 5, resources: { cpu: { minCores: 1 } } });
    await submit(job('light', { resources: { cpu: { minCores: 1.5 } } }));
    await live(3);
    for (const times of [1, 2]) {
      await submit(heavy);
      await live(5);
      assert.equal(idsOf('dqoes.job.infeasible').size, times, 'the stream drops repeats');
      await world.call('job-stop', { name: heavy.name });
      await live(5);
      assert.equal(homeOf('light'), 'h1');
    }
  });

  it('that a container no longer reaches its GPU', async () => {
    const use = (isLost: boolean) =>
      ({ ids: ['GPU-0'], injection: 'hook', memoryBytes: null, isLost }) as const;
    const report = async (isLost: boolean): Promise<void> => {
      const containers = [container('a-1', { gpuUse: use(isLost) })];
      world.agent.report({ gpus: [gpuReport(0)], containers });
      await world.clock.advance(1000);
    };
    await world.start();
    for (const isLost of [false, true, true, true]) await report(isLost);
    assert.equal(said('dqoes.gpu.lost').length, 1);
  });

  it('that the audit cannot be written', async () => {
    let isAway = true;
    const write = world.stores.auditLog.bind(world.stores);
    world.stores.auditLog = (cluster) => ({
      append: async (...line): Promise<Result<void, StoreFailure>> =>
        isAway ? err('unknown') : write(cluster).append(...line),
    });
    await world.start();
    await live(5);
    assert.deepEqual(said('dqoes.coordinator.audit-failed'), [
      { coordinator: 'c1', reason: 'unknown' },
    ]);
    isAway = false;
    await live(5);
    isAway = true;
    await submit(job('a'));
    await live(5);
    assert.equal(said('dqoes.coordinator.audit-failed').length, 2, 'it failed once more');
  });
});
