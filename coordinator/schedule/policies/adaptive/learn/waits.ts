import type { LatencyReport } from '../../../../../shared/report.js';
import { clamp } from '../../../limits/fit.js';
import { type AllocationModel, Field, type ModelDraft } from '../../../model/allocation-model.js';
import { arrivalRateOf, fittedLawUnder } from '../../../model/fitted-law.js';
import {
  secondsWithoutMinimum,
  serviceSecondsAt,
  serviceSecondsFor,
} from '../../../model/latency-law.js';
import { besideOf, leastWaitOf, MAX_MEAN_RATIO, sureness } from '../../../model/waits.js';
import { decayFactor } from '../../../model/work-estimator.js';
import type { Evidence } from './evidence.js';

/** A block of reports ends after this time and this number of requests. */
const BLOCK_MS = 20_000;
const BLOCK_REQUESTS = 100;
/** The median of fewer is chance. */
const MIN_REQUESTS = 5;
/** The service time may be off by this share without making a wait of it. */
const SERVICE_MARGIN = 0.25;
/** A server that uses more of its limit than this may have a queue that grows. */
const MAX_USE = 0.95;
const MAX_UTILISATION = 0.98;
/** One thread works on a request: more cores do not shorten it. */
const THREAD_CORES = 1;
const MEAN_MEMORY = 2000;
/** The mean of fewer requests tells nothing of a queue. */
const MIN_MEAN_REQUESTS = 100;
/** A smaller share of the mean response is within its error, and of no matter. */
const MIN_SHARE = 0.1;
/**
 * Where the least wait lies between the time that would have to occupy the server to make the mean
 * (0) and the wait beside it that would (1). The least is about a quarter of a service time short.
 */
const BETWEEN = { from: 0.3, sure: 0.5 } as const;

/**
 * Learns the least time that medians of reports, or their shortest responses, show beyond what the
 * queue for CPU explains. Writes `model`. Half of all requests find a queue short now and then, and
 * one of a report nobody, so the least of some reports is hardly ever more than that, unless
 * requests wait for something else beside each other. The shortest tells even waits sooner near
 * full use, the median tells uneven ones. That a wait has become longer is known after two blocks
 * of reports. Reports count whose requests began under another limit: no limit changes such a wait,
 * and one that changes with every report would keep it from being learnt.
 */
export function learnLeastWait(
  model: ModelDraft,
  evidence: Evidence,
  { window }: LatencyReport,
): void {
  const { limitCores, usedSeconds, seconds, count, doneAtMs } = evidence;
  if (window.p50Ms === null || window.count < MIN_REQUESTS) return;
  // Without a quota a request may wait for the CPU that others of its host use.
  if (!Number.isFinite(limitCores)) return;
  if (usedSeconds > MAX_USE * limitCores * seconds) return;
  const explained = explainedSeconds(model, evidence);
  if (explained === null) return;
  // A median from coarse buckets may be far off, and a mean is exact.
  const typicalMs = Math.min(window.p50Ms, window.meanMs);
  const wait = Math.max(
    0,
    typicalMs / 1000 - explained.median,
    (window.minMs ?? 0) / 1000 - explained.least,
  );
  const isFirst = model[Field.leastWaitCount] === 0;
  if (isFirst) model[Field.leastWaitFromMs] = doneAtMs;
  model[Field.leastWaitNow] = isFirst ? wait : Math.min(model[Field.leastWaitNow], wait);
  model[Field.leastWaitCount] += count;
  if (
    model[Field.leastWaitCount] < BLOCK_REQUESTS ||
    doneAtMs - model[Field.leastWaitFromMs] < BLOCK_MS
  )
    return;
  model[Field.leastWaitBefore] = model[Field.leastWaitNow];
  model[Field.leastWaitCount] = 0;
}

// What a queue for CPU alone explains, s: its median (see `quantileRatio`) with a margin, and its
// least response, which is that of a request that found nobody.
function explainedSeconds(
  model: AllocationModel,
  { limitCores, periodUs }: Evidence,
): { readonly median: number; readonly least: number } | null {
  const limitBefore = model[Field.limitCores] || THREAD_CORES;
  const cores = Math.min(THREAD_CORES, limitCores, limitBefore);
  const law = fittedLawUnder(model, 'mean', { cores, periodUs });
  if (law === null) return null;
  const serviceSeconds = serviceSecondsAt({ ...law, overheadSeconds: 0 }, cores);
  const utilisation = Math.min(MAX_UTILISATION, law.ratePerSecond * serviceSeconds);
  const waited = Math.max(0, Math.log(2 * utilisation));
  return {
    median: serviceSeconds * (1 + SERVICE_MARGIN + (law.queueing * waited) / (1 - utilisation)),
    least: serviceSeconds,
  };
}

/** Share of the time without CPU that counts as waits beside the server, 0..1. */
export const besideRatioOf = (model: AllocationModel): number =>
  besideOf(model, arrivalRateOf(model)).ratio;

/**
 * Folds what means show beyond the queue for CPU into the model, and whether it can be time that
 * occupies the server: that prolongs the mean by more than itself.
 */
export function foldMeanWait(
  model: ModelDraft,
  { limitCores, periodUs, waitedSeconds, count }: Evidence,
): void {
  const least = leastWaitOf(model);
  // Asked first: of closed loops, which are most, no law is needed.
  if (least === 0 || arrivalRateOf(model) === 0) return;
  const fitted = fittedLawUnder(model, 'mean', { cores: limitCores, periodUs });
  if (fitted === null) return;
  const law = { ...fitted, overheadSeconds: 0, besideSeconds: 0 };
  const queueSeconds = secondsWithoutMinimum(law, limitCores);
  if (!Number.isFinite(queueSeconds)) return;
  const bounded = clamp(waitedSeconds / count - queueSeconds, 0, MAX_MEAN_RATIO * least);
  const keep = decayFactor(count, MEAN_MEMORY);
  model[Field.meanWaitSeconds] = model[Field.meanWaitSeconds] * keep + bounded * count;
  model[Field.meanWaitWeight] = model[Field.meanWaitWeight] * keep + count;
  if (model[Field.meanWaitWeight] < MIN_MEAN_REQUESTS) return;
  const meanWait = model[Field.meanWaitSeconds] / model[Field.meanWaitWeight];
  const responseSeconds = queueSeconds + meanWait;
  const occupied = serviceSecondsFor(law, responseSeconds) - serviceSecondsAt(law, limitCores);
  const between = (least - occupied) / Math.max(meanWait - occupied, 1e-9);
  model[Field.besideByMeans] = least < MIN_SHARE * responseSeconds ? 0 : sureness(between, BETWEEN);
}
