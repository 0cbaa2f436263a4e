import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, it } from 'mocha';
import { containerNameOf, ownLabels } from '../../../agent/containers/host-config.js';
import { noteAct, readActs } from '../../../agent/enforce/acts.js';
import { NodeAgent } from '../../../agent/node-agent.js';
import type { HostReader } from '../../../agent/ports/host.js';
import type { NodeAgentDeps } from '../../../agent/wiring/node-deps.js';
import { decodeAck } from '../../../proto/ack.js';
import { LEAVE_HEADER } from '../../../proto/command.js';
import { publicTextOf, signedCommands } from '../../../proto/signing/signed-commands.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { fixedPartsHashOf } from '../../../shared/fixed-parts-hash.js';
import type { NodeId } from '../../../shared/ids.js';
import { aSpec, NODE, wantOwn } from './enforce/build.js';
import { AgentWorld, agentSettings, CLUSTER, host } from './world.js';

describe('NodeAgent', () => {
  let stop: () => Promise<void> = async () => undefined;
  afterEach(() => stop());

  async function start(
    world: AgentWorld,
    change: Partial<NodeAgentDeps> = {},
    config = agentSettings,
  ): Promise<NodeAgent> {
    const agent = new NodeAgent(config, { ...(await world.deps()), ...change });
    stop = async () => {
      const stopped = agent.stop({ restore: false, stopJobs: false }).then(() => true);
      while (!(await Promise.race([stopped, world.clock.advance(1000).then(() => false)])));
    };
    const started = agent.start();
    await world.clock.advance(1000);
    await started;
    return agent;
  }

  it('reports once per interval while a write of a limit hangs, and begins no other', async () => {
    const world = new AgentWorld();
    const container = world.adopt();
    let attempts = 0;
    world.engine.onUpdate(() => {
      attempts += 1;
      return new Promise<void>(() => {});
    });
    await start(world);
    await world.desire(container, 0.5);
    await world.clock.advance(1000);
    assert.equal(attempts, 1);
    const before = world.reports.length;
    for (let second = 0; second < 5; second += 1) await world.clock.advance(1000);
    assert.equal(world.reports.length - before, 5);
    const last = world.reports.at(-1);
    assert.deepEqual(last?.warnings, []);
    assert.equal(last?.containers[0]?.observed?.cpuCores, null);
    assert.equal(attempts, 1);
    assert.deepEqual(world.writes, []);
  });

  it('says in its reports what was done on this host, one act in ten seconds', async () => {
    const world = new AgentWorld();
    const { files } = world;
    for (const verb of ['restore', 'reset-epoch'] as const)
      await noteAct(files, { timeMs: 1000, verb, who: 'root', what: 'something' });
    await start(world, { acts: await readActs(files) });
    for (let second = 0; second < 22; second += 1) await world.clock.advance(1000);
    const said = world.reports.flatMap(({ act }) => (act === undefined ? [] : [act]));
    assert.deepEqual(
      said.map(({ verb, number, after }) => [verb, number, after]),
      [
        ['restore', 1000, 0],
        ['reset-epoch', 1001, 1000],
        ['restore', 1000, 0],
      ],
    );
  });

  it('says in its reports what the container of a job was made from', async () => {
    const world = new AgentWorld();
    const { clock, engine, reports } = world;
    const said = () => reports.at(-1)?.specHashes?.['web-0'];
    const seconds = async (count: number): Promise<void> => {
      for (let second = 0; second < count; second += 1) await clock.advance(1000);
    };
    await start(world);
    const [first, changed] = [aSpec('web'), aSpec('web', { image: 'large:1' })];
    await world.send([wantOwn(first, 0.5)]);
    await seconds(3);
    assert.equal(said(), fixedPartsHashOf(first));
    await world.send([wantOwn(changed, 0.5)]);
    await seconds(3);
    assert.equal(said(), fixedPartsHashOf(first), 'its image cannot be had');
    engine.images.add('large:1');
    await seconds(20);
    assert.equal(said(), fixedPartsHashOf(changed));
  });

  it('says when an answer ended, though a report takes long to be made', async () => {
    const world = new AgentWorld();
    const labels = {
      'dqoes.enable': 'true',
      'dqoes.target': '100ms',
      'dqoes.latency.pattern': 'took (?<value>\\d+)',
    };
    const container = world.engine.create({ name: 'web', labels });
    const say = (): void => {
      for (const onLine of container.followers) onLine('took 50');
    };
    const slow: HostReader = {
      ...host,
      usage: async () => {
        await world.clock.sleep(300);
        return host.usage();
      },
    };
    await start(world, { host: slow });
    await world.clock.advance(1000);
    const { clock, reports } = world;
    const ends: number[] = [];
    for (const waitMs of [850, 250, 400]) {
      await clock.advance(waitMs);
      ends.push(clock.now());
      say();
      await clock.advance(1000);
    }
    const seen = reports.flatMap(({ sentAtMs, containers: [first] }) =>
      first?.latency == null ? [] : [sentAtMs - first.latency.newestAgeMs],
    );
    assert.deepEqual([...new Set(seen)], ends);
  });

  it('puts limits back though the tool of the GPUs hangs', async () => {
    const world = new AgentWorld();
    const container = world.adopt();
    let answer = (): void => {};
    const gpus = {
      start: () => undefined,
      tick: () => undefined,
      reports: () => [],
      usesOf: () => new Map(),
      warnings: () => [],
      stop: () => new Promise<void>((resolve) => (answer = resolve)),
    };
    const agent = await start(world, { gpus: gpus as never });
    await world.desire(container, 0.5);
    await world.clock.advance(2000);
    assert.equal(world.engine.kernelCores(container.id), 0.5);
    const stopped = agent.stop({ restore: true, stopJobs: false });
    await world.clock.advance(10_000);
    assert.equal(world.engine.kernelCores(container.id), null);
    answer();
    await stopped;
    stop = async () => undefined;
  });

  it('starts no job where it only observes, and says why', async () => {
    const world = new AgentWorld();
    const reasons: string[] = [];
    world.bus.subscribe(subjectsOf(CLUSTER).ack(NODE), ({ data }) => {
      const ack = decodeAck(data);
      if (ack.ok) reasons.push(...ack.value.allocations.map(({ reason }) => reason));
    });
    await start(world, {}, { ...agentSettings, control: 'observe' });
    await world.send([wantOwn(aSpec(), 0.5)]);
    await world.clock.advance(3000);
    assert.deepEqual(world.writes, []);
    assert.match(reasons.join(), /only observes, so it starts no jobs.*control: enforce/);
  });

  it('says of a job that is to start why it cannot while the disk is full', async () => {
    const world = new AgentWorld();
    await start(world);
    world.files.broken = true;
    await world.send([wantOwn(aSpec(), 0.5)]);
    for (let second = 0; second < 3; second += 1) await world.clock.advance(1000);
    const [full] = world.reports.at(-1)?.containers ?? [];
    assert.equal(full?.state, 'pending');
    assert.match(full?.reason ?? '', /^the journal cannot be written, .*no space left.*state-d/);
    world.files.broken = false;
    for (let second = 0; second < 3; second += 1) await world.clock.advance(1000);
    const [started] = world.reports.at(-1)?.containers ?? [];
    assert.deepEqual([started?.state, started?.reason], ['running', '']);
  });

  it('goes on with job containers of a former name, and stops those that are over', async () => {
    const world = new AgentWorld();
    const node = 'before' as NodeId;
    for (const name of ['web', 'over', 'early']) {
      const spec = aSpec(name);
      const { id: allocation } = wantOwn(spec, 0.5);
      const run = { allocation, spec, specHash: fixedPartsHashOf(spec) };
      const labels = ownLabels({ node, cluster: CLUSTER }, run);
      // The agent died before it started what it had made.
      const state = name === 'early' ? 'created' : 'running';
      world.engine.create({ name: containerNameOf(allocation), labels, state });
    }
    await start(world, { formerNames: [node] });
    const reported = world.reports.at(-1)?.containers.map(({ name, origin }) => [name, origin]);
    assert.deepEqual(reported, [
      ['dqoes-early-0', 'dqoes'],
      ['dqoes-over-0', 'dqoes'],
      ['dqoes-web-0', 'dqoes'],
    ]);
    await world.send([wantOwn(aSpec('web'), 0.5), wantOwn(aSpec('early'), 0.5)]);
    for (let second = 0; second < 3; second += 1) await world.clock.advance(1000);
    const left = world.reports.at(-1)?.containers ?? [];
    assert.deepEqual(
      left.map((one) => [one.name, one.state, one.observed?.cpuCores]),
      [
        ['dqoes-early-0', 'running', 0.5],
        ['dqoes-web-0', 'running', 0.5],
      ],
    );
    assert.deepEqual(
      world.writes.map((call) => call.split(' ')[0]).sort(),
      ['run', 'stop', 'updateCpu'],
      world.writes.join(),
    );
  });

  it('stops the containers of its jobs at its end, renamed ones too, and no copies', async () => {
    const world = new AgentWorld();
    const agent = await start(world);
    await world.send([wantOwn(aSpec('web'), 0.5), wantOwn(aSpec('api'), 0.5)]);
    for (let second = 0; second < 3; second += 1) await world.clock.advance(1000);
    const made = [...world.engine.containers.values()];
    assert.equal(made.length, 2);
    const renamed = made.find(({ name }) => name === 'dqoes-api-0');
    assert.ok(renamed);
    // As a person makes it from a compose file with all labels of that one.
    const copy = world.engine.create({ name: 'api-try', labels: renamed.labels });
    Object.assign(renamed, { name: 'api-old' });
    const stopped = agent.stop({ restore: true, stopJobs: true }).then(() => true);
    while (!(await Promise.race([stopped, world.clock.advance(1000).then(() => false)])));
    assert.deepEqual([...world.engine.containers.keys()], [copy.id]);
    stop = async () => undefined;
  });

  it('ends only where a coordinator names its own start', async () => {
    const world = new AgentWorld();
    const asked: string[] = [];
    await start(world, { onLeave: () => void asked.push('leave') });
    const leave = (bootId: string): void =>
      world.bus.publish(subjectsOf(CLUSTER).command(NODE), new Uint8Array(), {
        [LEAVE_HEADER]: bootId,
      });
    leave('another');
    await world.clock.advance(1000);
    assert.deepEqual(asked, []);
    leave('boot');
    await world.clock.advance(1000);
    assert.deepEqual(asked, ['leave']);
  });

  it('ends by nothing but a signed request, where it knows its coordinators', async () => {
    const { privateKey: signingKey } = generateKeyPairSync('ed25519');
    const trusted = [publicTextOf(signingKey)];
    const world = new AgentWorld();
    const asked: string[] = [];
    const settings = { ...agentSettings, 'coordinator-keys': trusted };
    await start(world, { onLeave: () => void asked.push('leave') }, settings);
    const leave = (body: Uint8Array): void =>
      world.bus.publish(subjectsOf(CLUSTER).command(NODE), body, { [LEAVE_HEADER]: 'boot' });
    leave(new Uint8Array());
    await world.clock.advance(1000);
    assert.deepEqual(asked, []);
    const { signLeave } = signedCommands({ cluster: CLUSTER, signingKey, trusted });
    leave(signLeave({ node: NODE, bootId: 'boot' }));
    await world.clock.advance(1000);
    assert.deepEqual(asked, ['leave']);
  });

  it('says in its reports which of its starts it is', async () => {
    const world = new AgentWorld();
    const boot = { journal: 'mine', count: 3 };
    await start(world, { boot });
    assert.deepEqual([world.reports[0]?.bootId, world.reports[0]?.boot], ['boot', boot]);
  });

  it('corrects a limit that others changed within one interval of seeing it', async () => {
    const world = new AgentWorld();
    const container = world.adopt();
    await start(world);
    await world.desire(container, 0.5);
    await world.clock.advance(1000);
    assert.equal(world.engine.kernelCores(container.id), 0.5);
    container.kernel = { quotaUs: 100_000, periodUs: 100_000 };
    await world.clock.advance(1100);
    assert.equal(world.engine.kernelCores(container.id), 0.5);
    await world.clock.advance(1000);
    assert.match(world.reports.at(-1)?.warnings.join() ?? '', /changed by others/);
    const { drift } = world.reports.at(-1)?.containers[0] ?? {};
    assert.deepEqual([drift?.count, drift?.from, drift?.to], [1, '0.5 cores', '1 cores']);
    assert.notEqual(drift?.rewrittenAtMs, null);
  });
});
