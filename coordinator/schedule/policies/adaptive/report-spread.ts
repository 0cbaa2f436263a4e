import type { AllocationId } from '../../../../shared/ids.js';
import type { ReportSpread } from '../../forecast.js';
import { Field } from '../../model/allocation-model.js';
import { arrivalRateOf, clientsOf, errorRatioOf, fittedLaw } from '../../model/fitted-law.js';
import { chanceSpread, reportedTailRatio } from '../../model/tail.js';
import { commonSpread, judgedRequests } from './common-noise.js';
import { forecastSpread, isOtherLimit } from './forecast-errors.js';
import type { Memory } from './memory.js';

/** Which report is meant. */
export interface ReportAsked {
  readonly allocation: AllocationId;
  /** What the law expects, ms. */
  readonly expectedMs: number;
  /** Time that a report summarises, ms, unless it holds too few requests. */
  readonly intervalMs: number;
}

/**
 * How a report lies around what the law expects of the limit last decided; null = not known. Its
 * spread has three parts: how far forecasts of this node were off some time later (the machine's
 * speed drifts, and the law errs), the chance in the few requests of one report, and what is not
 * known of the work.
 */
export function reportSpreadOf(
  { ids, models, wanted, desired, commonNoise, forecastErrors }: Memory,
  { allocation, expectedMs, intervalMs }: ReportAsked,
): ReportSpread | null {
  const i = ids.indexOf(allocation);
  const [model, target, limit] = [models[i], wanted[i], desired[i]];
  if (model === undefined || target == null || model[Field.workCount] === 0) return null;
  // How a queue varies from report to report is not known.
  if (arrivalRateOf(model) > 0) return null;
  const { statistic } = target;
  const tailRatio = fittedLaw(model, statistic)?.tailRatio ?? 1;
  const count = Math.round(judgedRequests(intervalMs / 1000, expectedMs / 1000 / clientsOf(model)));
  const reported = reportedTailRatio(tailRatio, statistic, count);
  const chance = chanceSpread(model[Field.noiseRatio], { statistic, count, tailRatio });
  const heldCores = model[Field.limitCores];
  const isMoved = heldCores === 0 || isOtherLimit(limit?.cpuCores ?? heldCores, heldCores);
  const { lasting, excessVariance } = forecastSpread(forecastErrors, { statistic, isMoved });
  // What all jobs have in common is in both: the one is of seconds, the other of a minute.
  const drift = Math.max(commonSpread(commonNoise), lasting);
  const own = Math.sqrt(chance ** 2 + excessVariance);
  return {
    biasRatio: reported / tailRatio,
    spreadRatio: Math.hypot(drift, own, errorRatioOf(model)),
  };
}
