import { DEFAULT_PERIOD_US } from '../../../../../shared/command.js';
import type { ContainerReport } from '../../../../../shared/report.js';
import { type AllocationModel, Field } from '../../../model/allocation-model.js';
import { effectivePeriodUs } from '../../../model/latency-law.js';
import type { SnapshotAllocation } from '../../../types.js';
import { type Regime, regimeOf } from './regime.js';

/** What one report adds to the model: differences of counters, in seconds and requests. */
export interface Evidence {
  readonly seconds: number;
  readonly usedSeconds: number;
  readonly count: number;
  readonly waitedSeconds: number;
  /** Limit in the kernel, cores; Infinity = none. */
  readonly limitCores: number;
  readonly periodUs: number;
  readonly regime: Regime;
  /** When the newest request ended, ms, and the CPU counter then; meaningful where `count` > 0. */
  readonly doneAtMs: number;
  readonly doneCpuSeconds: number;
  /** The limit is the same as in the report before. */
  readonly isSteady: boolean;
  /** All requests counted began under the current limit. */
  readonly isClean: boolean;
}

/** A report that says what the container used. */
export type MeasuredReport = ContainerReport & {
  readonly cpu: NonNullable<ContainerReport['cpu']>;
};
/** Whether a report says what the container used. */
export const isMeasured = (report: ContainerReport | null): report is MeasuredReport =>
  report !== null && report.cpu !== null;

/** Limit in the kernel as reported, cores; Infinity = none. */
export const limitInForce = ({ observed, applied }: ContainerReport): number =>
  (observed ?? applied)?.cpuCores ?? Number.POSITIVE_INFINITY;

const periodInForce = ({ observed, applied }: ContainerReport): number => {
  const limit = observed ?? applied;
  return limit === null ? DEFAULT_PERIOD_US : effectivePeriodUs(limit);
};

/**
 * Differences between a report and the one before it; null where there is none before it, or a
 * counter fell.
 */
export function evidenceOf(
  model: AllocationModel,
  allocation: SnapshotAllocation,
  report: MeasuredReport,
): Evidence | null {
  const seconds = (allocation.observedAtMs - model[Field.seenAtMs]) / 1000;
  const { cpu, latency } = report;
  const usedSeconds = cpu.usageTotalSeconds - model[Field.cpuSeconds];
  const count = (latency?.totalCount ?? 0) - model[Field.count];
  const waitedSeconds = ((latency?.totalMs ?? 0) - model[Field.totalMs]) / 1000;
  if (model[Field.seenAtMs] === 0 || seconds <= 0 || usedSeconds < 0 || count < 0) return null;
  const limitCores = limitInForce(report);
  const isSteady = model[Field.limitCores] === (Number.isFinite(limitCores) ? limitCores : 0);
  return {
    seconds,
    usedSeconds,
    count,
    waitedSeconds,
    limitCores,
    periodUs: periodInForce(report),
    regime: regimeOf(cpu, limitCores),
    doneAtMs: allocation.observedAtMs - (latency?.newestAgeMs ?? 0),
    doneCpuSeconds: doneCpuSecondsOf(model, allocation, report),
    isSteady,
    isClean: isSteady && isClean(report, count),
  };
}

/**
 * The CPU counter when the newest request ended. That of a busy container is taken to grow evenly
 * between two reports: off by one period's quota at most. One that is mostly idle did nothing after
 * its last answer.
 */
export function doneCpuSecondsOf(
  model: AllocationModel,
  { observedAtMs }: Pick<SnapshotAllocation, 'observedAtMs'>,
  report: MeasuredReport,
): number {
  const { cpu, latency } = report;
  const seconds = (observedAtMs - model[Field.seenAtMs]) / 1000;
  const usedSeconds = cpu.usageTotalSeconds - model[Field.cpuSeconds];
  const busyRatio = model[Field.isOpen] ? Math.min(1, cpu.usageCores / limitInForce(report)) : 1;
  const idleShare = Math.min(1, (latency?.newestAgeMs ?? 0) / 1000 / seconds);
  return cpu.usageTotalSeconds - usedSeconds * idleShare * busyRatio;
}

const isClean = ({ latency }: MeasuredReport, count: number): boolean =>
  latency !== null &&
  count > 0 &&
  latency.sinceChangeCount >= Math.min(count, latency.window.count);
