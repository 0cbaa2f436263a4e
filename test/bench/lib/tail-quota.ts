import type { ScenarioJob } from '../../../lab/types.js';

const SHARE_LATER = { mean: 0.5, p50: 0.5, p90: 0.1, p95: 0.05, p99: 0.01 } as const;
const ROUNDS = 30;

/**
 * About the quota (cores) under which the tail of a queue meets its target, by the heavy-traffic
 * law of M/D/1: P(wait > t) = ρ·exp(−2(1−ρ)t/(ρs)). A closed loop takes work ÷ target. At most what
 * the job can use.
 */
export function quotaForTail({ model, targetMs, statistic }: ScenarioJob): number {
  if (model === null) return 0;
  const { workSeconds, overheadSeconds, parallelism, arrivals } = model;
  if (arrivals.kind === 'closed') return Math.min(parallelism, (1000 * workSeconds) / targetMs);
  const seconds = (cores: number): number => {
    const service = overheadSeconds + workSeconds / cores;
    const busy = arrivals.ratePerSecond * service;
    if (busy >= 1) return Number.POSITIVE_INFINITY;
    const wait = (busy / (2 * (1 - busy))) * service * Math.log(busy / SHARE_LATER[statistic]);
    return service + Math.max(0, wait);
  };
  let [low, high] = [0, parallelism];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (1000 * seconds(middle) > targetMs) low = middle;
    else high = middle;
  }
  return high;
}
