import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { until } from '../until.js';
import type { TestNetwork } from './network.js';
import { HostProgram } from './program.js';

const PORT = 4222;
const ROUTES_PORT = 6222;
const MONITOR_PORT = 8222;
/** Of the first server's namespace; hosts count from 1. */
const FIRST_INDEX = 101;
const HEALTHY_WITHIN_MS = 20_000;
/** How often a server is started at most before it is given a minute. */
const STARTS_MAX = 3;

/** One server, in its namespace. */
export interface TestNatsNode {
  readonly name: string;
  readonly index: number;
  readonly program: HostProgram;
  /** Folder of all it stores. */
  readonly store: string;
}

/**
 * Real nats-servers with JetStream, each in a namespace of its own: one alone, or three that are a
 * cluster.
 */
export class TestNatsCluster {
  readonly nodes: readonly TestNatsNode[];
  readonly #network: TestNetwork;

  private constructor(nodes: readonly TestNatsNode[], network: TestNetwork) {
    this.nodes = nodes;
    this.#network = network;
  }

  /** Resolves when each server answers and JetStream works. */
  static async start(network: TestNetwork, folder: string, count: 1 | 3): Promise<TestNatsCluster> {
    const indices = Array.from({ length: count }, (_, i) => FIRST_INDEX + i);
    for (const index of indices) network.add(index);
    const routes = indices.map((index) => `nats://${network.addressOf(index)}:${ROUTES_PORT}`);
    const nodes = indices.map((index, i): TestNatsNode => {
      const name = `n${i + 1}`;
      const its = { name, address: network.addressOf(index), store: join(folder, name), routes };
      mkdirSync(its.store);
      const config = join(folder, `${name}.conf`);
      writeFileSync(config, configOf(its));
      const namespace = network.namespaceOf(index);
      return {
        name,
        index,
        store: its.store,
        program: new HostProgram({
          command: ['nats-server', '-c', config],
          log: join(folder, `${name}.log`),
          namespace,
        }),
      };
    });
    const cluster = new TestNatsCluster(nodes, network);
    try {
      for (const node of nodes) await cluster.#waitForHealth(node);
    } catch (cause) {
      await cluster.stop();
      throw cause;
    }
    return cluster;
  }

  get urls(): readonly string[] {
    return this.nodes.map(({ index }) => `nats://${this.#network.addressOf(index)}:${PORT}`);
  }

  /**
   * Waits until a server says that its JetStream is up to date with the others. One that does not
   * in 20 s is killed and started again, as a liveness probe would: nats-server 2.10 may say for
   * minutes that it is not current, though it is (nats-server issue 5976).
   */
  async untilHealthy(name: string): Promise<void> {
    const node = this.nodes.find((each) => each.name === name);
    if (node === undefined) throw new Error(`there is no NATS server ${name}`);
    for (let starts = 1; starts < STARTS_MAX; starts += 1) {
      if (await this.#isHealthySoon(node)) return;
      await node.program.signal('SIGKILL');
      node.program.restart();
    }
    await this.#waitForHealth(node);
  }

  #waitForHealth(node: TestNatsNode): Promise<void> {
    return until(() => this.#isHealthy(node), `NATS server ${node.name} to be healthy`, 60_000);
  }

  async #isHealthySoon(node: TestNatsNode): Promise<boolean> {
    const deadlineAt = Date.now() + HEALTHY_WITHIN_MS;
    while (Date.now() < deadlineAt) {
      if (await this.#isHealthy(node)) return true;
      await setTimeout(200);
    }
    return false;
  }

  #isHealthy({ index }: TestNatsNode): Promise<boolean> {
    const url = `http://${this.#network.addressOf(index)}:${MONITOR_PORT}/healthz`;
    return fetch(url, { signal: AbortSignal.timeout(1000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /**
   * SIGKILL, everything it stored is removed, and it is started again: another server under the
   * same address.
   */
  async replace(name: string): Promise<void> {
    const node = this.nodes.find((each) => each.name === name);
    if (node === undefined) throw new Error(`there is no NATS server ${name}`);
    await node.program.signal('SIGKILL');
    rmSync(node.store, { recursive: true, force: true });
    mkdirSync(node.store);
    node.program.restart();
    await this.untilHealthy(name);
  }

  async stop(): Promise<void> {
    for (const { program } of this.nodes) await program.signal('SIGKILL');
  }
}

interface Settings {
  readonly name: string;
  readonly address: string;
  readonly store: string;
  readonly routes: readonly string[];
}

const configOf = ({ name, address, store, routes }: Settings): string => `server_name: ${name}
listen: "${address}:${PORT}"
http: "${address}:${MONITOR_PORT}"
jetstream { store_dir: "${store}" }
ping_interval: 3s
ping_max: 2
${
  routes.length === 1
    ? ''
    : `cluster { name: hosts, listen: "${address}:${ROUTES_PORT}", routes: ` +
      `${JSON.stringify(routes)} }\n`
}`;
