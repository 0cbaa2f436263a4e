import type { AllocationStatus, JobStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { classify, type Target } from '../../../shared/qoe.js';
import type { ContainerDrift } from '../../../shared/report.js';
import type { Fault } from '../../../shared/result.js';
import { allocation, jobStatus, nodeStatus } from '../../unit/console/page/build.js';
import { container, job, latency, target } from '../../unit/coordinator/build.js';

/** A cluster as a console would know it. */
export interface Scene {
  readonly jobs: readonly JobStatus[];
  readonly nodes: readonly NodeStatus[];
  readonly hasLeader: boolean;
  readonly isConnected: boolean;
  /** Why jobs cannot be read; absent = they can. */
  readonly jobsFault?: Fault;
}

const node = (id: string): NodeStatus['id'] => id as NodeStatus['id'];

/** One allocation that answers in that time under that limit. */
function running(
  id: string,
  its: { readonly on: string; readonly target: Target; readonly ms: number; readonly cpu: number },
  change: Partial<AllocationStatus> = {},
): AllocationStatus {
  const { on, ms, cpu } = its;
  const cpuReport = {
    usageCores: cpu * 0.8,
    usageTotalSeconds: 100,
    throttledRatio: 0.1,
    pressureRatio: 0.05,
  };
  return allocation(id, {
    node: node(on),
    target: its.target,
    latencyMs: ms,
    qoeClass: classify(its.target, ms),
    desired: { cpuCores: cpu, periodUs: 100_000 },
    reason: `takes ${cpu} CPU to answer in ${its.target.latencyMs} ms`,
    container: container(id, { cpu: cpuReport, latency: latency(ms), image: 'models/face:3' }),
    ...change,
  });
}

/** The same, whose limit somebody else took away a while ago. */
function withDrift(allocation: AllocationStatus): AllocationStatus {
  const { container: its } = allocation;
  const foundAtMs = Date.now() - 12 * 60_000;
  const drift: ContainerDrift = {
    ...{ count: 2, setting: 'limit', from: '0.5 cores', to: 'no limit' },
    ...{ foundAtMs, rewrittenAtMs: foundAtMs + 300 },
  };
  return { ...allocation, container: its === null ? null : { ...its, drift } };
}

const one = (name: string, each: AllocationStatus, its: Partial<JobStatus> = {}): JobStatus =>
  jobStatus(
    name,
    {},
    {
      spec: job(name, { target: each.target ?? target(100), image: 'models/face:3' }),
      allocations: [each],
      ...its,
    },
  );

/** Hosts of 2 CPU to give, whose figures are those of the jobs that they have. */
const hostsOf = (
  jobs: readonly JobStatus[],
  hosts: Readonly<Record<string, Partial<NodeStatus>>>,
): readonly NodeStatus[] =>
  Object.entries(hosts).map(([id, change]) => {
    const all = jobs.flatMap(({ allocations }) => allocations);
    const here = all.filter((each) => each.node === id);
    const limitedCpuCores = here.reduce((sum, { desired }) => sum + (desired?.cpuCores ?? 0), 0);
    return nodeStatus(id, { limitedCpuCores, containers: here.length, ...change });
  });

const p95 = (ms: number): Target => target(ms, { statistic: 'p95', mode: 'ceiling' });

/** Two hosts, most jobs at target, and one of each thing that can be wrong. */
export function usualScene(): Scene {
  const good = Array.from({ length: 8 }, (_, i) => {
    const its = {
      on: i % 2 === 0 ? 'h1' : 'h2',
      target: target(80 + i * 10),
      cpu: 0.12 + i * 0.02,
    };
    return one(`face-${i + 1}`, running(`face-${i + 1}-1`, { ...its, ms: 81 + i * 10 }));
  });
  const unreachable = {
    targetMs: 40,
    reachableMs: 92,
    neededCores: 2.48,
    reason: 'the target 40 ms cannot be met on h2 (best 92 ms with 1.07 CPU)',
  };
  const slow = withDrift(
    running('detect-1', { on: 'h2', target: p95(40), ms: 96, cpu: 0.5 }, { unreachable }),
  );
  const fast = running('vad-1', { on: 'h1', target: target(300), ms: 120, cpu: 0.1 });
  const failed = running(
    'ocr-1',
    { on: 'h1', target: target(200), ms: 200, cpu: 0.1 },
    {
      latencyMs: null,
      qoeClass: null,
      container: container('ocr-1', { state: 'failed', reason: 'exit code 3: no such model' }),
    },
  );
  const waiting = allocation('llm-1', {
    node: null,
    container: null,
    latencyMs: null,
    qoeClass: null,
    desired: null,
    reason: 'h1 has 1.08 of 2 CPU left, h2 has 0.70 of 2: it takes at least 1.5',
  });
  const jobs = [
    ...good,
    one('detect', slow),
    one('vad', fast),
    one('ocr', failed, { state: 'failed' }),
    one('llm', waiting, { state: 'pending' }),
  ].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
  const nodes = hostsOf(jobs, { h1: { othersCpuCores: 0.3 }, h2: {} });
  return { jobs, nodes, hasLeader: true, isConnected: true };
}

/** Before the first job. */
export const emptyScene = (): Scene => ({
  jobs: [],
  nodes: hostsOf([], { h1: {} }),
  hasLeader: true,
  isConnected: true,
});

/** A host that has been silent for 40 s, and one that was never approved. */
export function silentScene(): Scene {
  const { jobs, ...rest } = usualScene();
  const nodes = hostsOf(jobs, {
    h1: {},
    h2: { liveness: 'down', ageMs: 40_000 },
    h3: { isWaiting: true },
  });
  return { ...rest, jobs, nodes };
}

/** Nobody has led for 40 s. */
export const leaderlessScene = (): Scene => ({ ...usualScene(), hasLeader: false });

/** The coordinator has not answered since the page was opened. */
export const coordinatorAwayScene = (): Scene => ({
  ...usualScene(),
  jobsFault: {
    code: 'service.unavailable',
    field: '',
    message: 'no coordinator answered: see that dqoes coordinator runs',
  },
});

/** That many jobs on ten hosts. */
export function manyScene(count: number): Scene {
  const jobs = Array.from({ length: count }, (_, i) => {
    const name = `job-${String(i).padStart(4, '0')}`;
    const ms = i % 37 === 0 ? 180 : 100 + (i % 7);
    return one(
      name,
      running(`${name}-1`, { on: `h${i % 10}`, target: target(100), ms, cpu: 0.02 }),
    );
  });
  const hosts = Array.from({ length: 10 }, (_, i) => [`h${i}`, {}] as const);
  const nodes = hostsOf(jobs, Object.fromEntries(hosts));
  return { jobs, nodes, hasLeader: true, isConnected: true };
}

export const HOSTILE = {
  image: '<img src=x onerror="document.title=1">',
  rtl: '\u202egnp.exe',
  emoji: '🙂'.repeat(20),
} as const;

/** Names, images and reasons as a stranger would choose them. */
export function hostileScene(): Scene {
  const long = 'a'.repeat(63);
  const texts = [HOSTILE.image, HOSTILE.rtl, HOSTILE.emoji];
  const jobs = texts.map((text, i) => {
    const id = `evil-${i}`;
    const each = running(id, { on: 'h1', target: target(10), ms: 99, cpu: 0.1 }, { reason: text });
    const made = container(id, { origin: 'label', name: text, image: text, reason: text });
    return one(id, { ...each, container: made }, { origin: 'label', reasons: [text], owner: 'x' });
  });
  const named = one(
    long,
    running(`${long.slice(0, 58)}-1`, {
      ...{ on: 'h1', target: target(10), ms: 99, cpu: 0.1 },
    }),
  );
  const nodes = [nodeStatus('h1', { warnings: texts, agentVersion: HOSTILE.image.slice(0, 40) })];
  return { jobs: [...jobs, named], nodes, hasLeader: true, isConnected: true };
}
