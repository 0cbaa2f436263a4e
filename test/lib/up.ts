import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COORDINATOR_NAME } from '../../cli/auth/users.js';
import type { Bus } from '../../proto/bus.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { NodeStatus } from '../../proto/schemas/status.js';
import { callService } from '../../proto/service-client.js';
import type { BucketName, KeyValueStore } from '../../proto/store.js';
import { subjectsOf } from '../../proto/subjects.js';
import { compareVersions } from '../../shared/command.js';
import { type Program, type Run, startDqoes } from '../e2e/cli-program.js';
import { docker } from './docker-command.js';
import { connectToUp } from './nats-client.js';
import { freePort } from './nats-server.js';
import { until } from './until.js';

/** How `dqoes up`, its NATS server or both come to an end. */
export const ENDS = ['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGKILL of NATS', 'SIGKILL of both'] as const;
/** One of them, or a second Ctrl-C while the first one is under way. */
export type End = (typeof ENDS)[number] | 'SIGINT twice';

const START_MS = 60_000;
const CALL_MS = 5000;

/** A container of a job on the real engine, running or not. */
export interface JobContainer {
  readonly job: string;
  readonly state: string;
  readonly env: readonly string[];
}

/** `dqoes up` as a process of its own, ended and started again on the same state folder. */
export class Up {
  #program: Program | undefined;
  #client: NatsClient | undefined;
  readonly #folder: string;
  readonly #port: number;

  private constructor(
    readonly cluster: string,
    folder: string,
    port: number,
  ) {
    this.#folder = folder;
    this.#port = port;
  }

  /** `name`: of the cluster and its node. `settings`: further lines of the agent's. */
  static async make(name: string, settings: readonly string[] = []): Promise<Up> {
    const folder = await mkdtemp(join(tmpdir(), 'dqoes-up-'));
    const config = [
      `node: ${name}`,
      `label-prefix: ${name}.`,
      `records-dir: ${join(folder, 'engines')}`,
      'docker: { parent-weight: off }',
      'push: { http-port: 0, udp-port: 0 }',
      ...settings,
    ];
    await writeFile(join(folder, 'agent.yaml'), `${config.join('\n')}\n`);
    return new Up(name, folder, await freePort());
  }

  /**
   * Resolves when the agent obeys what this coordinator desires; rejects when it does not in time.
   * Starts the program unless it runs.
   */
  async start({
    keepJobs,
    obeysWithinMs = START_MS,
  }: {
    readonly keepJobs: boolean;
    readonly obeysWithinMs?: number;
  }): Promise<void> {
    if (this.#program === undefined) await this.#startProgram(keepJobs);
    await until(
      async () => {
        const url = `nats://127.0.0.1:${this.#port}`;
        this.#client = await connectToUp(url, this.stateDir).catch(() => undefined);
        return this.#client !== undefined;
      },
      'its NATS server to answer',
      START_MS,
    );
    let seen: NodeStatus | undefined;
    await until(
      async () => {
        seen = (await this.call('node-list', {}).catch(() => undefined))?.nodes[0];
        return seen !== undefined && isObeyed(seen);
      },
      () => `the agent to obey what is desired: ${JSON.stringify(seen)}`,
      obeysWithinMs,
    );
  }

  async #startProgram(keepJobs: boolean): Promise<void> {
    const args = [
      'up',
      ...(keepJobs ? ['--keep-jobs'] : []),
      '--state',
      this.stateDir,
      '--cluster',
      this.cluster,
    ];
    args.push('--nats-port', String(this.#port), '--agent-config', this.agentConfig);
    // No other command of this machine is to find it.
    const program = startDqoes(args, { env: { XDG_RUNTIME_DIR: this.#folder } });
    this.#program = program;
    const isUp = (): boolean => program.err.includes('dqoes is up at');
    await until(() => isUp() || program.child.exitCode !== null, 'dqoes up to be up', START_MS);
    if (!isUp()) throw new Error(`dqoes up ended: ${program.err}`);
  }

  /** Resolves when nothing of it runs, or, of NATS alone, when it was started again. */
  async end(how: End): Promise<void> {
    const { program, nats } = { program: this.#program, nats: await this.natsPid() };
    if (program === undefined) return;
    if (how.startsWith('SIGKILL of')) process.kill(nats, 'SIGKILL');
    await this.#client?.bus.close();
    if (how === 'SIGKILL of NATS') {
      const isAgain = async (): Promise<boolean> => ![0, nats].includes(await this.natsPid());
      await until(isAgain, () => `NATS to be started again: ${program.err}`, START_MS);
      return;
    }
    if (how === 'SIGINT twice') {
      program.child.kill('SIGINT');
      await new Promise((resolve) => setTimeout(resolve, 700));
      program.child.kill('SIGINT');
    } else program.child.kill(how === 'SIGKILL of both' ? 'SIGKILL' : how);
    await program.ended;
    this.#program = undefined;
  }

  /** Uses a bucket with the key of the coordinator, past all that dqoes checks. */
  async withStore<T>(bucket: BucketName, use: (store: KeyValueStore) => Promise<T>): Promise<T> {
    const url = `nats://127.0.0.1:${this.#port}`;
    const client = await connectToUp(url, this.stateDir, COORDINATOR_NAME);
    try {
      const opened = await client.stores.open(this.cluster, bucket);
      if (!opened.ok) throw new Error(`${bucket} cannot be opened (${opened.error})`);
      return await use(opened.value);
    } finally {
      await client.bus.close();
    }
  }

  /** Resolves when it ended by itself. */
  async ended(): Promise<Run> {
    if (this.#program === undefined) throw new Error('dqoes up does not run');
    const run = await this.#program.ended;
    this.#program = undefined;
    return run;
  }

  /** Uses a connection with the key of the coordinator. */
  async withBus<T>(use: (bus: Bus) => Promise<T>): Promise<T> {
    const url = `nats://127.0.0.1:${this.#port}`;
    const { bus } = await connectToUp(url, this.stateDir, COORDINATOR_NAME);
    try {
      return await use(bus);
    } finally {
      await bus.close();
    }
  }

  /** Process of `dqoes up`; 0 = it does not run. */
  get pid(): number {
    return this.#program?.child.pid ?? 0;
  }
  /** Where its metrics are; undefined = nowhere. */
  get metricsUrl(): string | undefined {
    return /Metrics for Prometheus: (\S+)/.exec(this.#program?.err ?? '')?.[1];
  }
  get stateDir(): string {
    return join(this.#folder, 'state');
  }
  /** Settings of its agent. */
  get agentConfig(): string {
    return join(this.#folder, 'agent.yaml');
  }

  /** Throws what was refused. */
  async call<V extends keyof ServiceCalls>(
    verb: V,
    request: ServiceCalls[V]['request'],
  ): Promise<ServiceCalls[V]['response']> {
    if (this.#client === undefined) throw new Error('dqoes up does not run');
    const target = {
      bus: this.#client.bus,
      subjects: subjectsOf(this.cluster),
      timeoutMs: CALL_MS,
    };
    const answer = await callService(target, verb, request);
    if (!answer.ok)
      throw new Error(`${verb}: ${answer.error.map(({ message }) => message).join('; ')}`);
    return answer.value;
  }

  /** As Docker tells. */
  async containers(): Promise<readonly JobContainer[]> {
    const ids = await this.#ids();
    if (ids.length === 0) return [];
    const format = '{{index .Config.Labels "dqoes.job"}}\t{{.State.Status}}\t{{json .Config.Env}}';
    // One that goes meanwhile makes the whole command fail.
    const told = await docker('inspect', '--format', format, ...ids).catch(() => null);
    if (told === null) return this.containers();
    return told.split('\n').map((line) => {
      const [job = '', state = '', env = '[]'] = line.split('\t');
      return { job, state, env: JSON.parse(env) as string[] };
    });
  }

  /** Ends it for good; removes its containers and its folder. */
  async remove(): Promise<void> {
    await this.end('SIGTERM');
    const ids = await this.#ids();
    if (ids.length > 0) await docker('rm', '-f', ...ids);
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ids(): Promise<readonly string[]> {
    const told = await docker('ps', '-aq', '--filter', `label=dqoes.cluster=${this.cluster}`);
    return told.split('\n').filter((id) => id !== '');
  }

  /** Process of its NATS server; 0 = none. */
  async natsPid(): Promise<number> {
    const text = await readFile(join(this.#folder, 'state/up.pid'), 'utf8').catch(() => '{}');
    return (JSON.parse(text) as { nats?: { pid: number } }).nats?.pid ?? 0;
  }
}

function isObeyed({ liveness, desired, holds }: NodeStatus): boolean {
  if (liveness !== 'ready') return false;
  // Nothing was ever desired of it.
  if (desired === null) return true;
  return holds.incarnation === desired.incarnation && compareVersions(holds, desired) === 0;
}
