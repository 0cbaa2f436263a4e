import type { LatencyReport } from '../../../shared/report.js';
import { summarise } from '../../../shared/samples.js';

/** How much of the past a window of single response times summarises. */
export interface WindowOptions {
  /** Samples that ended within this time of now make the summary, ms. */
  readonly windowMs: number;
  /** Where the window holds fewer, the last ones are taken up to this number. Default 5. */
  readonly minSamples?: number;
  /** Samples held at most; the oldest are dropped. Default 8192. */
  readonly capacity?: number;
}

/** Initial size; the ring grows only where the window holds more. */
const FIRST_CAPACITY = 512;

/** Bounded ring of the recent response times of one life, with counters since it began. */
export class LatencyWindow {
  #latenciesMs: Float64Array;
  #endedAtMs: Float64Array;
  readonly #options: Required<WindowOptions>;
  #next = 0;
  #held = 0;
  #totalCount = 0;
  #totalMs = 0;
  #rejectedCount = 0;

  constructor(options: WindowOptions) {
    this.#options = { minSamples: 5, capacity: 8192, ...options };
    const room = Math.min(FIRST_CAPACITY, this.#options.capacity);
    this.#latenciesMs = new Float64Array(room);
    this.#endedAtMs = new Float64Array(room);
  }

  /**
   * `endedAtMs` on the agent's monotonic clock, not falling. `weight` = requests this sample stands
   * for; it counts in the totals.
   */
  add(latencyMs: number, endedAtMs: number, weight = 1): void {
    if (this.#held === this.#room && this.#room < this.#options.capacity) this.#growFor(endedAtMs);
    this.#latenciesMs[this.#next] = latencyMs;
    this.#endedAtMs[this.#next] = endedAtMs;
    this.#next = (this.#next + 1) % this.#room;
    this.#held = Math.min(this.#held + 1, this.#room);
    this.#totalCount += weight;
    this.#totalMs += latencyMs * weight;
  }

  reject(count = 1): void {
    this.#rejectedCount += count;
  }

  /**
   * null while there was never a sample. `limitChangedAtMs` null = the limit was never changed:
   * every sample counts. The age is negative where the newest ended after `nowMs`.
   */
  report(nowMs: number, limitChangedAtMs: number | null): LatencyReport | null {
    const latencies: number[] = [];
    let sinceChangeCount = 0;
    for (let back = 1; this.#isRecent(back, nowMs); back += 1) {
      const at = this.#indexBack(back);
      const latency = this.#latenciesMs[at] ?? 0;
      latencies.push(latency);
      if (limitChangedAtMs === null || (this.#endedAtMs[at] ?? 0) - latency >= limitChangedAtMs)
        sinceChangeCount += 1;
    }
    const window = summarise(latencies);
    if (window === undefined) return null;
    return {
      window,
      newestAgeMs: nowMs - (this.#endedAtMs[this.#indexBack(1)] ?? 0),
      sinceChangeCount,
      totalCount: this.#totalCount,
      totalMs: this.#totalMs,
      rejectedCount: this.#rejectedCount,
    };
  }

  /** Share of the samples of `report` at or below a time; null while there was never a sample. */
  within(targetMs: number, nowMs: number): number | null {
    let [all, within] = [0, 0];
    for (let back = 1; this.#isRecent(back, nowMs); back += 1) {
      all += 1;
      if ((this.#latenciesMs[this.#indexBack(back)] ?? 0) <= targetMs) within += 1;
    }
    return all === 0 ? null : within / all;
  }

  #isRecent(back: number, nowMs: number): boolean {
    if (back > this.#held) return false;
    const ageMs = nowMs - (this.#endedAtMs[this.#indexBack(back)] ?? 0);
    return ageMs <= this.#options.windowMs || back <= this.#options.minSamples;
  }

  get #room(): number {
    return this.#latenciesMs.length;
  }

  #indexBack(back: number): number {
    return (this.#next - back + this.#room) % this.#room;
  }

  // The ring is full and its oldest sample still belongs to the window.
  #growFor(nowMs: number): void {
    const oldest = this.#endedAtMs[this.#next] ?? 0;
    if (nowMs - oldest > this.#options.windowMs) return;
    const inOrder = (ring: Float64Array): Float64Array => {
      const larger = new Float64Array(Math.min(this.#options.capacity, 2 * this.#room));
      larger.set(ring.subarray(this.#next));
      larger.set(ring.subarray(0, this.#next), this.#room - this.#next);
      return larger;
    };
    const held = this.#held;
    const latenciesMs = inOrder(this.#latenciesMs);
    this.#endedAtMs = inOrder(this.#endedAtMs);
    this.#latenciesMs = latenciesMs;
    this.#next = held;
  }
}
