import type { AllocationMinute } from '../../proto/schemas/view.js';
import { guaranteedCores } from '../../shared/command.js';
import type { JobSpec } from '../../shared/job.js';
import { gibOf, reservedOf } from '../../shared/prices.js';
import { classify, isSatisfied, type Target } from '../../shared/qoe.js';
import type { ContainerReport } from '../../shared/report.js';
import { latencyOf } from '../state/targets.js';

/** What has been counted of one allocation in a minute, and the counters it goes on from. */
export interface Tally {
  /** Of the container's life: counters of another one begin again. */
  readonly life: string;
  readonly job: string;
  /** As last reported; they only grow. null = no report of this life has said it yet. */
  totalCount: number | null;
  totalMs: number | null;
  usedSeconds: number | null;
  /** Since the minute began. */
  requests: number;
  requestMs: number;
  /** null = no response time was reported. */
  worstMs: number | null;
  seconds: number;
  observedSeconds: number;
  atTargetSeconds: number;
  notSlowerSeconds: number;
  reservedCpuSeconds: number;
  usedCpuSeconds: number;
  /** Seconds for which throttling was known, and its share of them. */
  cpuSeconds: number;
  throttledSeconds: number;
  /** Of its GPUs, and its part of the processors'; null = not known. */
  energyJoules: number | null;
  /** null = its job is not known. */
  memoryGibSeconds: number | null;
  gpuSeconds: number | null;
  /** The credit that its job asks for, as it was last known; null = none. */
  creditCostRatio: number | null;
  creditBelowRatio: number | null;
}

/** The fields of a tally as numbers, in the order in which they are kept; new ones come last. */
export const TALLY_FIELDS = [
  'totalCount',
  'totalMs',
  'usedSeconds',
  'requests',
  'requestMs',
  'worstMs',
  'seconds',
  'observedSeconds',
  'atTargetSeconds',
  'notSlowerSeconds',
  'reservedCpuSeconds',
  'usedCpuSeconds',
  'cpuSeconds',
  'throttledSeconds',
  'energyJoules',
  'memoryGibSeconds',
  'gpuSeconds',
  'creditCostRatio',
  'creditBelowRatio',
] as const satisfies readonly (keyof Tally)[];

/**
 * A tally that begins with what a report says now: nothing is counted yet. The first report of an
 * agent has no CPU, and one that was late has no values at all: their counters are not known. A
 * container that is measured and has no response time has answered nothing.
 */
export function tallyFrom({ lifeId, job, latency, cpu, memory }: ContainerReport): Tally {
  const answered = cpu === null && memory === null ? null : 0;
  return {
    life: lifeId,
    job,
    totalCount: latency?.totalCount ?? answered,
    totalMs: latency?.totalMs ?? answered,
    usedSeconds: cpu?.usageTotalSeconds ?? null,
    ...NOTHING,
  };
}

/** What a tally has counted at its begin. */
export const NOTHING = {
  requests: 0,
  requestMs: 0,
  worstMs: null,
  seconds: 0,
  observedSeconds: 0,
  atTargetSeconds: 0,
  notSlowerSeconds: 0,
  reservedCpuSeconds: 0,
  usedCpuSeconds: 0,
  cpuSeconds: 0,
  throttledSeconds: 0,
  energyJoules: null,
  memoryGibSeconds: null,
  gpuSeconds: null,
  creditCostRatio: null,
  creditBelowRatio: null,
} as const;

/** Begins a minute: the counters go on. */
export const resetTally = (tally: Tally): void => void Object.assign(tally, NOTHING);

/** How long an interval was, and for how much of it what was measured at its end speaks. */
export interface Interval {
  readonly seconds: number;
  readonly knownSeconds: number;
}

/** What an allocation has beside its report: its target, its energy and its job. */
export interface CountedFor {
  readonly target: Target | null;
  /** Of this interval; null or undefined = not known. */
  readonly energyJoules: number | null | undefined;
  /** Says what is reserved beside CPU, and the credit that is asked for; undefined = not known. */
  readonly spec: JobSpec | undefined;
}

/**
 * Counts one interval, which ended with this report of the same life. While a container waits or
 * has ended, it neither runs nor has anything reserved; what it had used until then counts.
 */
export function countInterval(
  tally: Tally,
  container: ContainerReport,
  { seconds: elapsedSeconds, knownSeconds }: Interval,
  { target, energyJoules, spec }: CountedFor,
): void {
  const { latency, cpu, applied } = container;
  const seconds = container.state === 'running' ? elapsedSeconds : 0;
  tally.seconds += seconds;
  tally.reservedCpuSeconds += applied === null ? 0 : guaranteedCores(applied) * seconds;
  if (cpu !== null) {
    tally.usedCpuSeconds += grown(tally.usedSeconds, cpu.usageTotalSeconds);
    tally.usedSeconds = cpu.usageTotalSeconds;
    tally.cpuSeconds += knownSeconds;
    tally.throttledSeconds += cpu.throttledRatio * knownSeconds;
  }
  if (spec !== undefined) {
    const { memoryBytes, gpus } = reservedOf(spec.resources);
    tally.memoryGibSeconds = (tally.memoryGibSeconds ?? 0) + gibOf(memoryBytes) * seconds;
    tally.gpuSeconds = (tally.gpuSeconds ?? 0) + gpus * seconds;
    tally.creditCostRatio = spec.credit?.costRatio ?? null;
    tally.creditBelowRatio = spec.credit?.belowRatio ?? null;
  }
  if (energyJoules != null) tally.energyJoules = (tally.energyJoules ?? 0) + energyJoules;
  if (latency !== null) countRequests(tally, latency);
  const latencyMs = latencyOf(target, container);
  if (target === null || latencyMs === null) return;
  const qoeClass = classify(target, latencyMs);
  tally.observedSeconds += knownSeconds;
  if (isSatisfied(target, qoeClass)) tally.atTargetSeconds += knownSeconds;
  if (qoeClass !== 'slower') tally.notSlowerSeconds += knownSeconds;
}

function countRequests(tally: Tally, latency: NonNullable<ContainerReport['latency']>): void {
  const requests = grown(tally.totalCount, latency.totalCount);
  tally.requests += requests;
  tally.requestMs += grown(tally.totalMs, latency.totalMs);
  tally.totalCount = latency.totalCount;
  tally.totalMs = latency.totalMs;
  const { maxMs } = latency.window;
  if (requests > 0 && maxMs !== null) tally.worstMs = Math.max(tally.worstMs ?? 0, maxMs);
}

/**
 * What a counter has grown by. One that is lower than before began again; where it was not known
 * before (null), nothing counts.
 */
export function grown(before: number | null, now: number): number {
  if (before === null) return 0;
  return now >= before ? now - before : now;
}

/** Whether anything is to be published of it. */
export const hasCounted = ({ seconds, usedCpuSeconds, requests }: Tally): boolean =>
  seconds > 0 || usedCpuSeconds > 0 || requests > 0;

/** The tally as it is published. */
export const minuteOf = (id: string, tally: Tally): AllocationMinute =>
  ({
    id,
    job: tally.job,
    requests: tally.requests,
    meanMs: tally.requests === 0 ? null : thousandths(tally.requestMs / tally.requests),
    worstMs: tally.worstMs === null ? null : thousandths(tally.worstMs),
    seconds: thousandths(tally.seconds),
    observedSeconds: thousandths(tally.observedSeconds),
    atTargetSeconds: thousandths(tally.atTargetSeconds),
    notSlowerSeconds: thousandths(tally.notSlowerSeconds),
    reservedCpuSeconds: thousandths(tally.reservedCpuSeconds),
    usedCpuSeconds: thousandths(tally.usedCpuSeconds),
    throttledRatio:
      tally.cpuSeconds === 0
        ? null
        : Math.min(1, thousandths(tally.throttledSeconds / tally.cpuSeconds)),
    energyJoules: tally.energyJoules === null ? null : thousandths(tally.energyJoules),
    ...(tally.memoryGibSeconds === null
      ? {}
      : { reservedMemoryGibSeconds: thousandths(tally.memoryGibSeconds) }),
    ...(tally.gpuSeconds === null ? {} : { reservedGpuSeconds: thousandths(tally.gpuSeconds) }),
    ...(tally.creditCostRatio === null || tally.creditBelowRatio === null
      ? {}
      : { creditCostRatio: tally.creditCostRatio, creditBelowRatio: tally.creditBelowRatio }),
  }) as AllocationMinute;

const thousandths = (value: number): number => Math.round(value * 1000) / 1000;
