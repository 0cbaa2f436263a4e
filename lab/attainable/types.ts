import type { Target } from '../../shared/qoe.js';

/**
 * How the judged statistic of a job follows from its CPU. A *scale* says how heavy the job is in
 * an interval; its unit is the model's own.
 */
export interface ResponseModel {
  /** The scale that an interval shows; null = it shows none. */
  scaleOf(seen: SeenJob): number | null;
  /**
   * A positive value whose relative spread, limits unchanged, is that of the judged statistic; null
   * = the interval shows none.
   */
  judgedOf(seen: SeenJob): number | null;
  /** Least CPU at which the statistic is at most `latencyMs`, cores; Infinity = no amount. */
  coresFor(latencyMs: number, scale: number): number;
  /** The statistic with this CPU, ms. */
  latencyMs(cores: number, scale: number): number;
  /** Number of requests that are judged in an interval at this response time. */
  requestsIn(intervalMs: number, latencyMs: number, seen: SeenJob): number;
}

/** One job in one interval of a run, from its counters. */
export interface SeenJob {
  readonly id: string;
  readonly target: Target;
  /** Whether it had a container that ran. */
  readonly isRunning: boolean;
  /** The judged statistic; null = no answer yet. */
  readonly latencyMs: number | null;
  /** Requests answered in the interval. */
  readonly requests: number;
  /** CPU used in the interval, cores. */
  readonly usageCores: number;
  /** Limit at the end of the interval, cores; null = none. */
  readonly limitCores: number | null;
  readonly periodUs: number;
  /** Multiple of the work that the scenario asks for. */
  readonly workFactor: number;
  /** One object for each kind of load: intervals with the same one are compared. */
  readonly model: ResponseModel;
}

/** One interval of a run. */
export interface SeenInterval {
  /** The CPU that all jobs together could have had, cores. */
  readonly capacityCores: number;
  readonly jobs: readonly SeenJob[];
}
