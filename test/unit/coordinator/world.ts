import assert from 'node:assert/strict';
import type { CoordinatorHandle } from '../../../coordinator/contract.js';
import type { Pace } from '../../../coordinator/pacing/pace.js';
import type { Vault } from '../../../coordinator/secrets/vault.js';
import { startCoordinator } from '../../../coordinator/start.js';
import type { RegistrationMode } from '../../../coordinator/state/model.js';
import type { Bus } from '../../../proto/bus.js';
import { UNSIGNED } from '../../../proto/command-codec.js';
import { decodeEvent } from '../../../proto/event.js';
import { createMemoryHub, type MemoryHub } from '../../../proto/memory/bus.js';
import { MemoryStores } from '../../../proto/memory/store.js';
import type { DqoesEvent } from '../../../proto/schemas/event.js';
import type { PolicyName, ServiceCalls, Verb } from '../../../proto/schemas/service.js';
import { callService } from '../../../proto/service-client.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { silentLog } from '../../../shared/log.js';
import { InProcessWorkers } from '../../lib/in-process-workers.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { SETTINGS } from './build.js';
import { FakeAgent } from './fake-agent.js';

const CLUSTER = SETTINGS.cluster;
/** Of each coordinator: all must hold with workers, too. */
export const WORKERS = Number(process.env.DQOES_TEST_WORKERS ?? 0);

/**
 * Coordinators, one agent and a user on an in-memory NATS, with a clock that only the test moves.
 */
export class World {
  readonly clock = new ManualClock();
  readonly subjects = subjectsOf(CLUSTER);
  readonly hub: MemoryHub = createMemoryHub({ clock: this.clock, log: silentLog });
  readonly bus: Bus = this.hub.connect();
  readonly stores = new MemoryStores({
    clock: this.clock,
    publish: (subject, data) => this.bus.publish(subject, data),
  });
  readonly agent = new FakeAgent(this.hub.connect(), this.subjects, 'h1');
  /** For coordinators started from now on; undefined = they never yield the thread. */
  pace: Pace | undefined;
  /** Of coordinators started from now on; undefined = they have no key for secrets. */
  vault: Vault | undefined;
  /** How coordinators started from now on read and write desired states. */
  commands = UNSIGNED;
  /** Of coordinators started from now on. */
  policy: PolicyName = 'dqoes';
  /** Which nodes take part, for coordinators started from now on. */
  registration: RegistrationMode = 'open';
  /** Types of the events seen, without the prefix. */
  readonly events: string[] = [];
  /** The same whole. */
  readonly facts: DqoesEvent[] = [];
  readonly #running: CoordinatorHandle[] = [];

  static async make(): Promise<World> {
    const world = new World();
    await world.stores.install(CLUSTER, { replicas: 1 });
    world.bus.subscribe(world.subjects.allEvents, ({ data }) => {
      const event = decodeEvent(data);
      assert.ok(event.ok);
      world.events.push(event.value.type.replace('dqoes.', ''));
      world.facts.push(event.value);
    });
    return world;
  }

  tryStart(name: string) {
    const settings = {
      ...SETTINGS,
      name,
      policy: this.policy,
      registration: this.registration,
      workers: WORKERS,
    };
    const { stores, clock, commands } = this;
    const pace = this.pace === undefined ? {} : { pace: this.pace };
    const vault = this.vault === undefined ? {} : { vault: this.vault };
    const beside = { commands, ...pace, ...vault };
    const runsOn = { bus: this.hub.connect(), stores, clock, log: silentLog, ...beside };
    const workers = new InProcessWorkers(settings, () => runsOn);
    return startCoordinator(settings, { ...runsOn, beginWorker: workers.begin });
  }

  async start(name = 'c1'): Promise<CoordinatorHandle> {
    const started = await this.tryStart(name);
    assert.ok(started.ok, JSON.stringify(started));
    this.#running.push(started.value);
    await this.clock.advance(0);
    return started.value;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((each) => each.stop()));
  }

  async call<V extends Verb>(verb: V, request: ServiceCalls[V]['request']) {
    const answer = callService(
      { bus: this.bus, subjects: this.subjects, timeoutMs: 60_000 },
      verb,
      request,
    );
    await this.clock.advance(50);
    await this.#refresh();
    return answer;
  }

  /** Sends one report per second for this time. */
  async live(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      this.agent.report();
      await this.clock.advance(1000);
      await this.#refresh();
    }
  }

  /** For `status`. Not while the test holds what is decided. */
  async #refresh(): Promise<void> {
    if (WORKERS === 0 || this.pace !== undefined) return;
    for (const each of this.#running) await each.refresh();
  }

  /** The limit in the newest desired state that the agent holds, cores. */
  coresOf(job: string): number | null | undefined {
    return this.agent.desired?.allocations.find(({ job: owner }) => owner === job)?.limit.cpuCores;
  }
}
