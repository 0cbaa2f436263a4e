import { POLICIES } from '../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, type SchedulerMemory, schedule } from '../../coordinator/schedule/schedule.js';
import type { Decision, SnapshotAllocation, SnapshotJob } from '../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../shared/command.js';
import { classify, type QoeClass, type Target } from '../../shared/qoe.js';
import { allocation, job, node, PARAMS, target, wantedJob } from '../unit/coordinator/build.js';

interface ToyJob {
  readonly target: Target;
  readonly workSeconds: number;
  readonly overheadMs: number;
  readonly maxCores: number;
  readonly limit: CpuLimit | null;
  /** What the last report said; null = none yet. */
  readonly seenMs: number | null;
  readonly isFrozen: boolean;
}

export interface NewJob {
  readonly targetMs: number;
  readonly mode: Target['mode'];
  readonly workSeconds: number;
  readonly overheadMs: number;
  readonly maxCores: number;
}

/** One host on which a response takes overhead + work ÷ limit, without noise and at once; one second is one report. */
export class ToyHost {
  readonly cpuCores: number;
  policy: keyof typeof POLICIES = 'dqoes';
  nowMs = 0;
  readonly #jobs = new Map<string, ToyJob>();
  #memory: SchedulerMemory = NO_MEMORY;

  constructor(cpuCores: number) {
    this.cpuCores = cpuCores;
  }

  get names(): readonly string[] {
    return [...this.#jobs.keys()].sort();
  }

  add(name: string, { targetMs, mode, ...rest }: NewJob): void {
    this.#jobs.set(name, { ...rest, target: target(targetMs, { mode }), limit: null, seenMs: null, isFrozen: false });
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

  /** One second: decide on what was reported, then report what is. Returns what was decided. */
  tick(): readonly Decision[] {
    const { plan, memory } = schedule(
      {
        snapshot: {
          jobs: this.#snapshotJobs(),
          nodes: [node('h1', { allocatableCpuCores: this.cpuCores, allocations: this.#allocations() })],
        },
        nowMs: this.nowMs,
        params: PARAMS,
        policy: POLICIES[this.policy],
      },
      this.#memory,
    );
    this.#memory = memory;
    for (const decision of plan.decisions)
      if (decision.kind === 'limit') this.change(decision.job, { limit: decision.to });
    for (const [name, toy] of this.#jobs) if (!toy.isFrozen) this.change(name, { seenMs: this.latencyMs(name) });
    this.nowMs += 1000;
    return plan.decisions;
  }

  latencyMs(name: string): number {
    const toy = this.#get(name);
    return toy.overheadMs + (1000 * toy.workSeconds) / (this.limitCores(name) ?? this.cpuCores / this.#jobs.size);
  }

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
          target: this.#get(name).target,
          resources: { cpu: { minCores: 0.01, maxCores: this.#get(name).maxCores } },
        }),
        ...placed,
      );
    });
  }

  #allocations(): readonly SnapshotAllocation[] {
    return this.names.flatMap((name) => {
      const { target: wanted, limit, seenMs, maxCores } = this.#get(name);
      if (limit === null) return [];
      return [
        allocation(`${name}-1`, {
          target: wanted,
          limit,
          latencyMs: seenMs,
          minCores: 0.01,
          maxCores: Math.min(maxCores, this.cpuCores),
        }),
      ];
    });
  }
}
