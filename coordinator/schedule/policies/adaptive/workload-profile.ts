import type { Statistic, Target } from '../../../../shared/qoe.js';
import type { DemandBySpeed, Prior, WorkloadProfile } from '../../forecast.js';
import {
  type AllocationModel,
  copyModel,
  EMPTY_MODEL,
  Field,
} from '../../model/allocation-model.js';
import { errorRatioOf, fittedLaw, setWork } from '../../model/fitted-law.js';
import type { LatencyLaw } from '../../model/latency-law.js';
import { pooledSeconds } from '../../model/pool.js';
import { aimCoresOf, type Band, bandOf, edgeCoresOf, withinTarget } from './latency-goal.js';

/** Fewer requests make no profile. */
const MIN_REQUESTS = 5;
/** Weight of what is known from elsewhere, in requests: the first answers here outweigh it. */
const PRIOR_REQUESTS = 2;
const PRIOR_TAIL_REQUESTS = { closed: 15, open: 1000 } as const;
/** With the prior of the overhead in `learn` (0.3 requests) this gives its full value. */
const PRIOR_OVERHEAD_REQUESTS = 0.7;

/**
 * What an allocation has shown of its workload; null while it is too little, or its CPU says
 * nothing of its response times. `statistic`: the one its target names, the only one whose tail was
 * seen.
 */
export function profileOf(model: AllocationModel, statistic: Statistic): WorkloadProfile | null {
  if (model[Field.workCount] < MIN_REQUESTS || model[Field.isRefuted]) return null;
  const law = fittedLaw(model, statistic);
  if (law === null) return null;
  const { besideSeconds, ratePerSecond } = law;
  const workSeconds = model[Field.workSeconds] / model[Field.workCount];
  const noiseRatio = model[Field.noiseRatio];
  const requests = model[Field.workCount];
  const overheadSeconds = law.overheadSeconds + besideSeconds;
  const [freeCores, seenCores] = [model[Field.freeCores], model[Field.seenCores]];
  const clients = Math.max(1, model[Field.clients]);
  const isMean = statistic === 'mean' || model[Field.tailWeight] === 0;
  const tailRatios = isMean ? NO_TAILS : { [statistic]: law.tailRatio };
  // Nearly all, in one piece: all allocations are asked at a time.
  if (besideSeconds === 0 && seenCores > 0)
    return {
      workSeconds,
      noiseRatio,
      requests,
      overheadSeconds,
      freeCores,
      seenCores,
      clients,
      ratePerSecond,
      tailRatios,
    };
  return {
    workSeconds,
    noiseRatio,
    requests,
    overheadSeconds,
    ...(besideSeconds > 0 ? { besideSeconds } : {}),
    freeCores,
    ...(seenCores > 0 ? { seenCores } : {}),
    clients,
    ratePerSecond,
    tailRatios,
  };
}

const NO_TAILS: WorkloadProfile['tailRatios'] = {};

/** The model that a container starts with, from what is known of its workload. */
export function modelFrom({ profile, speedRatio }: Prior, statistic: Statistic): AllocationModel {
  const { workSeconds, noiseRatio, requests, overheadSeconds, freeCores, clients, ratePerSecond } =
    profile;
  const { seenCores = 0 } = profile;
  // A client that waits for its answer finds nothing beside it.
  const besideSeconds = ratePerSecond > 0 ? (profile.besideSeconds ?? 0) : 0;
  const count = Math.min(PRIOR_REQUESTS, requests);
  const tail = profile.tailRatios[statistic] ?? 0;
  const tailRequests = PRIOR_TAIL_REQUESTS[ratePerSecond > 0 ? 'open' : 'closed'];
  // By place, because a search for better nodes asks for thousands.
  const model = copyModel(EMPTY_MODEL);
  model[Field.workSeconds] = (workSeconds / speedRatio) * count;
  model[Field.workCount] = count;
  model[Field.noiseRatio] = noiseRatio;
  model[Field.overheadSeconds] = overheadSeconds - besideSeconds;
  model[Field.overheadWeight] = PRIOR_OVERHEAD_REQUESTS;
  model[Field.leastWaitBefore] = besideSeconds;
  model[Field.besideByMeans] = besideSeconds > 0 ? 1 : 0;
  model[Field.freeCores] = freeCores;
  model[Field.freeWeight] = freeCores > 0 ? count : 0;
  model[Field.seenCores] = seenCores;
  model[Field.clients] = clients;
  model[Field.isOpen] = ratePerSecond > 0 ? 1 : 0;
  model[Field.arrivedCount] = ratePerSecond > 0 ? PRIOR_REQUESTS : 0;
  model[Field.arrivedSeconds] = ratePerSecond > 0 ? PRIOR_REQUESTS / ratePerSecond : 0;
  model[Field.tailSum] = tail * tailRequests;
  model[Field.tailWeight] = tail > 0 ? tailRequests : 0;
  return model;
}

const noCpuMeetsIt = (): number => Number.POSITIVE_INFINITY;
/** What part of a band takes: of a job by itself, and of a ceiling with open arrivals. */
interface Share {
  readonly ownCores: (law: LatencyLaw, band: Band) => number;
  /** That a pool is planned at, at most. */
  readonly utilisation: number;
}

const AIM: Share = { ownCores: aimCoresOf, utilisation: 0.8 };
const EDGE: Share = { ownCores: edgeCoresOf, utilisation: 0.9 };

/** CPU that a target would take of a workload. */
export function demandOf(profile: WorkloadProfile, target: Target): DemandBySpeed {
  const model = modelFrom({ profile, speedRatio: 1 }, target.statistic);
  const fitted = fittedLaw(model, target.statistic);
  if (fitted === null) return { aimCores: noCpuMeetsIt, edgeCores: noCpuMeetsIt };
  // Of all of it the work alone depends on the speed.
  const law = { ...withinTarget(fitted, target) };
  const band = bandOf(law, target, errorRatioOf(model));
  const count = model[Field.workCount];
  const coresAt = (speedRatio: number, { ownCores, utilisation }: Share): number => {
    // As the mean of the model that a container there would start with: to the last bit.
    setWork(law, model, ((profile.workSeconds / speedRatio) * count) / count);
    const useCores = law.ratePerSecond * law.workSeconds;
    if (target.mode !== 'ceiling' || useCores === 0) return ownCores(law, band);
    // Without a quota it shares the host with others of its kind, whose queues are not long at the
    // same time.
    const seconds = pooledSeconds({ law }, useCores, Math.max(1, 2 * useCores));
    return seconds > band.slowSeconds ? Number.POSITIVE_INFINITY : useCores / utilisation;
  };
  return {
    aimCores: (speedRatio) => coresAt(speedRatio, AIM),
    edgeCores: (speedRatio) => coresAt(speedRatio, EDGE),
  };
}
