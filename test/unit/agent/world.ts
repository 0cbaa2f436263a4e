import assert from 'node:assert/strict';
import { loadAgentConfig } from '../../../agent/config.js';
import { Journal } from '../../../agent/enforce/journal.js';
import type { HostReader } from '../../../agent/ports/host.js';
import type { NodeAgentDeps } from '../../../agent/wiring/node-deps.js';
import { encodeCommand } from '../../../proto/command.js';
import { createMemoryBus } from '../../../proto/memory/bus.js';
import { MemoryStores } from '../../../proto/memory/store.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import type { DesiredAllocation } from '../../../shared/command.js';
import { adoptedAllocationId, type JobName } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import type { NodeReport } from '../../../shared/report.js';
import { err, ok } from '../../../shared/result.js';
import type { FakeContainer } from '../../lib/fake-container.js';
import { FakeEngine } from '../../lib/fake-engine.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { aState, limitOf, NODE } from './enforce/build.js';
import { MemoryFiles } from './enforce/world.js';

export const CLUSTER = 'test';
const HOST = { cpuCores: 2, memoryBytes: 2 ** 30 };
/** A host that answers at once. */
export const host: HostReader = {
  info: async () => HOST,
  usage: async () => ({ cpuUtilisationRatio: 0.5, memoryUsedBytes: 1, cpuPressureRatio: 0 }),
};

/** Everything of an agent but its drivers, over a fake engine and a bus in memory. */
export class AgentWorld {
  readonly clock = new ManualClock();
  readonly engine = new FakeEngine({ hostCores: HOST.cpuCores });
  readonly bus = createMemoryBus({ clock: this.clock, log: silentLog });
  readonly stores = new MemoryStores({ clock: this.clock });
  readonly reports: NodeReport[] = [];
  readonly files = new MemoryFiles();
  #revision = 0;

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
      journal: await Journal.open(this.files),
      hostInfo: HOST,
      parents: { quotaCores: () => null },
      bootId: 'boot',
      version: 'test',
    };
  }

  adopt(name = 'web'): FakeContainer {
    const labels = { 'dqoes.enable': 'true', 'dqoes.target': '100ms' };
    return this.engine.create({ name, labels });
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
    await this.send([allocation]);
  }

  async send(allocations: readonly DesiredAllocation[]): Promise<void> {
    this.#revision += 1;
    const bytes = encodeCommand(aState(allocations, { revision: this.#revision }));
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
/** Of an agent of this world. */
export const agentSettings = config.value;
