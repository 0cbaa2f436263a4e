import type { Static } from 'typebox';
import type { JobName, NodeId } from '../../shared/ids.js';
import type { Prices } from '../../shared/prices.js';
import {
  array,
  nullable,
  number,
  object,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { MAX_CORES, MAX_MS, reason } from './job.js';
import { PLAN_VERDICTS, plannedEffect } from './plan.js';
import { MAX_ANSWERS } from './status.js';

/** Most that anything costs an hour, in any currency. */
export const MAX_COST = 1e12;
const cost = number(0, MAX_COST);
/** Targets of one question. */
export const MAX_QUOTED = 32;

/** What resources cost in the cluster. */
export const prices = object<Prices>({
  currency: text(16),
  cpuCoreHour: cost,
  memoryGibHour: cost,
  gpuHour: cost,
  energyKwh: optional(cost),
});

/** What one target would cost. Of several replicas: the sum of the CPU, the worst of the rest. */
export const quoteStep = objectOf({
  targetMs: number(0, MAX_MS),
  verdict: oneOf(PLAN_VERDICTS),
  /** CPU that limits or guarantees would reserve, cores; null = not known, or none is. */
  cpuCores: nullable(number(0, MAX_CORES * 1000)),
  /** The statistic of the target under these, ms; null = not known. */
  expectedMs: nullable(number(0, MAX_MS)),
  /** What a report shows is between these nine times in ten, ms; absent = not known. */
  expectedLowMs: optional(number(0, MAX_MS)),
  expectedHighMs: optional(number(0, MAX_MS)),
  /**
   * CPU of a replica above which more has not been seen to help, cores: the target takes more, so
   * whether it is met is not known. Absent = it takes no more.
   */
  provenCores: optional(number(0, MAX_CORES)),
  nodes: array(safeId<NodeId>(), MAX_ANSWERS),
  /** In the currency of the prices; null = it has none, the target is not met, or not known. */
  costPerHour: nullable(cost),
  /** Others that would lose or gain their targets, or be preempted. */
  effects: array(plannedEffect, MAX_ANSWERS),
});
export type QuoteStep = Static<typeof quoteStep>;

/** What targets of one job would cost, as the state is now. */
export const jobQuote = objectOf({
  job: safeId<JobName>(),
  /** Absent = the cluster has none. */
  prices: optional(prices),
  /** Fastest target expected to be met, ms; null = there is none, or targets were given. */
  fastestMs: nullable(number(0, MAX_MS)),
  /** In the order asked, or fastest first. */
  steps: array(quoteStep, MAX_QUOTED),
  /** Why there are no steps; '' = there are. */
  reason,
  /**
   * CPU of a replica above which more has not been seen to help, cores: faster targets are not
   * offered for that reason. Absent = for another one, or targets were given.
   */
  provenCores: optional(number(0, MAX_CORES)),
});
export type JobQuote = Static<typeof jobQuote>;
