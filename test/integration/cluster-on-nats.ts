import assert from 'node:assert/strict';
import type { CoordinatorHandle, CoordinatorSettings } from '../../coordinator/contract.js';
import { startCoordinator } from '../../coordinator/start.js';
import { decodeEvent } from '../../proto/event.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { ServiceCalls, Verb } from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { type Log, silentLog } from '../../shared/log.js';
import { connectForTest } from '../lib/nats-client.js';
import { systemClock } from '../lib/system-clock.js';
import { PARAMS } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';

/**
 * A cluster of its own on a real nats-server: coordinators, a user, and agents that speak the real
 * wire and report five times a second, whose containers are made up.
 */
export class ClusterOnNats {
  readonly events: DqoesEvent[] = [];
  readonly subjects: ReturnType<typeof subjectsOf>;
  readonly user: NatsClient;
  readonly #url: string;
  readonly #name: string;
  readonly #clients: NatsClient[] = [];
  readonly #agents: FakeAgent[] = [];
  readonly #running: CoordinatorHandle[] = [];
  readonly #clientOf = new Map<CoordinatorHandle, NatsClient>();
  readonly #closing = new AbortController();

  private constructor(url: string, name: string, user: NatsClient) {
    this.#url = url;
    this.#name = name;
    this.user = user;
    this.#clients.push(user);
    this.subjects = subjectsOf(name);
  }

  static async make(url: string, name: string): Promise<ClusterOnNats> {
    const cluster = new ClusterOnNats(url, name, await connectForTest(url));
    assert.ok((await cluster.user.stores.install(name, { replicas: 1 })).ok);
    cluster.user.bus.subscribe(cluster.subjects.allEvents, ({ data }) => {
      const event = decodeEvent(data);
      if (event.ok) cluster.events.push(event.value);
    });
    return cluster;
  }

  async connect(log: Log = silentLog): Promise<NatsClient> {
    const client = await connectForTest(this.#url, log);
    this.#clients.push(client);
    return client;
  }

  /** Reports until the end, or until it is stopped. */
  async agent(node: string, change: Partial<FakeAgent> = {}): Promise<FakeAgent> {
    const agent = new FakeAgent((await this.connect()).bus, this.subjects, node);
    Object.assign(agent, change);
    this.#agents.push(agent);
    void (async () => {
      while (!this.#closing.signal.aborted && !agent.isStopped) {
        if (!agent.isPaused) agent.report({ intervalMs: 200, sentAtMs: systemClock.now() });
        await systemClock.sleep(200, this.#closing.signal);
      }
    })();
    return agent;
  }

  async start(
    name: string,
    change: Partial<CoordinatorSettings> = {},
    log: Log = silentLog,
  ): Promise<CoordinatorHandle> {
    const client = await this.connect(log);
    const { bus, stores } = client;
    const settings: CoordinatorSettings = {
      cluster: this.#name,
      name,
      policy: 'dqoes',
      params: { ...PARAMS, intervalMs: 300, maxIntervalMs: 1200 },
      leaseMs: 10_000,
      replicas: 1,
      acceptLost: [],
      ...change,
    };
    const started = await startCoordinator(settings, { bus, stores, clock: systemClock, log });
    assert.ok(started.ok, JSON.stringify(started));
    this.#running.push(started.value);
    this.#clientOf.set(started.value, client);
    return started.value;
  }

  /** Cuts a coordinator off for good: it can release nothing and send nothing. */
  async kill(coordinator: CoordinatorHandle): Promise<void> {
    await this.#clientOf.get(coordinator)?.bus.close();
  }

  ask<V extends Verb>(verb: V, request: ServiceCalls[V]['request'], timeoutMs = 5000) {
    return callService({ bus: this.user.bus, subjects: this.subjects, timeoutMs }, verb, request);
  }

  /** The answer; a fault fails the test. */
  async call<V extends Verb>(verb: V, request: ServiceCalls[V]['request']) {
    const answer = await this.ask(verb, request);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.value;
  }

  /** The events of one type, in order. */
  eventsOf<T extends DqoesEvent['type']>(type: T): readonly Extract<DqoesEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<DqoesEvent, { type: T }> => event.type === type,
    );
  }

  /** Stops every coordinator; agents and clients stay. */
  async stopAll(): Promise<void> {
    await Promise.all(this.#running.map((each) => each.stop()));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const agent of this.#agents) agent.stop();
    await Promise.all(this.#running.map((each) => each.stop()));
    await Promise.all(this.#clients.map(({ bus }) => bus.close()));
  }
}
