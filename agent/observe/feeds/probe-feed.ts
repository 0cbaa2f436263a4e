import type { ProbeSourceSpec } from '../../../shared/job.js';
import { PROBE_FAILED, PROBE_REFUSED } from '../../../shared/report.js';
import { type Endpoint, probeEndpoints } from '../metrics/endpoints.js';
import { isLatencyMs } from '../push/observations.js';
import { LatencyWindow } from '../windows/window.js';
import { type FeedStart, type LatencyFeed, readingFrom, type SourceReading } from './feed.js';

/** Least time between two probes, ms. */
const PROBE_INTERVAL_MS = 2000;
/**
 * Probes keep a server that serves one request at a time busy for at most this share of the time.
 */
const MAX_TIME_SHARE = 0.01;
/**
 * After a failure the next probe waits for at most this time, ms; twice as long after each further
 * one. A probe without an answer says nothing of how long the server was busy with it.
 */
const FIRST_RETRY_MS = 15_000;
const MAX_RETRY_MS = 300_000;
const PROBE_DEADLINE_MS = 30_000;
const ANSWER_MAX_BYTES = 8 * 1024 * 1024;

/**
 * Response times of requests that the agent makes itself. They count as observations and not as
 * traffic, so the rate and the cost of the container's real requests stay unknown.
 */
export class ProbeFeed implements LatencyFeed {
  readonly #spec: ProbeSourceSpec;
  readonly #start: FeedStart;
  fault = '';
  readonly #window: LatencyWindow;
  #current = 0;
  /** Failures since the last answer. */
  #failures = 0;

  constructor(spec: ProbeSourceSpec, start: FeedStart) {
    this.#spec = spec;
    this.#start = start;
    this.#window = new LatencyWindow({ windowMs: start.deps.windowMs });
    const endpoints = probeEndpoints(start.container, spec);
    if (endpoints.ok) void this.#follow(endpoints.value);
    else this.fault = endpoints.error;
  }

  reject(count: number): void {
    this.#window.reject(count);
  }

  read(nowMs: number, limitChangedAtMs: number | null): SourceReading {
    return readingFrom(this.#window, nowMs, limitChangedAtMs);
  }

  async #follow(endpoints: readonly Endpoint[]): Promise<void> {
    const { deps, signal } = this.#start;
    const http = deps.openHttp();
    signal.addEventListener('abort', () => http.close());
    while (!signal.aborted) {
      const startedAtMs = deps.clock.now();
      const endpoint = endpoints[this.#current % endpoints.length];
      const answer = endpoint && (await http.ask(this.#requestTo(endpoint), () => {}));
      if (signal.aborted) break;
      const tookMs = deps.clock.now() - startedAtMs;
      if (answer?.ok === true && isFine(answer.value.status)) this.#seen(answer.value.elapsedMs);
      else
        this.#missed(
          answer?.ok === true
            ? `${PROBE_REFUSED}${answer.value.status}`
            : `${PROBE_FAILED}${answer?.error}`,
        );
      await deps.clock.sleep(this.#waitMs(tookMs), signal);
    }
    http.close();
  }

  #waitMs(tookMs: number): number {
    const waitMs = Math.max(PROBE_INTERVAL_MS, tookMs / MAX_TIME_SHARE - tookMs);
    if (this.#failures === 0) return waitMs;
    return Math.min(waitMs, MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
  }

  #requestTo(endpoint: Endpoint) {
    const { method, body } = this.#spec;
    return {
      ...endpoint,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(body === undefined ? {} : { body }),
      deadlineMs: PROBE_DEADLINE_MS,
      maxBytes: ANSWER_MAX_BYTES,
    } as const;
  }

  #seen(latencyMs: number): void {
    this.fault = '';
    this.#failures = 0;
    if (isLatencyMs(latencyMs)) this.#window.add(latencyMs, this.#start.deps.clock.now(), 0);
  }

  // A failed probe is no response time.
  #missed(why: string): void {
    this.fault = why;
    this.#window.reject();
    this.#current += 1;
    this.#failures += 1;
  }
}

const isFine = (status: number): boolean => status >= 200 && status < 300;
