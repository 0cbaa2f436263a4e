import { messageOf } from '../../../shared/errors.js';
import type { LatencySourceSpec } from '../../../shared/job.js';
import { readLine } from '../log-line.js';
import { LatencyWindow } from '../windows/window.js';
import { type FeedStart, type LatencyFeed, readingFrom, type SourceReading } from './feed.js';

type LogSpec = Extract<LatencySourceSpec, { source: 'log' }>;

/** A flood is told for this long after its last second, ms. */
const NOTICE_MS = 60_000;
const FLOOD =
  'its log is longer than is read in a second (2 MiB), so lines are skipped and fewer requests ' +
  'are counted than there are: let it log less, or use another latency.source';

/** Response times in lines of the container's log. */
export class LogFeed implements LatencyFeed {
  fault = '';
  readonly #window: LatencyWindow;
  readonly #nowMs: () => number;
  #skippedAtMs = Number.NEGATIVE_INFINITY;

  constructor(spec: LogSpec, { container, deps, signal }: FeedStart) {
    this.#nowMs = () => deps.clock.now();
    this.#window = new LatencyWindow({ windowMs: deps.windowMs });
    const compiled = deps.compile(spec.pattern);
    if (!compiled.ok) {
      this.fault = compiled.error;
      return;
    }
    const onLine = (line: string): void => {
      const reading = readLine(line, compiled.value, spec.unit);
      if (reading.kind === 'observation')
        this.#window.add(
          reading.observation.latencyMs,
          deps.clock.now(),
          reading.observation.weight,
        );
      else if (reading.kind === 'rejected') this.#window.reject();
    };
    try {
      deps.engine.followLogs(container.id, { onLine, onSkip: () => this.#skipped() }, signal);
    } catch (cause) {
      this.fault = `the log cannot be followed: ${messageOf(cause)}`;
    }
  }

  notice(nowMs: number): string {
    return nowMs - this.#skippedAtMs <= NOTICE_MS ? FLOOD : '';
  }

  #skipped(): void {
    this.#skippedAtMs = this.#nowMs();
  }

  reject(count: number): void {
    this.#window.reject(count);
  }

  read(nowMs: number, limitChangedAtMs: number | null): SourceReading {
    return readingFrom(this.#window, nowMs, limitChangedAtMs);
  }
}
