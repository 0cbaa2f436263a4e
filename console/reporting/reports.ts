import type { UsageReport } from '../../proto/schemas/usage.js';
import type { Clock } from '../../shared/clock.js';
import { err, type Fault, type Result } from '../../shared/result.js';
import { periodOf, type ReportQuestion } from './period.js';
import { makeReport, type ReportAccess } from './report.js';

/** Reports that are read at the same time: each asks the store for every minute of its time. */
const MAX_AT_ONCE = 2;

/** Makes reports for those who ask over HTTP, few at a time. */
export class Reports {
  readonly #access: Omit<ReportAccess, 'signal' | 'onProgress'>;
  readonly #clock: Clock;
  #reading = 0;

  constructor(access: Omit<ReportAccess, 'signal' | 'onProgress'>, clock: Clock) {
    this.#access = access;
    this.#clock = clock;
  }

  /** `signal`: the asker is gone. */
  async make(question: ReportQuestion, signal: AbortSignal): Promise<Result<UsageReport>> {
    const period = periodOf(question, this.#clock.wall(), 'http.bad-request');
    if (!period.ok) return period;
    if (this.#reading >= MAX_AT_ONCE) return err([BUSY]);
    this.#reading += 1;
    try {
      return await makeReport({ ...this.#access, signal }, question, period.value);
    } finally {
      this.#reading -= 1;
    }
  }
}

const BUSY: Fault = {
  code: 'service.busy',
  field: '',
  message: `${MAX_AT_ONCE} reports are being read already: ask again in some seconds`,
};
