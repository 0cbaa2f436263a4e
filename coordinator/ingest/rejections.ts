import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import { cutText } from '../../shared/text.js';

/** Kinds of rejection (channel, node, code) that are logged; beyond it they are only counted. */
const MAX_LOGGED_KINDS = 1000;

/** Counts rejected messages by code and logs each kind once per sender. Its memory is bounded. */
export class Rejections {
  readonly #log: Log;
  readonly #counts = new Map<string, number>();
  readonly #logged = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Number of rejected messages by code of `shared/errors.ts`. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Counts one rejection. `from`: the node id, or '' where the subject names no node. */
  add(channel: 'telemetry' | 'ack', from: string, fault: Fault): void {
    this.#counts.set(fault.code, (this.#counts.get(fault.code) ?? 0) + 1);
    const isWait = isOfWaitingStart(fault);
    const kind = `${channel} ${from} ${fault.code}${isWait ? ' waits' : ''}`;
    if (this.#logged.has(kind) || this.#logged.size >= MAX_LOGGED_KINDS) return;
    this.#logged.add(kind);
    const level = isWait ? 'info' : 'warn';
    this.#log[level](`ingest: refused a ${channel} message; more of this kind are only counted`, {
      node: from,
      code: fault.code,
      field: fault.field,
      reason: cutText(fault.message, 500),
    });
  }
}

/** Of an agent that was started again: that passes by itself, and is no cause for alarm. */
const isOfWaitingStart = ({ code, field }: Fault): boolean =>
  code === 'wire.stale' && field === 'bootId';
