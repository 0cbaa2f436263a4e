import type { Log } from '../../shared/log.js';
import type { StoreFailure } from '../store.js';

/** Reads are answered while a full store accepts no writes, so each kind fails for itself. */
export type CallKind = 'read' | 'write';

interface Complaint {
  readonly error: string;
  readonly calls: number;
}

const CURES: Partial<Record<StoreFailure, string>> = {
  full:
    'make room where the NATS server stores, or raise its max_file_store (the max_bytes of the ' +
    'stream); until then nothing new is stored, and what runs keeps its limits',
  'no-jetstream':
    'see the log of the NATS server: it stops storing where its disk is full or cannot be ' +
    'written; make room and start it again',
  unknown: 'see whether a majority of the NATS servers is there, and their logs',
};

/**
 * Says that calls of a stream fail: the first time, then after 10, 100, 1000 of the same kind in a
 * row, with the cure; and that they work again.
 */
export class Complaints {
  readonly #log: Log;
  readonly #open = new Map<string, Complaint>();

  constructor(log: Log) {
    this.#log = log;
  }

  failed(
    stream: string,
    kind: CallKind,
    { failure, error }: { readonly failure: StoreFailure; readonly error: string },
  ): void {
    const key = `${kind} ${stream}`;
    const before = this.#open.get(key);
    const calls = before?.error === error ? before.calls + 1 : 1;
    this.#open.set(key, { error, calls });
    if (!Number.isInteger(Math.log10(calls))) return;
    const cure = CURES[failure];
    const text = calls === 1 ? `store: a ${kind} failed` : `store: each ${kind} fails`;
    const more = { ...(calls === 1 ? {} : { calls }), ...(cure === undefined ? {} : { cure }) };
    this.#log.warn(text, { stream, error, ...more });
  }

  /** A call worked. */
  worked(stream: string, kind: CallKind): void {
    const before = this.#open.get(`${kind} ${stream}`);
    if (before === undefined) return;
    this.#open.delete(`${kind} ${stream}`);
    if (before.calls > 1) this.#log.info(`store: each ${kind} works again`, { stream });
  }
}
