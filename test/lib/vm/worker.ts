import { dqoes, type Run } from '../../e2e/cli-program.js';
import { startNatsServer, type TestNatsServer } from '../nats-server.js';
import { until } from '../until.js';
import { GATEWAY, TestMachine } from './machine.js';
import { OutsideCluster, type WaitingToken } from './outside-cluster.js';

/**
 * CPU of a container as cgroup v2 shows it: `cpu.max` (`max 100000`, `47500 100000`) and
 * `cpu.weight`.
 */
export interface KernelCpuText {
  readonly max: string;
  readonly weight: string;
}

/** Prints `cpu.max` and `cpu.weight` of a container, or its cgroup. */
const CGROUP_OF = `#!/bin/bash
pid=$(docker inspect -f '{{.State.Pid}}' "$1")
echo "/sys/fs/cgroup$(cut -d: -f3 "/proc/$pid/cgroup" | sed 's|/init$||')"
`;

/** How a worker node differs from the usual one. */
export interface WorkerOptions {
  /** Files of this machine, for /payload/files. */
  readonly files?: readonly string[];
  /** NATS asks for keys, and the coordinator signs. Default: neither. */
  readonly isGuarded?: boolean;
}

interface Parts {
  readonly machine: TestMachine;
  readonly cluster: OutsideCluster;
  otherNats?: TestNatsServer;
}

/** An address as this machine and as the emulated one see it. */
interface Address {
  readonly outside: string;
  readonly inside: string;
}

/**
 * A worker node in an emulated machine; NATS and the coordinator run outside, on this machine's
 * loopback.
 */
export class TestWorker {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async start({ files = [], isGuarded = false }: WorkerOptions = {}): Promise<TestWorker> {
    const machine = await TestMachine.boot({ images: ['dqoes/tiny:1'], files });
    await machine.sh(
      `cat >/usr/local/bin/cgroup-of <<'TEXT'\n${CGROUP_OF}TEXT\nchmod 755 ` +
        '/usr/local/bin/cgroup-of',
    );
    return new TestWorker({ machine, cluster: await OutsideCluster.start(isGuarded) });
  }

  get machine(): TestMachine {
    return this.#parts.machine;
  }
  /** Address of NATS as the machine sees it. */
  get natsInside(): string {
    return `nats://${GATEWAY}:${this.#parts.cluster.port}`;
  }
  /** A second NATS server, for another cluster. */
  async otherNats(): Promise<Address> {
    this.#parts.otherNats ??= await startNatsServer();
    const { url, port } = this.#parts.otherNats;
    return { outside: url, inside: `nats://${GATEWAY}:${port}` };
  }
  sh(script: string): Promise<string> {
    return this.machine.sh(script);
  }

  /** The command line, outside. */
  dqoes(args: readonly string[], stdin = ''): Promise<Run> {
    return dqoes(args, { env: this.#parts.cluster.env, stdin });
  }

  /** A token for the node, of a cluster that asks for keys; outside, somebody waits for it. */
  token(node: string): Promise<WaitingToken> {
    return this.#parts.cluster.token(node, this.natsInside);
  }

  /** Starts a container inside; it comes back with its engine. */
  async container(name: string, ...options: readonly string[]): Promise<void> {
    await this.sh(
      `docker run -d --restart always --name ${name} ${options.join(' ')} dqoes/tiny:1`,
    );
  }

  /** What the kernel enforces, by name of the container. */
  async kernel(containers: readonly string[]): Promise<Readonly<Record<string, KernelCpuText>>> {
    const reads = containers.map((name) => `cd $(cgroup-of ${name}); cat cpu.max cpu.weight`);
    const lines = (await this.sh(reads.join('; '))).split('\n');
    const entries = containers.map((name, index): [string, KernelCpuText] => [
      name,
      { max: lines[index * 2] ?? '', weight: lines[index * 2 + 1] ?? '' },
    ]);
    return Object.fromEntries(entries);
  }

  /** Every value that `cpu.max` of a container has while `act` runs. */
  async valuesDuring(container: string, act: () => Promise<unknown>): Promise<readonly string[]> {
    const file = `/run/values-of-${container}`;
    const loop =
      `cd $(cgroup-of ${container}); while read -r line <cpu.max; do echo $line; sleep 0.02; ` +
      `done >${file}`;
    await this.sh(`rm -f ${file}; systemd-run --quiet --unit watch bash -c '${loop}'`);
    await until(
      async () => (await this.machine.run(`test -s ${file}`)).code === 0,
      'the watch to begin',
      60_000,
    );
    try {
      await act();
    } finally {
      await this.sh('systemctl stop watch');
    }
    return (await this.sh(`sort -u ${file}`)).split('\n');
  }

  async close(): Promise<void> {
    const { machine, cluster, otherNats } = this.#parts;
    await machine.close();
    await cluster.close();
    await otherNats?.stop();
  }
}
