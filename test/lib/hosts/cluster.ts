import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostEngine } from '../../../cli/bench/hosts/engine.js';
import type { NatsClient } from '../../../proto/nats/connect.js';
import type { ServiceCalls, Verb } from '../../../proto/schemas/service.js';
import type { AllocationStatus, JobStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { callService } from '../../../proto/service-client.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { dqoes, type Run } from '../../e2e/cli-program.js';
import { connectForTest } from '../nats-client.js';
import { until } from '../until.js';
import { removeLeftovers } from './leftovers.js';
import { TestNatsCluster } from './nats-cluster.js';
import { TestNetwork } from './network.js';
import { HostProgram } from './program.js';

const CLUSTER = 'hosts';
/** `cli/main.js` of this build. */
export const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));
/** Threads among which each coordinator divides its nodes. */
const WORKERS = Number(process.env.DQOES_TEST_WORKERS ?? 0);
const ATTEMPTS = 10;
const LOG_LINES = 30;

/** What a host has. */
export interface HostOptions {
  /** CPU that the host may give out, cores: its containers together never get more. */
  readonly cores: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** Text of its `policy.yaml`; absent = it has none. */
  readonly policy?: string;
}

/** What a cluster begins with. */
export interface StartOptions {
  /** Every engine gets them from the machine's own. */
  readonly images: readonly string[];
  /** Default 1; three are a cluster. */
  readonly natsServers?: 1 | 3;
  /** `cli/main.js` that coordinators and agents are started from. Default this build. */
  readonly main?: string;
}

interface TestHost {
  readonly engine: HostEngine;
  readonly index: number;
}

/**
 * A whole cluster on one machine: NATS servers and hosts in network namespaces of their own, each
 * host with a Docker Engine and an agent; a coordinator on the bridge. Programs go by name:
 * `coordinator`, the agent by that of its host, NATS servers `n1`, …. Everything is removed by
 * `close`, or when the run is interrupted; what a run left that was killed goes when the next one
 * starts.
 */
export class TestCluster {
  readonly #network: TestNetwork;
  readonly #folder: string;
  readonly #hosts = new Map<string, TestHost>();
  readonly #programs = new Map<string, HostProgram>();
  readonly #images: readonly string[];
  readonly #main: string;
  readonly #onInterrupt = (): void => void this.close().finally(() => process.exit(130));
  #nats: TestNatsCluster | undefined;
  #client: NatsClient | undefined;
  #natsServers: 1 | 3 = 1;

  private constructor({ images, main = MAIN }: StartOptions) {
    this.#images = images;
    this.#main = main;
    this.#network = new TestNetwork();
    this.#folder = mkdtempSync(join(tmpdir(), `dqoes-hosts-${process.pid}-`));
    process.once('SIGINT', this.#onInterrupt).once('SIGTERM', this.#onInterrupt);
  }

  /** Resolves when the coordinator answers; no host is there yet. */
  static async start(options: StartOptions): Promise<TestCluster> {
    await removeLeftovers();
    const cluster = new TestCluster(options);
    try {
      await cluster.#start(options.natsServers ?? 1);
    } catch (cause) {
      await cluster.close();
      throw cause;
    }
    return cluster;
  }

  async #start(natsServers: 1 | 3): Promise<void> {
    this.#nats = await TestNatsCluster.start(this.#network, this.#folder, natsServers);
    for (const { name, program } of this.#nats.nodes) this.#programs.set(name, program);
    this.#natsServers = natsServers;
    this.addCoordinator('coordinator');
    this.#client = await connectForTest(this.#nats.urls.join(','));
    await this.untilAnswers();
  }

  /** One more: the first leads, others stand by. */
  addCoordinator(name: string): void {
    const config = join(this.#folder, `${name}.yaml`);
    const nats = `nats: { url: "${this.nats.urls}", replicas: ${this.#natsServers} }`;
    // An earlier build, from which a test may start it, has no such setting.
    const workers = WORKERS === 0 ? '' : `workers: ${WORKERS}\n`;
    writeFileSync(config, `cluster: ${CLUSTER}\nname: ${name}\nlease: 3s\n${workers}${nats}\n`);
    this.#launch(name, ['coordinator', '--install', '--config', config]);
  }

  /** Who leads by the newest event that says so, and since which epoch. */
  async leader(): Promise<{ readonly coordinator: string; readonly epoch: number }> {
    const told = await this.dqoes('events', '--tail', '1000', '-o', 'json');
    const elected = told.out
      .split('\n')
      .filter((line) => line.includes('"dqoes.coordinator.elected"'));
    return JSON.parse(elected.at(-1) ?? '{"data":{"coordinator":"nobody","epoch":0}}').data;
  }

  /** Waits until a coordinator answers. */
  async untilAnswers(): Promise<void> {
    const answers = () =>
      this.nodes().then(
        () => true,
        () => false,
      );
    await until(answers, 'the coordinator to answer', 60_000);
  }

  /** Starts engine and agent, and waits until the coordinator has heard of the node. */
  async add(name: string, options: HostOptions): Promise<HostEngine> {
    const index = this.#hosts.size + 1;
    this.#network.add(index);
    const namespace = this.#network.namespaceOf(index);
    const engine = await HostEngine.start(namespace, this.#images, join(this.#folder, namespace));
    this.#hosts.set(name, { engine, index });
    engine.limitTo(options.cores);
    const config = this.#agentConfig(name, { namespace, engine, options });
    this.#launch(name, ['agent', '--config', config], namespace);
    await until(
      async () => (await this.nodes()).some(({ id }) => id === name),
      `${name} to report`,
      60_000,
    );
    return engine;
  }

  get hosts(): readonly string[] {
    return [...this.#hosts.keys()];
  }
  engine(name: string): HostEngine {
    return this.#host(name).engine;
  }
  program(name: string): HostProgram {
    const program = this.#programs.get(name);
    if (program === undefined) throw new Error(`there is no program ${name}`);
    return program;
  }
  get nats(): TestNatsCluster {
    if (this.#nats === undefined) throw new Error('the cluster was not started');
    return this.#nats;
  }

  /** Nothing reaches a host or NATS server, or leaves it, until it is healed. */
  cut(name: string): void {
    this.#network.cut(this.#indexOf(name));
  }
  heal(name: string): void {
    this.#network.heal(this.#indexOf(name));
  }

  /** The command line, pointed at this cluster. */
  dqoes(...args: readonly string[]): Promise<Run> {
    return dqoes(args, { env: this.#env });
  }
  submit(text: string): Promise<Run> {
    return dqoes(['job', 'run', '-'], { env: this.#env, stdin: text });
  }

  async nodes(): Promise<readonly NodeStatus[]> {
    return (await this.#call('node-list', {})).nodes;
  }
  async jobs(): Promise<readonly JobStatus[]> {
    return (await this.#call('job-list', {})).jobs;
  }
  async allocations(): Promise<readonly AllocationStatus[]> {
    return (await this.#call('allocation-list', {})).allocations;
  }

  /** The last that the programs of the cluster wrote, for a test that failed. */
  get logs(): string {
    const parts = [...this.#programs.keys()].map((name) => {
      const lines = this.logOf(name).trimEnd().split('\n');
      return `== ${name}\n${lines.slice(-LOG_LINES).join('\n')}`;
    });
    return parts.join('\n');
  }
  /** All that a program wrote so far, over its restarts. */
  logOf(name: string): string {
    return readFileSync(join(this.#folder, `${name}.log`), 'utf8');
  }

  async close(): Promise<void> {
    process.off('SIGINT', this.#onInterrupt).off('SIGTERM', this.#onInterrupt);
    await this.#client?.bus.close();
    const natsNames = new Set(this.#nats?.nodes.map(({ name }) => name));
    for (const [name, program] of this.#programs) if (!natsNames.has(name)) await program.end();
    for (const { engine } of this.#hosts.values()) await engine.stop();
    await this.#nats?.stop();
    this.#network.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #env(): Readonly<Record<string, string>> {
    return { DQOES_NATS_URL: this.nats.urls.join(','), DQOES_CLUSTER: CLUSTER };
  }

  // Not by the command line: to look often, it costs too much of the two cores that the hosts
  // share.
  async #call<V extends Verb>(
    verb: V,
    request: ServiceCalls[V]['request'],
  ): Promise<ServiceCalls[V]['response']> {
    const bus = this.#client?.bus;
    if (bus === undefined) throw new Error('the cluster was not started');
    let faults = '';
    // A server may just have been lost.
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const answer = await callService(
        { bus, subjects: subjectsOf(CLUSTER), timeoutMs: 1000 },
        verb,
        request,
      );
      if (answer.ok) return answer.value;
      faults = answer.error.map(({ message }) => message).join('; ');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(faults);
  }

  #host(name: string): TestHost {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new Error(`there is no host ${name}`);
    return host;
  }

  #indexOf(name: string): number {
    return this.#nats?.nodes.find((node) => node.name === name)?.index ?? this.#host(name).index;
  }

  #agentConfig(
    name: string,
    {
      namespace,
      engine,
      options,
    }: { readonly namespace: string; readonly engine: HostEngine; readonly options: HostOptions },
  ): string {
    const config = join(this.#folder, `${name}.yaml`);
    const policy = join(this.#folder, `${name}-policy.yaml`);
    if (options.policy !== undefined) writeFileSync(policy, options.policy);
    const labels = Object.entries(options.labels ?? {}).map(([key, value]) => `  ${key}: ${value}`);
    const lines = [
      `node: ${name}`,
      `cluster: ${CLUSTER}`,
      `nats: { url: "${this.nats.urls}" }`,
      'interval: 500ms',
      'reserve: { cpu: 0% }',
      `state-dir: ${join(this.#folder, name)}`,
      `records-dir: ${join(this.#folder, 'engines')}`,
      `docker: { socket: ${engine.socket}, cgroup-parent: /${namespace} }`,
      'push: { enable: false }',
      'stop-grace: 2s',
      ...(options.policy === undefined ? [] : [`policy-file: ${policy}`]),
      ...(labels.length === 0 ? [] : ['labels:', ...labels]),
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    return config;
  }

  #launch(name: string, args: readonly string[], namespace?: string): void {
    const log = join(this.#folder, `${name}.log`);
    const command = [process.execPath, this.#main, ...args];
    this.#programs.set(
      name,
      new HostProgram({ command, log, ...(namespace === undefined ? {} : { namespace }) }),
    );
  }
}
