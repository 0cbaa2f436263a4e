import type { LatencyReport } from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';
import type { Sample } from './container.js';

const MIN_SAMPLES = 5;
const CAPACITY = 8192;

/**
 * Response times as the agent keeps and reports them (agent/observe/windows/window.ts): those that
 * ended within the window, at least the last five, of the last 8192. Times ms.
 */
export class SampleWindow {
  #samples: Sample[] = [];
  #totalCount = 0;
  #totalMs = 0;

  readonly #windowMs: number;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Adds a response time; the oldest is dropped beyond the capacity. */
  add(sample: Sample): void {
    this.#samples.push(sample);
    if (this.#samples.length >= 2 * CAPACITY) this.#samples = this.#samples.slice(-CAPACITY);
    this.#totalCount += 1;
    this.#totalMs += sample.latencyMs;
  }

  /**
   * The report at `nowMs`; null = no sample yet. `limitChangedAtMs` null = never changed: every
   * sample counts as begun since.
   */
  report(nowMs: number, limitChangedAtMs: number | null, targetMs: number): LatencyReport | null {
    const latenciesMs: number[] = [];
    let sinceChangeCount = 0;
    const oldest = Math.max(0, this.#samples.length - CAPACITY);
    for (let i = this.#samples.length - 1; i >= oldest; i -= 1) {
      const { latencyMs, endedAtMs } = this.#samples[i] ?? NO_SAMPLE;
      if (nowMs - endedAtMs > this.#windowMs && latenciesMs.length >= MIN_SAMPLES) break;
      latenciesMs.push(latencyMs);
      if (limitChangedAtMs === null || endedAtMs - latencyMs >= limitChangedAtMs)
        sinceChangeCount += 1;
    }
    const window = summarise(latenciesMs);
    if (window === undefined) return null;
    const newestAgeMs = Math.max(0, nowMs - (this.#samples.at(-1) ?? NO_SAMPLE).endedAtMs);
    const totalCount = this.#totalCount;
    const totalMs = this.#totalMs;
    const satisfiedRatio = latenciesMs.filter((ms) => ms <= targetMs).length / latenciesMs.length;
    return {
      window,
      newestAgeMs,
      sinceChangeCount,
      totalCount,
      totalMs,
      rejectedCount: 0,
      satisfiedRatio,
    };
  }
}

const NO_SAMPLE: Sample = { latencyMs: 0, endedAtMs: 0 };
