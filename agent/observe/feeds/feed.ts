import type { Clock } from '../../../shared/clock.js';
import type { Statistic, Target } from '../../../shared/qoe.js';
import type { LatencyReport } from '../../../shared/report.js';
import type { Result } from '../../../shared/result.js';
import { statisticOf } from '../../../shared/samples.js';
import type { ContainerEngine, EngineContainer } from '../../ports/engine.js';
import type { HttpClient } from '../../ports/http.js';
import type { LatencyWindow } from '../windows/window.js';

/** What a source of response times has yielded so far. */
export interface SourceReading {
  /** null while there was never a response time. */
  readonly report: LatencyReport | null;
  /** Statistics of which only a lower bound is known: the value in the report. */
  readonly atLeast?: ReadonlySet<Statistic>;
  /** Share of the window's requests at or below a time, exact; null = not known. */
  within?(targetMs: number): number | null;
}

/** The reading of a source that yields single response times. */
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
   * Reads its source now if the next reading is about due, so that a report is not a whole interval
   * old. Waits for it only briefly and never rejects. Absent = the source pushes by itself.
   */
  refresh?(): Promise<void>;
  /** Counts what came but is no response time. */
  reject(count: number): void;
  /** Why nothing, or nothing new, can be read now; '' when nothing stands in the way. */
  readonly fault: string;
  /** What people should know of what is read all the same; absent or '' = nothing. */
  notice?(nowMs: number): string;
}

/** How long a source may yield nothing from its start before that is said, ms: models load. */
const SILENT_AFTER_MS = 60_000;

/** Says of a source that waits for what a container says that nothing has come yet. */
export class Silence {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #sinceMs: number;
  #isOver = false;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.#sinceMs = clock.now();
  }

  /** A response time came. */
  end(): void {
    this.#isOver = true;
  }

  /** `what`, and how to find out more of the container; '' where one came, or it is early. */
  text(what: string, container: string): string {
    if (this.#isOver || this.#clock.now() - this.#sinceMs < SILENT_AFTER_MS) return '';
    return `${what}: see dqoes doctor --container ${container} on its host`;
  }
}

/** What sources are opened with. */
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
/** Rhythm and limits of reading a metrics endpoint. */
export interface ScrapeSettings {
  /** Between two readings of a metrics endpoint, ms. */
  readonly intervalMs: number;
  /** A reading that takes longer is aborted, ms. */
  readonly deadlineMs: number;
  /**
   * Longest wait of a report for a reading, ms; a page that comes later goes into the next report.
   */
  readonly waitMs: number;
}

/** What one source is started with. */
export interface FeedStart {
  readonly container: EngineContainer;
  readonly deps: FeedDeps;
  readonly signal: AbortSignal;
  /** The statistic of the target now. A source that offers several metrics chooses by it. */
  readonly statistic: () => Statistic;
}

/**
 * What may be reported under a target, and the note that goes with it ('' = none). Where the
 * target's statistic is not known nothing is reported, because a mean must not be taken for a
 * percentile.
 */
export function reportable(
  reading: SourceReading,
  target: Target | null,
): { readonly report: LatencyReport | null; readonly note: string } {
  const { atLeast } = reading;
  if (reading.report === null || target === null) return { report: reading.report, note: '' };
  const ratio = reading.within?.(target.latencyMs) ?? null;
  const report = ratio === null ? reading.report : { ...reading.report, satisfiedRatio: ratio };
  const { statistic, latencyMs, toleranceRatio } = target;
  const value = statisticOf(report.window, statistic);
  if (value === null)
    return {
      report: null,
      note:
        `the ${statistic} is not known, because the source does not expose it: use the ` +
        'statistic mean, or the log or push source',
    };
  if (atLeast?.has(statistic) !== true) return { report, note: '' };
  const note =
    `the ${statistic} is at least ${Number(value.toPrecision(4))} ms, the last bound of the ` +
    'histogram';
  // A lower bound above the band is certainly too slow. Below the band it could be either.
  if (value > latencyMs * (1 + toleranceRatio)) return { report, note };
  return {
    report: null,
    note: `${note}, which is below the target: the server must have higher buckets`,
  };
}
