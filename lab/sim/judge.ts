import { sum, UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import { type CpuLimit, weightedCores } from '../../shared/command.js';
import type { Statistic } from '../../shared/qoe.js';
import type { LoadFactors } from '../host/container.js';
import { LongRuns } from '../host/long-runs.js';
import type { JobModel } from '../types.js';
import { type CpuClaim, coresWhileRunning, usageCores } from './contention.js';

/** Weight of a container without one of ours, as cores: what Docker's 1024 shares are. */
const DEFAULT_WEIGHT_CORES = 0.1;

/** Divisions of a node kept at once. */
const MAX_SHARES = 20_000;

/** What a job is judged under. */
export interface JudgedUnder extends LoadFactors {
  /** null = no limit. */
  readonly limitCores: number | null;
  readonly periodUs: number;
}

/** One running container of a node. */
export interface JudgedContainer {
  readonly model: JobModel;
  readonly statistic: Statistic;
  readonly load: LoadFactors;
  readonly limit: CpuLimit;
}

/** The model under a load: factors applied. */
export function loadedModel(model: JobModel, { workFactor, rateFactor }: LoadFactors): JobModel {
  const { arrivals } = model;
  return {
    ...model,
    workSeconds: model.workSeconds * workFactor,
    arrivals:
      arrivals.kind === 'closed'
        ? arrivals
        : { kind: 'open', ratePerSecond: arrivals.ratePerSecond * rateFactor },
  };
}

/**
 * The model with its work on a GPU as it takes on one of this speed. `load` is what the CPU part is
 * multiplied by later.
 */
export function onGpu(model: JobModel, { workFactor }: LoadFactors, gpuRate: number): JobModel {
  const { gpuSeconds = 0 } = model;
  return gpuSeconds === 0 ? model : { ...model, gpuSeconds: (gpuSeconds * workFactor) / gpuRate };
}

/**
 * Long-run response times: the true value of a statistic under limits that stay, sampling noise
 * left out. Values are computed once per model and limit.
 */
export class Judge {
  readonly #runs = new LongRuns();
  readonly #shares = new Map<string, readonly number[]>();

  /** Of one job that has its host to itself, ms. */
  aloneMs(job: Pick<JudgedContainer, 'model' | 'statistic'>, under: JudgedUnder): number {
    const limit = { cpuCores: under.limitCores, periodUs: under.periodUs };
    return this.#runs.of(loadedModel(job.model, under), limit)[job.statistic];
  }

  /**
   * Of all running containers of a node, in order, ms. Where every one is held by its quota and the
   * quotas fit the node, or where all can run at once, each has its value alone. Else each is
   * judged as if it were alone on the cores it gets while it can run, its limit kept.
   */
  onNodeMs(members: readonly JudgedContainer[], capacityCores: number): readonly number[] {
    const claims = members.map((member) => claimOf(member, capacityCores));
    const cores = this.#coresOf(claims, capacityCores);
    return claims.map(({ model }, i) => {
      const { limit = UNLIMITED, statistic = 'mean' } = members[i] ?? {};
      const parallelism = cores?.[i] ?? model.parallelism;
      return this.#runs.of({ ...model, parallelism }, limit)[statistic];
    });
  }

  // null = nobody is kept from running.
  #coresOf(claims: readonly CpuClaim[], capacityCores: number): readonly number[] | null {
    if (sum(claims.map(({ model }) => model.parallelism)) <= capacityCores) return null;
    const fits = sum(claims.map(({ capCores }) => capCores)) <= capacityCores * (1 + 1e-9);
    if (fits && claims.every(isQuotaBound)) return null;
    const key = JSON.stringify([capacityCores, claims]);
    const known = this.#shares.get(key);
    if (known !== undefined) return known;
    if (this.#shares.size >= MAX_SHARES) this.#shares.clear();
    // Four digits: what differs by less is the same long run.
    const fresh = coresWhileRunning(claims, capacityCores).map((cores) =>
      Number(cores.toPrecision(4)),
    );
    this.#shares.set(key, fresh);
    return fresh;
  }
}

function claimOf({ model, load, limit }: JudgedContainer, capacityCores: number): CpuClaim {
  const parallelism = Math.min(model.parallelism, capacityCores);
  const capCores = Math.min(limit.cpuCores ?? Number.POSITIVE_INFINITY, parallelism);
  return {
    model: { ...loadedModel(model, load), parallelism },
    capCores,
    weight: weightedCores(limit) || DEFAULT_WEIGHT_CORES,
  };
}

/**
 * A closed loop that would use more than its limit: whatever delays it within a period, it gets its
 * quota.
 */
const isQuotaBound = (claim: CpuClaim): boolean =>
  claim.model.arrivals.kind === 'closed' &&
  usageCores({ ...claim, capCores: Number.POSITIVE_INFINITY }, claim.model.parallelism) >
    claim.capCores * 1.02;
