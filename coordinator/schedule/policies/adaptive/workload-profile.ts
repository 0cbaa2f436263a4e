import type { Statistic, Target } from '../../../../shared/qoe.js';
import type { Prior, WorkloadProfile } from '../../forecast.js';
import {
  type AllocationModel,
  copyModel,
  EMPTY_MODEL,
  Field,
} from '../../model/allocation-model.js';
import { arrivalRateOf, fittedLaw } from '../../model/fitted-law.js';
import { pooledSeconds } from '../../model/pool.js';
import { latencyGoalOf } from './latency-goal.js';

/** Fewer requests make no profile. */
const MIN_REQUESTS = 5;
/** Weight of what is known from elsewhere, in requests: the first answers here outweigh it. */
const PRIOR_REQUESTS = 2;
const PRIOR_TAIL_REQUESTS = { closed: 15, open: 1000 } as const;
/** With the prior of the overhead in `learn` (0.3 requests) this gives its full value. */
const PRIOR_OVERHEAD_REQUESTS = 0.7;

/**
 * What an allocation has shown of its workload; null while it is too little. `statistic`: the one
 * its target names, the only one whose tail was seen.
 */
export function profileOf(model: AllocationModel, statistic: Statistic): WorkloadProfile | null {
  const law = fittedLaw(model, statistic);
  if (law === null || model[Field.workCount] < MIN_REQUESTS) return null;
  return {
    workSeconds: model[Field.workSeconds] / model[Field.workCount],
    noiseRatio: model[Field.noiseRatio],
    requests: model[Field.workCount],
    overheadSeconds: law.overheadSeconds + law.besideSeconds,
    ...(law.besideSeconds > 0 ? { besideSeconds: law.besideSeconds } : {}),
    freeCores: model[Field.freeCores],
    ...(model[Field.seenCores] > 0 ? { seenCores: model[Field.seenCores] } : {}),
    clients: Math.max(1, model[Field.clients]),
    ratePerSecond: law.ratePerSecond,
    tailRatios:
      statistic === 'mean' || model[Field.tailWeight] === 0 ? {} : { [statistic]: law.tailRatio },
  };
}

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

const NO_CPU_MEETS_IT = {
  aimCores: Number.POSITIVE_INFINITY,
  edgeCores: Number.POSITIVE_INFINITY,
} as const;
/** Utilisation that a pool of ceilings with open arrivals is planned at, and its maximum. */
const POOLED = { aim: 0.8, edge: 0.9 } as const;

/**
 * CPU that a target would take of a workload, cores: at the target, and at the slow edge of its
 * band; Infinity = no CPU meets it.
 */
export function demandOf(
  prior: Prior,
  target: Target,
): { readonly aimCores: number; readonly edgeCores: number } {
  const model = modelFrom(prior, target.statistic);
  const goal = latencyGoalOf(model, target, null);
  if (goal === null) return NO_CPU_MEETS_IT;
  const useCores = arrivalRateOf(model) * goal.law.workSeconds;
  if (target.mode !== 'ceiling' || useCores === 0)
    return { aimCores: goal.aimCores, edgeCores: goal.edgeCores };
  // Without a quota it shares the host with others of its kind, whose queues are not long at the
  // same time.
  if (pooledSeconds(goal, useCores, Math.max(1, 2 * useCores)) > goal.slowSeconds)
    return NO_CPU_MEETS_IT;
  return { aimCores: useCores / POOLED.aim, edgeCores: useCores / POOLED.edge };
}
