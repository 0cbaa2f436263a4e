import { frameLines } from '../../../../cli/grid/frame.js';
import { type Key, readKeys } from '../../../../cli/grid/keys.js';
import { draw } from '../../../../cli/top/draw/draw.js';
import { History } from '../../../../cli/top/model/history.js';
import { reduce, type TopEvent } from '../../../../cli/top/model/reduce.js';
import { type ClusterData, clusterData } from '../../../../cli/top/model/rows.js';
import { initialState, type Link, type TopState } from '../../../../cli/top/model/state.js';
import type { AllocationStatus, NodeStatus } from '../../../../proto/schemas/status.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';
import { classify, type Target } from '../../../../shared/qoe.js';
import { allocationStatus, containerReport } from '../builders.js';

/** The step of the newest values. */
export const STEP = 1000;

export const LINK: Link = {
  cluster: 'main',
  isConnected: true,
  isWhole: true,
  hasLeader: true,
  silentMs: 800,
  epoch: 3,
  leader: 'c1',
};

export const target = (latencyMs: number, more: Partial<Target> = {}): Target => ({
  latencyMs,
  statistic: 'mean',
  toleranceRatio: 0.1,
  mode: 'band',
  ...more,
});

interface Told {
  readonly target?: Target | null;
  readonly latencyMs?: number | null;
  readonly node?: string | null;
  readonly limit?: number;
  readonly use?: number;
  readonly more?: Partial<AllocationStatus>;
}

/** An allocation `<job>-<number>`; its class follows from target and response time. */
export function allocation(id: string, told: Told = {}): AllocationStatus {
  const { target: aim = target(800), latencyMs = 790, node = 'h1', limit = 0.5, use = 0.4 } = told;
  const job = id.replace(/-\d+$/, '') as JobName;
  const quota = { cpuCores: limit, periodUs: 100_000 };
  const isWaiting = node === null;
  return allocationStatus({
    id: id as AllocationId,
    job,
    node: node as NodeId | null,
    target: aim,
    latencyMs: isWaiting ? null : latencyMs,
    qoeClass: isWaiting || aim === null || latencyMs === null ? null : classify(aim, latencyMs),
    desired: isWaiting ? null : quota,
    reason: isWaiting ? 'no node has 2 CPU left' : '',
    container: isWaiting
      ? null
      : containerReport({
          allocation: id as AllocationId,
          job,
          target: aim,
          observed: quota,
          cpu: { usageCores: use, usageTotalSeconds: 1, throttledRatio: 0, pressureRatio: null },
        }),
    ...told.more,
  });
}

export const nodeStatus = (id: string, more: Partial<NodeStatus> = {}): NodeStatus => ({
  id: id as NodeId,
  liveness: 'ready',
  ageMs: 400,
  host: {
    capacityCpuCores: 2,
    capacityMemoryBytes: 8 * 1024 ** 3,
    allocatableCpuCores: 1.9,
    allocatableMemoryBytes: 7 * 1024 ** 3,
    cpuUtilisationRatio: 0.87,
    memoryUsedBytes: 3 * 1024 ** 3,
    cpuPressureRatio: 0,
  },
  labels: {},
  agentVersion: '0.1.0',
  desired: null,
  holds: { incarnation: 'x', epoch: 1, revision: 1 },
  limitedCpuCores: 1.5,
  containers: 2,
  warnings: [],
  ...more,
});

/** The data of a cluster whose nodes are those that the allocations name. */
export function dataOf(
  allocations: readonly AllocationStatus[],
  nodes: readonly NodeStatus[] = [
    ...new Set(allocations.flatMap(({ node }) => (node === null ? [] : [node as string]))),
  ].map((id) => nodeStatus(id)),
): ClusterData {
  const states = nodes.map((status) => ({
    status,
    allocations: allocations.filter(({ node }) => node === status.id),
  }));
  return clusterData(
    states,
    allocations.filter(({ node }) => node === null),
    STEP,
  );
}

/** `dqoes top` without terminal, cluster and time. */
export class TopWorld {
  readonly history = new History();
  state: TopState;

  constructor(columns = 80, rows = 24, options: { sort?: string; filter?: string } = {}) {
    this.state = initialState({ columns, rows }, { cluster: 'main', ...options });
  }

  /** As after the first answers. */
  static of(data: ClusterData, columns = 80, rows = 24): TopWorld {
    const world = new TopWorld(columns, rows);
    return world.take({ kind: 'link', link: LINK }).take({ kind: 'data', data });
  }

  take(event: TopEvent): this {
    this.state = reduce(this.state, event);
    return this;
  }

  /** Types, as a terminal sends it; names of keys stand for themselves. */
  type(text: string, ...keys: readonly Key[]): this {
    for (const key of [...readKeys(text).keys, ...keys]) this.take({ kind: 'key', key });
    return this;
  }

  link(change: Partial<Link>): this {
    return this.take({ kind: 'link', link: { ...this.state.link, ...change } });
  }

  get lines(): readonly string[] {
    return frameLines(this.frame());
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** The marked line. */
  get marked(): string {
    return this.lines.find((line) => line.startsWith('>')) ?? '';
  }

  /** First words of the rows that are shown. */
  get names(): readonly string[] {
    return this.lines.slice(4, -1).flatMap((line) => line.slice(2).split(' ')[0] || []);
  }

  frame(charset: 'utf8' | 'ascii' = 'utf8') {
    const valuesOf = (id: string, last: number, count: number) =>
      this.history.values(id, last, count);
    return draw(this.state, { charset, valuesOf });
  }
}
