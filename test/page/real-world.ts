import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dqoes, type Program, type Run, startDqoes } from '../e2e/cli-program.js';
import { containersOf } from '../e2e/up-cluster.js';
import { docker } from '../lib/docker-command.js';
import { freePort } from '../lib/nats-server.js';
import { until } from '../lib/until.js';

const START_MS = 60_000;

/** Six real models, each with a target that two cores can hold beside the others. */
export const SIX: readonly (readonly [name: string, model: string, targetMs: number])[] = [
  ['signs', 'ocr-det', 300],
  ['words', 'ocr-rec', 400],
  ['voice', 'vad', 400],
  ['turns', 'ocr-cls', 400],
  ['plates', 'ocr-rec', 500],
  ['calls', 'vad', 500],
];

const jobFile = (): string =>
  SIX.map(
    ([name, model, targetMs]) => `name: ${name}
image: dqoes/sample:1
command: [--model, ${model}, --batch, "4"]
target: { latency: ${targetMs}ms, tolerance: 15% }
resources: { memory: 512MiB }
`,
  ).join('---\n');

/**
 * `dqoes up` and a console of its own beside it, each of which can be killed and started again at
 * the same address.
 */
export class RealWorld {
  readonly cluster: string;
  readonly #folder: string;
  readonly #natsPort: number;
  readonly #consolePort: number;
  #up: Program | undefined;
  #console: Program | undefined;

  private constructor(cluster: string, folder: string, ports: readonly [number, number]) {
    this.cluster = cluster;
    this.#folder = folder;
    [this.#natsPort, this.#consolePort] = ports;
  }

  /** Starts both and submits the six jobs. */
  static async start(cluster: string): Promise<RealWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'dqoes-page-'));
    const ports = [await freePort(), await freePort()] as const;
    const world = new RealWorld(cluster, folder, ports);
    await writeFile(
      join(folder, 'agent.yaml'),
      `node: ${cluster}\nlabel-prefix: ${world.labelPrefix}\nrecords-dir: ${folder}/engines\n` +
        'push: { http-port: 0, udp-port: 0 }\ndocker: { parent-weight: off }\n',
    );
    await writeFile(join(folder, 'six.yaml'), jobFile());
    await world.startUp();
    await world.startConsole();
    const submitted = await world.run('job', 'run', join(folder, 'six.yaml'));
    if (submitted.code !== 0) throw new Error(submitted.err);
    return world;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#consolePort}`;
  }

  /** Before the labels of containers that take part; others on this Engine have another. */
  get labelPrefix(): string {
    return `${this.cluster}.`;
  }

  get #env(): Readonly<Record<string, string>> {
    return {
      DQOES_NATS_URL: `nats://127.0.0.1:${this.#natsPort}`,
      DQOES_CLUSTER: this.cluster,
      XDG_RUNTIME_DIR: this.#folder,
    };
  }

  /** Runs a command of the program. */
  run(...args: readonly string[]): Promise<Run> {
    return dqoes(args, { env: this.#env });
  }

  async startUp(): Promise<void> {
    const place = ['--state', join(this.#folder, 'state'), '--cluster', this.cluster];
    const ports = ['--nats-port', String(this.#natsPort), '--no-console'];
    const agent = ['--agent-config', join(this.#folder, 'agent.yaml'), '--keep-jobs'];
    const program = startDqoes(['up', ...place, ...ports, ...agent], {
      env: { XDG_RUNTIME_DIR: this.#folder },
    });
    this.#up = program;
    const isUp = (): boolean => program.err.includes('dqoes is up at');
    await until(() => isUp() || program.child.exitCode !== null, 'dqoes up', START_MS);
    if (!isUp()) throw new Error(`dqoes up ended: ${program.err}`);
  }

  /** Kills the coordinator, and the agent that runs in the same process. */
  async killUp(): Promise<void> {
    await this.#up?.end('SIGKILL');
  }

  async startConsole(): Promise<void> {
    const listen = ['console', '--listen', `127.0.0.1:${this.#consolePort}`];
    const program = startDqoes(listen, { env: this.#env });
    this.#console = program;
    const isUp = (): boolean => program.err.includes('is at http:');
    await until(() => isUp() || program.child.exitCode !== null, 'the console', START_MS);
    if (!isUp()) throw new Error(`dqoes console ended: ${program.err}`);
  }

  async killConsole(): Promise<void> {
    await this.#console?.end('SIGKILL');
  }

  /** An answer of the HTTP API; asked again where it was asked too often, or is away. */
  async ask<T>(path: string): Promise<T> {
    for (;;) {
      const answer = await fetch(`${this.url}/api/v1/${path}`).catch(() => undefined);
      if (answer?.ok === true) return (await answer.json()) as T;
      await sleep(250);
    }
  }

  /** Ends everything, and removes the containers of its jobs. */
  async remove(): Promise<void> {
    await this.#console?.end('SIGINT');
    await this.#up?.end('SIGINT');
    const ids = containersOf(this.cluster);
    if (ids !== '') await docker('rm', '-f', ...ids.split('\n'));
    await rm(this.#folder, { recursive: true, force: true });
  }
}
