import type { FastifyInstance } from 'fastify';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import type { Cluster } from '../../../console/cluster/cluster.js';
import type { EventFeed } from '../../../console/cluster/event-feed.js';
import { DEFAULT_LIMITS } from '../../../console/contract.js';
import { Day } from '../../../console/history/day.js';
import { NodeHours } from '../../../console/history/node-hour.js';
import { buildApp } from '../../../console/http/app.js';
import { USER_ROLES } from '../../../proto/roles.js';
import type { Verb } from '../../../proto/schemas/service.js';
import type { AllocationMinute } from '../../../proto/schemas/view.js';
import { silentLog } from '../../../shared/log.js';
import { err, ok } from '../../../shared/result.js';
import { systemClock } from '../system-clock.js';
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
    jobs: async () => ok(held.scene.jobs),
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

/** A plan that takes the target of another job. */
const planOf = (jobs: readonly { readonly name: string }[]) => ({
  plans: jobs.map(({ name }) => ({
    job: name,
    change: 'updated',
    allocations: [
      {
        id: `${name}-1`,
        node: 'h1',
        verdict: 'met',
        limitCores: 0.62,
        expectedMs: 71,
        reachableMs: null,
        neededCores: null,
        reason: 'there is room',
      },
    ],
  })),
  effects: [
    {
      allocation: 'vad-1',
      job: 'vad',
      node: 'h1',
      effect: 'loses-target',
      reason: 'it would have 0.2 CPU less and answer in 340 ms',
    },
  ],
});

/** A drain in which all but one job find another host, and one there loses its target. */
function drainOf({ jobs }: Scene, node: string) {
  const here = jobs
    .flatMap(({ allocations }) => allocations)
    .filter((each) => each.node === node && each.container?.origin !== 'label');
  const foreign = jobs
    .flatMap(({ allocations }) => allocations)
    .filter((each) => each.node === node && each.container?.origin === 'label');
  const [stays, ...moves] = here;
  return {
    node,
    moves: moves.map(({ id, job }) => ({
      allocation: id,
      job,
      to: {
        ...{ id: id.replace(/-1$/, '-2'), node: 'h1', verdict: 'met', limitCores: 0.3 },
        ...{ expectedMs: 84, reachableMs: null, neededCores: null },
        reason: `moves from ${node}: ${node} is draining; most CPU left`,
      },
    })),
    stays: [
      ...(stays === undefined
        ? []
        : [
            {
              ...{ allocation: stays.id, job: stays.job },
              reason: 'h1 has 0.31 of 2 CPU left: it takes at least 0.5',
            },
          ]),
      ...foreign.map(({ id, job, container }) => ({
        ...{ allocation: id, job, container: container?.name },
        reason: 'somebody else started it: it stays, and its limit goes on',
      })),
    ],
    effects: [
      {
        ...{ allocation: 'vad-1', job: 'vad', node: 'h1', effect: 'loses-target' },
        reason: 'it would have 0.2 CPU less and answer in 340 ms',
      },
    ],
  };
}

/** A closed loop: the CPU is that of half a second of work ÷ the target; fast ones hurt vad. */
function quoteOf({ name: job, targetsMs = [] }: Readonly<Record<string, unknown>>) {
  const asked = targetsMs as readonly number[];
  const ladder = [50, 70, 100, 141, 200, 282];
  const steps = (asked.length === 0 ? ladder : asked).map((targetMs, i) => ({
    ...{ targetMs, verdict: i === 0 ? 'unmet' : 'met', cpuCores: 50 / targetMs },
    ...{ expectedMs: targetMs, nodes: ['h2'], costPerHour: i === 0 ? null : 2 / targetMs },
    effects:
      i === 1
        ? [
            {
              ...{ allocation: 'vad-1', job: 'vad', node: 'h1', effect: 'loses-target' },
              reason: 'it would answer in 340 ms',
            },
          ]
        : [],
  }));
  const prices = { currency: 'EUR', cpuCoreHour: 0.04, memoryGibHour: 0.005, gpuHour: 1.5 };
  return { job, prices, fastestMs: 70, steps, reason: '' };
}

/** An hour of each node, with a GPU on the second. */
function rememberNodes(nodeHours: NodeHours, { nodes }: Scene): void {
  const step = Math.floor(Date.now() / 10_000);
  for (const [at, status] of nodes.entries())
    for (let i = 0; i < 360; i += 1) {
      const wave = 1 + 0.4 * Math.sin((i + at * 40) / 30);
      const host = { ...status.host, cpuUtilisationRatio: 0.4 * wave, cpuPressureRatio: 0.1 * wave };
      nodeHours.takeChange({
        ...{ schema: 1, incarnation: 'i', epoch: 3, node: status.id, sequence: i + 1 },
        atMs: (step - i) * 10_000,
        full: false,
        status: { ...status, liveness: 'ready', host, othersCpuCores: 0.3 * wave },
        ...{ figures: [], facts: [], gone: [] },
      });
    }
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

/** Fills the rings: each allocation wanders around what it does now. */
function remember(day: Day, { jobs }: Scene, minutes: number): void {
  const last = Math.floor(Date.now() / 60_000);
  const all = jobs.flatMap(({ allocations }) => allocations).filter(({ node }) => node !== null);
  for (let minute = last - minutes + 1; minute <= last; minute += 1)
    day.takeMinute({
      schema: 1,
      node: 'h1' as never,
      minute,
      epoch: 3,
      seconds: 60,
      allocations: all.map((each, i): AllocationMinute => {
        const wave = 1 + 0.25 * Math.sin((minute + i) / 5);
        const limit = each.desired?.cpuCores ?? 0.1;
        const isGood = each.qoeClass === 'within' && wave < 1.2;
        return {
          id: each.id,
          job: each.job,
          requests: 100,
          meanMs: each.latencyMs === null ? null : each.latencyMs * wave,
          worstMs: each.latencyMs === null ? null : each.latencyMs * 2,
          seconds: 60,
          observedSeconds: each.latencyMs === null ? 0 : 60,
          atTargetSeconds: isGood ? 60 : 0,
          notSlowerSeconds: each.qoeClass === 'slower' ? 0 : 60,
          reservedCpuSeconds: limit * 60,
          usedCpuSeconds: limit * 40 * wave,
          throttledRatio: 0.1,
          energyJoules: null,
        };
      }),
    });
  day.noteLoaded();
}
