import type { Static } from 'typebox';
import type { JobName } from '../../shared/ids.js';
import {
  array,
  integer,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { reason } from './job.js';

/** What was delivered in a time, and what it cost: what `dqoes report` and `GET /report` answer. */

/** By what the rows are; a day is one of UTC, a label one of nodes. */
export const REPORT_BY = ['job', 'node', 'day', 'label'] as const;
export type ReportBy = (typeof REPORT_BY)[number];

const MAX = Number.MAX_SAFE_INTEGER;
/** Rows of one report. */
export const MAX_ROWS = 100_000;
const count = integer(0, MAX);
const amount = number(0, MAX);
const ratio = number(0, 1);
const unixMs = number(0, MAX);

/** Sums over allocations and minutes; null = nothing of it is known. */
export const usageRow = objectOf({
  /** Job, node, day (`2026-11-26`) or value of the label; null = it has no such label, or all. */
  key: nullable(text(256)),
  /** Allocations that were seen to run. */
  allocations: count,
  /** Minutes of allocations that are known, and of these those in which something is missing. */
  minutes: count,
  partialMinutes: count,
  /** Minutes of allocations for which there is no record: they are in no other field. */
  unknownMinutes: count,
  /** How long they were seen to run, and of that, how long their response time was known. */
  seconds: amount,
  observedSeconds: amount,
  /** Shares of `observedSeconds`. */
  atTargetRatio: nullable(ratio),
  notSlowerRatio: nullable(ratio),
  requests: count,
  /** Shares of the requests, each counted by the shares of its minute. */
  requestsAtTargetRatio: nullable(ratio),
  requestsNotSlowerRatio: nullable(ratio),
  meanMs: nullable(amount),
  worstMs: nullable(amount),
  reservedCoreHours: amount,
  usedCoreHours: amount,
  /** What plain Docker would have given: an equal part of the node. */
  plainCoreHours: nullable(amount),
  reservedMemoryGibHours: nullable(amount),
  reservedGpuHours: nullable(amount),
  /** Of GPUs, and of processors where hosts measure that. */
  energyKwh: nullable(amount),
  /** Of what was reserved, by the prices of each minute, in the currency of the report. */
  cost: nullable(amount),
  /** The same with the CPU that plain Docker would have given. */
  plainCost: nullable(amount),
  /** Of the energy, which comes on top; null = not known, or energy has no price. */
  energyCost: nullable(amount),
  /** What jobs get back of `cost` that were slower than asked for too long; null = none asks. */
  credit: nullable(amount),
});
export type UsageRow = Static<typeof usageRow>;

export const usageReport = objectOf({
  /** Begin of the first minute, and end of the last one that can be known, Unix time. */
  fromMs: unixMs,
  toMs: unixMs,
  by: oneOf(REPORT_BY),
  label: optional(text(256)),
  /** Absent = all. */
  job: optional(safeId<JobName>()),
  /** Absent = no minute has prices, or they are in several currencies: see `warnings`. */
  currency: optional(text(16)),
  /** The oldest minute that is stored; null = none is. */
  storedSinceMs: nullable(unixMs),
  /** In the order of their keys. */
  rows: array(usageRow, MAX_ROWS),
  total: usageRow,
  /** What a reader should know, in sentences. */
  warnings: array(reason, 16),
});
export type UsageReport = Static<typeof usageReport>;
