import type { Bus, BusMessage, Subscription } from '../../proto/bus.js';
import { LEAVE_HEADER } from '../../proto/command.js';
import type { CommandCodec } from '../../proto/command-codec.js';
import type { KeyReader, StoreFailure, StoreProvider } from '../../proto/store.js';
import type { Subjects } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import { compareVersions, type DesiredState, type StateVersion } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { WakeLoop } from '../../shared/wake-loop.js';

/** Whose commands are read, and from where. */
export interface CommandInboxOptions {
  readonly bus: Bus;
  readonly stores: StoreProvider;
  readonly subjects: Subjects;
  readonly cluster: string;
  readonly node: NodeId;
  readonly commands: CommandCodec;
  readonly clock: Clock;
  readonly log: Log;
  /** The stored state is read at least this often, ms. Default 30 s. */
  readonly rereadMs?: number;
  /**
   * Gets each desired state that decodes; the receiver does the fencing. `isConfirmed`: a message
   * of the last 8 s said the same, so a coordinator lives.
   */
  readonly onDesired: (state: DesiredState, isConfirmed: boolean) => void;
  /** This start of the agent, and what to do when a coordinator asks it to end. */
  readonly bootId: string;
  readonly onLeave?: () => void;
}

/** Messages that wait to be confirmed by the store: how many at most, and for how long. */
const MAX_UNCONFIRMED = 8;
const CONFIRM_MS = 8000;
const REREAD_MS = 30_000;
/** Pauses before the store is read again, ms: a follower of it may lag behind the nudge. */
const LAG_PAUSES_MS = [50, 200, 1000];

/**
 * Commands of this node. A message is only a nudge: the stored value counts, which is read after
 * each nudge, after each connect and on a timer. What does not decode is counted, and logged once
 * per kind.
 */
export class CommandInbox {
  readonly #options: CommandInboxOptions;
  readonly #rejected = new Map<string, number>();
  readonly #loop: WakeLoop;
  #subscriptions: Subscription[] = [];
  #store: KeyReader | undefined;
  #wanted: StateVersion | null = null;
  #unconfirmed: readonly { readonly version: StateVersion; readonly atMs: number }[] = [];
  #problem = '';

  constructor(options: CommandInboxOptions) {
    this.#options = options;
    this.#loop = new WakeLoop({
      clock: options.clock,
      pass: (woken) => this.#obtain(woken),
      onError: (cause) => this.#note(`the desired state cannot be read: ${messageOf(cause)}`),
      pauseMs: () => options.rereadMs ?? REREAD_MS,
    });
  }

  /** Refused messages and stored values, by code. */
  get rejected(): ReadonlyMap<string, number> {
    return this.#rejected;
  }
  /** Why the desired state cannot be read; '' when it can. */
  get problem(): string {
    return this.#problem;
  }

  start(): void {
    const { bus, subjects, node } = this.#options;
    this.#subscriptions = [
      bus.subscribe(subjects.command(node), (message) => this.#hear(message)),
      bus.onState((state) => state === 'connected' && this.read()),
    ];
    this.#loop.start();
  }

  /** Asks for the stored state soon; many calls make one reading. */
  read(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await this.#loop.stop();
  }

  #hear({ data, headers }: BusMessage): void {
    const leaving = headers[LEAVE_HEADER];
    if (leaving === undefined) this.#nudge(data);
    else if (leaving === this.#options.bootId) this.#leave(data);
  }

  #leave(body: Uint8Array): void {
    const { node, bootId, commands, onLeave } = this.#options;
    const refusal = commands.refuseLeave({ node, bootId }, body);
    if (refusal === undefined) onLeave?.();
    else this.#reject(refusal.code, refusal.message);
  }

  #nudge(data: Uint8Array): void {
    const state = this.#decode(data);
    if (state === undefined) return;
    this.#unconfirmed = [
      ...this.#unconfirmed,
      { version: state, atMs: this.#options.clock.now() },
    ].slice(-MAX_UNCONFIRMED);
    // An older version that comes late must not hide the newest.
    if (this.#wanted === null || !isOlder(state, this.#wanted)) this.#wanted = state;
    this.read();
  }

  #decode(data: Uint8Array): DesiredState | undefined {
    const { node, commands } = this.#options;
    const decoded = commands.decode(data);
    if (!decoded.ok) return this.#reject(decoded.error.code, decoded.error.message);
    if (decoded.value.node === node) return decoded.value;
    return this.#reject('wire.identity', `a command for ${decoded.value.node} came to ${node}`);
  }

  #reject(code: string, message: string): undefined {
    const before = this.#rejected.get(code) ?? 0;
    this.#rejected.set(code, before + 1);
    if (before === 0)
      this.#options.log.warn('a command was ignored; further ones of this kind are only counted', {
        code,
        message,
      });
  }

  /** Reads until the stored state is at least as new as the nudge said, a few times at most. */
  async #obtain(woken: AbortSignal): Promise<void> {
    const wanted = this.#wanted;
    this.#wanted = null;
    for (const pauseMs of [0, ...LAG_PAUSES_MS]) {
      if (pauseMs > 0) await this.#options.clock.sleep(pauseMs, woken);
      const state = await this.#stored();
      if (state !== undefined) this.#options.onDesired(state, this.#isConfirmed(state));
      if (wanted === null || (state !== undefined && !isOlder(state, wanted)) || woken.aborted)
        return;
    }
  }

  /**
   * True when a recent message said exactly what is stored. Old and forged messages change nothing.
   */
  #isConfirmed(state: StateVersion): boolean {
    const sinceMs = this.#options.clock.now() - CONFIRM_MS;
    const isConfirmed = this.#unconfirmed.some(
      ({ version, atMs }) => atMs >= sinceMs && isSame(version, state),
    );
    if (isConfirmed) this.#unconfirmed = [];
    return isConfirmed;
  }

  async #stored(): Promise<DesiredState | undefined> {
    const { stores, cluster, node } = this.#options;
    this.#store ??= stores.reader(cluster, 'desired');
    const read = await this.#store.get(node);
    if (!read.ok)
      return this.#note(`the desired state cannot be read (${reasonOf(read.error, node)})`);
    const state = read.value === null ? undefined : this.#decode(read.value.value);
    const isRefused = read.value !== null && state === undefined;
    this.#note(isRefused ? 'the stored desired state is not for this agent to obey' : '');
    return state;
  }

  #note(problem: string): undefined {
    if (problem !== '' && problem !== this.#problem) this.#options.log.warn(problem);
    this.#problem = problem;
  }
}

const reasonOf = (failure: StoreFailure, node: NodeId): string =>
  failure === 'denied' ? `not allowed: the key of this agent is not that of ${node}` : failure;

/** Versions of different stores have no order. */
const isOlder = (a: StateVersion, b: StateVersion): boolean =>
  a.incarnation === b.incarnation && compareVersions(a, b) < 0;
const isSame = (a: StateVersion, b: StateVersion): boolean =>
  a.incarnation === b.incarnation && compareVersions(a, b) === 0;
