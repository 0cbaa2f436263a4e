import type { Ack, DesiredState, StateVersion } from '../../../shared/command.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../../shared/report.js';

export const NODE_CORES = 8;
const MEMORY_BYTES = 2 ** 36;

/** A closed loop on a simulated node. */
interface Worker {
  readonly spec: JobSpec;
  limitCores: number;
  cpuSeconds: number;
  totalMs: number;
  requests: number;
}

/** What one request costs: the job says it in its command, `--work SECONDS`. */
const workOf = ({ command }: JobSpec): number => Number(command[1] ?? 0.05);

/** A node as the coordinator knows one: it obeys desired states at once, and its containers answer requests that take work ÷ limit. No Docker, no kernel. */
export class SimulatedNode {
  readonly id: NodeId;
  /** What it says may be given out, cores. */
  allocatableCores = NODE_CORES;
  /** When that last fell, ms; null = the coordinator has answered since. */
  shrunkAtMs: number | null = null;
  #holds: StateVersion = { incarnation: '', epoch: 0, revision: 0 };
  #sequence = 0;
  #reportedAtMs: number | null = null;
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

  obey(desired: DesiredState): Ack {
    const { incarnation, epoch, revision } = desired;
    const isNewer = epoch > this.#holds.epoch || (epoch === this.#holds.epoch && revision > this.#holds.revision);
    if (isNewer) this.#take(desired);
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

  #take({ incarnation, epoch, revision, allocations }: DesiredState): void {
    this.#holds = { incarnation, epoch, revision };
    const wanted = new Set(allocations.map(({ id }) => id));
    for (const id of this.#workers.keys()) if (!wanted.has(id)) this.#workers.delete(id);
    for (const { id, spec, limit } of allocations) {
      if (spec === undefined) continue;
      const known = this.#workers.get(id);
      const limitCores = limit.cpuCores ?? NODE_CORES;
      if (known === undefined) this.#workers.set(id, { spec, limitCores, cpuSeconds: 0, totalMs: 0, requests: 0 });
      else known.limitCores = limitCores;
    }
  }

  report(nowMs: number): NodeReport {
    const seconds = this.#reportedAtMs === null ? 0 : (nowMs - this.#reportedAtMs) / 1000;
    this.#reportedAtMs = nowMs;
    this.#sequence += 1;
    const containers = [...this.#workers].map(([id, worker]) => containerReport(id, worker, seconds));
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

function containerReport(id: AllocationId, worker: Worker, seconds: number): ContainerReport {
  const { spec, limitCores } = worker;
  const workSeconds = workOf(spec);
  const latencyMs = (1000 * workSeconds) / limitCores;
  const before = Math.floor(worker.cpuSeconds / workSeconds);
  worker.cpuSeconds += limitCores * seconds;
  const answered = Math.floor(worker.cpuSeconds / workSeconds) - before;
  worker.requests += answered;
  worker.totalMs += answered * latencyMs;
  const limit = { cpuCores: limitCores, periodUs: 100_000 };
  const window = {
    count: Math.max(1, answered),
    ...{ meanMs: latencyMs, p50Ms: latencyMs, p90Ms: latencyMs, p95Ms: latencyMs, p99Ms: latencyMs },
    ...{ minMs: latencyMs, maxMs: latencyMs },
  };
  const underwaySeconds = (worker.cpuSeconds % workSeconds) / limitCores;
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
    cpu: { usageCores: limitCores, usageTotalSeconds: worker.cpuSeconds, throttledRatio: 1, pressureRatio: 0 },
    memory: { currentBytes: 2 ** 28, workingSetBytes: 2 ** 27, oomKills: 0 },
    latency:
      worker.requests === 0
        ? null
        : {
            window,
            newestAgeMs: underwaySeconds * 1000,
            sinceChangeCount: window.count,
            totalCount: worker.requests,
            totalMs: worker.totalMs,
            rejectedCount: 0,
          },
    ports: {},
  };
}

const hexOf = (id: string): string => Buffer.from(id).toString('hex').padEnd(64, '0').slice(0, 64);
