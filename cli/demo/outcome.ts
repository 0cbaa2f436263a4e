import type { DemoJob } from './jobs.js';
import type { PhaseResult } from './measure.js';

/** What a whole demo measured. Times are ms unless the name says otherwise. */
export interface DemoOutcome {
  /** Loosest target first. */
  readonly jobs: readonly DemoJob[];
  /** Under plain Docker. */
  readonly before: PhaseResult;
  /** Under dqoes. */
  readonly after: PhaseResult;
  /** From the start of the dqoes phase to 90 % of the jobs at target, s; null = never. */
  readonly secondsToSettle: number | null;
  /** By job name. */
  readonly targetsMs: ReadonlyMap<string, number>;
  /**
   * CPU that all targets take together by the work of a request under dqoes ÷ the CPU of the host;
   * above 1, not all can be met. null = not known.
   */
  readonly demandRatio: number | null;
}
