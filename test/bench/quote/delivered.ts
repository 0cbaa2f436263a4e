import { tailRatioOf } from '../../../coordinator/schedule/model/tail.js';
import type { AllocationStatus } from '../../../proto/schemas/status.js';
import { guaranteedCores } from '../../../shared/command.js';
import { quantile } from '../lib/process-cost.js';
import type { Delivered, Quoted } from './outcome.js';

/** How a container was at one moment. */
export interface Look {
  readonly status: AllocationStatus;
  /** When the report was received that it speaks of, ms. */
  readonly reportedAtMs: number;
  /** What everything else on the host used, cores; null = not known. */
  readonly othersCores: number | null;
}

/**
 * What a job was given in the time of these looks, the first of which is where counters begin. null
 * = no request was answered in it, or the container was started again.
 */
export function deliveredOf(
  looks: readonly Look[],
  { lowMs, highMs }: Pick<Quoted, 'lowMs' | 'highMs'>,
): Delivered | null {
  const reports = distinctReports(looks);
  const [first, last] = [reports[0], reports.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  if (lifeOf(first) !== lifeOf(last)) return null;
  const [before, after] = [first.status.container, last.status.container];
  const seconds = (last.reportedAtMs - first.reportedAtMs) / 1000;
  const usedSeconds = (after?.cpu?.usageTotalSeconds ?? 0) - (before?.cpu?.usageTotalSeconds ?? 0);
  const known = reports.slice(1).flatMap(({ status }) => status.latencyMs ?? []);
  const latencyMs = latencyBetween(reports);
  if (latencyMs === null || seconds <= 0) return null;
  const countOf = ({ status }: Look): number => status.container?.latency?.totalCount ?? 0;
  const others = reports.flatMap(({ othersCores }) => othersCores ?? []);
  return {
    latencyMs,
    reservedCores: meanOf(reports.map(reservedOf)),
    usedCores: usedSeconds / seconds,
    reportsMs: known,
    requests: countOf(last) - countOf(first),
    reports: known.length,
    covered: known.filter((ms) => lowMs !== null && highMs !== null && ms >= lowMs && ms <= highMs)
      .length,
    atTarget: reports.slice(1).filter(({ status }) => status.qoeClass === 'within').length,
    othersCores: others.length === 0 ? null : meanOf(others),
  };
}

const lifeOf = ({ status }: Look): string | undefined => status.container?.lifeId;
const reservedOf = ({ status: { container } }: Look): number =>
  container?.applied == null ? 0 : guaranteedCores(container.applied);
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A report may be seen by several looks; one without a container tells nothing. */
const distinctReports = (looks: readonly Look[]): readonly Look[] =>
  looks.filter(({ status: { container } }, i) => {
    if (container?.cpu == null) return false;
    const before = looks[i - 1]?.status.container;
    return before?.cpu?.usageTotalSeconds !== container.cpu.usageTotalSeconds;
  });

/**
 * A mean is exact, by counters. Of a percentile the median of the reports counts, each as what it
 * says of the real one: the p95 of a few requests lies below it.
 */
function latencyBetween(reports: readonly Look[]): number | null {
  const [first, last] = [reports[0], reports.at(-1)];
  const [before, after] = [first?.status.container?.latency, last?.status.container?.latency];
  if (before == null || after == null) return null;
  const requests = after.totalCount - before.totalCount;
  if (requests <= 0) return null;
  const statistic = last?.status.target?.statistic ?? 'mean';
  if (statistic === 'mean') return (after.totalMs - before.totalMs) / requests;
  const said = reports.slice(1).flatMap(({ status }): readonly number[] => {
    const window = status.container?.latency?.window;
    const ratio = window === undefined ? null : tailRatioOf(window, statistic);
    return window === undefined || ratio === null ? [] : [ratio * window.meanMs];
  });
  return said.length === 0 ? null : quantile(said, 0.5);
}
