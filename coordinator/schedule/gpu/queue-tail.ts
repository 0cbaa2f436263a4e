import type { Target } from '../../../shared/qoe.js';
import type { LatencyReport } from '../../../shared/report.js';
import { serviceSecondsAt } from '../model/latency-law.js';
import { observedExceedance } from '../model/tail.js';
import { type GpuModel, hasQueue, QUEUE_TAIL_REQUESTS } from './gpu-model.js';
import { waitExceeds } from './md1.js';
import { fitSettingLaw, type LawOptions } from './setting-law.js';

/**
 * Where hardly any or nearly all requests should be late, the late ones tell nothing of the tail.
 */
const INFORMATIVE_RATIO = { min: 0.002, max: 0.5 } as const;
/** One report changes k by at most this factor, before it is averaged. */
const MAX_STEP = 2;

/** What one report shows of the tail. */
export interface TailSeen {
  readonly latency: LatencyReport | null;
  readonly target: Target;
  /** Setting in force, MHz or W. */
  readonly value: number;
  readonly local?: LawOptions['local'];
}

/**
 * Folds the share of late requests into k of a queue, by one Newton step from the share that the
 * law expects. Shares can be averaged over windows of any length; percentiles of a queue cannot,
 * because its long answers come together.
 */
export function foldQueueTail(
  before: GpuModel,
  model: GpuModel,
  { latency, target, value, local }: TailSeen,
): GpuModel {
  const { statistic, latencyMs } = target;
  const count = model.totalCount - before.totalCount;
  const hasEnoughAnswers =
    before.lifeId === model.lifeId && before.underValue === value && count > 0;
  if (statistic === 'mean' || !hasQueue(model) || latency === null || !hasEnoughAnswers)
    return model;
  const law = fitSettingLaw(model, { statistic, ...(local === undefined ? {} : { local }) });
  const seen = observedExceedance(latency, latencyMs);
  if (law === null || law.ratePerSecond === 0 || seen === null) return model;
  const serviceSeconds = serviceSecondsAt(law, value);
  const utilisation = law.ratePerSecond * serviceSeconds;
  const length = latencyMs / 1000 / (law.tailRatio * serviceSeconds);
  if (utilisation >= 1 || length <= 1) return model;
  const { ratio, slope } = waitExceeds(utilisation, length - 1);
  if (ratio < INFORMATIVE_RATIO.min || ratio > INFORMATIVE_RATIO.max) return model;
  const step = Math.min(MAX_STEP, Math.max(1 / MAX_STEP, 1 + (seen - ratio) / (slope * length)));
  const weight = Math.min(count, latency.window.count);
  const kept = Math.min(model.tailCount, QUEUE_TAIL_REQUESTS.max);
  const tailRatio = law.tailRatio * (1 + ((step - 1) * weight) / (kept + weight));
  return { ...model, tailRatio, tailCount: kept + weight };
}
