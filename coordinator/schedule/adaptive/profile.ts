import type { Statistic, Target } from '../../../shared/qoe.js';
import type { Prior, Profile } from '../foresight.js';
import { goalOf } from './goal.js';
import { K, type Known, knownWith } from './known.js';
import { lawOf } from './laws.js';

/** Fewer requests make no profile. */
const LEAST_REQUESTS = 5;
/** What is known from elsewhere counts as so many requests, and the first answers here outweigh it. */
const PRIOR_REQUESTS = 2;
const PRIOR_TAIL_REQUESTS = { closed: 15, open: 1000 } as const;
/** With the prior of the overhead in `learn` (0.3 requests) it is taken at its full value. */
const PRIOR_OVERHEAD_REQUESTS = 0.7;

/** What an allocation has shown of its workload; null while it is too little. `statistic`: the one its target names, the only one whose tail was seen. */
export function profileOf(known: Known, statistic: Statistic): Profile | null {
  const law = lawOf(known, statistic);
  if (law === null || known[K.workCount] < LEAST_REQUESTS) return null;
  return {
    workSeconds: known[K.workSeconds] / known[K.workCount],
    noiseRatio: known[K.noiseRatio],
    requests: known[K.workCount],
    overheadSeconds: law.overheadSeconds,
    freeCores: known[K.freeCores],
    clients: Math.max(1, known[K.clients]),
    ratePerSecond: law.ratePerSecond,
    tailRatios: statistic === 'mean' || known[K.tailWeight] === 0 ? {} : { [statistic]: law.tailRatio },
  };
}

/** Knowledge to begin with, for a container that has shown nothing yet. */
export function knownFrom({ profile, speedRatio }: Prior, statistic: Statistic): Known {
  const { workSeconds, noiseRatio, requests, overheadSeconds, freeCores, clients, ratePerSecond } = profile;
  const count = Math.min(PRIOR_REQUESTS, requests);
  const tail = profile.tailRatios[statistic] ?? 0;
  const tailRequests = PRIOR_TAIL_REQUESTS[ratePerSecond > 0 ? 'open' : 'closed'];
  return knownWith({
    workSeconds: (workSeconds / speedRatio) * count,
    workCount: count,
    noiseRatio,
    overheadSeconds,
    overheadWeight: PRIOR_OVERHEAD_REQUESTS,
    freeCores,
    freeWeight: freeCores > 0 ? count : 0,
    clients,
    isOpen: ratePerSecond > 0 ? 1 : 0,
    arrivedCount: ratePerSecond > 0 ? PRIOR_REQUESTS : 0,
    arrivedSeconds: ratePerSecond > 0 ? PRIOR_REQUESTS / ratePerSecond : 0,
    tailSum: tail * tailRequests,
    tailWeight: tail > 0 ? tailRequests : 0,
  });
}

/** CPU that a target would take of a workload, cores: aimed at the target, and at the slow edge of its band; Infinity = no CPU does it. */
export function needOf(prior: Prior, target: Target): { readonly aimCores: number; readonly edgeCores: number } {
  const goal = goalOf(knownFrom(prior, target.statistic), target, null);
  return goal === null
    ? { aimCores: Number.POSITIVE_INFINITY, edgeCores: Number.POSITIVE_INFINITY }
    : { aimCores: goal.aimCores, edgeCores: goal.edgeCores };
}
