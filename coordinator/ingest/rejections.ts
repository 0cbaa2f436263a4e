import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';

/** Lines of log kept apart; beyond it only the counters go on. */
const MAX_LOGGED_KINDS = 1000;

/**
 * Counts refused messages by code and logs each kind of fault once per sender. Bounded whatever is
 * sent.
 */
export class Rejections {
  readonly #log: Log;
  readonly #counts = new Map<string, number>();
  readonly #logged = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Number of messages refused, by code of `shared/errors.ts`. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** `from` is a node id or '' when the subject names none. */
  add(channel: 'telemetry' | 'ack', from: string, fault: Fault): void {
    this.#counts.set(fault.code, (this.#counts.get(fault.code) ?? 0) + 1);
    const kind = `${channel} ${from} ${fault.code}`;
    if (this.#logged.has(kind) || this.#logged.size >= MAX_LOGGED_KINDS) return;
    this.#logged.add(kind);
    this.#log.warn(`ingest: refused a ${channel} message; more of this kind are only counted`, {
      node: from,
      code: fault.code,
      field: fault.field,
      reason: fault.message.slice(0, 500),
    });
  }
}
