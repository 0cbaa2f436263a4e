import type { Ack, DesiredState, StateVersion } from '../../../shared/command.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../../shared/report.js';

/** CPU of a simulated node, cores. */
export const NODE_CORES = 8;
const MEMORY_BYTES = 2 ** 36;

/**
 * A closed loop on a simulated node: one request after the other, each begun when the one before
 * was answered.
 */
interface Worker {
  readonly spec: JobSpec;
  limitCores: number;
  cpuSeconds: number;
  /** How far it has been followed, and when the request under way began, ms. */
  atMs: number;
  begunMs: number;
  /** CPU the request under way still needs, s. */
  leftSeconds: number;
  endedAtMs: number;
  totalMs: number;
  requests: number;
  /** Answered since the last report. */
  answeredMs: number[];
  lastMs: readonly number[];
}

/** What one request costs: the job says it in its command, `--work SECONDS`. */
const workOf = ({ command }: JobSpec): number => Number(command[1] ?? 0.05);

/**
 * A node as the coordinator knows one: it obeys desired states at once, and its containers answer
 * requests that take work ÷ limit. No Docker, no kernel.
 */
export class SimulatedNode {
  readonly id: NodeId;
  /** The allocatable CPU that it reports, cores. */
  allocatableCores = NODE_CORES;
  /** When that last fell, ms; null = the coordinator has answered since. */
  shrunkAtMs: number | null = null;
  /** When it reported last, ms. */
  reportedAtMs = 0;
  #holds: StateVersion = { incarnation: '', epoch: 0, revision: 0 };
  #sequence = 0;
  readonly #workers = new Map<AllocationId, Worker>();

  constructor(id: string) {
    this.id = id as NodeId;
  }

  get allocations(): number {
    return this.#workers.size;
  }

  get limitedCores(): number {
    let total = 0;
    for (const { limitCores } of this.#workers.values()) total += limitCores;
    return total;
  }

  obey(desired: DesiredState, nowMs: number): Ack {
    const { incarnation, epoch, revision } = desired;
    const isNewer =
      epoch > this.#holds.epoch || (epoch === this.#holds.epoch && revision > this.#holds.revision);
    if (isNewer) this.#take(desired, nowMs);
    return {
      node: this.id,
      bootId: 'bench',
      outcome: isNewer ? 'applied' : 'already',
      asked: { incarnation, epoch, revision },
      holds: this.#holds,
      allocations: [],
      reason: '',
    };
  }

  #take({ incarnation, epoch, revision, allocations }: DesiredState, nowMs: number): void {
    this.#holds = { incarnation, epoch, revision };
    const before = new Map(this.#workers);
    // Made again in the order of the desired state, that of ids: so agents report.
    this.#workers.clear();
    for (const { id, spec, limit } of allocations) {
      if (spec === undefined) continue;
      const known = before.get(id);
      const limitCores = limit.cpuCores ?? NODE_CORES;
      if (known !== undefined) follow(known, nowMs);
      const worker = known ?? workerOf(spec, limitCores, nowMs);
      worker.limitCores = limitCores;
      this.#workers.set(id, worker);
    }
  }

  report(nowMs: number): NodeReport {
    this.reportedAtMs = nowMs;
    this.#sequence += 1;
    const containers = [...this.#workers].map(([id, worker]) => containerReport(id, worker, nowMs));
    return {
      schema: 1,
      node: this.id,
      incarnation: this.#holds.incarnation,
      bootId: 'bench',
      sequence: this.#sequence,
      sentAtMs: nowMs,
      validForMs: 15_000,
      agentVersion: 'bench',
      intervalMs: 1000,
      labels: {},
      holds: this.#holds,
      host: {
        capacityCpuCores: NODE_CORES,
        capacityMemoryBytes: MEMORY_BYTES,
        allocatableCpuCores: this.allocatableCores,
        allocatableMemoryBytes: MEMORY_BYTES,
        cpuUtilisationRatio: Math.min(1, this.limitedCores / NODE_CORES),
        memoryUsedBytes: MEMORY_BYTES / 2,
        cpuPressureRatio: 0,
      },
      containers,
      warnings: [],
    };
  }
}

const workerOf = (spec: JobSpec, limitCores: number, nowMs: number): Worker => ({
  spec,
  limitCores,
  cpuSeconds: 0,
  atMs: nowMs,
  begunMs: nowMs,
  leftSeconds: workOf(spec),
  endedAtMs: nowMs,
  totalMs: 0,
  requests: 0,
  answeredMs: [],
  lastMs: [],
});

/** Answers what is due until then. */
function follow(worker: Worker, nowMs: number): void {
  const { limitCores, spec } = worker;
  for (;;) {
    const endMs = worker.atMs + (1000 * worker.leftSeconds) / limitCores;
    const untilMs = Math.min(endMs, nowMs);
    const done = ((untilMs - worker.atMs) / 1000) * limitCores;
    worker.cpuSeconds += done;
    worker.leftSeconds -= done;
    worker.atMs = untilMs;
    if (endMs > nowMs) return;
    worker.answeredMs.push(endMs - worker.begunMs);
    worker.totalMs += endMs - worker.begunMs;
    worker.requests += 1;
    worker.begunMs = endMs;
    worker.endedAtMs = endMs;
    worker.leftSeconds = workOf(spec);
  }
}

function containerReport(id: AllocationId, worker: Worker, nowMs: number): ContainerReport {
  follow(worker, nowMs);
  const { spec, limitCores } = worker;
  const limit = { cpuCores: limitCores, periodUs: 100_000 };
  // Where nothing was answered since, the last answer is what a window of some reports would still
  // hold.
  const answered = worker.answeredMs.length > 0 ? worker.answeredMs : worker.lastMs;
  const meanMs = answered.reduce((sum, ms) => sum + ms, 0) / Math.max(1, answered.length);
  worker.lastMs = answered.slice(-1);
  worker.answeredMs = [];
  const window = {
    count: answered.length,
    meanMs,
    p50Ms: meanMs,
    p90Ms: meanMs,
    p95Ms: meanMs,
    p99Ms: meanMs,
    minMs: meanMs,
    maxMs: meanMs,
  };
  return {
    containerId: hexOf(id) as ContainerId,
    lifeId: id,
    allocation: id,
    job: spec.name as JobName,
    origin: 'dqoes',
    name: `dqoes-${id}`,
    image: spec.image,
    state: 'running',
    reason: '',
    control: 'enforce',
    target: spec.target,
    weight: spec.weight,
    cpuBounds: spec.resources.cpu,
    applied: limit,
    observed: limit,
    cpu: {
      usageCores: limitCores,
      usageTotalSeconds: worker.cpuSeconds,
      throttledRatio: 1,
      pressureRatio: 0,
    },
    memory: { currentBytes: 2 ** 28, workingSetBytes: 2 ** 27, oomKills: 0 },
    latency:
      worker.requests === 0
        ? null
        : {
            window,
            newestAgeMs: nowMs - worker.endedAtMs,
            sinceChangeCount: window.count,
            totalCount: worker.requests,
            totalMs: worker.totalMs,
            rejectedCount: 0,
          },
    ports: {},
  };
}

const hexOf = (id: string): string => Buffer.from(id).toString('hex').padEnd(64, '0').slice(0, 64);
