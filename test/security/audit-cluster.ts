import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { type AuditQuestion, auditLines } from '../../cli/events/audit.js';
import type { Quota } from '../../coordinator/api/quota.js';
import type { CoordinatorHandle } from '../../coordinator/contract.js';
import { Vault } from '../../coordinator/secrets/vault.js';
import { startCoordinator } from '../../coordinator/start.js';
import type { Bus } from '../../proto/bus.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import type { ServiceCalls, Verb } from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { jobName, nodeId, PARAMS } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';
import { CLUSTER, GuardedServer, must } from './guarded-server.js';

export type Person = 'operator' | 'sue-submitter' | 'tom' | 'vic-viewer';
const subjects = subjectsOf(CLUSTER);

type Registration = 'open' | 'approved';
interface AuditSettings {
  readonly secretsKey: KeyObject;
  readonly registration?: Registration;
  /** Least time between two steps of the policy, ms; absent = the default. */
  readonly intervalMs?: number;
  /** Highest weight that a submitter may give; absent = any. */
  readonly weightMax?: number;
  /** What one submitter may have at a time; absent = any. */
  readonly quota?: Quota;
}
type Leading = Required<Pick<AuditSettings, 'registration'>> &
  Pick<AuditSettings, 'weightMax' | 'quota' | 'intervalMs'>;

/** A real coordinator behind a guarded server, people with keys, and two made-up agents. */
export class AuditCluster {
  readonly guarded: GuardedServer;
  readonly agents: readonly FakeAgent[];
  readonly #coordinators: NatsClient;
  readonly #vault: Vault;
  readonly #leading: Leading;
  readonly #clients: ReadonlyMap<Person, NatsClient>;
  #coordinator: CoordinatorHandle;
  #marks = 0;

  private constructor(
    guarded: GuardedServer,
    coordinators: NatsClient,
    parts: {
      readonly coordinator: CoordinatorHandle;
      readonly vault: Vault;
      readonly leading: Leading;
      readonly clients: ReadonlyMap<Person, NatsClient>;
      readonly agents: readonly FakeAgent[];
    },
  ) {
    this.guarded = guarded;
    this.#coordinators = coordinators;
    this.#coordinator = parts.coordinator;
    this.#vault = parts.vault;
    this.#leading = parts.leading;
    this.#clients = parts.clients;
    this.agents = parts.agents;
  }

  /**
   * `secretsKey`: X25519, to which callers seal secrets. `registration` `approved`: both nodes wait
   * for an operator.
   */
  static async start({ secretsKey, ...asked }: AuditSettings): Promise<AuditCluster> {
    const guarded = await GuardedServer.start();
    const clients = new Map<Person, NatsClient>();
    guarded.add({ role: 'submitter', name: 'tom' });
    // First of all: while a server reads its configuration again it may refuse keys that it knows.
    await until(async () => {
      const tom = await guarded.client('tom').catch(() => undefined);
      if (tom !== undefined) clients.set('tom', tom);
      return tom !== undefined;
    }, 'the new key to be known');
    const coordinators = await guarded.client('coordinator');
    must(await coordinators.stores.install(CLUSTER, { replicas: 1 }));
    const vault = new Vault({ cluster: CLUSTER, secretsKey }, silentLog);
    const leading = { registration: 'open', ...asked } as const;
    const coordinator = await startAs('c1', coordinators, { vault, ...leading });
    for (const person of ['operator', 'sue-submitter', 'vic-viewer'] as const)
      clients.set(person, await guarded.client(person));
    const agents: FakeAgent[] = [];
    for (const name of ['h1', 'h2']) {
      const { bus } = await guarded.client(`agent-${name}`);
      agents.push(new FakeAgent(bus, subjects, name));
      await bus.flush();
    }
    const cluster = new AuditCluster(guarded, coordinators, {
      ...{ coordinator, vault, leading, clients, agents },
    });
    await cluster.#hearAgents();
    return cluster;
  }

  /** Another coordinator leads from now on. */
  async replaceCoordinator(name: string): Promise<void> {
    await this.#coordinator.stop();
    const parts = { vault: this.#vault, ...this.#leading };
    this.#coordinator = await startAs(name, this.#coordinators, parts);
  }

  async stop(): Promise<void> {
    for (const agent of this.agents) agent.stop();
    await this.#coordinator.stop();
    await this.guarded.stop();
  }

  busOf(person: Person): Bus {
    const client = this.#clients.get(person);
    assert.ok(client !== undefined);
    return client.bus;
  }

  call<V extends Verb>(person: Person, verb: V, request: ServiceCalls[V]['request']) {
    return callService({ bus: this.busOf(person), subjects, timeoutMs: 5000 }, verb, request);
  }

  /** The answer; a fault fails the test. */
  async must<V extends Verb>(person: Person, verb: V, request: ServiceCalls[V]['request']) {
    return must(await this.call(person, verb, request));
  }

  /** `ok`, or the faults as text. */
  async faultsOf<V extends Verb>(person: Person, verb: V, request: ServiceCalls[V]['request']) {
    const answer = await this.call(person, verb, request);
    return answer.ok ? 'ok' : JSON.stringify(answer.error);
  }

  async ownerOf(name: string): Promise<string | undefined> {
    const answer = await this.call('operator', 'job-status', { name: jobName(name) });
    return answer.ok ? (answer.value.job.owner ?? 'nobody') : undefined;
  }

  async lines(asked: Partial<AuditQuestion> = {}): Promise<readonly AuditLine[]> {
    const question = { cluster: CLUSTER, count: 1000, ...asked };
    return must(await auditLines(this.busOf('operator'), question));
  }

  /** The lines that `act` leaves, between two marks: lines are written in order. */
  async linesOf(act: () => Promise<unknown>): Promise<readonly AuditLine[]> {
    const before = await this.#mark();
    await act();
    const after = await this.#mark();
    return (await this.lines()).slice(before + 1, after);
  }

  /** Changes something that nothing else does; index of its line. */
  async #mark(): Promise<number> {
    this.#marks += 1;
    const id = nodeId(`mark-${this.#marks}`);
    await this.must('operator', 'node-approve', { id });
    let at = -1;
    await until(async () => {
      at = (await this.lines()).findIndex(({ node }) => node === id);
      return at >= 0;
    }, 'the lines to be written');
    return at;
  }

  async #hearAgents(): Promise<void> {
    await until(async () => {
      for (const agent of this.agents) agent.report({ sentAtMs: systemClock.now() });
      const answer = await this.call('operator', 'node-list', {});
      return answer.ok && answer.value.nodes.length === this.agents.length;
    }, 'the nodes to be known');
  }
}

async function startAs(
  name: string,
  client: NatsClient,
  { vault, registration, intervalMs, weightMax, quota }: Leading & { readonly vault: Vault },
): Promise<CoordinatorHandle> {
  const settings = {
    cluster: CLUSTER,
    name,
    policy: 'dqoes',
    params: { ...PARAMS, ...(intervalMs === undefined ? {} : { intervalMs }) },
    leaseMs: 10_000,
    replicas: 1,
    acceptLost: [],
    registration,
    ...(weightMax === undefined ? {} : { submitterWeightMax: weightMax }),
    ...(quota === undefined ? {} : { submitterQuota: quota }),
  } as const;
  const deps = { ...client, vault, clock: systemClock, log: silentLog };
  return must(await startCoordinator(settings, deps));
}
