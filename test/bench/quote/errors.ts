import { quantile } from '../lib/process-cost.js';
import { CHOICES, type Delivered, type Outcome, type Quoted } from './outcome.js';

/** A distribution of relative errors: delivered ÷ quoted − 1. */
export interface ErrorSummary {
  readonly n: number;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  /** Share of those that are off by a tenth at most. */
  readonly withinTenth: number;
}

/** What came of some targets. */
export interface QuoteSummary {
  readonly of: string;
  /** Targets that were set and measured. */
  readonly n: number;
  readonly latency: ErrorSummary | null;
  readonly reserved: ErrorSummary | null;
  readonly used: ErrorSummary | null;
  /** Share of the reports between the stated bounds, of targets that have such; null = none has. */
  readonly covered: number | null;
  readonly boundedReports: number;
  /** Share of the reports at target. */
  readonly atTarget: number | null;
}

interface Measured {
  readonly outcome: Outcome;
  readonly quoted: Quoted;
  readonly delivered: Delivered;
}

const TENTH = 0.1;
/** A tenth is a tenth, whatever it is a tenth of in binary. */
const ROUNDING = 1e-9;

/** The distribution of errors; null = there are none. */
export function errorSummary(errors: readonly number[]): ErrorSummary | null {
  if (errors.length === 0) return null;
  const within = errors.filter((error) => Math.abs(error) <= TENTH + ROUNDING).length;
  return {
    n: errors.length,
    p5: quantile(errors, 0.05),
    p50: quantile(errors, 0.5),
    p95: quantile(errors, 0.95),
    withinTenth: within / errors.length,
  };
}

/** All targets, then by choice and by statistic; groups without measurements are absent. */
export function summaries(outcomes: readonly Outcome[]): readonly QuoteSummary[] {
  const measured = outcomes.flatMap((outcome): readonly Measured[] => {
    const { quoted, delivered } = outcome;
    return quoted === null || delivered === null ? [] : [{ outcome, quoted, delivered }];
  });
  const statistics = [...new Set(measured.map(({ outcome }) => outcome.statistic))].sort();
  const groups = [
    summaryOf('all', measured),
    ...CHOICES.map((choice) =>
      summaryOf(
        choice,
        measured.filter(({ outcome }) => outcome.choice === choice),
      ),
    ),
    ...statistics.map((statistic) =>
      summaryOf(
        statistic,
        measured.filter(({ outcome }) => outcome.statistic === statistic),
      ),
    ),
  ];
  return groups.filter(({ n }) => n > 0);
}

function summaryOf(of: string, measured: readonly Measured[]): QuoteSummary {
  const errorsOf = (value: (each: Measured) => readonly [is: number, quoted: number]) =>
    errorSummary(
      measured.map(value).flatMap(([is, quoted]) => (quoted > 0 ? [is / quoted - 1] : [])),
    );
  const bounded = measured.filter(({ quoted }) => quoted.lowMs !== null && quoted.highMs !== null);
  const sum = (among: readonly Measured[], field: 'reports' | 'covered' | 'atTarget'): number =>
    among.reduce((total, { delivered }) => total + delivered[field], 0);
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  const boundedReports = sum(bounded, 'reports');
  return {
    of,
    n: measured.length,
    latency: errorsOf(({ quoted, delivered }) => [delivered.latencyMs, quoted.expectedMs]),
    reserved: errorsOf(({ quoted, delivered }) => [delivered.reservedCores, quoted.cpuCores]),
    used: errorsOf(({ quoted, delivered }) => [delivered.usedCores, quoted.cpuCores]),
    covered: share(sum(bounded, 'covered'), boundedReports),
    boundedReports,
    atTarget: share(sum(measured, 'atTarget'), sum(measured, 'reports')),
  };
}
