import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentHandle, startAgent } from '../../agent/agent.js';
import { type AgentConfig, loadAgentConfig } from '../../agent/config.js';
import { createCgroupReader } from '../../agent/drivers/cgroup-reader.js';
import { decodeAck } from '../../proto/ack.js';
import { encodeCommand } from '../../proto/command.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { KeyValueStore } from '../../proto/store.js';
import { type Subjects, subjectsOf } from '../../proto/subjects.js';
import { decodeReport } from '../../proto/telemetry-reader.js';
import type { Ack, DesiredAllocation, DesiredState } from '../../shared/command.js';
import { adoptedAllocationId, type ContainerId, type JobName } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import type { NodeReport } from '../../shared/report.js';
import { type KernelCpu, readKernelCpu } from '../contract/engine-world.js';
import { docker } from '../lib/docker-command.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';

/**
 * A real agent with real NATS and Docker, and the coordinator's side of the wire in the test's
 * hands.
 */
export class AgentWorld {
  readonly acks: Ack[] = [];
  readonly reports: NodeReport[] = [];
  agent!: AgentHandle;
  #revision = 0;

  private constructor(
    readonly name: string,
    readonly config: AgentConfig,
    readonly server: TestNatsServer,
    readonly client: NatsClient,
    readonly desired: KeyValueStore,
    readonly subjects: Subjects,
  ) {
    client.bus.subscribe(subjects.ack(config.node), ({ data }) => {
      const ack = decodeAck(data);
      if (ack.ok) this.acks.push(ack.value);
    });
    client.bus.subscribe(subjects.telemetry(config.node), ({ data }) => {
      const report = decodeReport(data);
      if (!report.ok) throw new Error(report.error.message);
      this.reports.push(report.value);
    });
  }

  /** `settings`: what differs from a plain agent. */
  static async open(settings: Readonly<Record<string, string>> = {}): Promise<AgentWorld> {
    const name = `t${randomBytes(4).toString('hex')}`;
    const stateDir = await mkdtemp(join(tmpdir(), 'dqoes-agent-'));
    const overrides = {
      node: name,
      cluster: name,
      'state-dir': stateDir,
      'records-dir': join(stateDir, 'engines'),
      interval: '100ms',
      'scrape.interval': '100ms',
      'push.http-port': '0',
      'push.udp-port': '0',
      'stop-grace': '1s',
      'docker.parent-weight': 'off',
    };
    const config = loadAgentConfig({
      overrides: { ...overrides, 'label-prefix': `${name}.`, ...settings },
    });
    if (!config.ok) throw new Error(JSON.stringify(config.error));
    const server = await startNatsServer();
    const client = await connectForTest(server.url);
    const installed = await client.stores.install(name, { replicas: 1 });
    const desired = await client.stores.open(name, 'desired');
    if (!installed.ok || !desired.ok) throw new Error('the buckets could not be made');
    return new AgentWorld(name, config.value, server, client, desired.value, subjectsOf(name));
  }

  /** Starts the agent on a connection of its own. */
  async start(settings: Partial<AgentConfig> = {}): Promise<void> {
    const { bus, stores } = await connectForTest(this.server.url);
    const started = await startAgent(
      { ...this.config, ...settings },
      { bus, stores, clock: systemClock, log: silentLog },
    );
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    this.agent = started.value;
    const before = this.reports.length;
    await until(() => this.reports.length > before, 'a report');
  }

  /** A container that opted in by label. */
  async adopt(...flags: readonly string[]): Promise<ContainerId> {
    const labels = [
      `${this.name}.enable=true`,
      `${this.name}.target=100ms`,
      `test.world=${this.name}`,
    ];
    const id = await docker(
      'run',
      '-d',
      ...labels.flatMap((label) => ['--label', label]),
      ...flags,
      'dqoes/tiny:1',
    );
    return id as ContainerId;
  }

  want(containerId: ContainerId, cpuCores: number | null, periodUs = 100_000): DesiredAllocation {
    const limit = { cpuCores, periodUs };
    return {
      id: adoptedAllocationId(containerId),
      job: 'adopted' as JobName,
      containerId,
      limit,
      reason: 'test',
    };
  }

  state(allocations: readonly DesiredAllocation[], revision: number): DesiredState {
    const version = { incarnation: this.name, epoch: 1, revision };
    return { ...version, node: this.config.node, validForMs: 60_000, allocations };
  }

  /** Stores the next revision, nudges, and waits for an answer that satisfies `accept`. */
  async desire(
    allocations: readonly DesiredAllocation[],
    accept = (ack: Ack): boolean => ack.outcome !== 'partial',
  ): Promise<Ack> {
    this.#revision += 1;
    const state = this.state(allocations, this.#revision);
    await this.put(state);
    let found: Ack | undefined;
    await until(
      () => {
        found = this.acks.findLast((ack) => ack.asked.revision === state.revision && accept(ack));
        return found !== undefined;
      },
      `an ack of revision ${state.revision}; got ${JSON.stringify(this.acks.at(-1))}`,
    );
    if (found === undefined) throw new Error('unreachable');
    return found;
  }

  async put(state: DesiredState): Promise<void> {
    const bytes = encodeCommand(state);
    const stored = await this.desired.put(state.node, bytes);
    if (!stored.ok) throw new Error(stored.error);
    this.client.bus.publish(this.subjects.command(state.node), bytes);
  }

  /** What the cgroup says, cores; null = no limit. */
  async kernelCores(id: ContainerId): Promise<number | null> {
    return (await this.kernelCpu(id)).limit.cpuCores;
  }

  /** What the cgroup says of limit, period and weight. */
  async kernelCpu(id: ContainerId): Promise<KernelCpu> {
    const pid = Number(await docker('inspect', '-f', '{{.State.Pid}}', id));
    const handle = await createCgroupReader().open(pid);
    if (!handle.ok) throw new Error(handle.error);
    return readKernelCpu(handle.value);
  }

  /** Ids of the job containers of this world. */
  async ownContainers(): Promise<readonly ContainerId[]> {
    const ids = await docker(
      'ps',
      '-aq',
      '--no-trunc',
      '--filter',
      `label=dqoes.cluster=${this.name}`,
    );
    return ids.split('\n').filter((id) => id !== '') as ContainerId[];
  }

  async close(): Promise<void> {
    await this.agent?.stop({ restore: false, stopJobs: true });
    const adopted = await docker('ps', '-aq', '--filter', `label=test.world=${this.name}`);
    const ids = [...adopted.split('\n'), ...(await this.ownContainers())].filter((id) => id !== '');
    if (ids.length > 0) await docker('rm', '-f', ...ids);
    await this.client.bus.close();
    await this.server.stop();
    await rm(this.config['state-dir'], { recursive: true, force: true });
  }
}
