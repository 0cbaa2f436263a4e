import type { PushSourceSpec } from '../../../shared/job.js';
import type { LatencyObservation, PushedHistogram } from '../../ports/push.js';
import { Gatherer } from '../metrics/gather.js';
import { HistogramDiffer } from '../push/otlp/differ.js';
import { IntervalWindow } from '../windows/interval-window.js';
import { LatencyWindow } from '../windows/window.js';
import {
  type FeedStart,
  type LatencyFeed,
  readingFrom,
  Silence,
  type SourceReading,
} from './feed.js';

/**
 * Histograms that hold a server's response times; the first of them that a program pushes is used.
 * Names of OpenTelemetry's semantic conventions.
 */
const USUAL_METRICS = [
  'http.server.request.duration',
  'http.server.duration',
  'rpc.server.duration',
  'gen_ai.server.request.duration',
];

const NOTHING = 'nobody has sent a response time of it yet';

/** Response times that the program sends, one by one or as histograms. */
export class PushFeed implements LatencyFeed {
  readonly #start: FeedStart;
  readonly #silence: Silence;
  readonly #window: LatencyWindow;
  readonly #intervals: IntervalWindow;
  readonly #differ = new HistogramDiffer();
  readonly #gatherer = new Gatherer();
  readonly #wanted: readonly string[];
  /** Index in `wanted` of the metric that is used. */
  #chosen = Number.POSITIVE_INFINITY;
  #lastPushAtMs: number;

  constructor(spec: PushSourceSpec, start: FeedStart) {
    this.#start = start;
    const { windowMs, clock } = start.deps;
    this.#silence = new Silence(clock);
    this.#window = new LatencyWindow({ windowMs });
    this.#intervals = new IntervalWindow({ windowMs });
    this.#wanted = spec.metric === undefined ? USUAL_METRICS : [spec.metric];
    this.#lastPushAtMs = clock.now();
  }

  get fault(): string {
    return this.#silence.text(NOTHING, this.#start.container.name);
  }

  push(observations: readonly LatencyObservation[], histograms: readonly PushedHistogram[]): void {
    const now = this.#start.deps.clock.now();
    if (observations.length > 0 || histograms.length > 0) this.#silence.end();
    for (const { latencyMs, weight } of observations) this.#window.add(latencyMs, now, weight);
    if (histograms.length > 0) this.#pushHistograms(histograms, now);
  }

  read(nowMs: number, limitChangedAtMs: number | null): SourceReading {
    // Single requests tell more than buckets do.
    const reading = readingFrom(this.#window, nowMs, limitChangedAtMs);
    if (reading.report !== null) return reading;
    return this.#intervals.report(nowMs, limitChangedAtMs) ?? reading;
  }

  reject(count: number): void {
    this.#window.reject(count);
  }

  #pushHistograms(histograms: readonly PushedHistogram[], nowMs: number): void {
    const places = histograms
      .map(({ metric }) => this.#placeOf(metric))
      .filter((place) => place >= 0);
    this.#chosen = Math.min(this.#chosen, ...places);
    const mine = histograms.filter(({ metric }) => this.#placeOf(metric) === this.#chosen);
    const interval = this.#differ.take(mine, nowMs);
    const covered = mine
      .map(({ isDelta, coveredMs }) => (isDelta ? coveredMs : null))
      .filter((ms) => ms !== null);
    const fromMs = covered.length > 0 ? nowMs - Math.max(...covered) : this.#lastPushAtMs;
    const gathered =
      interval === null ? null : this.#gatherer.add(interval, { fromMs, toMs: nowMs });
    if (gathered !== null) this.#intervals.add(gathered.interval, gathered);
    if (mine.length > 0) this.#lastPushAtMs = nowMs;
  }

  #placeOf(metric: string): number {
    return this.#wanted.indexOf(metric);
  }
}
