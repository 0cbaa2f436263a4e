import type { LatencyReport } from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';

export interface WindowOptions {
  /** Samples that ended within this time of now make the summary, ms. */
  readonly windowMs: number;
  /** Where the window has fewer, the last so many. Default 5. */
  readonly leastSamples?: number;
  /** Samples held at most; the oldest are dropped. Default 512. */
  readonly capacity?: number;
}

/** Bounded ring of the recent response times of one life, with counters since it began. */
export class LatencyWindow {
  private readonly latenciesMs: Float64Array;
  private readonly endedAtMs: Float64Array;
  private readonly options: Required<WindowOptions>;
  private next = 0;
  private held = 0;
  private totalCount = 0;
  private totalMs = 0;
  private rejectedCount = 0;

  constructor(options: WindowOptions) {
    this.options = { leastSamples: 5, capacity: 512, ...options };
    this.latenciesMs = new Float64Array(this.options.capacity);
    this.endedAtMs = new Float64Array(this.options.capacity);
  }

  /** `endedAtMs` on the agent's monotonic clock, not falling. `weight` = requests this sample stands for; it counts in the totals. */
  add(latencyMs: number, endedAtMs: number, weight = 1): void {
    this.latenciesMs[this.next] = latencyMs;
    this.endedAtMs[this.next] = endedAtMs;
    this.next = (this.next + 1) % this.options.capacity;
    this.held = Math.min(this.held + 1, this.options.capacity);
    this.totalCount += weight;
    this.totalMs += latencyMs * weight;
  }

  reject(count = 1): void {
    this.rejectedCount += count;
  }

  /** null while there was never a sample. `limitChangedAtMs` null = the limit was never changed: every sample counts. */
  report(nowMs: number, limitChangedAtMs: number | null): LatencyReport | null {
    const { windowMs, leastSamples } = this.options;
    const latencies: number[] = [];
    let sinceChangeCount = 0;
    for (let back = 1; back <= this.held; back += 1) {
      const at = this.indexBack(back);
      const ended = this.endedAtMs[at] ?? 0;
      if (nowMs - ended > windowMs && back > leastSamples) break;
      const latency = this.latenciesMs[at] ?? 0;
      latencies.push(latency);
      if (limitChangedAtMs === null || ended - latency >= limitChangedAtMs) sinceChangeCount += 1;
    }
    const window = summarise(latencies);
    if (window === undefined) return null;
    return {
      window,
      newestAgeMs: Math.max(0, nowMs - (this.endedAtMs[this.indexBack(1)] ?? 0)),
      sinceChangeCount,
      totalCount: this.totalCount,
      totalMs: this.totalMs,
      rejectedCount: this.rejectedCount,
    };
  }

  private indexBack(back: number): number {
    return (this.next - back + this.options.capacity) % this.options.capacity;
  }
}
