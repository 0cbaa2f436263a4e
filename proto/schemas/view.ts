import type { Static } from 'typebox';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { QOE_CLASSES } from '../../shared/qoe.js';
import { MAX_CONTAINERS } from '../codec/limits.js';
import {
  array,
  flag,
  integer,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { MAX_CORES, MAX_MS } from './job.js';
import { prices } from './quote.js';
import { cpuReport, latencyReport, memoryReport } from './report.js';
import { allocationStatus, nodeStatus } from './status.js';

/** Allocations on one node: what it reports, and what is desired there and not reported yet. */
export const MAX_ON_NODE = 2 * MAX_CONTAINERS;
const counter = integer(0, Number.MAX_SAFE_INTEGER);
const node = safeId<NodeId>();
const allocation = safeId<AllocationId>();
const milliseconds = number(0, MAX_MS);
const amount = number(0, MAX_MS);

/** What a node was published with last; `ageMs` in it is the age at that moment. */
export const nodeView = objectOf({
  node,
  /** +1 per message of the node in an epoch. */
  sequence: counter,
  /** When it was published, Unix time by the coordinator's clock, ms. */
  atMs: milliseconds,
  /** null = nothing is known of the node (any more). */
  status: nullable(nodeStatus),
  allocations: array(allocationStatus, MAX_ON_NODE),
});
export type NodeView = Static<typeof nodeView>;

/** What of an allocation changes with every report. */
const figures = objectOf({
  id: allocation,
  latencyMs: nullable(milliseconds),
  qoeClass: nullable(oneOf(QOE_CLASSES)),
  cpu: nullable(cpuReport),
  memory: nullable(memoryReport),
  latency: nullable(latencyReport),
});
export type AllocationFigures = Static<typeof figures>;

/** What changed on a node since the message before. */
export const nodeViewChange = objectOf({
  schema: integer(1, 1),
  incarnation: text(128),
  epoch: counter,
  node,
  sequence: counter,
  atMs: milliseconds,
  /** `facts` are all the allocations there are: what was known before does not count. */
  full: flag,
  status: nullable(nodeStatus),
  /** Of allocations whose other fields are as they were. */
  figures: array(figures, MAX_ON_NODE),
  /** Allocations that are new or changed otherwise, whole. */
  facts: array(allocationStatus, MAX_ON_NODE),
  gone: array(allocation, MAX_ON_NODE),
});
export type NodeViewChange = Static<typeof nodeViewChange>;

/** One allocation in one minute. Sums of time are in seconds. */
export const allocationMinute = objectOf({
  id: allocation,
  job: safeId<JobName>(),
  /** Requests answered. */
  requests: counter,
  /** Mean response time of those, ms; null = there were none. */
  meanMs: nullable(milliseconds),
  /** Largest response time in the windows that were reported, ms; null = none was. */
  worstMs: nullable(milliseconds),
  /** How long it was seen to run. */
  seconds: amount,
  /** Of those, how long its response time was known. */
  observedSeconds: amount,
  /** Of those, how long it was at target: within the band, or below the ceiling. */
  atTargetSeconds: amount,
  /** Of those, how long it was not slower than asked. */
  notSlowerSeconds: amount,
  /** CPU promised to it, CPU-seconds. */
  reservedCpuSeconds: amount,
  usedCpuSeconds: amount,
  /** Share of the kernel's periods in which it was throttled, 0..1; null = not known. */
  throttledRatio: nullable(number(0, 1)),
  /**
   * Energy of its GPUs, shared equally among those on one, and of the processors by the CPU it
   * used, where the host measures that, J; null = not known.
   */
  energyJoules: nullable(amount),
  /** Memory that its job reserves, GiB-seconds; absent = not known, as of an adopted container. */
  reservedMemoryGibSeconds: optional(amount),
  /** Whole GPUs and shares of them that its job reserves, GPU-seconds; absent as above. */
  reservedGpuSeconds: optional(amount),
  /** The credit that its job asks for (shared/credit.ts); absent = none. */
  creditCostRatio: optional(number(0, 1)),
  creditBelowRatio: optional(number(0, 1)),
});
export type AllocationMinute = Static<typeof allocationMinute>;

/** What happened on one node in one minute. A minute without a record is not known. */
export const minuteRecord = objectOf({
  schema: integer(1, 1),
  node,
  /** Minutes since 1970, by the coordinator's clock. */
  minute: counter,
  /** Of the leader that began the record. */
  epoch: counter,
  /** Time that the record covers, s; intervals belong to the minute in which they ended. */
  seconds: amount,
  /** Part of the minute is missing: it began in its middle, or reports were lost. */
  partial: optional(flag),
  /** CPU of the node that containers may use, cores, as last reported; absent = not known. */
  allocatableCores: optional(number(0, MAX_CORES)),
  /** What resources cost when it was written; absent = the cluster had no prices. */
  prices: optional(prices),
  allocations: array(allocationMinute, MAX_ON_NODE),
});
export type MinuteRecord = Static<typeof minuteRecord>;
