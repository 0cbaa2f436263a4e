import type { Statistic } from '../../../shared/qoe.js';

/** Which target of its own quote a job is given. */
export const CHOICES = ['fastest', 'middle', 'cheapest'] as const;
export type Choice = (typeof CHOICES)[number];

/** What a quote said of one target. */
export interface Quoted {
  readonly targetMs: number;
  readonly expectedMs: number;
  readonly cpuCores: number;
  /** A report is between these nine times in ten; null = the quote does not say. */
  readonly lowMs: number | null;
  readonly highMs: number | null;
}

/** What was then measured. */
export interface Delivered {
  /** The statistic of the target over the measured time, ms. */
  readonly latencyMs: number;
  /** Mean of what the limit guarantees. */
  readonly reservedCores: number;
  readonly usedCores: number;
  /** What each report showed, in order, ms. */
  readonly reportsMs: readonly number[];
  /** Requests answered in the time. */
  readonly requests: number;
  /** Reports with a response time, those between low and high, and those at target. */
  readonly reports: number;
  readonly covered: number;
  readonly atTarget: number;
  /** What everything but the containers of the bench used; null = not known. */
  readonly othersCores: number | null;
}

/** One target of one job. */
export interface Outcome {
  readonly job: string;
  readonly workload: string;
  readonly statistic: Statistic;
  readonly choice: Choice;
  /** Jobs that ran beside it. */
  readonly beside: number;
  /** null = its quote has no such target. */
  readonly quoted: Quoted | null;
  /** null = it did not answer in that time, or nothing was quoted. */
  readonly delivered: Delivered | null;
  /** Why it was not quoted or took no part; absent = nothing went wrong. */
  readonly fault?: string;
}
