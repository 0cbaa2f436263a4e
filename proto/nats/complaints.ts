import type { Log } from '../../shared/log.js';
import type { StoreFailure } from '../store.js';

/** Reads are answered while a full store accepts no writes, so each kind fails for itself. */
export type CallKind = 'read' | 'write';

/** What the log says of the first call of a kind that fails. */
export const CALL_FAILED: Readonly<Record<CallKind, string>> = {
  read: 'store: a read failed',
  write: 'store: a write failed',
};

/** Calls that failed since one worked, by what the error said. */
type OpenComplaint = Map<string, number>;
/** Errors that are told apart: servers put names and numbers into some. */
const MAX_ERRORS = 16;
const OTHERS = '';

const CURES: Partial<Record<StoreFailure, string>> = {
  full:
    'make room where the NATS server stores, or raise its max_file_store (the max_bytes of the ' +
    'stream); until then nothing new is stored, and what runs keeps its limits',
  'no-jetstream':
    'see the log of the NATS server: it stops storing where its disk is full or cannot be ' +
    'written; make room and start it again',
  unknown: 'see whether a majority of the NATS servers is there, and their logs',
};

/** A server says so of a write before it counts as full. */
const NO_SPACE = /no space left on device|disk quota exceeded/i;
const cureOf = (failure: StoreFailure, error: string): string | undefined =>
  failure === 'unknown' && NO_SPACE.test(error) ? CURES.full : CURES[failure];

/**
 * Says that calls of a stream fail: the first time, then after 10, 100, 1000 with the same error
 * since one worked, with the cure; and that they work again.
 */
export class Complaints {
  readonly #log: Log;
  readonly #open = new Map<string, OpenComplaint>();

  constructor(log: Log) {
    this.#log = log;
  }

  failed(
    stream: string,
    kind: CallKind,
    { failure, error }: { readonly failure: StoreFailure; readonly error: string },
  ): void {
    const key = `${kind} ${stream}`;
    const open: OpenComplaint = this.#open.get(key) ?? new Map<string, number>();
    this.#open.set(key, open);
    const counted = open.has(error) || open.size < MAX_ERRORS ? error : OTHERS;
    const calls = (open.get(counted) ?? 0) + 1;
    open.set(counted, calls);
    if (!Number.isInteger(Math.log10(calls))) return;
    const cure = cureOf(failure, error);
    const text = calls === 1 ? CALL_FAILED[kind] : `store: each ${kind} fails`;
    const more = { ...(calls === 1 ? {} : { calls }), ...(cure === undefined ? {} : { cure }) };
    this.#log.warn(text, { stream, error, ...more });
  }

  /** A call worked. */
  worked(stream: string, kind: CallKind): void {
    const before = this.#open.get(`${kind} ${stream}`);
    if (before === undefined) return;
    this.#open.delete(`${kind} ${stream}`);
    const calls = [...before.values()].reduce((sum, each) => sum + each, 0);
    if (calls > 1) this.#log.info(`store: each ${kind} works again`, { stream });
  }
}
