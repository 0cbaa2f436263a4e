import type {
  Snapshot,
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from '../../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../../shared/command.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { seededRandom } from '../../../shared/random.js';
import type { ContainerReport, LatencyReport } from '../../../shared/report.js';

/** One job of the made-up cluster: a closed loop whose latency is work ÷ limit. */
interface SyntheticWorker {
  readonly id: AllocationId;
  readonly job: JobName;
  readonly node: NodeId;
  readonly spec: JobSpec;
  readonly workSeconds: number;
  limit: CpuLimit | null;
  cpuSeconds: number;
  requests: number;
  totalMs: number;
}

const CORES_PER_NODE = 8;

/**
 * A cluster of closed loops with counters that grow as real ones do, for benchmarks of deciding
 * only: no queues, no throttling in detail.
 */
export class SyntheticCluster {
  readonly #nodes: readonly { readonly id: NodeId; readonly workers: readonly SyntheticWorker[] }[];
  readonly #jobs: readonly SnapshotJob[];
  readonly #byId = new Map<string, SyntheticWorker>();
  #nowMs = 0;

  constructor(nodes: number, perNode: number, seed: number) {
    const random = seededRandom(seed);
    this.#nodes = Array.from({ length: nodes }, (_, n) => {
      const id = `node-${String(n).padStart(5, '0')}` as NodeId;
      return {
        id,
        workers: Array.from({ length: perNode }, (__, w) =>
          // In id order, as a snapshot has them: 02 before 10.
          workerOf(id, `${n}-${String(w).padStart(2, '0')}`, random, perNode),
        ),
      };
    });
    for (const { workers } of this.#nodes)
      for (const worker of workers) this.#byId.set(worker.id, worker);
    this.#jobs = this.#nodes.flatMap(({ workers }) =>
      workers.map(
        ({ spec, id, node }): SnapshotJob => ({
          spec,
          workload: spec.name,
          placed: [{ id, node }],
        }),
      ),
    );
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  setLimit(id: string, limit: CpuLimit): void {
    const worker = this.#byId.get(id);
    if (worker !== undefined) worker.limit = limit;
  }

  /** One report interval later: every node has reported. */
  advance(seconds: number): Snapshot {
    this.#nowMs += seconds * 1000;
    const nodes = this.#nodes.map(({ id, workers }): SnapshotNode => {
      const used = workers.map((worker) => work(worker, seconds));
      return {
        id,
        schedulable: true,
        unschedulableReason: '',
        labels: {},
        allocatableCpuCores: CORES_PER_NODE,
        allocatableMemoryBytes: 2 ** 36,
        idleCpuCores: Math.max(0, CORES_PER_NODE - used.reduce((sum, each) => sum + each, 0)),
        reportIntervalMs: seconds * 1000,
        allocations: workers.map((worker) => allocationOf(worker, this.#nowMs)),
      };
    });
    return { jobs: this.#jobs, nodes };
  }
}

function workerOf(
  node: NodeId,
  name: string,
  random: () => number,
  perNode: number,
): SyntheticWorker {
  const job = `job-${name}` as JobName;
  const workSeconds = 0.02 * 20 ** random();
  // 0.9 of the node's CPU on average: most nodes fit, some do not.
  const demandCores = (CORES_PER_NODE / perNode) * (0.4 + random());
  return {
    id: `${job}-1` as AllocationId,
    job,
    node,
    spec: specOf(job, (1000 * workSeconds) / demandCores),
    workSeconds,
    limit: null,
    cpuSeconds: 0,
    requests: 0,
    totalMs: 0,
  };
}

function specOf(name: JobName, latencyMs: number): JobSpec {
  return {
    name,
    image: 'model:1',
    command: [],
    env: {},
    target: { latencyMs, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.01 }, memoryBytes: 64 * 1024 ** 2 },
    latency: { source: 'push' },
    constraints: { labels: {} },
    onLoss: 'reschedule',
    ports: [],
  };
}

// Returns the cores used.
function work(worker: SyntheticWorker, seconds: number): number {
  const cores = worker.limit?.cpuCores ?? 0;
  const before = Math.floor(worker.cpuSeconds / worker.workSeconds);
  worker.cpuSeconds += cores * seconds;
  const answered = Math.floor(worker.cpuSeconds / worker.workSeconds) - before;
  worker.requests += answered;
  worker.totalMs += cores > 0 ? (answered * 1000 * worker.workSeconds) / cores : 0;
  return cores;
}

function allocationOf(worker: SyntheticWorker, nowMs: number): SnapshotAllocation {
  const { id, job, node, spec, limit } = worker;
  return {
    id,
    job,
    node,
    origin: 'dqoes',
    containerId: job as unknown as ContainerId,
    state: 'running',
    control: 'enforce',
    target: spec.target,
    weight: 1,
    minCores: 0.01,
    maxCores: CORES_PER_NODE,
    limit,
    latencyMs: worker.requests > 0 ? latencyMsOf(worker) : null,
    observedAtMs: nowMs,
    newestSampleAgeMs: 0,
    report: reportOf(worker),
  };
}

/** Response time under the limit that holds; 0 = there is none yet. */
function latencyMsOf({ limit, workSeconds }: SyntheticWorker): number {
  const cores = limit?.cpuCores ?? 0;
  return cores > 0 ? (1000 * workSeconds) / cores : 0;
}

function reportOf(worker: SyntheticWorker): ContainerReport {
  const { id, job, spec, limit } = worker;
  return {
    containerId: job as unknown as ContainerId,
    lifeId: job,
    allocation: id,
    job,
    origin: 'dqoes',
    name: job,
    image: 'model:1',
    state: 'running',
    reason: '',
    control: 'enforce',
    target: spec.target,
    weight: 1,
    cpuBounds: { minCores: 0.01 },
    applied: limit,
    observed: limit,
    cpu: {
      usageCores: limit?.cpuCores ?? 0,
      usageTotalSeconds: worker.cpuSeconds,
      throttledRatio: 1,
      pressureRatio: 0,
    },
    memory: null,
    latency: worker.requests === 0 ? null : latencyOf(worker),
    ports: {},
  };
}

function latencyOf(worker: SyntheticWorker): LatencyReport {
  const latencyMs = latencyMsOf(worker);
  return {
    window: {
      count: 5,
      meanMs: latencyMs,
      p50Ms: latencyMs,
      p90Ms: latencyMs,
      p95Ms: latencyMs,
      p99Ms: latencyMs,
      minMs: latencyMs,
      maxMs: latencyMs,
    },
    newestAgeMs: ageMs(worker),
    sinceChangeCount: 5,
    totalCount: worker.requests,
    totalMs: worker.totalMs,
    rejectedCount: 0,
  };
}

// Since the last answer, under the limit that holds.
function ageMs({ cpuSeconds, workSeconds, limit }: SyntheticWorker): number {
  const cores = limit?.cpuCores ?? 0;
  return cores > 0 ? (1000 * (cpuSeconds % workSeconds)) / cores : 0;
}
