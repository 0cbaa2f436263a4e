import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { Cluster } from '../../../console/cluster/cluster.js';
import { EventFeed } from '../../../console/cluster/event-feed.js';
import {
  type ConsoleLimits,
  type ConsoleSettings,
  DEFAULT_LIMITS,
} from '../../../console/contract.js';
import { Day } from '../../../console/history/day.js';
import { DayLoader } from '../../../console/history/loader.js';
import { NodeHours } from '../../../console/history/node-hour.js';
import { buildApp } from '../../../console/http/app.js';
import { consoleSamples } from '../../../console/monitoring/console-samples.js';
import { ConsoleMeter } from '../../../console/monitoring/meter.js';
import type { ReportAccess } from '../../../console/reporting/report.js';
import { Reports } from '../../../console/reporting/reports.js';
import type { CoordinatorHandle } from '../../../coordinator/contract.js';
import { startCoordinator } from '../../../coordinator/start.js';
import { createMemoryHub } from '../../../proto/memory/bus.js';
import { MemoryStores } from '../../../proto/memory/store.js';
import type { UserRole } from '../../../proto/roles.js';
import type { ServiceCalls, Verb } from '../../../proto/schemas/service.js';
import { callService } from '../../../proto/service-client.js';
import { eventStreamOf, historyStreamOf, subjectsOf } from '../../../proto/subjects.js';
import type { NodeId } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import type { Samples } from '../../../shared/monitoring/samples.js';
import { container, PARAMS } from '../../unit/coordinator/build.js';
import { FakeAgent } from '../../unit/coordinator/fake-agent.js';
import { ManualClock } from '../manual-clock.js';
import { MemoryStream } from './memory-stream.js';

const CLUSTER = 'main';

/** Who makes a request; the last four have no rights. */
export const PERSONAS = [
  ...(['nobody', 'viewer', 'submitter', 'operator'] as const),
  ...(['revoked', 'expired', 'forged', 'malformed'] as const),
];
export type Persona = (typeof PERSONAS)[number];

/** The role that somebody has; undefined = none. On this machine nobody in particular may read. */
export const roleOf = (persona: Persona): UserRole | undefined =>
  (({ nobody: 'viewer', viewer: 'viewer', submitter: 'submitter', operator: 'operator' }) as const)[
    persona as 'viewer'
  ];

/** Ids of tokens have 8 to 16 characters. */
const idOf = (persona: Persona): string => `persona${persona}`.slice(0, 16);
const tokenOf = (persona: Persona): string => `dqoes_${idOf(persona)}_${'s'.repeat(43)}`;
/** The header that somebody sends. */
export const authorizationOf = (persona: Persona): string | undefined => {
  if (persona === 'nobody') return undefined;
  if (persona === 'malformed') return 'Bearer x';
  const token = tokenOf(persona === 'forged' ? 'operator' : persona);
  return `Bearer ${persona === 'forged' ? `${token.slice(0, -1)}t` : token}`;
};

/** Ids of nodes of which one begins another, which lists must not mix up. */
export const NODES = ['h1', 'h1-b', 'h2'] as const;
const START_MS = 3000;

/**
 * A console before a real coordinator, three agents and the stores, all in this process and on a
 * clock that moves only while somebody waits: the same requests have the same answers.
 */
export class ApiWorld {
  readonly clock = new ManualClock();
  readonly subjects = subjectsOf(CLUSTER);
  readonly #hub = createMemoryHub({ clock: this.clock, log: silentLog });
  readonly bus = this.#hub.connect();
  readonly events = new MemoryStream(() => this.clock.wall());
  readonly stores = new MemoryStores({
    clock: this.clock,
    publish: (subject, data) => {
      this.bus.publish(subject, data);
      if (!subject.includes('.evt.')) return;
      const { id } = JSON.parse(new TextDecoder().decode(data)) as { readonly id: string };
      this.events.keep(subject, id, data);
    },
  });
  readonly #agents = NODES.map((name) => new FakeAgent(this.#hub.connect(), this.subjects, name));
  readonly #parts: { start(): void; stop(): Promise<void> }[] = [];
  readonly #apps: FastifyInstance[] = [];
  #coordinator: CoordinatorHandle | undefined;
  app!: FastifyInstance;
  /** Adds what the first console exports. */
  sample: (samples: Samples) => void = () => {};

  /** A world with tokens of all personas, whose nodes have reported. */
  static async make(): Promise<ApiWorld> {
    const world = new ApiWorld();
    await world.stores.install(CLUSTER, { replicas: 1 });
    await world.events.serve(world.#hub.connect(), eventStreamOf(CLUSTER));
    const minutes = new MemoryStream(() => world.clock.wall());
    await minutes.serve(world.#hub.connect(), historyStreamOf(CLUSTER));
    const [first] = world.#agents;
    first?.others.push(container('adopted-1', { origin: 'label', name: 'adopted' }));
    await world.lead();
    world.app = await world.console();
    await world.#makeTokens();
    await world.live(START_MS);
    return world;
  }

  /** A coordinator leads from now on, in the place of the one before. */
  async lead(): Promise<void> {
    await this.#coordinator?.stop();
    const settings = { policy: 'adaptive', params: PARAMS, leaseMs: 10_000 } as const;
    const started = await startCoordinator(
      { cluster: CLUSTER, name: 'c1', replicas: 1, acceptLost: [], ...settings },
      { bus: this.#hub.connect(), stores: this.stores, clock: this.clock, log: silentLog },
    );
    assert.ok(started.ok, JSON.stringify(started));
    this.#coordinator = started.value;
    await this.clock.advance(0);
  }

  /** Another console; nothing listens. */
  async console(
    settings: Partial<ConsoleSettings> = {},
    limits: Partial<ConsoleLimits> = {},
  ): Promise<FastifyInstance> {
    const { clock } = this;
    const base = { bus: this.#hub.connect(), cluster: CLUSTER, clock, log: silentLog };
    const day = new Day(50);
    const nodeHours = new NodeHours(10);
    const cluster = new Cluster({
      ...base,
      onChange: (change) => {
        nodeHours.takeChange(change);
        const known = cluster.allocationsOn(change.node as NodeId);
        day.takeChange(change, (id) => known?.get(id as never));
      },
    });
    const { bus } = base;
    const call: ReportAccess['call'] = (verb, asked) => cluster.call(verb, asked);
    const reports = new Reports({ bus, cluster: CLUSTER, call }, clock);
    const events = new EventFeed(base);
    const meter = new ConsoleMeter();
    if (this.#apps.length === 0)
      this.sample = (samples) => consoleSamples(samples, { cluster, day, meter });
    const parts = [cluster, events, new DayLoader({ ...base, day })];
    for (const part of parts) part.start();
    this.#parts.push(...parts);
    const free = { requestsPerSecond: 1e9, requestsAtOnce: 1e9 };
    const app = await buildApp({
      settings: { cluster: CLUSTER, host: '127.0.0.1', ...settings },
      limits: { ...DEFAULT_LIMITS, ...free, ...limits },
      sources: { cluster, events, day, reports, nodeHours, readJobs: parseJobFile },
      clock,
      log: silentLog,
      version: '1',
      meter,
    });
    await app.ready();
    this.#apps.push(app);
    return app;
  }

  async #makeTokens(): Promise<void> {
    const expiresAtMs = this.clock.wall() + 1000;
    for (const persona of ['viewer', 'submitter', 'operator', 'revoked', 'expired'] as const) {
      const role = persona === 'viewer' || persona === 'submitter' ? persona : 'operator';
      const hash = createHash('sha256').update(tokenOf(persona)).digest('hex');
      const ends = persona === 'expired' ? { expiresAtMs } : {};
      await this.call('token-create', { id: idOf(persona), name: persona, role, hash, ...ends });
    }
    await this.call('token-revoke', { id: idOf('revoked') });
  }

  /** A call with no token; a fault fails the test. */
  async call<V extends Verb>(verb: V, request: ServiceCalls[V]['request']) {
    const target = { bus: this.bus, subjects: this.subjects, timeoutMs: 60_000 };
    const answer = await this.during(callService(target, verb, request));
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.value;
  }

  /** Sends a request without a network; time goes on only if the answer needs that. */
  inject(request: InjectOptions, app = this.app): Promise<LightMyRequestResponse> {
    return this.during(app.inject(request));
  }

  /** The result, for which time goes on as far as it must. */
  async during<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    work.then(over, over);
    for (let turn = 0; turn < 40 && !isOver; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    while (!isOver) await this.clock.advance(5);
    return work;
  }

  /** Time passes, in which agents report five times a second. */
  async live(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 200) {
      for (const agent of this.#agents)
        agent.report({ intervalMs: 200, sentAtMs: this.clock.now() });
      await this.clock.advance(Math.min(200, left));
    }
  }

  /** All that a request may change, as it is stored. */
  async stored(): Promise<string> {
    const jobs = await this.stores.open(CLUSTER, 'jobs');
    const nodes = await this.stores.open(CLUSTER, 'nodes');
    assert.ok(jobs.ok && nodes.ok);
    const [revision, listed] = [await jobs.value.lastRevision(), await nodes.value.list()];
    assert.ok(revision.ok && listed.ok);
    const asked = listed.value.map(({ key, value }) => {
      const text = new TextDecoder().decode(value);
      if (!key.startsWith('node.')) return `${key} ${text}`;
      // The record of a node is also written for what it reports.
      const { cordoned, draining, approved } = JSON.parse(text) as Record<string, unknown>;
      return `${key} ${cordoned} ${draining} ${approved}`;
    });
    return [`jobs ${revision.value}`, ...asked].sort().join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.#apps.map((each) => each.close()));
    const ending = Promise.all([
      this.#coordinator?.stop(),
      ...this.#parts.map((each) => each.stop()),
    ]);
    await this.during(ending);
    for (const agent of this.#agents) agent.stop();
  }
}
