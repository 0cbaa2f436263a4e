import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostEngine } from '../../../cli/bench/hosts/engine.js';
import type { NatsClient } from '../../../proto/nats-connect.js';
import type { AllocationStatus, JobStatus, NodeStatus, ServiceCalls } from '../../../proto/service.js';
import { callService } from '../../../proto/service-client.js';
import { subjectsOf, type Verb } from '../../../proto/subjects.js';
import { dqoes, type Run } from '../../e2e/cli-program.js';
import { connectForTest } from '../nats-client.js';
import { startNatsServer, type TestNatsServer } from '../nats-server.js';
import { until } from '../until.js';
import { TestNetwork } from './network.js';

const CLUSTER = 'hosts';
const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

export interface HostOptions {
  /** CPU that the host may give out, cores: its containers together never get more. */
  readonly cores: number;
  readonly labels?: Readonly<Record<string, string>>;
}

interface TestHost {
  readonly engine: HostEngine;
  readonly index: number;
  agent: ChildProcess;
}

/** A whole cluster on one machine: NATS and a coordinator on the bridge, hosts in namespaces of their own, each with a Docker Engine and an agent. Everything is removed by `close`. */
export class TestCluster {
  readonly #network = new TestNetwork();
  readonly #folder = mkdtempSync(join(tmpdir(), 'dqoes-hosts-'));
  readonly #hosts = new Map<string, TestHost>();
  readonly #images: readonly string[];
  #nats: TestNatsServer | undefined;
  #client: NatsClient | undefined;
  #coordinator: ChildProcess | undefined;

  constructor(images: readonly string[]) {
    this.#images = images;
  }

  async start(): Promise<void> {
    this.#nats = await startNatsServer({ address: this.#network.address });
    const config = join(this.#folder, 'coordinator.yaml');
    writeFileSync(config, `cluster: ${CLUSTER}\nnats: { url: "${this.#nats.url}" }\n`);
    this.#coordinator = this.#launch('coordinator', [
      process.execPath,
      MAIN,
      'coordinator',
      '--install',
      '--config',
      config,
    ]);
    this.#client = await connectForTest(this.#nats.url);
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
    const engine = await HostEngine.start(this.#network.namespaceOf(index), this.#images);
    engine.limitTo(options.cores);
    const host: TestHost = { engine, index, agent: this.#launchAgent(name, { index, engine, options }) };
    this.#hosts.set(name, host);
    await until(async () => (await this.nodes()).some(({ id }) => id === name), `${name} to report`, 60_000);
    return engine;
  }

  engine(name: string): HostEngine {
    return this.#host(name).engine;
  }

  cut(name: string): void {
    this.#network.cut(this.#host(name).index);
  }
  heal(name: string): void {
    this.#network.heal(this.#host(name).index);
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

  /** What the processes of the cluster wrote, for a test that failed. */
  log(name: string): string {
    return readFileSync(join(this.#folder, `${name}.log`), 'utf8');
  }

  async close(): Promise<void> {
    for (const { agent } of this.#hosts.values()) await end(agent);
    await end(this.#coordinator);
    await this.#client?.bus.close();
    for (const { engine } of this.#hosts.values()) await engine.stop();
    await this.#nats?.stop();
    this.#network.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #env(): Readonly<Record<string, string>> {
    return { DQOES_NATS_URL: this.#nats?.url ?? '', DQOES_CLUSTER: CLUSTER };
  }

  // Not by the command line: to look often, it costs too much of the two cores that the hosts share.
  async #call<V extends Verb>(verb: V, request: ServiceCalls[V]['request']): Promise<ServiceCalls[V]['response']> {
    const bus = this.#client?.bus;
    if (bus === undefined) throw new Error('the cluster was not started');
    const answer = await callService({ bus, subjects: subjectsOf(CLUSTER), timeoutMs: 5000 }, verb, request);
    if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join('; '));
    return answer.value;
  }

  #host(name: string): TestHost {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new Error(`there is no host ${name}`);
    return host;
  }

  #launchAgent(
    name: string,
    { index, engine, options }: { readonly index: number; readonly engine: HostEngine; readonly options: HostOptions },
  ): ChildProcess {
    const cpus = Number(readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm)?.length ?? 1);
    const config = join(this.#folder, `${name}.yaml`);
    const labels = Object.entries(options.labels ?? {}).map(([key, value]) => `  ${key}: ${value}`);
    const lines = [
      `node: ${name}`,
      `cluster: ${CLUSTER}`,
      `nats: { url: "${this.#nats?.url}" }`,
      'interval: 500ms',
      `reserve: { cpu: ${(1 - options.cores / cpus).toFixed(4)} }`,
      `state-dir: ${join(this.#folder, name)}`,
      `docker: { socket: ${engine.socket} }`,
      'push: { enable: false }',
      'stop-grace: 2s',
      ...(labels.length === 0 ? [] : ['labels:', ...labels]),
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    const command = ['nsenter', `--net=/run/netns/${this.#network.namespaceOf(index)}`, process.execPath, MAIN];
    return this.#launch(name, [...command, 'agent', '--config', config]);
  }

  #launch(name: string, [command = '', ...args]: readonly string[]): ChildProcess {
    const log = openSync(join(this.#folder, `${name}.log`), 'a');
    return spawn(command, args, { stdio: ['ignore', log, log] });
  }
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
