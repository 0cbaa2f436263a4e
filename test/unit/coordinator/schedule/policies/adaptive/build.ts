import assert from 'node:assert/strict';
import {
  type AllocationModel,
  copyModel,
  Field,
  type ModelDraft,
  modelWith,
} from '../../../../../../coordinator/schedule/model/allocation-model.js';
import {
  demandCores,
  type LatencyLaw,
} from '../../../../../../coordinator/schedule/model/latency-law.js';
import type { LatencyGoal } from '../../../../../../coordinator/schedule/policies/adaptive/latency-goal.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import type { SnapshotAllocation } from '../../../../../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../../../../../shared/command.js';
import { seededRandom } from '../../../../../../shared/random.js';
import type { CpuReport } from '../../../../../../shared/report.js';
import { allocation, container, latency } from '../../../build.js';

/** Builders of what the parts of `adaptive` read. */
export type Fields = Record<keyof typeof Field, number>;
export const model = (fields: Partial<Fields> = {}): AllocationModel => modelWith(fields);
export const draft = (fields: Partial<Fields> = {}): ModelDraft => copyModel(model(fields));

/** What is known, by name. */
export const read = (its: AllocationModel): Fields =>
  Object.fromEntries(Object.entries(Field).map(([name, at]) => [name, its[at]])) as Fields;

/** A closed loop of 0.1 core-seconds a request without overhead. */
export const law = (change: Partial<LatencyLaw> = {}): LatencyLaw => ({
  workSeconds: 0.1,
  overheadSeconds: 0,
  ratePerSecond: 0,
  queueing: 0.5,
  besideSeconds: 0,
  savedSeconds: 0,
  minSeconds: 0,
  quantile: 0,
  tailRatio: 1,
  ...change,
});

export interface GoalChange {
  readonly law?: Partial<LatencyLaw>;
  readonly seconds?: number;
  readonly alpha?: number;
  readonly marginRatio?: number;
}

/** A goal aimed at its target, with a margin of 2 % unless told otherwise. */
export function goal({
  law: change = {},
  seconds = 1,
  alpha = 0.1,
  marginRatio = 0.02,
}: GoalChange = {}): LatencyGoal {
  const its = law(change);
  const [slowSeconds, edgeSeconds] = [seconds * (1 + alpha), seconds * (1 + alpha - marginRatio)];
  return {
    law: its,
    targetSeconds: seconds,
    aimSeconds: seconds,
    fastSeconds: seconds * (1 - alpha),
    slowSeconds,
    edgeSeconds,
    marginRatio,
    aimCores: demandCores(its, seconds),
    edgeCores: demandCores(its, edgeSeconds),
  };
}

export interface MemberChange extends Partial<Omit<Member, 'allocation' | 'model' | 'spreads'>> {
  /** Of what is judged, and of what its queue adds to that. Default 0. */
  readonly spreadRatio?: number;
  readonly queueSpreadRatio?: number;
  readonly allocation?: Partial<SnapshotAllocation>;
  readonly model?: Partial<Fields>;
}

/** A member that holds `heldCores`; its allocation's limit and bounds agree with it. */
export function member(
  id: string,
  { spreadRatio = 0, queueSpreadRatio = 0, ...change }: MemberChange = {},
): Member {
  const { heldCores = null, floorCores = 0.01, maxCores = 4 } = change;
  return {
    goal: goal(),
    heldCores,
    floorCores,
    maxCores,
    isStale: false,
    spreads: { ofReports: () => spreadRatio, ofQueue: () => queueSpreadRatio },
    isWeighted: change.allocation?.target?.mode === 'ceiling',
    isBoundedByOwner: false,
    lifeId: '',
    ...change,
    model: model(change.model),
    allocation: allocation(id, {
      limit: heldCores === null ? null : { cpuCores: heldCores, periodUs: 100_000 },
      minCores: floorCores,
      maxCores: maxCores,
      ...change.allocation,
    }),
  };
}

export interface PlantOptions {
  readonly workSeconds: number;
  readonly overheadSeconds?: number;
  /** Cores one request can use. */
  readonly parallelism?: number;
  /** Relative standard deviation of a request's work. */
  readonly noiseRatio?: number;
  /** Clients that wait for their answers: each request waits for those of the others. Default 1. */
  readonly clients?: number;
  /** Part of the time between two answers that a request took: the server computes in the rest. */
  readonly measuredRatio?: number;
  readonly seed?: number;
}

/**
 * A closed loop without scheduling effects: a request takes overhead + work ÷ min(limit,
 * parallelism). Reports what an agent would.
 */
export class Plant {
  nowMs = 1000;
  lifeId = 'life-1';
  workSeconds: number;
  /** Cores one request can use, or get. */
  parallelism: number;
  pressureRatio = 0;
  overheadSeconds: number;
  limit: CpuLimit;
  readonly #random: () => number;
  readonly #options: PlantOptions;
  #cpuSeconds = 0;
  #count = 0;
  #totalSeconds = 0;
  #begunAt = 1;
  #changedAt = 0;
  #ends: number;
  #work: number;
  #seen: { readonly count: number; readonly totalSeconds: number; readonly cpuSeconds: number };
  /** Answers before the agent was started. */
  #uncounted = { count: 0, totalSeconds: 0 };

  constructor(limitCores: number, options: PlantOptions) {
    this.limit = { cpuCores: limitCores, periodUs: 100_000 };
    this.workSeconds = options.workSeconds;
    this.parallelism = options.parallelism ?? 64;
    this.overheadSeconds = options.overheadSeconds ?? 0;
    this.#options = options;
    this.#random = seededRandom(options.seed ?? 1);
    this.#work = this.#draw();
    this.#ends = this.#begunAt + this.#latency();
    this.#seen = { count: 0, totalSeconds: 0, cpuSeconds: 0 };
  }

  get #cores(): number {
    return Math.min(this.limit.cpuCores ?? Number.POSITIVE_INFINITY, this.parallelism);
  }

  /** From the next request on. */
  hold(cores: number): void {
    this.limit = { ...this.limit, cpuCores: cores };
    this.#changedAt = this.nowMs / 1000;
    this.#ends = Math.max(this.#begunAt + this.#latency(), this.#changedAt + 1e-6);
  }

  restart(lifeId: string): void {
    this.lifeId = lifeId;
    this.#cpuSeconds = 0;
    this.#count = 0;
    this.#totalSeconds = 0;
    this.#uncounted = { count: 0, totalSeconds: 0 };
    this.#begunAt = this.nowMs / 1000;
    this.#ends = this.#begunAt + this.#latency();
    this.#seen = { count: 0, totalSeconds: 0, cpuSeconds: 0 };
  }

  /** The agent is started again: it counts answers from zero, and the container goes on. */
  restartAgent(): void {
    this.#uncounted = { count: this.#count, totalSeconds: this.#totalSeconds };
  }

  /** Runs for so long and reports. */
  run(seconds = 1): SnapshotAllocation {
    const until = this.nowMs / 1000 + seconds;
    let sinceChange = 0;
    while (this.#ends <= until) {
      if (this.#begunAt >= this.#changedAt) sinceChange += 1;
      this.#cpuSeconds += this.#work;
      const { clients = 1, measuredRatio = 1 } = this.#options;
      this.#totalSeconds += clients * measuredRatio * (this.#ends - this.#begunAt);
      this.#count += 1;
      this.#begunAt = this.#ends;
      this.#work = this.#draw();
      this.#ends = this.#begunAt + this.#latency();
    }
    this.nowMs = until * 1000;
    return this.#report(seconds, sinceChange);
  }

  #report(seconds: number, sinceChange: number): SnapshotAllocation {
    const underway =
      Math.max(0, this.nowMs / 1000 - this.#begunAt - this.overheadSeconds) * this.#cores;
    const cpuSeconds = this.#cpuSeconds + Math.min(this.#work, underway);
    const count = this.#count - this.#seen.count;
    const meanMs = (1000 * (this.#totalSeconds - this.#seen.totalSeconds)) / Math.max(1, count);
    const cpu: CpuReport = {
      usageCores: (cpuSeconds - this.#seen.cpuSeconds) / seconds,
      usageTotalSeconds: cpuSeconds,
      throttledRatio: (this.limit.cpuCores ?? Number.POSITIVE_INFINITY) < this.parallelism ? 1 : 0,
      pressureRatio: this.pressureRatio,
    };
    this.#seen = { count: this.#count, totalSeconds: this.#totalSeconds, cpuSeconds };
    const totalCount = this.#count - this.#uncounted.count;
    const window = { ...latency(meanMs).window, count };
    return allocation('a-1', {
      limit: this.limit,
      observedAtMs: this.nowMs,
      latencyMs: count > 0 ? meanMs : null,
      report: container('a-1', {
        lifeId: this.lifeId,
        observed: this.limit,
        applied: this.limit,
        cpu,
        latency:
          totalCount === 0
            ? null
            : latency(meanMs, {
                window,
                newestAgeMs: this.nowMs - 1000 * this.#begunAt,
                sinceChangeCount: sinceChange,
                totalCount,
                totalMs: 1000 * (this.#totalSeconds - this.#uncounted.totalSeconds),
              }),
      }),
    });
  }

  #draw(): number {
    return this.workSeconds * (1 + (this.#options.noiseRatio ?? 0) * normal(this.#random));
  }

  #latency(): number {
    return this.overheadSeconds + this.#work / this.#cores;
  }
}

/** A standard normal number, near enough: sum of twelve uniform ones. */
export const normal = (random: () => number): number =>
  Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);

export function near(actual: number, expected: number, ratio: number, what = ''): void {
  assert.ok(
    Math.abs(actual - expected) <= ratio * Math.abs(expected),
    `${what} ${actual} is not within ${ratio * 100} % of ${expected}`,
  );
}
