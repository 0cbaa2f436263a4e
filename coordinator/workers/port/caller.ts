import type { Clock } from '../../../shared/clock.js';
import type { Log } from '../../../shared/log.js';
import { assertNever, err, ok, type Result } from '../../../shared/result.js';
import type { StateEvent } from '../../state/events.js';
import type { WorkerLink, WorkerNotices } from '../worker-link.js';
import type { LeaseCell } from './lease-cell.js';
import type { FromWorker, Poster, ToWorker, Verb } from './protocol.js';

/** The way to the thread of a worker, and who hears of it. */
export interface PortCallerOptions {
  readonly port: Poster<ToWorker>;
  readonly lease: LeaseCell;
  readonly notices: WorkerNotices;
  /** Gets what the worker logs. */
  readonly log: Log;
  readonly clock: Clock;
  /** Ends its thread, whatever it does. */
  readonly terminate: () => Promise<unknown>;
}

interface Asked {
  readonly resolve: (value: never) => void;
  readonly reject: (cause: Error) => void;
}

/**
 * A worker on another thread. Who made the thread passes on what comes from it (`receive`) and that
 * it has ended (`end`).
 */
export class PortCaller implements WorkerLink {
  readonly ended: Promise<string>;
  readonly #options: PortCallerOptions;
  readonly #asked = new Map<number, Asked>();
  readonly #begun: Promise<Result<void>>;
  #noteBegun: (begun: Result<void>) => void = () => {};
  #noteEnd: (why: string) => void = () => {};
  #failBegin: (cause: Error) => void = () => {};
  #lastId = 0;
  /** Why nothing can be asked any more. */
  #over: string | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: PortCallerOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#noteEnd = resolve;
    });
    this.#begun = new Promise((resolve, reject) => {
      this.#noteBegun = resolve;
      this.#failBegin = reject;
    });
    // Nobody may wait for it.
    this.#begun.catch(() => {});
  }

  /**
   * Resolves when it can be asked, or with what NATS or the store did not give it; rejects with the
   * reason where it has ended before.
   */
  begin(): Promise<Result<void>> {
    return this.#begun;
  }

  /** Nobody wants it any more, before it has begun: its thread is ended at once. */
  async giveUp(): Promise<void> {
    await this.#options.terminate();
    this.end('nobody waits for it any more');
  }

  tell(event: StateEvent): void {
    if (this.#over === undefined) this.#options.port.postMessage({ kind: 'tell', event });
  }

  mayWriteUntil(ms: number): void {
    this.#options.lease.untilMs = ms;
  }

  start(): Promise<void> {
    return this.#ask('start');
  }
  news(...args: Parameters<WorkerLink['news']>): ReturnType<WorkerLink['news']> {
    return this.#ask('news', ...args);
  }
  profilesOf(...args: Parameters<WorkerLink['profilesOf']>): ReturnType<WorkerLink['profilesOf']> {
    return this.#ask('profilesOf', ...args);
  }
  carryOut(...args: Parameters<WorkerLink['carryOut']>): ReturnType<WorkerLink['carryOut']> {
    return this.#ask('carryOut', ...args);
  }
  records(): ReturnType<WorkerLink['records']> {
    return this.#ask('records');
  }
  view(...args: Parameters<WorkerLink['view']>): ReturnType<WorkerLink['view']> {
    return this.#ask('view', ...args);
  }
  reconcileStore(full: boolean): Promise<void> {
    return this.#ask('reconcileStore', full);
  }

  /** Safe to call twice; never rejects. */
  stop(limitMs: number): Promise<void> {
    this.#stopped ??= this.#stop(limitMs);
    return this.#stopped;
  }

  /** What came from the thread. */
  receive(message: FromWorker): void {
    const { notices, log } = this.#options;
    switch (message.kind) {
      case 'begun':
        this.#noteBegun(ok(undefined));
        break;
      case 'not-begun':
        this.#noteBegun(err(message.faults));
        break;
      case 'answer':
        this.#take(message.id)?.resolve(message.value as never);
        break;
      case 'failed':
        this.#take(message.id)?.reject(new Error(message.reason));
        break;
      case 'notice': {
        const say = notices[message.name] as (...args: readonly unknown[]) => void;
        say(...message.args);
        break;
      }
      case 'log':
        log[message.level](message.message, message.fields);
        break;
      default:
        assertNever(message);
    }
  }

  /** The thread has ended; `why`: one sentence. */
  end(why: string): void {
    if (this.#over !== undefined) return;
    this.#over = why;
    const cause = new Error(why);
    this.#failBegin(cause);
    for (const { reject } of this.#asked.values()) reject(cause);
    this.#asked.clear();
    if (this.#stopped === undefined) this.#noteEnd(why);
  }

  async #stop(limitMs: number): Promise<void> {
    const { clock, terminate } = this.#options;
    const answered = new AbortController();
    const asked = this.#over === undefined ? this.#ask('stop', limitMs) : Promise.resolve();
    void asked.catch(() => {}).then(() => answered.abort());
    await clock.sleep(limitMs, answered.signal);
    await terminate();
    this.end('the worker was stopped');
  }

  #take(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #ask<V extends Verb>(verb: V, ...args: Parameters<WorkerLink[V]>): ReturnType<WorkerLink[V]> {
    const answer = new Promise((resolve, reject) => {
      if (this.#over !== undefined) return reject(new Error(this.#over));
      this.#lastId += 1;
      const id = this.#lastId;
      this.#options.port.postMessage({ kind: 'ask', id, verb, args });
      this.#asked.set(id, { resolve, reject });
    });
    return answer as ReturnType<WorkerLink[V]>;
  }
}
