import type { Summary } from '../../../../../shared/samples.js';
import { clamp } from '../../../limits/fit.js';
import { type AllocationModel, Field } from '../../../model/allocation-model.js';
import { observedExceedance, quantileOf } from '../../../model/tail.js';
import type { Member } from '../member.js';

/**
 * A violation of this size counts as one whole job: a ratio of the slow edge, or a share of
 * requests.
 */
const FULL_VIOLATION = 0.25;
/** The same for the mean of a queue, which is twice as long now and then. */
const FULL_VIOLATION_OF_QUEUE = 1;
/** Standard errors that count as chance. */
const CHANCE_ERRORS = 2;
/** Relative standard deviation of a response time of a queue, about. */
const QUEUE_NOISE = 0.9;
/**
 * Long answers of a queue come together: this number of them tells as much as one that comes alone.
 */
const CORRELATED_ANSWERS = 10;

/**
 * How far a job misses its target, as its clients see it now: 0 = not slower than asked, or not
 * more than chance explains; 1 = slower by a quarter, or more: no job counts as two. Null = nothing
 * was measured.
 */
export function violationOf({ allocation, model, isStale }: Member): number | null {
  const { target, latencyMs, report } = allocation;
  const window = report?.latency?.window;
  if (
    target === null ||
    latencyMs === null ||
    isStale ||
    window === undefined ||
    window.count === 0
  )
    return null;
  const slowMs = target.latencyMs * (1 + target.toleranceRatio);
  return latenessOf({ model, quantile: quantileOf(target.statistic), slowMs }, window, latencyMs);
}

interface ViolationInput {
  readonly model: AllocationModel;
  readonly quantile: number;
  readonly slowMs: number;
}

// 0..1: by the statistic, or for percentiles by the share of requests that were late.
function latenessOf(
  { model, quantile, slowMs }: ViolationInput,
  window: Summary,
  latencyMs: number,
): number {
  const whole = model[Field.isOpen] ? FULL_VIOLATION_OF_QUEUE : FULL_VIOLATION;
  if (quantile === 0)
    return clamp((latencyMs / slowMs - 1 - chanceOf(model, window.count)) / whole, 0, 1);
  const late = observedExceedance({ window }, slowMs);
  if (late === null) return clamp((latencyMs / slowMs - 1) / FULL_VIOLATION, 0, 1);
  const allowed = 1 - quantile;
  const chance =
    CHANCE_ERRORS * Math.sqrt((quantile * allowed) / independentAnswers(model, window.count));
  return clamp((late - allowed - chance) / FULL_VIOLATION, 0, 1);
}

const independentAnswers = (model: AllocationModel, count: number): number =>
  Math.max(1, model[Field.isOpen] ? count / CORRELATED_ANSWERS : count);

const chanceOf = (model: AllocationModel, count: number): number =>
  (CHANCE_ERRORS * (model[Field.isOpen] ? QUEUE_NOISE : model[Field.noiseRatio])) /
  Math.sqrt(independentAnswers(model, count));

/** The same for a forecast response time, s. */
export const forecastViolation = (seconds: number, slowSeconds: number): number =>
  clamp((seconds / slowSeconds - 1) / FULL_VIOLATION, 0, 1);
