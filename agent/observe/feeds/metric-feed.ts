import { childSignal } from '../../../shared/child-signal.js';
import { messageOf } from '../../../shared/errors.js';
import type { PrometheusSourceSpec } from '../../../shared/job.js';
import { parseMatch } from '../../../shared/metrics/match.js';
import { findPreset } from '../../../shared/metrics/presets.js';
import { err, ok, type Result } from '../../../shared/result.js';
import type { HttpClient } from '../../ports/http.js';
import { type Endpoint, metricEndpoints } from '../metrics/endpoints.js';
import { Gatherer, type Span } from '../metrics/gather.js';
import { type MetricPage, PageReader } from '../metrics/page.js';
import { AUTO_PLAN, planOfMetric, planOfPreset, type ReadPlan } from '../metrics/plan.js';
import { MetricTracker, type Tracked } from '../metrics/tracker.js';
import { IntervalWindow } from '../windows/interval-window.js';
import type { FeedStart, LatencyFeed, SourceReading } from './feed.js';

/** A larger page is refused, bytes. */
export const PAGE_MAX_BYTES = 16 * 1024 * 1024;
/** The plain format first: it is the shorter one. */
const ACCEPT =
  'text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1';
/** Longest wait between two readings of a server that does not answer, in intervals. */
const MAX_BACK_OFF = 8;
/** A reading is about due after this part of its interval. */
const ABOUT_DUE = 0.6;

/** Response times from the server's own metrics endpoint. */
export class MetricFeed implements LatencyFeed {
  readonly #start: FeedStart;
  fault = '';
  readonly #window: IntervalWindow;
  readonly #gatherer = new Gatherer();
  #lastReadAtMs = 0;
  #failures = 0;
  /** Which of the endpoints answered last. */
  #current = 0;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  /** Ends the wait for the next reading. */
  #poke: (() => void) | null = null;
  #waiting: (() => void)[] = [];

  constructor(spec: PrometheusSourceSpec, start: FeedStart) {
    this.#start = start;
    this.#window = new IntervalWindow({ windowMs: start.deps.windowMs });
    const endpoints = metricEndpoints(start.container, spec);
    const tracker = trackerOf(spec);
    if (!endpoints.ok) this.fault = endpoints.error;
    else if (!tracker.ok) this.fault = tracker.error;
    else void this.#follow(endpoints.value, tracker.value);
  }

  reject(count: number): void {
    this.#window.reject(count);
  }

  read(nowMs: number, limitChangedAtMs: number | null): SourceReading {
    return this.#window.report(nowMs, limitChangedAtMs) ?? { report: null };
  }

  async refresh(): Promise<void> {
    const { deps, signal } = this.#start;
    const isLooking = this.#poke === null;
    if (this.#failures > 0 || signal.aborted || this.#lookedAtMs === Number.NEGATIVE_INFINITY)
      return;
    if (!isLooking && deps.clock.now() - this.#lookedAtMs < ABOUT_DUE * deps.scrape.intervalMs)
      return;
    const settled = childSignal(signal);
    const looked = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#poke?.();
    await Promise.race([looked, deps.clock.sleep(deps.scrape.waitMs, settled.signal)]);
    settled.abort();
  }

  async #follow(endpoints: readonly Endpoint[], tracker: MetricTracker): Promise<void> {
    const { deps, signal } = this.#start;
    const http = deps.openHttp();
    signal.addEventListener('abort', () => http.close());
    while (!signal.aborted) {
      this.#lookedAtMs = deps.clock.now();
      const page = await this.#look(http, endpoints, tracker);
      if (signal.aborted) break;
      this.#takeSafely(page, tracker);
      for (const resolve of this.#waiting.splice(0)) resolve();
      const waitMs =
        deps.scrape.intervalMs * Math.min(MAX_BACK_OFF, 2 ** Math.min(this.#failures, 8));
      await this.#sleep(Math.max(1, this.#lookedAtMs + waitMs - deps.clock.now()));
    }
    http.close();
  }

  async #sleep(ms: number): Promise<void> {
    const { deps, signal } = this.#start;
    const poked = childSignal(signal);
    this.#poke = () => poked.abort();
    await deps.clock.sleep(ms, poked.signal);
    poked.abort();
    this.#poke = null;
  }

  /**
   * The page of the first endpoint that answers. They are tried in turn, beginning with the one
   * that answered last.
   */
  async #look(
    http: HttpClient,
    endpoints: readonly Endpoint[],
    { question }: MetricTracker,
  ): Promise<Result<MetricPage, string>> {
    let why = 'there is no endpoint to ask';
    for (let tried = 0; tried < endpoints.length; tried += 1) {
      const at = (this.#current + tried) % endpoints.length;
      const endpoint = endpoints[at];
      if (endpoint === undefined || this.#start.signal.aborted) break;
      const page = await fetchPage(http, endpoint, {
        question,
        deadlineMs: this.#start.deps.scrape.deadlineMs,
      });
      if (page.ok) {
        this.#current = at;
        return page;
      }
      // The error of the likeliest endpoint is the most useful one.
      if (tried === 0) why = page.error;
    }
    return err(why);
  }

  // A page that breaks the parser must not end the agent or this loop.
  #takeSafely(page: Result<MetricPage, string>, tracker: MetricTracker): void {
    try {
      this.#take(page, tracker);
    } catch (cause) {
      this.fault = `the metrics cannot be used: ${messageOf(cause)}`;
    }
  }

  #take(page: Result<MetricPage, string>, tracker: MetricTracker): void {
    const { deps, statistic } = this.#start;
    if (!page.ok) {
      this.#failures += 1;
      this.fault = `the metrics cannot be read: ${page.error}`;
      return;
    }
    this.#failures = 0;
    const nowMs = deps.clock.now();
    const tracked = tracker.take(page.value, statistic());
    this.fault = tracked.kind === 'fault' ? `the metrics cannot be used: ${tracked.message}` : '';
    if (tracked.kind === 'fault') {
      this.#window.reject();
      return;
    }
    if (tracked.kind === 'interval')
      this.#record(tracked, { fromMs: this.#lastReadAtMs, toMs: nowMs });
    this.#lastReadAtMs = nowMs;
  }

  #record({ interval, chosen }: Extract<Tracked, { kind: 'interval' }>, span: Span): void {
    if (chosen.reading.kind === 'gauge') {
      this.#window.add(interval, span, false);
      return;
    }
    if (interval.count > 0 && interval.sumMs === null)
      this.fault = 'the histogram has no sum, so no mean is known';
    const gathered = this.#gatherer.add(interval, span);
    if (gathered !== null) this.#window.add(gathered.interval, gathered);
  }
}

/** The tracker for a source's preset, metric and match; the error says what is wrong with them. */
export function trackerOf(spec: PrometheusSourceSpec): Result<MetricTracker, string> {
  const plan = planIn(spec);
  if (!plan.ok) return plan;
  if (spec.match === undefined) return ok(new MetricTracker(plan.value));
  const matchers = parseMatch(spec.match);
  return matchers.ok ? ok(new MetricTracker(plan.value, matchers.value)) : matchers;
}

function planIn({ preset, metric, unit }: PrometheusSourceSpec): Result<ReadPlan, string> {
  if (metric !== undefined) return planOfMetric(metric, unit);
  if (preset === undefined) return ok(AUTO_PLAN);
  const name = findPreset(preset);
  return name === undefined ? err(`no preset is called ${preset}`) : ok(planOfPreset(name));
}

/** Reads one page and parses it while it arrives. The error is a sentence. */
export async function fetchPage(
  http: HttpClient,
  endpoint: Endpoint,
  {
    question,
    deadlineMs,
  }: { readonly question: MetricTracker['question']; readonly deadlineMs: number },
): Promise<Result<MetricPage, string>> {
  const reader = new PageReader(question);
  const request = {
    ...endpoint,
    method: 'GET',
    accept: ACCEPT,
    deadlineMs,
    maxBytes: PAGE_MAX_BYTES,
  } as const;
  const answer = await http.ask(request, (chunk) => reader.push(chunk));
  if (!answer.ok) return answer;
  const { host, port, path } = endpoint;
  return answer.value.status === 200
    ? ok(reader.end())
    : err(`http://${host}:${port}${path} answers ${answer.value.status}`);
}
