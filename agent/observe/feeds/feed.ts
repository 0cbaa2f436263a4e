import type { Clock } from '../../../shared/clock.js';
import type { Statistic, Target } from '../../../shared/qoe.js';
import type { LatencyReport } from '../../../shared/report.js';
import type { Result } from '../../../shared/result.js';
import { statisticOf } from '../../../shared/samples.js';
import type { ContainerEngine, EngineContainer } from '../../ports/engine.js';
import type { HttpClient } from '../../ports/http.js';
import type { LatencyWindow } from '../windows/window.js';

/** What a source says so far. */
export interface SourceReading {
  /** null while there was never a response time. */
  readonly report: LatencyReport | null;
  /** Statistics of which only a lower bound is known: the value in the report. */
  readonly atLeast?: ReadonlySet<Statistic>;
  /** Share of the window's requests at or below a time, exact; null = not known. */
  within?(targetMs: number): number | null;
}

/** What single response times tell. */
export const readingFrom = (
  window: LatencyWindow,
  nowMs: number,
  limitChangedAtMs: number | null,
): SourceReading => ({
  report: window.report(nowMs, limitChangedAtMs),
  within: (targetMs) => window.within(targetMs, nowMs),
});

/**
 * One source of response times of one life of a container. Holds what it opened until the signal it
 * was started with aborts.
 */
export interface LatencyFeed {
  read(nowMs: number, limitChangedAtMs: number | null): SourceReading;
  /**
   * Looks at its source if that is about due, so that what is told is not as old as a whole
   * interval; waits for it for a moment only. Never rejects. Absent = the source comes by itself.
   */
  refresh?(): Promise<void>;
  /** Counts what came but is no response time. */
  reject(count: number): void;
  /** Why nothing, or nothing new, can be read now; '' when nothing stands in the way. */
  readonly fault: string;
}

export interface FeedDeps {
  readonly engine: Pick<ContainerEngine, 'followLogs'>;
  readonly clock: Clock;
  /** Compiles a log pattern to one whose matching time is bounded. */
  readonly compile: (source: string) => Result<RegExp, string>;
  readonly openHttp: () => HttpClient;
  /** Window of response times, ms. */
  readonly windowMs: number;
  readonly scrape: ScrapeSettings;
}
export interface ScrapeSettings {
  /** Between two looks at a page of metrics, ms. */
  readonly intervalMs: number;
  /** A look that takes longer is given up, ms. */
  readonly deadlineMs: number;
  /** Longest wait of a report for a look, ms: a page that is later is of the next report. */
  readonly waitMs: number;
}

/** What a feed is made of. */
export interface FeedStart {
  readonly container: EngineContainer;
  readonly deps: FeedDeps;
  readonly signal: AbortSignal;
  /** The statistic that counts now; sources that tell several ways choose by it. */
  readonly statistic: () => Statistic;
}

/**
 * What may be reported under a target, and what must be said about it. A statistic that is not
 * known is withheld with everything else: nobody shall take a mean for a percentile.
 */
export function reportable(
  told: SourceReading,
  target: Target | null,
): { readonly report: LatencyReport | null; readonly note: string } {
  const { atLeast } = told;
  if (told.report === null || target === null) return { report: told.report, note: '' };
  const ratio = told.within?.(target.latencyMs) ?? null;
  const report = ratio === null ? told.report : { ...told.report, satisfiedRatio: ratio };
  const { statistic, latencyMs, toleranceRatio } = target;
  const value = statisticOf(report.window, statistic);
  if (value === null)
    return {
      report: null,
      note:
        `the ${statistic} is not known, as the source tells no such percentile: use the ` +
        'statistic mean, or the log or push source',
    };
  if (atLeast?.has(statistic) !== true) return { report, note: '' };
  const note =
    `the ${statistic} is at least ${Number(value.toPrecision(4))} ms, the last bound of the ` +
    'histogram';
  // Above the band it is slower whatever it is; below, nobody knows.
  if (value > latencyMs * (1 + toleranceRatio)) return { report, note };
  return {
    report: null,
    note: `${note}, which is below the target: the server must have higher buckets`,
  };
}
