import { messageOf } from '../../../shared/errors.js';
import type { LatencySourceSpec } from '../../../shared/job.js';
import { type LineReading, readCutLine, readLine } from '../log-line.js';
import { LatencyWindow } from '../windows/window.js';
import {
  type FeedStart,
  type LatencyFeed,
  readingFrom,
  Silence,
  type SourceReading,
} from './feed.js';

type LogSpec = Extract<LatencySourceSpec, { source: 'log' }>;

/** A flood is told for this long after its last second, ms. */
const NOTICE_MS = 60_000;
const FLOOD =
  'its log is longer than is read in a second (2 MiB), so lines are skipped and fewer requests ' +
  'are counted than there are: let it log less, or use another latency.source';

const NO_LINE = 'its log has no line yet';
const NO_MATCH = 'no line of its log had a response time by latency.pattern yet';

/** Response times in lines of the container's log. */
export class LogFeed implements LatencyFeed {
  readonly #window: LatencyWindow;
  readonly #nowMs: () => number;
  readonly #silence: Silence;
  readonly #name: string;
  #broken = '';
  #hasLines = false;
  #skippedAtMs = Number.NEGATIVE_INFINITY;

  constructor(spec: LogSpec, { container, deps, signal }: FeedStart) {
    this.#nowMs = () => deps.clock.now();
    this.#window = new LatencyWindow({ windowMs: deps.windowMs });
    this.#silence = new Silence(deps.clock);
    this.#name = container.name;
    const compiled = deps.compile(spec.pattern);
    if (!compiled.ok) {
      this.#broken = compiled.error;
      return;
    }
    const onLine = (line: string, isCut = false): void => {
      const read = isCut ? readCutLine : readLine;
      this.#take(read(line, compiled.value, spec.unit));
    };
    const onSkip = (): void => this.#skipped();
    const onFault = (why: string): void => this.#refused(why);
    try {
      deps.engine.followLogs(container.id, { onLine, onSkip, onFault }, signal);
    } catch (cause) {
      this.#refused(messageOf(cause));
    }
  }

  get fault(): string {
    if (this.#broken !== '') return this.#broken;
    return this.#silence.text(this.#hasLines ? NO_MATCH : NO_LINE, this.#name);
  }

  #take(reading: LineReading): void {
    this.#hasLines = true;
    if (reading.kind === 'rejected') this.#window.reject();
    if (reading.kind !== 'observation') return;
    const { latencyMs, weight } = reading.observation;
    this.#window.add(latencyMs, this.#nowMs(), weight);
    this.#silence.end();
  }

  notice(nowMs: number): string {
    return nowMs - this.#skippedAtMs <= NOTICE_MS ? FLOOD : '';
  }

  #refused(why: string): void {
    this.#broken = why === '' ? '' : `the log cannot be followed: ${why}`;
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
