import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../agent/config.js';
import { Journal } from '../../../agent/enforce/journal.js';
import { NodeAgent } from '../../../agent/node-agent.js';
import type { HostReader } from '../../../agent/ports/host.js';
import { wireNode } from '../../../agent/wiring/node.js';
import type { NodeAgentDeps } from '../../../agent/wiring/node-deps.js';
import { encodeCommand, LEAVE_HEADER } from '../../../proto/command.js';
import { createMemoryBus } from '../../../proto/memory/bus.js';
import { MemoryStores } from '../../../proto/memory/store.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { decodeReport } from '../../../proto/telemetry.js';
import { adoptedAllocationId, type JobName } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import type { NodeReport } from '../../../shared/report.js';
import { err, ok } from '../../../shared/result.js';
import type { FakeContainer } from '../../lib/fake-container.js';
import { FakeEngine } from '../../lib/fake-engine.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { aState, limitOf, NODE } from './enforce/build.js';
import { MemoryFiles } from './enforce/world.js';

const CLUSTER = 'test';
const HOST = { cpuCores: 2, memoryBytes: 2 ** 30 };
const host: HostReader = {
  info: async () => HOST,
  usage: async () => ({ cpuUtilisationRatio: 0.5, memoryUsedBytes: 1, cpuPressureRatio: 0 }),
};

/** Everything of an agent but its drivers, over a fake engine and a bus in memory. */
class World {
  readonly clock = new ManualClock();
  readonly engine = new FakeEngine({ hostCores: HOST.cpuCores });
  readonly bus = createMemoryBus({ clock: this.clock, log: silentLog });
  readonly stores = new MemoryStores({ clock: this.clock });
  readonly reports: NodeReport[] = [];

  async deps(): Promise<NodeAgentDeps> {
    await this.stores.install(CLUSTER, { replicas: 1 });
    this.bus.subscribe(subjectsOf(CLUSTER).telemetry(NODE), ({ data }) => {
      const report = decodeReport(data);
      if (!report.ok) throw new Error(report.error.message);
      this.reports.push(report.value);
    });
    return {
      bus: this.bus,
      stores: this.stores,
      clock: this.clock,
      log: silentLog,
      engine: this.engine,
      cgroups: this.engine,
      host,
      compile: (source) => ok(new RegExp(source)),
      openHttp: () => ({ ask: async () => err('connection refused'), close: () => undefined }),
      journal: await Journal.open(new MemoryFiles()),
      hostInfo: HOST,
      parents: { quotaCores: () => null },
      bootId: 'boot',
      version: 'test',
    };
  }

  adopt(): FakeContainer {
    const labels = { 'dqoes.enable': 'true', 'dqoes.target': '100ms' };
    return this.engine.create({ name: 'web', labels });
  }

  /** Stores what is desired and nudges, as a coordinator does. */
  async desire(container: FakeContainer, cores: number): Promise<void> {
    const allocation = {
      id: adoptedAllocationId(container.id),
      job: container.name as JobName,
      containerId: container.id,
      limit: limitOf(cores),
      reason: 'test',
    };
    const bytes = encodeCommand(aState([allocation], { revision: 1 }));
    const bucket = await this.stores.open(CLUSTER, 'desired');
    assert.ok(bucket.ok && (await bucket.value.put(NODE, bytes)).ok);
    this.bus.publish(subjectsOf(CLUSTER).command(NODE), bytes);
  }

  get writes(): readonly string[] {
    return this.engine.calls.filter((call) => /^(?:updateCpu|run|stop)/.test(call));
  }
}

const config = loadAgentConfig({
  overrides: { node: NODE, cluster: CLUSTER, interval: '1s', 'push.enable': 'false' },
});
if (!config.ok) throw new Error(JSON.stringify(config.error));
const settings = config.value;

describe('NodeAgent', () => {
  let stop: () => Promise<void> = async () => undefined;
  afterEach(() => stop());

  async function start(world: World, change: Partial<NodeAgentDeps> = {}): Promise<NodeAgent> {
    const agent = new NodeAgent(settings, { ...(await world.deps()), ...change });
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
    const world = new World();
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

  it('ends only where a coordinator names its own start', async () => {
    const world = new World();
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

  it('says in its reports which of its starts it is', async () => {
    const world = new World();
    const boot = { journal: 'mine', count: 3 };
    await start(world, { boot });
    assert.deepEqual([world.reports[0]?.bootId, world.reports[0]?.boot], ['boot', boot]);
  });

  it('corrects a limit that others changed within one interval of seeing it', async () => {
    const world = new World();
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
  });

  it('observes and reports without writing anything: only the enforcing loop acts', async () => {
    const world = new World();
    const container = world.adopt();
    const parts = wireNode(settings, await world.deps());
    parts.discovery.start();
    parts.inbox.start();
    await world.clock.advance(100);
    await world.desire(container, 0.5);
    await world.clock.advance(100);
    const written = world.writes.length;
    container.kernel = { quotaUs: 100_000, periodUs: 100_000 };
    parts.reporter.start();
    for (let second = 0; second < 4; second += 1) await world.clock.advance(1000);
    assert.ok(world.reports.length >= 4);
    assert.equal(world.reports.at(-1)?.containers[0]?.observed?.cpuCores, 1);
    assert.equal(world.writes.length, written);
    parts.enforceLoop.start();
    await world.clock.advance(1100);
    assert.equal(world.engine.kernelCores(container.id), 0.5);
    stop = async () => {
      await parts.reporter.stop();
      await parts.enforceLoop.stop();
      await parts.inbox.stop();
      await parts.discovery.stop();
    };
  });

  it('enforces by its own steady tick while observing hangs', async () => {
    const world = new World();
    const container = world.adopt();
    const deps = await world.deps();
    let isHanging = false;
    const hanging: HostReader = {
      ...host,
      usage: () => (isHanging ? new Promise(() => {}) : host.usage()),
    };
    const agent = new NodeAgent(settings, { ...deps, host: hanging });
    stop = () => agent.stop({ restore: false, stopJobs: false });
    const started = agent.start();
    await world.clock.advance(1000);
    await started;
    await world.desire(container, 0.5);
    await world.clock.advance(1000);
    isHanging = true;
    await world.clock.advance(3000);
    container.kernel = { quotaUs: 100_000, periodUs: 100_000 };
    await world.clock.advance(4100);
    assert.equal(world.engine.kernelCores(container.id), 0.5);
  });
});
