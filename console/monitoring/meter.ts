import { METRICS } from '../../shared/monitoring/catalogue.js';
import { Counts } from '../../shared/monitoring/counts.js';
import { Histogram } from '../../shared/monitoring/histogram.js';
import type { Samples } from '../../shared/monitoring/samples.js';

const DONE = '200';

/** Counts what a console answers, since its start. */
export class ConsoleMeter {
  readonly #statuses = new Counts();
  readonly #requests = new Histogram(METRICS.dqoes_console_request_seconds.buckets ?? []);
  #streams = 0;
  #cut = 0;

  /** A request was answered; streams do not count. */
  request(status: number, seconds: number): void {
    this.#statuses.add(String(status));
    this.#requests.observe(seconds);
  }
  /** A stream was opened (1), or has ended (-1). */
  stream(change: 1 | -1): void {
    this.#streams += change;
  }
  /** A stream is cut because its client takes nothing. */
  cut(): void {
    this.#cut += 1;
  }

  /** Adds everything counted so far. */
  collect(samples: Samples): void {
    // From the start: Prometheus sees no increase in a series that begins with 1.
    samples.add('dqoes_console_requests_total', this.#statuses.of(DONE), { status: DONE });
    for (const [[status = ''], count] of this.#statuses.entries())
      if (status !== DONE) samples.add('dqoes_console_requests_total', count, { status });
    samples.histogram('dqoes_console_request_seconds', this.#requests);
    samples.add('dqoes_console_streams', this.#streams);
    samples.add('dqoes_console_streams_cut_total', this.#cut);
  }
}
