import assert from 'node:assert/strict';
import type {
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
} from '../../../../coordinator/contract.js';
import { startCoordinator } from '../../../../coordinator/start.js';
import { decodeEvent } from '../../../../proto/event.js';
import { createMemoryHub, type MemoryHub } from '../../../../proto/memory/bus.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { DqoesEvent } from '../../../../proto/schemas/event.js';
import type { ServiceCalls, Verb } from '../../../../proto/schemas/service.js';
import { callService } from '../../../../proto/service-client.js';
import type { BucketName, KeyValueStore, StoreProvider } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import { InProcessWorkers } from '../../../lib/in-process-workers.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { PARAMS } from '../build.js';
import { FakeAgent } from '../fake-agent.js';

const CLUSTER = 'test';
export const LEASE_MS = 10_000;

type Puts = Parameters<KeyValueStore['put']>;

/** What stands between a coordinator, with its workers, and the store; `put` writes it. */
type Put = (
  bucket: BucketName,
  put: () => ReturnType<KeyValueStore['put']>,
  ...given: Puts
) => ReturnType<KeyValueStore['put']>;

/** A coordinator that leads, and its workers. */
export interface Led {
  readonly leader: CoordinatorHandle;
  readonly workers: InProcessWorkers;
}

/**
 * Several agents on an in-memory NATS, and coordinators that decide about them with workers or
 * without, by a clock that only the test moves.
 */
export class DividedWorld {
  readonly clock = new ManualClock();
  readonly subjects = subjectsOf(CLUSTER);
  readonly hub: MemoryHub = createMemoryHub({ clock: this.clock, log: silentLog });
  readonly bus = this.hub.connect();
  readonly stores = new MemoryStores({
    clock: this.clock,
    publish: (subject, data) => this.bus.publish(subject, data),
  });
  readonly agents: readonly FakeAgent[];
  readonly facts: DqoesEvent[] = [];
  /** Whether the stream takes events of coordinators whose writes go through a `put`. */
  takesEvents = true;
  readonly #running: CoordinatorHandle[] = [];

  private constructor(agents: number) {
    this.agents = Array.from(
      { length: agents },
      (_, i) => new FakeAgent(this.hub.connect(), this.subjects, `h${i + 1}`),
    );
    this.bus.subscribe(this.subjects.allEvents, ({ data }) => {
      const event = decodeEvent(data);
      assert.ok(event.ok);
      this.facts.push(event.value);
    });
  }

  static async make(agents = 6): Promise<DividedWorld> {
    const world = new DividedWorld(agents);
    await world.stores.install(CLUSTER, { replicas: 1 });
    return world;
  }

  settingsOf(workers: number, name = 'c1'): CoordinatorSettings {
    return {
      cluster: CLUSTER,
      name,
      workers,
      policy: 'dqoes',
      params: PARAMS,
      leaseMs: LEASE_MS,
      replicas: 1,
      acceptLost: [],
    };
  }

  /** What a coordinator and its workers run on; `put` absent = the store at once. */
  depsOf(settings: CoordinatorSettings, put?: Put) {
    const { clock } = this;
    const takesEvents = (): boolean => this.takesEvents;
    const stores = put === undefined ? this.stores : withPuts(this.stores, put, takesEvents);
    const runsOn = { bus: this.hub.connect(), stores, clock, log: silentLog };
    const workers = new InProcessWorkers(settings, () => runsOn);
    return { deps: { ...runsOn, beginWorker: workers.begin }, workers };
  }

  async tryStart(
    settings: CoordinatorSettings,
    deps: CoordinatorDeps,
  ): Promise<Result<CoordinatorHandle>> {
    const starting = startCoordinator(settings, deps);
    for (let turn = 0; turn < 5; turn += 1) await this.clock.advance(0);
    return starting;
  }

  async start(workers: number, name = 'c1', put?: Put): Promise<Led> {
    const settings = this.settingsOf(workers, name);
    const { deps, workers: begun } = this.depsOf(settings, put);
    const started = await this.tryStart(settings, deps);
    assert.ok(started.ok, JSON.stringify(started));
    this.#running.push(started.value);
    await this.clock.advance(0);
    return { leader: started.value, workers: begun };
  }

  async stop(): Promise<void> {
    const stopped = Promise.all(this.#running.map((each) => each.stop()));
    for (let turn = 0; turn < 20; turn += 1) await this.clock.advance(1000);
    await stopped;
  }

  async call<V extends Verb>(verb: V, request: ServiceCalls[V]['request']) {
    const wire = { bus: this.bus, subjects: this.subjects, timeoutMs: 60_000 };
    const answer = callService(wire, verb, request);
    for (let turn = 0; turn < 5; turn += 1) await this.clock.advance(10);
    return answer;
  }

  /** What the call answers, which must be no fault. */
  async ask<V extends Verb>(verb: V, request: ServiceCalls[V]['request']) {
    const answer = await this.call(verb, request);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.value;
  }

  /** Every agent sends one report per second for this time. */
  async live(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      for (const agent of this.agents) if (!agent.isPaused) agent.report();
      await this.clock.advance(1000);
    }
  }

  /** Where each allocation is desired to run, by its id; more than one name where it is twice. */
  get placed(): ReadonlyMap<string, readonly string[]> {
    const placed = new Map<string, string[]>();
    for (const { node, desired } of this.agents)
      for (const { id, spec } of desired?.allocations ?? [])
        if (spec !== undefined) placed.set(id, [...(placed.get(id) ?? []), node]);
    return new Map([...placed].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The limit of each allocation, cores. */
  get limits(): ReadonlyMap<string, number | null> {
    const all = this.agents.flatMap(({ desired }) => desired?.allocations ?? []);
    return new Map(all.map(({ id, limit }) => [id, limit.cpuCores]));
  }
}

/** Stores whose writes go through `put`. */
function withPuts(provider: StoreProvider, put: Put, takesEvents: () => boolean): StoreProvider {
  return {
    install: (...args) => provider.install(...args),
    openEvents: async (...args) => {
      const opened = await provider.openEvents(...args);
      if (!opened.ok) return opened;
      const { value: log } = opened;
      return ok({
        append: async (...event) =>
          takesEvents() ? log.append(...event) : err('unknown' as const),
      });
    },
    auditLog: (...args) => provider.auditLog(...args),
    openHistory: (...args) => provider.openHistory(...args),
    reader: (...args) => provider.reader(...args),
    open: async (cluster, bucket) => {
      const opened = await provider.open(cluster, bucket);
      if (!opened.ok) return opened;
      const store = opened.value;
      return ok({ ...store, put: (...args) => put(bucket, () => store.put(...args), ...args) });
    },
  };
}
