import type { Target } from '../../../../../shared/qoe.js';
import type { LatencyReport } from '../../../../../shared/report.js';
import { type AllocationModel, Field, type ModelDraft } from '../../../model/allocation-model.js';
import { arrivalRateOf, clientsOf, fittedLawUnder } from '../../../model/fitted-law.js';
import {
  amplification,
  exceedance,
  secondsWithoutMinimum,
  serviceSecondsAt,
} from '../../../model/latency-law.js';
import { observedExceedance } from '../../../model/tail.js';
import { besideOf } from '../../../model/waits.js';
import { decayFactor } from '../../../model/work-estimator.js';
import type { Evidence } from './evidence.js';

const OVERHEAD_MEMORY = { closed: 60, open: 4000 } as const;
/**
 * An overhead may look negative by this share of the latency, where the estimate of work is off.
 */
const MAX_NEGATIVE_RATIO = 0.3;
/**
 * With this number of requests under way a server is never idle, and its pace of answers is its
 * service time.
 */
const MIN_BUSY_CONCURRENCY = 8;
/**
 * A busy server's pace tells the service time this much better than the response times of a queue.
 */
const BUSY_WEIGHT = 100;
/**
 * Where hardly any or nearly all requests should be late, the late ones tell nothing of the tail.
 */
const INFORMATIVE_RATIO = { min: 0.01, max: 0.4 } as const;

/** Folds a request's time beyond its CPU, s, into the model. `weight` in requests. */
export function foldOverhead(model: ModelDraft, seconds: number, weight: number): void {
  const keep = decayFactor(weight, OVERHEAD_MEMORY[model[Field.isOpen] ? 'open' : 'closed']);
  model[Field.overheadSeconds] = model[Field.overheadSeconds] * keep + seconds * weight;
  model[Field.overheadWeight] = model[Field.overheadWeight] * keep + weight;
}

/**
 * The overhead with which the law would give what was seen, s; null where the law has no solution.
 * For a queue by one Newton step from the current overhead, which keeps the noise of single reports
 * from biasing it.
 */
export function residualSeconds(
  model: AllocationModel,
  { count, waitedSeconds, limitCores, periodUs }: Evidence,
  spanSeconds: number,
): number | null {
  if (model[Field.workCount] === 0) return null;
  const meanSeconds = waitedSeconds / count;
  if (arrivalRateOf(model) === 0)
    return Math.max(
      -MAX_NEGATIVE_RATIO * meanSeconds,
      meanSeconds - (spanSeconds * clientsOf(model)) / limitCores,
    );
  const law = fittedLawUnder(model, 'mean', { cores: limitCores, periodUs });
  if (law === null) return null;
  const modelSeconds = secondsWithoutMinimum(law, limitCores);
  if (!Number.isFinite(modelSeconds)) return null;
  const serviceSeconds = serviceSecondsAt(law, limitCores);
  const utilisation = law.ratePerSecond * serviceSeconds;
  const step = (meanSeconds - modelSeconds) / amplification(law.queueing, utilisation);
  // Uses the work of just these requests as far as they did not wait for others, because W from
  // before may be out of date.
  const more = ((1 - utilisation) ** 2 * (spanSeconds - law.workSeconds)) / limitCores;
  return Math.max(-MAX_NEGATIVE_RATIO * serviceSeconds, law.overheadSeconds + step - more);
}

/**
 * The k with which as many requests would be late as were, by one Newton step; null where that
 * tells nothing. Reports that straddle a small change of the limit count: limits change because of
 * long answers, and without these reports the tail would look shorter than it is.
 */
export function queueTail(
  model: AllocationModel,
  { limitCores, periodUs }: Evidence,
  { latency, target }: { readonly latency: LatencyReport; readonly target: Target },
): number | null {
  const seen = observedExceedance(latency, target.latencyMs);
  if (seen === null || model[Field.isUnsettled] || !Number.isFinite(limitCores)) return null;
  const law = fittedLawUnder(model, target.statistic, { cores: limitCores, periodUs });
  if (law === null) return null;
  const { ratio, slope } = exceedance(law, limitCores, target.latencyMs / 1000);
  if (ratio < INFORMATIVE_RATIO.min || ratio > INFORMATIVE_RATIO.max || slope === 0) return null;
  return law.tailRatio * (1 + (seen - ratio) / slope);
}

/**
 * Whether a queue kept the server busy for all of a report, under one limit. Requests that wait
 * beside it for something else are none of its queue.
 */
export const isNeverIdle = (
  model: AllocationModel,
  { waitedSeconds, count, doneAtMs, isSteady, limitCores }: Evidence,
): boolean =>
  isSteady &&
  Number.isFinite(limitCores) &&
  waitedSeconds - count * besideOf(model, arrivalRateOf(model)).seconds >
    (MIN_BUSY_CONCURRENCY * (doneAtMs - model[Field.doneAtMs])) / 1000;

/**
 * A server that is never idle ends its requests one service time apart. That tells the overhead at
 * once, where response times take hundreds of requests.
 */
export function learnBusy(
  model: ModelDraft,
  { count, doneAtMs, limitCores }: Evidence,
  spanSeconds: number,
): void {
  const serviceSeconds = (doneAtMs - model[Field.doneAtMs]) / 1000 / count;
  if (serviceSeconds <= 0 || spanSeconds <= 0) return;
  const weight = Math.min(OVERHEAD_MEMORY.open, BUSY_WEIGHT * count);
  foldOverhead(
    model,
    Math.max(-MAX_NEGATIVE_RATIO * serviceSeconds, serviceSeconds - spanSeconds / limitCores),
    weight,
  );
}
