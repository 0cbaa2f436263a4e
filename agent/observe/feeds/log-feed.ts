import { messageOf } from '../../../shared/errors.js';
import type { LatencySourceSpec } from '../../../shared/job.js';
import { readCutLine, readLine } from '../log-line.js';
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
    const onLine = (line: string, isCut = false): void => {
      const read = isCut ? readCutLine : readLine;
      const reading = read(line, compiled.value, spec.unit);
      if (reading.kind === 'observation')
        this.#window.add(
          reading.observation.latencyMs,
          deps.clock.now(),
          reading.observation.weight,
        );
      else if (reading.kind === 'rejected') this.#window.reject();
    };
    const onSkip = (): void => this.#skipped();
    const onFault = (why: string): void => this.#refused(why);
    try {
      deps.engine.followLogs(container.id, { onLine, onSkip, onFault }, signal);
    } catch (cause) {
      this.#refused(messageOf(cause));
    }
  }

  notice(nowMs: number): string {
    return nowMs - this.#skippedAtMs <= NOTICE_MS ? FLOOD : '';
  }

  #refused(why: string): void {
    this.fault = why === '' ? '' : `the log cannot be followed: ${why}`;
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
