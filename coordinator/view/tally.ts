import type { AllocationMinute } from '../../proto/schemas/view.js';
import { guaranteedCores } from '../../shared/command.js';
import type { QoeClass } from '../../shared/qoe.js';
import type { ContainerReport } from '../../shared/report.js';
import type { ReservedBesideCpu } from '../state/specs-by-place.js';
import {
  At,
  type Counted,
  copyCounted,
  nothingCounted,
  TALLY_FIELDS,
  type TallyField,
  UNKNOWN,
} from './tally-fields.js';

/** What has been counted of one allocation in a minute, and the counters it goes on from. */
export interface Tally {
  /** Of the container's life: counters of another one begin again. */
  readonly life: string;
  readonly job: string;
  readonly counted: Counted;
}

/** Notes what the field is; null = not known. */
export function setValue({ counted }: Tally, field: TallyField, value: number | null): void {
  counted[At[field]] = value ?? UNKNOWN;
}

/** A tally with these values; of the fields that are not named nothing was counted. */
export function tallyWith(
  { life, job }: Pick<Tally, 'life' | 'job'>,
  values: Partial<Readonly<Record<TallyField, number | null>>>,
): Tally {
  const tally = { life, job, counted: nothingCounted() };
  for (const field of TALLY_FIELDS) {
    const value = values[field];
    if (value !== undefined) setValue(tally, field, value);
  }
  return tally;
}

/**
 * A tally that begins with what a report says now: nothing is counted yet. The first report of an
 * agent has no CPU, and one that was late has no values at all: their counters are not known. A
 * container that is measured and has no response time has answered nothing.
 */
export function tallyFrom({ lifeId, job, latency, cpu, memory }: ContainerReport): Tally {
  const answered = cpu === null && memory === null ? UNKNOWN : 0;
  const counted = nothingCounted();
  counted[At.totalCount] = latency?.totalCount ?? answered;
  counted[At.totalMs] = latency?.totalMs ?? answered;
  counted[At.usedSeconds] = cpu?.usageTotalSeconds ?? UNKNOWN;
  return { life: lifeId, job, counted };
}

/** What was counted so far, with the counters of another life. */
export function goingOn({ job, counted: before }: Tally, { life, counted: now }: Tally): Tally {
  const counted = copyCounted(before);
  counted[At.totalCount] = now[At.totalCount];
  counted[At.totalMs] = now[At.totalMs];
  counted[At.usedSeconds] = now[At.usedSeconds];
  return { life, job, counted };
}

/**
 * How long an interval was, and for how much of it what was measured at its end speaks; both s.
 */
export interface Interval {
  readonly seconds: number;
  readonly knownSeconds: number;
}

/**
 * Counts one interval, which ended with this report of the same life. While a container waits or
 * has ended, it neither runs nor has anything reserved; what it had used until then counts.
 */
export function countInterval(
  counted: Counted,
  { latency, cpu, applied, state }: ContainerReport,
  { seconds: elapsedSeconds, knownSeconds }: Interval,
): void {
  const seconds = state === 'running' ? elapsedSeconds : 0;
  counted[At.seconds] += seconds;
  counted[At.reservedCpuSeconds] += applied === null ? 0 : guaranteedCores(applied) * seconds;
  if (cpu !== null) {
    counted[At.usedCpuSeconds] += grown(counted[At.usedSeconds], cpu.usageTotalSeconds);
    counted[At.usedSeconds] = cpu.usageTotalSeconds;
    counted[At.cpuSeconds] += knownSeconds;
    counted[At.throttledSeconds] += cpu.throttledRatio * knownSeconds;
  }
  if (latency !== null) countRequests(counted, latency);
}

/** Counts how it was to those who asked, for these seconds; `isCeiling`: the mode of its target. */
export function countClass(
  counted: Counted,
  qoeClass: QoeClass,
  { isCeiling, seconds }: { readonly isCeiling: boolean; readonly seconds: number },
): void {
  counted[At.observedSeconds] += seconds;
  // As `isSatisfied`.
  if (qoeClass === 'within' || (isCeiling && qoeClass === 'faster'))
    counted[At.atTargetSeconds] += seconds;
  if (qoeClass !== 'slower') counted[At.notSlowerSeconds] += seconds;
}

/** Adds energy that the allocation used, J. */
export function countEnergy(counted: Counted, joules: number): void {
  counted[At.energyJoules] = orZero(counted[At.energyJoules]) + joules;
}

/** Whether anything is to be published of it. */
export const hasCounted = ({ counted }: Tally): boolean =>
  counted[At.seconds] > 0 || counted[At.usedCpuSeconds] > 0 || counted[At.requests] > 0;

/** Counts what its job reserves beside CPU in these seconds, and notes the credit it asks for. */
export function countReserved(
  counted: Counted,
  { memoryGib, gpus, credit }: ReservedBesideCpu,
  seconds: number,
): void {
  const memory = At.memoryGibSeconds;
  counted[memory] = orZero(counted[memory]) + memoryGib * seconds;
  counted[At.gpuSeconds] = orZero(counted[At.gpuSeconds]) + gpus * seconds;
  counted[At.creditCostRatio] = credit?.costRatio ?? UNKNOWN;
  counted[At.creditBelowRatio] = credit?.belowRatio ?? UNKNOWN;
}

function countRequests(counted: Counted, latency: NonNullable<ContainerReport['latency']>): void {
  const requests = grown(counted[At.totalCount], latency.totalCount);
  counted[At.requests] += requests;
  counted[At.requestMs] += grown(counted[At.totalMs], latency.totalMs);
  counted[At.totalCount] = latency.totalCount;
  counted[At.totalMs] = latency.totalMs;
  const { maxMs } = latency.window;
  if (requests > 0 && maxMs !== null)
    counted[At.worstMs] = Math.max(orZero(counted[At.worstMs]), maxMs);
}

const knownOr = (value: number): number | null => (Number.isNaN(value) ? null : value);
const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

/**
 * What a counter has grown by. One that is lower than before began again; where it was not known
 * before (NaN), nothing counts.
 */
export function grown(before: number, now: number): number {
  if (Number.isNaN(before)) return 0;
  return now >= before ? now - before : now;
}

/** The tally as it is published. */
export function minuteOf(id: string, { job, counted }: Tally): AllocationMinute {
  const shown = (field: TallyField): number => thousandths(counted[At[field]]);
  const ifKnown = (field: TallyField): number | null => knownOr(shown(field));
  const [requests, cpuSeconds] = [counted[At.requests], counted[At.cpuSeconds]];
  const throttledRatio = thousandths(counted[At.throttledSeconds] / cpuSeconds);
  const memory = ifKnown('memoryGibSeconds');
  const gpu = ifKnown('gpuSeconds');
  const [costRatio, belowRatio] = [counted[At.creditCostRatio], counted[At.creditBelowRatio]];
  const hasCredit = !Number.isNaN(costRatio) && !Number.isNaN(belowRatio);
  return {
    id,
    job,
    requests,
    meanMs: requests === 0 ? null : thousandths(counted[At.requestMs] / requests),
    worstMs: ifKnown('worstMs'),
    seconds: shown('seconds'),
    observedSeconds: shown('observedSeconds'),
    atTargetSeconds: shown('atTargetSeconds'),
    notSlowerSeconds: shown('notSlowerSeconds'),
    reservedCpuSeconds: shown('reservedCpuSeconds'),
    usedCpuSeconds: shown('usedCpuSeconds'),
    throttledRatio: cpuSeconds === 0 ? null : Math.min(1, throttledRatio),
    energyJoules: ifKnown('energyJoules'),
    ...(memory === null ? {} : { reservedMemoryGibSeconds: memory }),
    ...(gpu === null ? {} : { reservedGpuSeconds: gpu }),
    ...(hasCredit ? { creditCostRatio: costRatio, creditBelowRatio: belowRatio } : {}),
  } as AllocationMinute;
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000;
