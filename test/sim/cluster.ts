import type { EngineCpuSettings } from '../../agent/ports/engine.js';
import { MARKED_BUCKETS, type MarkedBucket } from '../../coordinator/store/bucket-mark.js';
import type { PolicyName } from '../../proto/schemas/service.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { AgentLives, agentConfigOf } from './agents.js';
import { coordinatorOf } from './coordinators.js';
import { Host } from './host.js';
import { Nats } from './nats.js';
import { Observer } from './observer.js';
import { Operator } from './operator.js';
import type { Runner } from './runner.js';
import { INCARNATION_HOLD_MS } from './settings.js';
import { fingerprintOf } from './watch-bystanders.js';
import type { World } from './world.js';

export const CLUSTER = 'sim';
const NONE: EngineCpuSettings = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
/** What containers may have been started with. */
const STYLES: readonly EngineCpuSettings[] = [
  NONE,
  { ...NONE, quotaUs: 150_000, periodUs: 100_000 },
  { ...NONE, nanoCpus: 1_200_000_000 },
  { ...NONE, shares: 512 },
];
const POLICIES: readonly PolicyName[] = [
  'equal',
  'equal',
  'adaptive',
  'adaptive',
  'dqoes',
  'default',
];

/**
 * A whole cluster in one process: hosts, agents, NATS, coordinators, an operator, and an observer.
 */
export class Cluster {
  readonly nats: Nats;
  readonly observer: Observer;
  readonly operator: Operator;
  readonly hosts: readonly Host[];
  readonly agents: readonly AgentLives[];
  readonly coordinators: readonly Runner[];
  readonly subjects = subjectsOf(CLUSTER);
  readonly policy: PolicyName;
  #acceptLost: readonly MarkedBucket[] = [];

  constructor(
    readonly world: World,
    workers = 0,
  ) {
    this.nats = new Nats(world, CLUSTER);
    this.observer = new Observer(world, INCARNATION_HOLD_MS);
    this.nats.onBack = (bucket, key) => bucket === 'jobs' && this.observer.acknowledged.onBack(key);
    this.operator = new Operator(world, this.nats, this.observer);
    this.policy = world.pick(POLICIES) ?? 'equal';
    const count = 2 + Math.floor(world.random() * 3);
    this.hosts = Array.from({ length: count }, (_, i) => hostOf(world, `h${i + 1}` as NodeId));
    this.agents = this.hosts.map(
      (host) => new AgentLives(host, agentConfigOf(host.node, CLUSTER), this.nats, this.observer),
    );
    const parts = {
      world,
      nats: this.nats,
      observer: this.observer,
      policy: this.policy,
      workers,
      acceptLost: () => this.#acceptLost,
      onRefusal: () => this.#giveUpWhatIsLost(),
    };
    this.coordinators = ['a', 'b'].map((name) => coordinatorOf(name, parts));
    for (const agent of this.agents) {
      this.observer.hosts.set(agent.host.node, agent.host);
      this.observer.agents.set(agent.host.node, agent);
    }
    world.timeline.onQuiet = () => this.observer.look();
  }

  /** An operator without a backup: accepts the loss, and submits all jobs once more. */
  #giveUpWhatIsLost(): void {
    if (this.#acceptLost.length > 0) return;
    this.#acceptLost = MARKED_BUCKETS;
    this.world.tell('', 'the operator gives up what is lost');
    this.observer.promised.clear();
    this.observer.acknowledged.onLost();
    this.operator.askAgain();
  }

  async start(): Promise<void> {
    await this.nats.install();
    for (const runner of this.coordinators) runner.start();
    for (const { runner } of this.agents) runner.start();
  }

  /** By the lease, as the store holds it. */
  isLeader(runner: Runner): boolean {
    return this.observer.leader === runner.name.replace('coordinator ', '');
  }
}

function hostOf(world: World, node: NodeId): Host {
  const host = new Host(world, node);
  const adopted = Math.floor(world.random() * 3);
  for (let n = 1; n <= adopted; n += 1) {
    const labels = {
      'dqoes.enable': 'true',
      'dqoes.target': '800ms',
      'dqoes.latency.source': 'log',
      'dqoes.latency.pattern': '"ms": (?<value>[0-9.]+)',
      'dqoes.latency.unit': 'ms',
    };
    const container = host.engine.create({
      name: `${node}-old-${n}`,
      labels,
      cpu: world.pick(STYLES) ?? NONE,
    });
    host.originals.set(container.id, container.cpu);
  }
  const bystander = host.engine.create({
    name: `${node}-stranger`,
    cpu: world.pick(STYLES) ?? NONE,
  });
  host.bystanders.set(bystander.id, fingerprintOf(bystander));
  return host;
}
