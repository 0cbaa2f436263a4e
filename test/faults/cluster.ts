import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLease, readLease } from '../../coordinator/store/lease.js';
import { decodeEvent } from '../../proto/event.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { ServiceCalls, Verb } from '../../proto/schemas/service.js';
import type { NodeStatus } from '../../proto/schemas/status.js';
import { callService } from '../../proto/service-client.js';
import type { KeyValueStore } from '../../proto/store.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { dqoes, type Run } from '../e2e/cli-program.js';
import { docker } from '../lib/docker-command.js';
import { idsWith } from '../lib/engine-api.js';
import { HostProgram, type ProgramSignal } from '../lib/hosts/program.js';
import { writeLauncher } from '../lib/launcher.js';
import { freePort } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { GuardedServer } from '../security/guarded-server.js';
import { look, type NamedContainer, removeAll, startContainers } from '../trust/containers.js';
import { DockerProxy } from './docker-proxy.js';
import { partOf } from './log-part.js';
import { COORDINATORS, PROGRAMS, type ProgramName, settingsOf } from './programs.js';
import { SmallDisk } from './small-disk.js';

const STATE_BYTES = 2 ** 20;
const STORE_BYTES = 48 * 2 ** 20;
/** What jobs that come and go write at most: 48 MiB were full after 37 min of them. */
const CHURN_BYTES_PER_MINUTE = 4 * 2 ** 20;
const LOG_BYTES = 16 * 2 ** 20;
const START_MS = 60_000;
const MAX_EVENTS = 20_000;

/** How a cluster differs from the plain one. */
export interface ClusterOptions {
  /** For how long jobs shall come and go; its store has room for what they write. Default 0. */
  readonly churnMinutes?: number;
  /** Threads among which each coordinator divides its nodes. Default 0. */
  readonly workers?: number;
}

/** An event, and when it was heard, ms of the monotonic clock. */
export interface Heard {
  readonly atMs: number;
  readonly event: DqoesEvent;
}
/** What a log held at some moment: only what comes later is new. */
export type LogMark = Readonly<Record<ProgramName, number>>;

/**
 * A whole cluster on this machine, as `dqoes up` makes it, of parts that can be ended one by one:
 * a real nats-server with generated keys whose store is a small disk; two coordinators that sign;
 * an agent whose state folder is a small disk, and that reaches the real Docker Engine through a
 * socket that can misbehave. They start as the command of a package starts them. Beside it three
 * containers that opted in by labels and one that did not. Needs root.
 */
export class FaultCluster {
  readonly events: Heard[] = [];
  readonly stateDisk: SmallDisk;
  readonly storeDisk: SmallDisk;
  readonly logDisk: SmallDisk;
  /** Programs that nobody has ended. */
  readonly meant = new Set<ProgramName>();
  labelled: readonly NamedContainer[] = [];
  bystander: NamedContainer = { id: '', name: '' };
  /** Docker's and the kernel's CPU settings of those four, before dqoes came; by id. */
  before: ReadonlyMap<string, string> = new Map();
  readonly #folder: string;
  readonly #dqoes: readonly string[];
  readonly #programs = new Map<ProgramName, HostProgram>();
  /** Size of the log of each program when it was started, bytes. */
  readonly #startedAt = new Map<ProgramName, number>();
  #guarded: GuardedServer | undefined;
  #proxy: DockerProxy | undefined;
  #operator: NatsClient | undefined;
  #leases: NatsClient | undefined;
  #leaseStore: KeyValueStore | undefined;
  readonly #workers: number;

  private constructor(
    readonly name: string,
    { churnMinutes = 0, workers = 0 }: ClusterOptions,
  ) {
    this.#workers = workers;
    this.#folder = mkdtempSync(join(tmpdir(), 'dqoes-faults-'));
    this.#dqoes = writeLauncher(this.#folder);
    this.stateDisk = new SmallDisk(join(this.#folder, 'state'), STATE_BYTES);
    const storeBytes = STORE_BYTES + churnMinutes * CHURN_BYTES_PER_MINUTE;
    this.storeDisk = new SmallDisk(join(this.#folder, 'store'), storeBytes);
    this.logDisk = new SmallDisk(join(this.#folder, 'logs'), LOG_BYTES);
  }

  /** Resolves when the agent reports; no job is there yet. Close it. */
  static async start(options: ClusterOptions = {}): Promise<FaultCluster> {
    const cluster = new FaultCluster(`faults${process.pid}`, options);
    try {
      await cluster.#start();
      return cluster;
    } catch (cause) {
      const logs = PROGRAMS.map((program) => cluster.lastOf(program)).join('\n');
      await cluster.close();
      throw new Error(`the cluster did not start: ${String(cause)}\n${logs}`);
    }
  }

  async #start(): Promise<void> {
    const { name } = this;
    this.#guarded = await GuardedServer.start({
      cluster: name,
      storeDir: join(this.storeDisk.path, 'js'),
      port: await freePort(),
      users: [
        ...[...COORDINATORS, 'observer'].map(
          (each) => ({ role: 'coordinator', name: each }) as const,
        ),
        { role: 'operator', name: 'operator' },
        { role: 'viewer', name: 'viewer' },
        { role: 'agent', node: name as NodeId },
      ],
    });
    this.#proxy = await DockerProxy.listen(join(this.#folder, 'docker.sock'));
    const own = ['--label', `test.faults=${name}`];
    this.labelled = await startContainers(name, `${name}.`, own);
    const words = ['run', '-d', '--name', `${name}-other`, ...own, '--cpus', '0.7'];
    this.bystander = { id: await docker(...words, 'dqoes/tiny:1'), name: `${name}-other` };
    const all = [...this.labelled, this.bystander];
    const looks = await look(all);
    this.before = new Map(all.map(({ id }, i) => [id, looks[i] ?? '']));
    this.#writeSettings();
    for (const coordinator of COORDINATORS) this.restart(coordinator);
    this.#operator = await this.guarded.client('operator');
    this.#leases = await this.guarded.client('observer');
    this.#operator.bus.subscribe(subjectsOf(name).allEvents, ({ data }) => this.#hear(data));
    await until(() => this.leader().then(Boolean), 'a coordinator to lead', START_MS);
    this.restart('agent');
    await until(
      async () => (await this.node())?.liveness === 'ready',
      'the agent to report',
      START_MS,
    );
  }

  get guarded(): GuardedServer {
    if (this.#guarded === undefined) throw new Error('the cluster was not started');
    return this.#guarded;
  }
  get proxy(): DockerProxy {
    if (this.#proxy === undefined) throw new Error('the cluster was not started');
    return this.#proxy;
  }
  get stateDir(): string {
    return join(this.stateDisk.path, 'agent');
  }
  pidOf(program: ProgramName): number {
    return this.#programs.get(program)?.pid ?? 0;
  }
  /** Where its metrics are; undefined = nowhere yet. */
  metricsUrlOf(program: ProgramName): string | undefined {
    // One that was only stopped for a time says it once.
    const said = partOf(this.#file(program, 'log'), 0);
    return [...said.matchAll(/ metrics: .*\burl=(\S+)/g)].at(-1)?.[1];
  }
  hasEnded(program: ProgramName): boolean {
    return this.#programs.get(program)?.hasEnded !== false;
  }

  async signal(program: ProgramName, signal: ProgramSignal): Promise<void> {
    if (signal === 'SIGKILL' || signal === 'SIGTERM') this.meant.delete(program);
    await this.#programs.get(program)?.signal(signal);
  }
  /** Starts it where it does not run. */
  restart(program: ProgramName): void {
    this.meant.add(program);
    this.#startedAt.set(program, this.#logSize(program));
    const running = this.#programs.get(program);
    if (running !== undefined) {
      running.restart();
      return;
    }
    const what = program === 'agent' ? ['agent'] : ['coordinator', '--install'];
    const command = [...this.#dqoes, ...what, '--config', this.#file(program, 'yaml')];
    this.#programs.set(program, new HostProgram({ command, log: this.#file(program, 'log') }));
  }
  /** Whether a coordinator has come to lead, or to stand by, since it was started. */
  isAtWork(program: (typeof COORDINATORS)[number]): boolean {
    const said = partOf(this.#file(program, 'log'), this.#startedAt.get(program) ?? 0);
    return /standing by as follower|coordinator: leads/.test(said);
  }
  /** What `dqoes agent restore` comes to while the agent does not run. */
  restore(): Promise<Run> {
    return dqoes(['agent', 'restore', '--config', this.#file('agent', 'yaml')]);
  }

  /** The lease as it is stored; undefined = it cannot be read. */
  async lease() {
    if (this.#leaseStore === undefined) {
      const opened = await this.#leases?.stores.open(this.name, 'lease');
      if (opened?.ok !== true) return undefined;
      this.#leaseStore = opened.value;
    }
    const read = await readLease(this.#leaseStore);
    return read.ok && isLease(read.value) ? read.value : undefined;
  }
  async leader(): Promise<ProgramName | undefined> {
    const lease = await this.lease();
    if (lease?.isReleased === true) return undefined;
    return COORDINATORS.find((name) => name === lease?.holder);
  }

  /** What a coordinator says of the node; undefined = none answers. */
  async node(): Promise<NodeStatus | undefined> {
    return (await this.ask('node-list', {}))?.nodes[0];
  }
  /** The answer; undefined = there was none, or a refusal. */
  async ask<V extends Verb>(
    verb: V,
    request: ServiceCalls[V]['request'],
    timeoutMs = 1000,
  ): Promise<ServiceCalls[V]['response'] | undefined> {
    const bus = this.#operator?.bus;
    if (bus === undefined) return undefined;
    const target = { bus, subjects: subjectsOf(this.name), timeoutMs };
    const answer = await callService(target, verb, request);
    return answer.ok ? answer.value : undefined;
  }

  /** Ids of its jobs' containers, of those that opted in and of the one that did not. */
  async containerIds(): Promise<readonly string[]> {
    const [jobs, own] = await Promise.all([
      idsWith(`dqoes.cluster=${this.name}`),
      idsWith(`test.faults=${this.name}`),
    ]);
    return [...jobs, ...own];
  }

  markLogs(): LogMark {
    const sizes = PROGRAMS.map((program) => [program, this.#logSize(program)]);
    return Object.fromEntries(sizes) as LogMark;
  }
  /** What a program wrote since then, the first 256 KiB of it. */
  saidSince(mark: LogMark, program: ProgramName): string {
    return partOf(this.#file(program, 'log'), mark[program]);
  }
  /** The last lines of a program's log. */
  lastOf(program: ProgramName, lines = 8): string {
    try {
      const file = this.#file(program, 'log');
      const text = partOf(file, Math.max(0, statSync(file).size - 8192)).trimEnd();
      return `== ${program}\n${text.split('\n').slice(-lines).join('\n')}`;
    } catch {
      return `== ${program}: no log`;
    }
  }

  copyLogs(folder: string): void {
    mkdirSync(folder, { recursive: true });
    for (const program of PROGRAMS)
      copyFileSync(this.#file(program, 'log'), join(folder, `${program}.log`));
  }

  async close(): Promise<void> {
    await this.#proxy?.become('pass');
    for (const program of this.#programs.values()) {
      await program.signal('SIGCONT');
      await program.signal('SIGKILL');
    }
    // Also where the test was interrupted: what the agent raised would stay.
    if (this.#programs.has('agent')) await this.restore().catch(() => undefined);
    await this.#guarded?.stop();
    await this.#proxy?.close();
    await removeAll((await this.containerIds()).map((id) => ({ id, name: id })));
    for (const disk of [this.stateDisk, this.storeDisk, this.logDisk]) disk.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #hear(data: Uint8Array): void {
    const event = decodeEvent(data);
    if (event.ok && this.events.length < MAX_EVENTS)
      this.events.push({ atMs: performance.now(), event: event.value });
  }

  #logSize(program: ProgramName): number {
    return statSync(this.#file(program, 'log'), { throwIfNoEntry: false })?.size ?? 0;
  }
  #file(program: ProgramName, ending: 'yaml' | 'log'): string {
    const folder = ending === 'log' ? this.logDisk.path : this.#folder;
    return join(folder, `${program}.${ending}`);
  }

  #writeSettings(): void {
    const { guarded, name, stateDir } = this;
    const recordsDir = join(this.stateDisk.path, 'engines');
    const places = { stateDir, recordsDir, socket: join(this.#folder, 'docker.sock') };
    const own = { cluster: name, guarded, workers: this.#workers, places };
    const texts = settingsOf({ ...own, signingKey: join(this.#folder, 'signing-key.pem') });
    for (const program of PROGRAMS) writeFileSync(this.#file(program, 'yaml'), texts[program]);
  }
}
