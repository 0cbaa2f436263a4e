import type { UsageReport } from '../../proto/schemas/usage.js';
import type { Clock } from '../../shared/clock.js';
import type { Result } from '../../shared/result.js';
import { periodOf, type ReportQuestion } from './period.js';
import { makeReport, type ReportAccess } from './report.js';

/** Makes reports for those who ask over HTTP; whose turn it is, is known there. */
export class Reports {
  readonly #access: Omit<ReportAccess, 'signal' | 'onProgress'>;
  readonly #clock: Clock;

  constructor(access: Omit<ReportAccess, 'signal' | 'onProgress'>, clock: Clock) {
    this.#access = access;
    this.#clock = clock;
  }

  /** `signal`: the asker is gone. */
  async make(question: ReportQuestion, signal: AbortSignal): Promise<Result<UsageReport>> {
    const period = periodOf(question, this.#clock.wall(), 'http.bad-request');
    if (!period.ok) return period;
    return makeReport({ ...this.#access, signal }, question, period.value);
  }
}
