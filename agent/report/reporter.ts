import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { BootOrder, NodeReport } from '../../shared/report.js';
import { agedBy, type ReportBody, withoutMeasurements } from './report-body.js';

/** Rhythm of the reports, and where they come from and go to. */
export interface ReporterOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly node: NodeId;
  readonly bootId: string;
  /** Absent = not known. */
  readonly boot?: BootOrder;
  readonly intervalMs: number;
  readonly validForMs: number;
  /** Longest wait for `collect` in one interval, ms. Default half an interval. */
  readonly collectDeadlineMs?: number;
  /**
   * Measures everything. Ages in it are those at `asOfMs` (monotonic), negative for what ended
   * since. May hang or reject; never two at a time.
   */
  readonly collect: (asOfMs: number) => Promise<ReportBody>;
  /**
   * Hands a report to the bus; false = not connected: the report is held until `flush` or the next
   * interval. Must not throw.
   */
  readonly send: (report: NodeReport) => boolean;
  /** Called once an interval, also where measuring was late. Must not throw. */
  readonly onBeat?: () => void;
}

/**
 * Sends one report per interval, whatever happens: when measuring is late or fails, the last known
 * body goes out without values and with a warning. Nothing is sent before the first measurement,
 * because an empty report would say that no container exists.
 */
export class Reporter {
  readonly #options: ReporterOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #collecting: Promise<Collected> | undefined;
  #lastKnown: ReportBody | undefined;
  #held: NodeReport | undefined;
  #sequence = 0;
  #sentAtMs: number | undefined;
  #late = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Reports made since the start. */
  get count(): number {
    return this.#sequence;
  }
  /** The newest measurements; undefined before the first, and while measuring is late. */
  get current(): ReportBody | undefined {
    return this.#late ? undefined : this.#lastKnown;
  }
  /** Age of the newest report that the bus took, ms; null = none yet. */
  get ageMs(): number | null {
    return this.#sentAtMs === undefined ? null : this.#options.clock.now() - this.#sentAtMs;
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  /** Resolves when the loop has ended; does not wait for a `collect` that hangs. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /**
   * To be called when the bus is connected again: sends the held report if it is of this interval.
   */
  flush(): void {
    const held = this.#held;
    if (held === undefined) return;
    if (this.#options.clock.now() - held.sentAtMs > this.#options.intervalMs)
      this.#held = undefined;
    else if (this.#send(held)) this.#held = undefined;
  }

  async #loop(): Promise<void> {
    const { clock, intervalMs, onBeat } = this.#options;
    const { signal } = this.#stopping;
    let dueMs = clock.now();
    while (!signal.aborted) {
      await this.#beat();
      onBeat?.();
      const now = clock.now();
      // Intervals that were missed, as by a stopped process, are skipped and not made up for.
      dueMs += intervalMs * Math.max(1, Math.ceil((now - dueMs) / intervalMs));
      await clock.sleep(Math.max(0, dueMs - now), signal);
    }
  }

  async #beat(): Promise<void> {
    this.#collecting ??= this.#collect();
    const collected = await this.#withinDeadline(this.#collecting);
    if (this.#stopping.signal.aborted) return;
    const sentAtMs = this.#options.clock.now();
    if (collected.body !== undefined) {
      this.#note(false, '');
      // Measuring takes time where the host is busy, and readers count ages from the sending.
      this.#publish(agedBy(collected.body, sentAtMs - collected.asOfMs), sentAtMs);
      return;
    }
    this.#note(true, collected.cause);
    if (this.#lastKnown !== undefined)
      this.#publish(withoutMeasurements(this.#lastKnown, collected.cause), sentAtMs);
  }

  async #collect(): Promise<Collected> {
    const asOfMs = this.#options.clock.now();
    try {
      const body = await this.#options.collect(asOfMs);
      this.#lastKnown = body;
      return { body, asOfMs };
    } catch (cause) {
      return { cause: `measuring failed: ${messageOf(cause)}` };
    } finally {
      this.#collecting = undefined;
    }
  }

  async #withinDeadline(collecting: Promise<Collected>): Promise<Collected> {
    const { clock, intervalMs, collectDeadlineMs = intervalMs / 2 } = this.#options;
    const settled = childSignal(this.#stopping.signal);
    const late = clock.sleep(collectDeadlineMs, settled.signal).then(
      (): Collected => ({
        cause: `measuring took more than ${collectDeadlineMs} ms: values are not known`,
      }),
    );
    const first = await Promise.race([collecting, late]);
    settled.abort();
    return first;
  }

  /** Logged once when it begins and once when it ends. */
  #note(late: boolean, cause: string): void {
    if (late && !this.#late) this.#options.log.warn(cause);
    if (!late && this.#late) this.#options.log.info('measuring is on time again');
    this.#late = late;
  }

  #publish(body: ReportBody, sentAtMs: number): void {
    const { node, bootId, boot, validForMs } = this.#options;
    this.#sequence += 1;
    const report: NodeReport = {
      ...body,
      schema: 1,
      node,
      bootId,
      ...(boot === undefined ? {} : { boot }),
      sequence: this.#sequence,
      sentAtMs,
      validForMs,
    };
    this.#held = this.#send(report) ? undefined : report;
  }

  #send(report: NodeReport): boolean {
    const isTaken = this.#options.send(report);
    if (isTaken) this.#sentAtMs = report.sentAtMs;
    return isTaken;
  }
}

type Collected =
  | { readonly body: ReportBody; readonly asOfMs: number; readonly cause?: undefined }
  | { readonly body?: undefined; readonly cause: string };
