import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { WorkloadProfile } from '../../../../coordinator/schedule/forecast.js';
import {
  NO_PROFILES,
  type WorkloadProfiles,
} from '../../../../coordinator/schedule/workloads/profiles.js';
import { encodeCommand } from '../../../../proto/command.js';
import { decodeMinute } from '../../../../proto/view.js';
import type { DesiredState } from '../../../../shared/command.js';
import { workloadKeyOf } from '../../../../shared/workload.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { allocationId, container, job, limit, nodeId, target } from '../build.js';
import { CLUSTER, EPOCH, IDENTITY, type Stored, WorkerWorld } from './worker-world.js';

/** Its target takes 0.2 CPU. */
const A = job('a', { target: target(500) });
/** Of that: 0.1 CPU seconds a request, on a core of its own. */
const PROFILE: WorkloadProfile = {
  ...{ workSeconds: 0.1, noiseRatio: 0.05, requests: 1000, overheadSeconds: 0, freeCores: 1 },
  ...{ clients: 1, ratePerSecond: 2, tailRatios: {} },
};
/** Each of two workers owns some of them. */
const HOSTS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

describe('the body of a worker', () => {
  let world: WorkerWorld;
  afterEach(() => world.stop());

  const make = async (of = 1, agents: readonly string[] = ['h1'], stored: Stored = {}) => {
    world = await WorkerWorld.make(of, agents, stored);
    await world.live(1);
    return world;
  };
  /** An agent with one job, whose target takes 0.2 CPU. */
  const placed = async (): Promise<void> => {
    await make(1, ['h1'], { jobs: [A] });
    await world.round();
    await world.live(1);
  };
  const coresOf = async (name: string) =>
    (await world.desiredOf(name))?.allocations[0]?.limit.cpuCores ?? Number.NaN;
  const revision = async () => {
    const last = await (await world.bucket('desired')).lastRevision();
    return last.ok ? last.value : -1;
  };

  it('decides limits after reports, between two rounds, under the epoch of its term', async () => {
    await placed();
    await world.live(60);
    const cores = await coresOf('h1');
    assert.ok(cores < 1.5, `${cores} of 2 CPU, where 0.2 would do`);
    assert.equal((await world.desiredOf('h1'))?.epoch, EPOCH);
    assert.equal(world.agents[0]?.desired?.allocations[0]?.limit.cpuCores, cores);
    assert.ok((await world.round()).includes('lower'), 'what it decided is counted');
  });

  it('raises the epoch of what is stored; decides nothing before it is told places', async () => {
    const allocations = [{ id: allocationId('a-1'), job: A.name, spec: A, reason: '' }];
    const desired: DesiredState = {
      incarnation: IDENTITY.incarnation,
      epoch: EPOCH - 1,
      revision: 5,
      node: nodeId('h1'),
      validForMs: 1000,
      allocations: allocations.map((each) => ({ ...each, limit: limit(2) })),
    };
    await make(1, ['h1'], { jobs: [A], desired: [desired] });
    await world.live(30);
    const { epoch, revision: held } = (await world.desiredOf('h1')) ?? {};
    assert.deepEqual([epoch, held], [EPOCH, 5]);
    await world.round();
    await world.live(30);
    assert.ok((await coresOf('h1')) < 2);
  });

  it('writes nothing once it may not, and goes on when it may again', async () => {
    await placed();
    const [worker] = world.workers;
    worker?.mayWriteUntil(world.clock.now());
    const before = await revision();
    await world.live(30);
    await world.round();
    assert.equal(await revision(), before);
    worker?.mayWriteUntil(world.clock.now() + 100_000);
    await world.live(30);
    assert.ok((await revision()) > before);
  });

  it('remembers what it was told of workloads by places that it could not carry out', async () => {
    const profiles = new Map([[workloadKeyOf(A), PROFILE]]);
    const first = async (knowledge: WorkloadProfiles, isLate: boolean): Promise<number> => {
      await make(1, ['h1'], { policy: 'adaptive', knowledge });
      const [worker] = world.workers;
      if (isLate) worker?.mayWriteUntil(world.clock.now());
      await world.round();
      worker?.mayWriteUntil(Number.MAX_SAFE_INTEGER);
      const stored = { spec: A, revision: 1 };
      world.tell({ kind: 'jobs-stored', atMs: world.clock.now(), jobs: [stored] });
      await world.live(1);
      await world.round();
      const cores = await coresOf('h1');
      await world.stop();
      return cores;
    };
    const known = await first({ ...NO_PROFILES, profiles }, false);
    assert.notEqual(known, await first(NO_PROFILES, false), 'it needs no knowledge');
    assert.equal(await first({ ...NO_PROFILES, profiles }, true), known);
  });

  it('says once that facts are others, until it is asked', async () => {
    await placed();
    await world.hear();
    world.said.changed = 0;
    await world.live(5);
    assert.equal(world.said.changed, 0, 'a limit or a figure is no fact');
    const [agent] = world.agents;
    if (agent !== undefined) agent.labels = { zone: 'b' };
    await world.live(2);
    if (agent !== undefined) agent.labels = { zone: 'c' };
    await world.live(2);
    assert.equal(world.said.changed, 1);
    await world.hear();
    if (agent !== undefined) agent.isPaused = true;
    await world.clock.advance(60_000);
    assert.equal(world.said.changed, 2, 'that a node is silent is one');
  });

  it('hears its own nodes, and no others', async () => {
    await make(2, HOSTS, { jobs: [{ ...A, replicas: HOSTS.length }] });
    await world.live(4);
    await world.round();
    const read = await Promise.all(world.workers.map((worker) => worker.records()));
    const names = read.map(({ nodes }) => [...nodes.keys()]);
    assert.deepEqual(names.flat().sort(), HOSTS);
    for (const [index, { counters, counts }] of read.entries()) {
      const own = names[index]?.length ?? 0;
      assert.ok(own > 0);
      assert.deepEqual([counts.reports, counts.acks], [5 * own, own]);
      assert.equal(counters.ingest.accepted, 6 * own);
    }
  });

  it('passes on what was done on a host until the audit has it', async () => {
    await make();
    const [agent] = world.agents;
    const act = { number: 7, after: 0, timeMs: 1, verb: 'restore', who: 'root', what: 'limits' };
    agent?.report({ act });
    await world.clock.advance(1000);
    assert.deepEqual(world.said.acts, [7]);
    const audited = { kind: 'act-audited', node: nodeId('h1'), number: 7 } as const;
    world.tell({ ...audited, atMs: world.clock.now() });
    await world.clock.advance(0);
    agent?.report({ act });
    await world.clock.advance(1000);
    assert.deepEqual(world.said.acts, [7]);
  });

  it('says what of its nodes is to outlive the term, when it changes', async () => {
    await make();
    const [worker] = world.workers;
    const first = await worker?.news(world.clock.now());
    assert.deepEqual(
      first?.lasting.map(({ id, isApproved }) => [id, isApproved]),
      [['h1', true]],
    );
    await world.live(3);
    assert.deepEqual((await worker?.news(world.clock.now()))?.lasting, []);
    const atMs = world.clock.now();
    const cordon = { kind: 'node-scheduling', node: nodeId('h1'), scheduling: 'cordoned' } as const;
    world.tell({ ...cordon, atMs });
    const next = await worker?.news(world.clock.now());
    assert.deepEqual(next?.lasting[0]?.scheduling, 'cordoned');
  });

  it('counts each minute of its nodes once', async () => {
    await make(2, HOSTS);
    await world.live(185);
    await world.stop();
    const minutes = world.stores.minutesOf(CLUSTER).map((bytes) => {
      const record = decodeMinute(bytes);
      assert.ok(record.ok);
      return record.value.minute;
    });
    const full = [...new Set(minutes)].filter(
      (minute) => minutes.filter((each) => each === minute).length === HOSTS.length,
    );
    assert.ok(full.length >= 2, JSON.stringify(minutes));
  });

  it('counts the events that it has queued', async () => {
    await placed();
    await world.live(3);
    assert.equal(world.said.queued.get('dqoes.node.joined'), 1);
    assert.equal(world.said.queued.get('dqoes.job.placed'), 1);
    assert.equal(
      world.stores.eventCount(CLUSTER),
      [...world.said.queued.values()].reduce((a, b) => a + b),
    );
  });

  it('says how the store has answered', async () => {
    await placed();
    await world.live(1);
    const operations = new Set(world.said.stored.map(({ operation }) => operation));
    assert.deepEqual([...operations].sort(), ['append', 'get', 'put']);
    assert.ok(world.said.stored.every(({ failure }) => failure === undefined));
    world.stores.destroy(CLUSTER, 'desired');
    await world.live(20);
    assert.ok(world.said.stored.some(({ failure }) => failure === 'missing-bucket'));
  });

  describe('of a node whose containers run without a desired state', () => {
    const makeWith = async () => {
      await make(1, ['h1', 'h2'], { jobs: [A] });
      await world.round();
      const [, second] = world.agents;
      // Where the store has lost it: h1 has the job by now, so that h2 is not asked for.
      second?.others.push(container('a-9', { job: job('a').name }));
    };

    it('writes none between two rounds: only they know whether these stay', async () => {
      await makeWith();
      await world.live(20);
      assert.equal(await world.desiredOf('h2'), undefined);
      await world.round();
      assert.notEqual(await world.desiredOf('h2'), undefined);
    });

    it('writes none by places that were decided before they were heard', async () => {
      await make(1, ['h1', 'h2'], { jobs: [A] });
      await world.hear();
      const [, second] = world.agents;
      second?.others.push(container('a-9', { job: job('a').name }));
      await world.live(1);
      await world.carryOut();
      assert.equal(await world.desiredOf('h2'), undefined);
    });
  });

  it('writes no more once a later epoch is stored', async () => {
    await placed();
    const held = await world.desiredOf('h1');
    assert.ok(held !== undefined);
    const later = encodeCommand({ ...held, epoch: EPOCH + 1 });
    await (await world.bucket('desired')).put(nodeId('h1'), later);
    await world.live(30);
    assert.deepEqual(world.said.superseded, [EPOCH + 1]);
    assert.equal((await world.desiredOf('h1'))?.epoch, EPOCH + 1);
  });

  it('writes again what the store has lost', async () => {
    await placed();
    const bucket = await world.bucket('desired');
    await bucket.put('store.mark', new Uint8Array([1]));
    await bucket.delete(nodeId('h1'));
    await world.workers[0]?.reconcileStore(false);
    assert.equal((await world.desiredOf('h1'))?.allocations.length, 1);
  });

  it('answers with pages of what was published of its nodes', async () => {
    await make(2, HOSTS);
    await world.live(1);
    const pages = await Promise.all(world.workers.map((worker) => worker.view({})));
    const names = pages.flatMap(({ nodes }) => nodes.map(({ node }) => node));
    assert.deepEqual([...names].sort(), HOSTS);
  });

  it('ends', async () => {
    await placed();
    await world.stop();
    const before = await revision();
    await world.live(30);
    assert.equal(await revision(), before);
    assert.ok(world.clock instanceof ManualClock);
  });
});
