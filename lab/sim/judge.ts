import { sum, UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import { type CpuLimit, weightedCores } from '../../shared/command.js';
import type { Statistic } from '../../shared/qoe.js';
import type { LoadFactors } from '../host/container.js';
import { LongRuns } from '../host/long-runs.js';
import type { JobModel } from '../types.js';
import { coresWhileRunning, type NodeCpuClaim, usageCores } from './contention.js';

/** Weight of a container to which dqoes gave none, as cores: the 1024 shares of Docker. */
const DEFAULT_WEIGHT_CORES = 0.1;

/** Number of cached divisions of a node. */
const MAX_SHARES = 20_000;

/** The conditions under which a job is judged. */
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

/** The model with the factors of a load applied. */
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
 * The model with the GPU time that its work takes at this speed. `load` multiplies the CPU part
 * later.
 */
export function onGpu(model: JobModel, { workFactor }: LoadFactors, gpuRate: number): JobModel {
  const { gpuSeconds = 0 } = model;
  return gpuSeconds === 0 ? model : { ...model, gpuSeconds: (gpuSeconds * workFactor) / gpuRate };
}

/**
 * Long-run response times: the true value of a statistic under constant limits, without sampling
 * noise. Values are cached by model and limit.
 */
export class Judge {
  readonly #runs = new LongRuns();
  readonly #shares = new Map<string, readonly number[]>();

  /** Of one job on an otherwise idle host, ms. */
  aloneMs(job: Pick<JudgedContainer, 'model' | 'statistic'>, under: JudgedUnder): number {
    const limit = { cpuCores: under.limitCores, periodUs: under.periodUs };
    return this.#runs.of(loadedModel(job.model, under), limit)[job.statistic];
  }

  /**
   * Of all running containers of a node, in order, ms. Where every quota binds and all quotas fit
   * the node, or where all containers can run at once, each has its value on an idle host. Else
   * each is judged as if it were alone on the cores that it gets while it can run, under its limit.
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

  // null = no container waits for cores.
  #coresOf(claims: readonly NodeCpuClaim[], capacityCores: number): readonly number[] | null {
    if (sum(claims.map(({ model }) => model.parallelism)) <= capacityCores) return null;
    const fits = sum(claims.map(({ maxCores }) => maxCores)) <= capacityCores * (1 + 1e-9);
    if (fits && claims.every(isQuotaBound)) return null;
    const key = JSON.stringify([capacityCores, claims]);
    const known = this.#shares.get(key);
    if (known !== undefined) return known;
    if (this.#shares.size >= MAX_SHARES) this.#shares.clear();
    // Four digits: smaller differences are the same long run.
    const fresh = coresWhileRunning(claims, capacityCores).map((cores) =>
      Number(cores.toPrecision(4)),
    );
    this.#shares.set(key, fresh);
    return fresh;
  }
}

function claimOf({ model, load, limit }: JudgedContainer, capacityCores: number): NodeCpuClaim {
  const parallelism = Math.min(model.parallelism, capacityCores);
  const maxCores = Math.min(limit.cpuCores ?? Number.POSITIVE_INFINITY, parallelism);
  return {
    model: { ...loadedModel(model, load), parallelism },
    maxCores,
    weight: weightedCores(limit) || DEFAULT_WEIGHT_CORES,
  };
}

/**
 * A closed loop that would use more than its limit: whatever delays it within a period, it gets its
 * quota.
 */
const isQuotaBound = (claim: NodeCpuClaim): boolean =>
  claim.model.arrivals.kind === 'closed' &&
  usageCores({ ...claim, maxCores: Number.POSITIVE_INFINITY }, claim.model.parallelism) >
    claim.maxCores * 1.02;
