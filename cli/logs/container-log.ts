import type { Bus } from '../../proto/bus.js';
import type { LogCursor, LogFollowReply, LogFollowRequest } from '../../proto/log-follow.js';
import type { Subjects } from '../../proto/subjects.js';
import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';
import type { Fault } from '../../shared/result.js';
import { orAborted } from '../shell/aborted.js';
import { type Asked, askLog, endLog } from './ask.js';
import type { LogPrinter } from './printer.js';
import { type LogTarget, labelOf } from './targets.js';

/** What the reading of one log needs. */
export interface ContainerLogDeps {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly printer: LogPrinter;
  /** A random name of this reader. */
  readonly session: string;
}

/** Where the reading begins, and whether it goes on with lines to come. */
export type LogBegin = Pick<LogFollowRequest, 'live' | 'tail' | 'since' | 'cursor'>;

/** Pauses before a node is asked again, ms. */
const AGAIN_MS = 1000;
const BUSY_MS = 2000;
const LAST_PAUSE_MS = 10_000;
/** How often a node that is left and does not answer is asked. */
const LAST_TRIES = 3;
/** A container that its job has no longer may run on for this time, as while it is stopped, ms. */
const LEAVE_MS = 10_000;
/** Lines that are shown so long after they were written are late, ms. */
const LATE_MS = 10_000;

/**
 * Reads the log of one container from its node, through the end of its agent, lost connections and
 * new starts of the container: each line once, in order, and what may be missing is said.
 */
export class ContainerLog {
  readonly #begin: LogBegin;
  readonly #deps: ContainerLogDeps;
  #target: LogTarget;
  #cursor: LogCursor | undefined;
  #wake = new AbortController();
  /** By the clock, ms: until then a container that is left may write its last lines. */
  #leaveAtMs: number | undefined;
  /** Answers in a row that said that the log ends. */
  #ends = 0;
  #failures = 0;
  #isCaughtUp = false;
  #isLate = false;

  constructor(target: LogTarget, begin: LogBegin, deps: ContainerLogDeps) {
    this.#target = target;
    this.#begin = begin;
    this.#cursor = begin.cursor;
    this.#deps = deps;
  }

  /** After the last line that was printed; undefined = none was read yet. */
  get cursor(): LogCursor | undefined {
    return this.#cursor;
  }

  /** Reads until the end, or until the signal aborts. The fault is why it cannot be read. */
  async run(): Promise<Fault | undefined> {
    const fault = await this.#read();
    const { session } = this.#deps;
    endLog({ ...this.#deps, node: this.#target.node }, { ...this.#request(), session });
    return fault;
  }

  async #read(): Promise<Fault | undefined> {
    const { clock, signal } = this.#deps;
    while (!signal.aborted) {
      const node = { ...this.#deps, node: this.#target.node };
      const asked = await orAborted(askLog(node, this.#request()), signal);
      if (asked === undefined) return undefined;
      const next = await this.#dealWith(asked);
      if (typeof next !== 'number') return next === 'end' ? undefined : next;
      if (next === 0) continue;
      const pause = childSignal(this.#wake.signal);
      await orAborted(clock.sleep(next, pause.signal), signal);
      pause.abort();
      if (this.#wake.signal.aborted) this.#wake = new AbortController();
    }
    return undefined;
  }

  /** The container as it is known now, or again; a new start of it is read at once. */
  observe(target: LogTarget): void {
    this.#leaveAtMs = undefined;
    if (target.life !== this.#target.life) this.#wake.abort();
    this.#target = target;
  }

  /** The job has it no longer: what is left is read, and then it ends. */
  leave(): void {
    this.#leaveAtMs ??= this.#deps.clock.now() + LEAVE_MS;
    this.#wake.abort();
  }

  get #isLeaving(): boolean {
    return this.#leaveAtMs !== undefined;
  }

  #request(): LogFollowRequest {
    const { allocation, container } = this.#target;
    const { tail, since } = this.#begin;
    const { clock, session } = this.#deps;
    const isOver = clock.now() >= (this.#leaveAtMs ?? Number.POSITIVE_INFINITY);
    // What is still there is read as another session, which ends with it.
    const reader = isOver
      ? { session: `${session}x`, live: false }
      : { session, live: this.#begin.live };
    const asked = { allocation, container, ...reader };
    if (this.#cursor !== undefined) return { ...asked, cursor: this.#cursor };
    return {
      ...asked,
      ...(tail === undefined ? {} : { tail }),
      ...(since === undefined ? {} : { since }),
    };
  }

  /** The pause before the next request, ms; or that there is none, or why. */
  async #dealWith(asked: Asked): Promise<number | 'end' | Fault> {
    if (asked.kind === 'reply') return this.#show(asked.reply);
    if (asked.kind === 'refused') return asked.fault;
    if (!this.#begin.live) return asked.kind === 'silent' ? this.#silentFault(asked) : asked.fault;
    this.#failures += 1;
    const { printer } = this.#deps;
    const label = labelOf(this.#target);
    if (asked.kind === 'busy') {
      if (this.#failures === 1) printer.tell(`${label}: ${asked.fault.message}; waiting`);
      return BUSY_MS;
    }
    if (asked.kind === 'silent') {
      if (this.#failures === 1)
        printer.tell(`${label}: ${asked.why}; following goes on when it does`);
      return this.#isLeaving && this.#failures >= LAST_TRIES ? this.#lost(asked.why) : AGAIN_MS;
    }
    if (!this.#isLeaving) return AGAIN_MS;
    return this.#ends > 0 ? this.#ended() : this.#lost('its container is gone');
  }

  async #show(reply: LogFollowReply): Promise<number | 'end'> {
    const { printer } = this.#deps;
    const label = labelOf(this.#target);
    if (this.#failures > 0) printer.tell(`${label}: its log is read again`);
    this.#failures = 0;
    if (reply.isGap)
      printer.warn(`${label}: lines after ${this.#place()} may be missing: its log was rotated`);
    if (this.#ends > 1 && !reply.isEnd) printer.tell(`${label}: its container runs again`);
    this.#ends = reply.isEnd ? this.#ends + 1 : 0;
    this.#cursor = reply.cursor;
    await printer.lines(this.#target.name, reply.lines);
    this.#sayWhenLate(reply);
    if (!reply.isEnd) return 0;
    if (!this.#begin.live) return 'end';
    if (this.#isLeaving || this.#target.isStopping === true) return this.#ended();
    if (this.#ends === 2)
      printer.tell(`${label}: its container has ended; waiting for its next start`);
    return Math.min(LAST_PAUSE_MS, AGAIN_MS * 2 ** (this.#ends - 1));
  }

  /** Only where it had been up to date: the past is late by nature. */
  #sayWhenLate({ isMore, lagMs }: LogFollowReply): void {
    const isLate = this.#isCaughtUp && isMore && lagMs > LATE_MS;
    const label = labelOf(this.#target);
    if (isLate && !this.#isLate)
      this.#deps.printer.warn(
        `${label}: shown ${Math.round(lagMs / 1000)} s after it was written, because it writes ` +
          'faster than it is read; lines that Docker rotates away meanwhile are not shown',
      );
    if (!isMore) this.#isCaughtUp = true;
    this.#isLate = isLate || (this.#isLate && isMore);
  }

  #ended(): 'end' {
    this.#deps.printer.tell(`${labelOf(this.#target)}: ended`);
    return 'end';
  }

  #lost(why: string): 'end' {
    const label = labelOf(this.#target);
    this.#deps.printer.warn(`${label}: ${why}; lines after ${this.#place()} may be missing`);
    return 'end';
  }

  #place(): string {
    return this.#cursor === undefined || this.#cursor.seen === 0 ? 'its start' : this.#cursor.time;
  }

  #silentFault({ why }: { readonly why: string }): Fault {
    const { name, node } = this.#target;
    const message = `The log of ${name} on ${node} cannot be read: ${why}; is it running?`;
    return { code: 'service.unavailable', field: name, message };
  }
}
