import type { Static } from 'typebox';
import {
  array,
  flag,
  integer,
  nullable,
  number,
  objectOf,
  optional,
  safeId,
  text,
} from '../proto/codec/words.js';
import { jobSpec, MAX_MS } from '../proto/schemas/job.js';
import { MAX_COST, MAX_QUOTED } from '../proto/schemas/quote.js';
import type { AllocationId, JobName, NodeId } from '../shared/ids.js';

/** Questions and answers of the HTTP API that are none of a call of the coordinator. */

const unixMs = number(0, Number.MAX_SAFE_INTEGER);
/** Minutes of a day. */
export const MAX_MINUTES = 1440;
/** Allocations that one question may be about. */
export const MAX_TOGETHER = 50;

/** What the console knows of the cluster as a whole. */
export const clusterInfo = objectOf({
  cluster: text(63),
  /** Of the console. */
  version: text(64),
  /** Unix time by the clock of the console. */
  nowMs: unixMs,
  /** The console has a connection to NATS. */
  connected: flag,
  /** A coordinator that leads was heard of lately. */
  hasLeader: flag,
  /** Of the leader heard last; 0 = none was heard. */
  epoch: integer(0, Number.MAX_SAFE_INTEGER),
  /** Since the last sign of a leader, ms; null = there was none. */
  silentMs: nullable(number(0, Number.MAX_SAFE_INTEGER)),
  /** Every node was read, and nothing is known to be missing. */
  complete: flag,
});
export type ClusterInfo = Static<typeof clusterInfo>;

const series = array(nullable(number(0, Number.MAX_SAFE_INTEGER)), MAX_MINUTES);

/** The last minutes of some allocations side by side; a null is not known, never zero. */
export const recentHistory = objectOf({
  /** Start of the first minute, Unix time. */
  fromMs: unixMs,
  stepMs: integer(60_000, 60_000),
  complete: flag,
  allocations: array(
    objectOf({
      allocation: safeId<AllocationId>(),
      latencyMs: series,
      reservedCores: series,
      usedCores: series,
    }),
    MAX_TOGETHER,
  ),
});
export type RecentHistory = Static<typeof recentHistory>;

/**
 * The last minutes of a node, as this console heard them: what was before it started is not known.
 * A null is not known, never zero.
 */
export const nodeHistory = objectOf({
  node: safeId<NodeId>(),
  /** Start of the first minute, Unix time. */
  fromMs: unixMs,
  stepMs: integer(60_000, 60_000),
  /** CPU that everything uses that is not ours, cores. */
  othersCores: series,
  /** CPU that is used on the host, cores. */
  usedCores: series,
  /** Share of the time in which something waited for CPU. */
  pressureRatio: series,
  /** Means over its GPUs; all null where it has none. */
  gpuUtilisationRatio: series,
  gpuClockMhz: series,
  /** Of all its GPUs together, W. */
  gpuPowerWatts: series,
});
export type NodeHistory = Static<typeof nodeHistory>;

/** Minutes of all remembered allocations together; one in which none was observed is left out. */
export const clusterHistory = objectOf({
  complete: flag,
  points: array(
    objectOf({
      atMs: unixMs,
      /** Allocations whose response time was known. */
      observed: integer(0, Number.MAX_SAFE_INTEGER),
      /** Sum of the shares of the minute in which each of them was at its target. */
      atTarget: number(0, Number.MAX_SAFE_INTEGER),
      /** The same of not being slower than the target. */
      notSlower: number(0, Number.MAX_SAFE_INTEGER),
    }),
    MAX_MINUTES,
  ),
});
export type ClusterHistory = Static<typeof clusterHistory>;

/** What targets of one job would cost: one that is stored (`name`), or as `spec` says. */
export const quoteQuestion = objectOf({
  name: optional(safeId<JobName>()),
  spec: optional(jobSpec),
  /** Absent = from the fastest that is met to where slower is not cheaper. */
  targetsMs: optional(array(number(Number.MIN_VALUE, MAX_MS), MAX_QUOTED)),
  /** The answer has one step only: the fastest target that costs no more, as the prices are. */
  budgetPerHour: optional(number(0, MAX_COST)),
  /** That of the budget, which is refused where the prices are in another. */
  currency: optional(text(16)),
});
export type QuoteQuestion = Static<typeof quoteQuestion>;
