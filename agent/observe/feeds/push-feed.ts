import type { LatencyObservation } from '../../ports.js';
import { LatencyWindow } from '../../report/window.js';
import type { FeedStart, LatencyFeed, Told } from './feed.js';

/** Response times that the program sends. */
export class PushFeed implements LatencyFeed {
  readonly fault = '';
  private readonly window: LatencyWindow;

  constructor(private readonly start: FeedStart) {
    this.window = new LatencyWindow({ windowMs: start.deps.windowMs });
  }

  push(observations: readonly LatencyObservation[]): void {
    const now = this.start.deps.clock.now();
    for (const { latencyMs, weight } of observations) this.window.add(latencyMs, now, weight);
  }

  reject(count: number): void {
    this.window.reject(count);
  }

  told(nowMs: number, limitChangedAtMs: number | null): Told {
    return { report: this.window.report(nowMs, limitChangedAtMs) };
  }
}
