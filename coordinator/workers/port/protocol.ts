import type { Fault } from '../../../shared/result.js';
import type { StateEvent } from '../../state/events.js';
import type { WorkerLink, WorkerNotices } from '../worker-link.js';

/** What a worker is asked that it answers. */
export type Verb = Exclude<keyof WorkerLink, 'tell' | 'mayWriteUntil' | 'ended'>;

/** What goes to a worker. Numbers of questions are new ones each time. */
export type ToWorker =
  | { readonly kind: 'tell'; readonly event: StateEvent }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly verb: Verb;
      readonly args: readonly unknown[];
    };

/** Severity of a record of the log. */
export type LogKind = 'info' | 'warn' | 'error';

/** What comes from a worker. */
export type FromWorker =
  /** It can be asked from now on. The first that comes. */
  | { readonly kind: 'begun' }
  /** Instead of that: NATS or the store did not give it what it needs. It ends. */
  | { readonly kind: 'not-begun'; readonly faults: readonly Fault[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  /** It cannot answer; `reason`: one sentence. */
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }
  | {
      readonly kind: 'notice';
      readonly name: keyof WorkerNotices;
      readonly args: readonly unknown[];
    }
  | {
      readonly kind: 'log';
      readonly level: LogKind;
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>>;
    };

/** One end of a port; posting copies as `structuredClone` does, and throws where that cannot. */
export interface Poster<T> {
  readonly postMessage: (message: T) => void;
}
