import type { Target } from '../../../../../shared/qoe.js';
import type { LatencyReport } from '../../../../../shared/report.js';
import { keptRatio } from '../../../model/work-estimator.js';
import { type Draft, K, type Known } from '../../../model/allocation-model.js';
import { amplification, latencySeconds, overRatio, serviceSecondsAt } from '../../../model/latency-law.js';
import { clientsOf, lawOf, lawUnder } from '../../../model/fitted-law.js';
import { overRatioOf } from '../../../model/tail.js';
import type { Evidence } from './evidence.js';

const OVERHEAD_MEMORY = { closed: 60, open: 4000 } as const;
/** An overhead may look negative by so much of the latency, where the estimate of work is off. */
const MOST_NEGATIVE = 0.3;
/**
 * With so many requests under way a server is never idle, and how fast it answers is how long it
 * takes for one.
 */
const NEVER_IDLE = 8;
/** So much better than the response times of a queue it tells what keeps a server, as a weight. */
const BUSY_WEIGHT = 100;
/**
 * Where hardly anybody, or nearly everybody, should be late, who is late tells nothing of the tail.
 */
const TELLING = { least: 0.01, most: 0.4 } as const;

/** Folds what a request took beyond its CPU, s, into what is known of it. `weight` in requests. */
export function foldOverhead(known: Draft, seconds: number, weight: number): void {
  const keep = keptRatio(weight, OVERHEAD_MEMORY[known[K.isOpen] ? 'open' : 'closed']);
  known[K.overheadSeconds] = known[K.overheadSeconds] * keep + seconds * weight;
  known[K.overheadWeight] = known[K.overheadWeight] * keep + weight;
}

/**
 * What the overhead would have to be for the law to give what was seen, s; null where the law knows
 * no answer. For a queue by one Newton step from what it is taken to be, which keeps the noise of
 * single reports from biasing it.
 */
export function residualSeconds(
  known: Known,
  { count, waitedSeconds, limitCores, periodUs }: Evidence,
  spanSeconds: number,
): number | null {
  const meanSeconds = waitedSeconds / count;
  const bare = lawOf(known, 'mean');
  if (bare === null) return null;
  if (bare.ratePerSecond === 0)
    return Math.max(
      -MOST_NEGATIVE * meanSeconds,
      meanSeconds - (spanSeconds * clientsOf(known)) / limitCores,
    );
  const law = { ...lawUnder(bare, limitCores, periodUs), leastSeconds: 0 };
  const modelSeconds = latencySeconds(law, limitCores);
  if (!Number.isFinite(modelSeconds)) return null;
  const serviceSeconds = serviceSecondsAt(law, limitCores);
  const utilisation = law.ratePerSecond * serviceSeconds;
  const step = (meanSeconds - modelSeconds) / amplification(law.queueing, utilisation);
  // With the work of just these requests, as far as they did not wait for others: what W was taken
  // for when they came may be out of date.
  const more = ((1 - utilisation) ** 2 * (spanSeconds - law.workSeconds)) / limitCores;
  return Math.max(-MOST_NEGATIVE * serviceSeconds, law.overheadSeconds + step - more);
}

/**
 * What k would have to be for as many to be late as were, by one Newton step; null where that tells
 * nothing. Reports that straddle a small change of the limit count: long answers are what limits
 * are changed for, and without them the tail would look shorter than it is.
 */
export function queueTail(
  known: Known,
  { limitCores, periodUs }: Evidence,
  { latency, target }: { readonly latency: LatencyReport; readonly target: Target },
): number | null {
  const seen = overRatioOf(latency, target.latencyMs);
  const bare = lawOf(known, target.statistic);
  if (seen === null || bare === null || known[K.isUnsettled] || !Number.isFinite(limitCores))
    return null;
  const law = lawUnder(bare, limitCores, periodUs);
  const { ratio, slope } = overRatio(law, limitCores, target.latencyMs / 1000);
  if (ratio < TELLING.least || ratio > TELLING.most || slope === 0) return null;
  return law.tailRatio * (1 + (seen - ratio) / slope);
}

/** Whether a queue kept the server busy for all of a report, under one limit. */
export const isNeverIdle = (
  known: Known,
  { waitedSeconds, doneAtMs, isSteady, limitCores }: Evidence,
): boolean =>
  isSteady &&
  Number.isFinite(limitCores) &&
  waitedSeconds > (NEVER_IDLE * (doneAtMs - known[K.doneAtMs])) / 1000;

/**
 * Between the ends of two requests of a server that is never idle lies the time that one keeps it:
 * tells the overhead at once, where response times tell it after hundreds.
 */
export function learnBusy(
  known: Draft,
  { count, doneAtMs, limitCores }: Evidence,
  spanSeconds: number,
): void {
  const serviceSeconds = (doneAtMs - known[K.doneAtMs]) / 1000 / count;
  if (serviceSeconds <= 0 || spanSeconds <= 0) return;
  const weight = Math.min(OVERHEAD_MEMORY.open, BUSY_WEIGHT * count);
  foldOverhead(
    known,
    Math.max(-MOST_NEGATIVE * serviceSeconds, serviceSeconds - spanSeconds / limitCores),
    weight,
  );
}
