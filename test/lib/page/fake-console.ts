import type { FastifyInstance } from 'fastify';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import type { Cluster } from '../../../console/cluster/cluster.js';
import type { EventFeed } from '../../../console/cluster/event-feed.js';
import { DEFAULT_LIMITS } from '../../../console/contract.js';
import { Day } from '../../../console/history/day.js';
import { NodeHours } from '../../../console/history/node-hour.js';
import { buildApp } from '../../../console/http/app.js';
import type { Reports } from '../../../console/reporting/reports.js';
import { USER_ROLES } from '../../../proto/roles.js';
import type { Verb } from '../../../proto/schemas/service.js';
import { silentLog } from '../../../shared/log.js';
import { err, ok } from '../../../shared/result.js';
import { systemClock } from '../system-clock.js';
import { drainOf, planOf, quoteOf, ROOM, usageOf } from './fake-answers.js';
import { remember, rememberNodes } from './fake-history.js';
import type { Scene } from './scenes.js';

/** The console's own HTTP server before a cluster that is made up: a test says what it holds. */
export interface FakeConsole {
  readonly url: string;
  scene: Scene;
  /** Verbs that were called, with what they were asked. */
  readonly calls: (readonly [Verb, unknown])[];
  /** Adds an event now. */
  say(type: string, data: object): void;
  stop(): Promise<void>;
}

/** The token of a role. */
export const tokenOf = (role: string): string => `dqoes_${role}_${'s'.repeat(43)}`;

interface FakeOptions {
  readonly requireToken?: boolean;
  readonly port?: number;
  /** Minutes of the past that are remembered of each allocation. */
  readonly minutes?: number;
}

/** Starts one on a free port. */
export async function startFakeConsole(
  first: Scene,
  { requireToken = false, port = 0, minutes = 60 }: FakeOptions = {},
): Promise<FakeConsole> {
  const calls: FakeConsole['calls'] = [];
  const events: string[] = [];
  const waiting = new Set<() => void>();
  const held = { scene: first };
  const day = new Day(2000);
  remember(day, first, minutes);
  const nodeHours = new NodeHours(2000);
  rememberNodes(nodeHours, first);
  const app = await buildApp({
    settings: { cluster: 'main', host: '127.0.0.1', requireToken },
    limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1e6, requestsAtOnce: 1e6 },
    sources: {
      cluster: fakeCluster(held, calls),
      events: fakeFeed(events, waiting),
      day,
      reports: { make: async () => ok(usageOf()) } as unknown as Reports,
      nodeHours,
      readJobs: parseJobFile,
    },
    clock: systemClock,
    log: silentLog,
    version: '0.1.0',
  });
  await app.listen({ host: '127.0.0.1', port });
  return {
    url: addressOf(app),
    calls,
    get scene() {
      return held.scene;
    },
    set scene(scene) {
      held.scene = scene;
    },
    say: (type, data) => {
      const time = new Date().toISOString();
      const id = String(events.length + 1);
      events.push(
        JSON.stringify({ specversion: '1.0', id, source: '/dqoes/main', type, time, data }),
      );
      for (const wake of [...waiting]) wake();
    },
    stop: () => app.close(),
  };
}

function addressOf(app: FastifyInstance): string {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

function fakeCluster(held: { readonly scene: Scene }, calls: FakeConsole['calls']): Cluster {
  const call = async (verb: Verb, request: Readonly<Record<string, unknown>>, token?: string) => {
    const role = USER_ROLES.find((each) => token === tokenOf(each));
    if (verb === 'token-status')
      return role === undefined
        ? err([{ code: 'auth.bad-token', field: 'token', message: 'the token is not known' }])
        : ok({ id: role, name: role, role, createdAtMs: 0 });
    calls.push([verb, request]);
    const jobs = (request.jobs ?? []) as readonly { readonly name: string }[];
    if (verb === 'job-plan') return ok(planOf(jobs));
    if (verb === 'node-drain-plan') return ok(drainOf(held.scene, String(request.id)));
    if (verb === 'job-quote') return ok(quoteOf(request));
    if (verb === 'job-submit')
      return ok({ created: jobs.map(({ name }) => name), updated: [], unchanged: [] });
    const found = held.scene.jobs.find(({ spec }) => spec.name === request.name);
    if (verb === 'job-status' && found !== undefined) return ok({ job: found });
    return ok({ ...request });
  };
  const fake = {
    call,
    nodes: () =>
      held.scene.nodes.map((status) => ({
        id: status.id,
        status,
        allocations: held.scene.jobs
          .flatMap(({ allocations }) => allocations)
          .filter(({ node }) => node === status.id),
      })),
    jobs: async () => {
      const { jobs, jobsFault } = held.scene;
      return jobsFault === undefined ? ok(jobs) : err([jobsFault]);
    },
    capacity: async () => ok(ROOM),
    forgetJobs: () => {},
    summary: () => ({
      epoch: 3,
      isWhole: true,
      silentMs: held.scene.hasLeader ? 400 : 40_000,
      isConnected: held.scene.isConnected,
    }),
    get hasLeader() {
      return held.scene.hasLeader;
    },
  };
  return fake as unknown as Cluster;
}

function fakeFeed(events: readonly string[], waiting: Set<() => void>): EventFeed {
  const fake = {
    isKnown: true,
    get last() {
      return events.length;
    },
    after: async (sequence: number) => {
      const json = events[sequence];
      return json === undefined ? null : { sequence: sequence + 1, json };
    },
    waitForMore: (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const done = (): void => {
          waiting.delete(done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      }),
    page: async (after: number | undefined, limit: number) => {
      const start = after ?? Math.max(0, events.length - limit);
      const found = events.slice(start, start + limit).map((json, i) => ({
        sequence: start + i + 1,
        event: JSON.parse(json) as unknown,
      }));
      return ok({ events: found, last: events.length });
    },
  };
  return fake as unknown as EventFeed;
}
