import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyPath } from '../../cli/auth/folder.js';
import { readCredentials } from '../../cli/credentials.js';
import { auditLines } from '../../cli/events/audit.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import type { ServiceCalls, Verb } from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { dqoes, type Program, type Run, startDqoes } from '../e2e/cli-program.js';
import { type CommandHere, dqoesHere } from '../lib/dqoes-here.js';
import { connectForTest } from '../lib/nats-client.js';
import type { TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { nodeId, report } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';
import { must } from './guarded-server.js';
import { startKeyedServer } from './keyed-server.js';

export const CLUSTER = 'main';
export const subjects = subjectsOf(CLUSTER);
/** Between two questions of `dqoes auth` to a coordinator; longer than its other pauses, ms. */
const ASKING_PAUSE_MS = 500;
/** The default of `lease`: after it another coordinator answers, where there is one, ms. */
const LEASE_MS = 10_000;

/** A cluster where all nodes have to be approved: a real server with keys, a real coordinator. */
export class ApprovalWorld {
  operator!: NatsClient;
  #coordinator: Program | undefined;
  readonly #clients: NatsClient[] = [];
  readonly #agents = new Map<string, { readonly agent: FakeAgent; readonly keyFile: string }>();

  private constructor(
    readonly folder: string,
    readonly nats: TestNatsServer,
    readonly keys: string,
  ) {}

  static async start(): Promise<ApprovalWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'dqoes-approval-'));
    const { nats, keys } = await startKeyedServer(folder);
    const world = new ApprovalWorld(folder, nats, keys);
    world.operator = await world.clientOf(keyPath(keys, 'operator'));
    await world.startCoordinator();
    return world;
  }

  async stop(): Promise<void> {
    for (const { bus } of this.#clients) await bus.close();
    await this.#coordinator?.end('SIGKILL');
    await this.nats.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Resolves when it leads. */
  async startCoordinator(): Promise<void> {
    const config = join(this.folder, 'coordinator.yaml');
    await writeFile(
      config,
      `cluster: ${CLUSTER}\nregistration: approved\npolicy: equal\n` +
        `nats: { url: "${this.nats.url}", credentials: "${keyPath(this.keys, 'coordinator')}" }\n`,
    );
    const started = startDqoes(['coordinator', '--install', '--config', config]);
    this.#coordinator = started;
    await until(
      async () => (await this.call(this.operator, 'node-list', {})).ok,
      () => `the coordinator to lead: ${started.err}`,
      30_000,
    );
  }

  async endCoordinator(): Promise<void> {
    await this.#coordinator?.end('SIGTERM');
  }

  async clientOf(file: string): Promise<NatsClient> {
    const auth = must(readCredentials(file, 'test'));
    const client = await connectForTest(this.nats.url, silentLog, auth);
    this.#clients.push(client);
    return client;
  }

  call<V extends Verb>({ bus }: NatsClient, verb: V, request: ServiceCalls[V]['request']) {
    return callService({ bus, subjects, timeoutMs: 5000 }, verb, request);
  }

  auth(...args: readonly string[]): Promise<Run> {
    const env = { DQOES_NATS_URL: this.nats.url };
    return dqoes(['auth', ...args, '--dir', this.keys], { env });
  }

  /**
   * `dqoes auth` while no coordinator answers, in this process: its patience passes ten times as
   * fast. It is to ask until another would have led.
   */
  async authInVain(...args: readonly string[]): Promise<Run> {
    const env = { DQOES_NATS_URL: this.nats.url };
    const whole = ['auth', ...args, '--dir', this.keys];
    const command = dqoesHere(whole, { env, hurriedFromMs: ASKING_PAUSE_MS });
    const run = await command.ended;
    assert.ok(command.passedMs > LEASE_MS, `asked for ${command.passedMs} ms: ${run.err}`);
    return run;
  }

  /** Names that have a key. */
  async names(): Promise<readonly string[]> {
    return (await this.auth('list', '-q')).out.trim().split('\n');
  }

  async tokenFor(node: string): Promise<{ waiting: Program; token: string }> {
    const { nats, keys } = this;
    const args = ['auth', 'add-agent', node, '--token', '--nats', nats.url, '--dir', keys];
    const waiting = startDqoes(args);
    await until(
      () => waiting.err.includes('Waiting…'),
      () => `a token: ${waiting.err}`,
      20_000,
    );
    return { waiting, token: waiting.out.trim() };
  }

  joinBy(token: string, name: string): Promise<Run> {
    return dqoes(['join', '-', '--out', join(this.folder, name)], { stdin: token });
  }

  /** The same in this process, where a test lets its time pass. */
  joinHere(token: string, name: string): CommandHere {
    return dqoesHere(['join', '-', '--out', join(this.folder, name)], { stdin: token });
  }

  /** The node as it is listed once its agent, which has this key, says that it has those cores. */
  async reported(name: string, keyFile: string, cores = 4) {
    const agent = await this.#agentOf(name, keyFile);
    const host = {
      ...report(name).host,
      capacityCpuCores: cores,
      allocatableCpuCores: cores,
    };
    const listed = async () => {
      const { nodes } = must(await this.call(this.operator, 'node-list', {}));
      return nodes.find(({ id, host: known }) => id === name && known.capacityCpuCores === cores);
    };
    await until(
      async () => {
        agent.report({ sentAtMs: systemClock.now(), host });
        return (await listed()) !== undefined;
      },
      `node ${name} to be heard`,
      20_000,
    );
    const node = await listed();
    assert.ok(node !== undefined);
    return node;
  }

  /** Where it has another key than before it goes on counting its reports. */
  async #agentOf(name: string, keyFile: string): Promise<FakeAgent> {
    const before = this.#agents.get(name);
    if (before?.keyFile === keyFile) return before.agent;
    const known: NatsClient[] = [];
    // The server reads its configuration again for a while after a key was made or replaced.
    const isKnown = async (): Promise<boolean> => {
      const client = await this.clientOf(keyFile).catch(() => undefined);
      if (client !== undefined) known.push(client);
      return known.length > 0;
    };
    await until(isKnown, `the key of ${name} to be known`);
    const [client] = known;
    assert.ok(client !== undefined);
    const agent = new FakeAgent(client.bus, subjects, name);
    agent.sequence = before?.agent.sequence ?? 0;
    this.#agents.set(name, { agent, keyFile });
    return agent;
  }

  async approve(node: string): Promise<void> {
    must(await this.call(this.operator, 'node-approve', { id: nodeId(node) }));
  }

  async approvals(node: string): Promise<readonly AuditLine[]> {
    const asked = { cluster: CLUSTER, count: 100, verb: 'node-approve', node };
    return must(await auditLines(this.operator.bus, asked));
  }

  /** The lines about this node, once there are as many; lines are written behind the answer. */
  async approvalsOnce(node: string, count: number): Promise<readonly AuditLine[]> {
    await until(async () => (await this.approvals(node)).length >= count, 'the lines of the audit');
    return this.approvals(node);
  }

  /** No line about this node, though a later one about another is there. */
  async wasNotApproved(node: string): Promise<void> {
    const mark = nodeId(`after-${node}`);
    must(await this.call(this.operator, 'node-approve', { id: mark }));
    await this.approvalsOnce(mark, 1);
    assert.deepEqual(await this.approvals(node), []);
  }
}
