import type { Target } from '../../../shared/qoe.js';
import type { LatencyReport } from '../../../shared/report.js';
import { serviceSecondsAt } from '../model/latency-law.js';
import { overRatioOf } from '../model/tail.js';
import { waitsLonger } from './md1.js';
import { hasQueue, type KnownOnGpu, QUEUE_TAIL_REQUESTS } from './gpu-model.js';
import { type LawOptions, lawOf } from './setting-law.js';

/**
 * Where hardly anybody, or nearly everybody, should be late, who is late tells nothing of the tail.
 */
const TELLING = { least: 0.002, most: 0.5 } as const;
/** One report changes k by this factor at most, before it is averaged. */
const MOST_STEP = 2;

export interface TailSeen {
  readonly latency: LatencyReport | null;
  readonly target: Target;
  /** Setting in force, MHz or W. */
  readonly value: number;
  readonly local?: LawOptions['local'];
}

/**
 * Folds how many were late into k of a queue, by one Newton step from what the law expects: shares
 * can be averaged over windows, however short; percentiles of a queue cannot, for its long answers
 * come together.
 */
export function foldQueueTail(
  before: KnownOnGpu,
  known: KnownOnGpu,
  { latency, target, value, local }: TailSeen,
): KnownOnGpu {
  const { statistic, latencyMs } = target;
  const count = known.totalCount - before.totalCount;
  const isTold = before.lifeId === known.lifeId && before.underValue === value && count > 0;
  if (statistic === 'mean' || !hasQueue(known) || latency === null || !isTold) return known;
  const law = lawOf(known, { statistic, ...(local === undefined ? {} : { local }) });
  const seen = overRatioOf(latency, latencyMs);
  if (law === null || law.ratePerSecond === 0 || seen === null) return known;
  const serviceSeconds = serviceSecondsAt(law, value);
  const busy = law.ratePerSecond * serviceSeconds;
  const length = latencyMs / 1000 / (law.tailRatio * serviceSeconds);
  if (busy >= 1 || length <= 1) return known;
  const { ratio, slope } = waitsLonger(busy, length - 1);
  if (ratio < TELLING.least || ratio > TELLING.most) return known;
  const step = Math.min(MOST_STEP, Math.max(1 / MOST_STEP, 1 + (seen - ratio) / (slope * length)));
  const weight = Math.min(count, latency.window.count);
  const kept = Math.min(known.tailCount, QUEUE_TAIL_REQUESTS.most);
  const tailRatio = law.tailRatio * (1 + ((step - 1) * weight) / (kept + weight));
  return { ...known, tailRatio, tailCount: kept + weight };
}
