import { POLICIES } from '../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, type SchedulerMemory, schedule } from '../../coordinator/schedule/schedule.js';
import type {
  Decision,
  Fairness,
  Plan,
  SnapshotAllocation,
  SnapshotJob,
  Unreachable,
} from '../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../shared/command.js';
import { classify, type QoeClass, type Target } from '../../shared/qoe.js';
import { allocation, job, node, PARAMS, target, wantedJob } from '../unit/coordinator/build.js';
import { NOTHING_SERVED, reportOf, type Served, serve } from './toy-service.js';

interface ToyJob {
  readonly target: Target;
  readonly workSeconds: number;
  readonly overheadMs: number;
  readonly maxCores: number;
  readonly threads: number;
  readonly weight: number;
  readonly limit: CpuLimit | null;
  /** What the last report said; null = none yet. */
  readonly seenMs: number | null;
  readonly isFrozen: boolean;
  readonly served: Served;
  /** What the coordinator last heard, and when. */
  readonly heard: Pick<SnapshotAllocation, 'report' | 'observedAtMs'>;
}

export interface NewJob {
  readonly targetMs: number;
  readonly mode: Target['mode'];
  readonly workSeconds: number;
  readonly overheadMs: number;
  readonly maxCores: number;
  /** Cores one request can use. */
  readonly threads: number;
  readonly weight: number;
}

/**
 * One host on which a response takes overhead + work ÷ limit, without noise and at once; one second
 * is one report.
 */
export class ToyHost {
  readonly cpuCores: number;
  policy: keyof typeof POLICIES = 'dqoes';
  fairness: Fairness = PARAMS.fairness;
  nowMs = 0;
  /** As of the last tick. */
  unreachable: readonly Unreachable[] = [];
  readonly #jobs = new Map<string, ToyJob>();
  #memory: SchedulerMemory = NO_MEMORY;

  constructor(cpuCores: number) {
    this.cpuCores = cpuCores;
  }

  get names(): readonly string[] {
    return [...this.#jobs.keys()].sort();
  }

  add(name: string, { targetMs, mode, ...rest }: NewJob): void {
    const fresh = {
      limit: null,
      seenMs: null,
      isFrozen: false,
      heard: { report: null, observedAtMs: 0 },
    };
    const served = { ...NOTHING_SERVED, begunAtMs: this.nowMs };
    this.#jobs.set(name, { ...rest, ...fresh, served, target: target(targetMs, { mode }) });
  }

  remove(name: string): void {
    this.#jobs.delete(name);
  }

  change(name: string, change: Partial<ToyJob>): void {
    const known = this.#jobs.get(name);
    if (known !== undefined) this.#jobs.set(name, { ...known, ...change });
  }

  retarget(name: string, targetMs: number): void {
    this.change(name, { target: target(targetMs) });
  }

  /** One second: decide on what was reported, then serve and report. Returns what was decided. */
  tick(): readonly Decision[] {
    const plan = this.#decide();
    for (const decision of plan.decisions)
      if (decision.kind === 'limit') this.change(decision.job, { limit: decision.to });
    this.unreachable = plan.unreachable;
    for (const name of this.names) this.#serve(name);
    this.nowMs += 1000;
    return plan.decisions;
  }

  #decide(): Plan {
    const busy = this.names.reduce(
      (sum, name) => sum + (this.#get(name).served.cpu?.usageCores ?? 0),
      0,
    );
    const { plan, memory } = schedule(
      {
        snapshot: {
          jobs: this.#snapshotJobs(),
          nodes: [
            node('h1', {
              allocatableCpuCores: this.cpuCores,
              idleCpuCores: Math.max(0, this.cpuCores - busy),
              allocations: this.#allocations(),
            }),
          ],
        },
        nowMs: this.nowMs,
        params: { ...PARAMS, fairness: this.fairness },
        policy: POLICIES[this.policy],
      },
      this.#memory,
    );
    this.#memory = memory;
    return plan;
  }

  #serve(name: string): void {
    const toy = this.#get(name);
    const isLimited = this.#cores(name) < toy.threads;
    const under = {
      latencyMs: this.latencyMs(name),
      workSeconds: toy.workSeconds,
      limit: toy.limit,
      isLimited,
    };
    const served = serve(toy.served, under, this.nowMs);
    this.change(name, { served });
    if (toy.isFrozen) return;
    const observedAtMs = this.nowMs + 1000;
    this.change(name, {
      seenMs: under.latencyMs,
      heard: { report: reportOf(`${name}-1`, served, observedAtMs), observedAtMs },
    });
  }

  latencyMs(name: string): number {
    const toy = this.#get(name);
    return toy.overheadMs + (1000 * toy.workSeconds) / Math.min(toy.threads, this.#cores(name));
  }

  #cores = (name: string): number => this.limitCores(name) ?? this.cpuCores / this.#jobs.size;

  limitCores = (name: string): number | null => this.#get(name).limit?.cpuCores ?? null;
  classOf = (name: string): QoeClass => classify(this.#get(name).target, this.latencyMs(name));
  targetMs = (name: string): number => this.#get(name).target.latencyMs;

  #get(name: string): ToyJob {
    const toy = this.#jobs.get(name);
    if (toy === undefined) throw new Error(`no job ${name} in this scenario`);
    return toy;
  }

  #snapshotJobs(): readonly SnapshotJob[] {
    return this.names.map((name) => {
      const placed = this.#get(name).limit === null ? [] : ([[`${name}-1`, 'h1']] as const);
      return wantedJob(
        job(name, {
          command: [name],
          target: this.#get(name).target,
          weight: this.#get(name).weight,
          resources: { cpu: { minCores: 0.01, maxCores: this.#get(name).maxCores } },
        }),
        ...placed,
      );
    });
  }

  #allocations(): readonly SnapshotAllocation[] {
    return this.names.flatMap((name) => {
      const { target: wanted, limit, seenMs, maxCores, weight, heard } = this.#get(name);
      if (limit === null) return [];
      return [
        allocation(`${name}-1`, {
          target: wanted,
          limit,
          ...heard,
          latencyMs: seenMs,
          weight,
          minCores: 0.01,
          maxCores: Math.min(maxCores, this.cpuCores),
        }),
      ];
    });
  }
}
