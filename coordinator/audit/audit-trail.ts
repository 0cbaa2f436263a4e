import { encodeAudit } from '../../proto/audit.js';
import { type Requester, requesterName } from '../../proto/requester.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import type { EventOf } from '../../proto/schemas/event.js';
import type { EventLog, StoreFailure } from '../../proto/store.js';
import type { Subjects } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import type { JobName, NodeId, SecretName } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { HostAct } from '../../shared/report.js';
import type { Fault } from '../../shared/result.js';
import { cutText } from '../../shared/text.js';
import { AppendQueue } from '../dispatch/append-queue.js';
import type { Backlog, StreamMessage } from '../dispatch/backlog.js';
import { RefusalMeter } from './refusal-meter.js';

/** What a call is about. */
export interface Subject {
  readonly job?: JobName;
  readonly node?: NodeId;
  readonly secret?: SecretName;
  /** Its id. */
  readonly token?: string;
}

/** One thing that a call changed, in short forms without values of environment variables. */
export interface Change extends Subject {
  readonly before?: string;
  readonly after?: string;
}

/** The stream, and in whose name lines are written. */
export interface AuditTrailOptions {
  readonly stream: EventLog;
  readonly subjects: Subjects;
  /** Lines of this process's earlier terms; those that wait at the end stay in it. */
  readonly backlog?: Backlog | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly lease: { readonly holder: string; readonly epoch: number; readonly incarnation: string };
  /** The stream takes no lines; called once until it does again. */
  readonly onFailing: (reason: StoreFailure) => void;
}

/** Lines sent before the first is answered: changes wait for their lines. */
const LINES_AT_ONCE = 64;
/** Lines that wait while the stream does not answer. */
const MAX_WAITING = 10_000;
/** Changes wait while more lines than this wait for a stream that takes them. */
const MAX_BEFORE_CHANGE = 5000;
/** Refusals without a line of their own are summed up this often, ms. */
const SUMMARY_MS = 600_000;
const MAX_REASON = 500;
const MAX_SHORT = 256;

type LineDraft = Omit<AuditLine, 'id' | 'timeMs' | 'coordinator' | 'epoch'> & {
  readonly id?: string;
};

/**
 * Writes down who changed what, in the background and in order. A change is carried out whether or
 * not its line can be written: a full or missing stream must not keep an operator from acting.
 * Lines wait in memory until the stream takes them; those beyond the bound are counted, and the
 * count is written. Never throws.
 */
export class AuditTrail {
  readonly #options: AuditTrailOptions;
  readonly #queue: AppendQueue;
  readonly #meter = new RefusalMeter();
  readonly #stopping = new AbortController();
  #summing: Promise<void> | undefined;
  #written = 0;

  constructor(options: AuditTrailOptions) {
    const { stream, backlog, clock, log, onFailing } = options;
    this.#options = options;
    this.#queue = new AppendQueue({
      stream,
      backlog,
      clock,
      maxWaiting: MAX_WAITING,
      atOnce: LINES_AT_ONCE,
      onFailing: (reason) => {
        log.error('audit: the stream takes no lines; they are kept and tried again', { reason });
        onFailing(reason);
      },
      noteOf: (count) => this.#lost(count),
      onRefused: (id, reason) =>
        log.error('audit: the stream never takes this line; dropped', { id, reason }),
    });
  }

  get counters(): AppendQueue['counters'] {
    return this.#queue.counters;
  }

  /**
   * Resolves when there is room for that number of lines: a change waits for it, so that a stream
   * that is slower than the changes loses none. At once where the stream takes no lines at all.
   */
  roomFor(lines: number): Promise<void> {
    return this.#queue.roomFor(lines, MAX_BEFORE_CHANGE);
  }

  /** A call changed these things; one line each. */
  done(by: Requester, verb: string, changes: readonly Change[]): void {
    for (const change of changes)
      this.#write({ ...callerOf(by), verb, outcome: 'done', ...shortened(change) });
  }

  /** A call was refused; one line, or a count of them where one requester is refused often. */
  refused(by: Requester, verb: string, faults: readonly Fault[], about: Subject = {}): void {
    const { clock } = this.#options;
    const caller = callerOf(by);
    if (!this.#meter.admits(caller.who, clock.now())) {
      this.#summing ??= this.#sumUpLater();
      return;
    }
    const [first] = faults;
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
    this.#write({
      ...caller,
      verb,
      outcome: 'refused',
      ...about,
      ...(first === undefined
        ? {}
        : { code: first.code, reason: `${cutText(first.message, MAX_REASON)}${more}` }),
    });
  }

  /** This coordinator began to lead. `follows`: the epoch before, 0 = none. */
  leads(follows: number): void {
    const { holder, epoch } = this.#options.lease;
    this.#write({
      who: holder,
      verb: 'leader',
      outcome: 'done',
      ...(follows === 0 ? {} : { before: `epoch ${follows}` }),
      after: cutText(`${holder} leads in epoch ${epoch}`, MAX_SHORT),
    });
  }

  /** The own rules of a host forbid a job, as its agent said. */
  hostRefused({ id, data }: EventOf<'dqoes.job.refused'>): void {
    const { node, job, reason } = data;
    const who = `agent-${node}`;
    if (!this.#meter.admits(who, this.#options.clock.now())) {
      this.#summing ??= this.#sumUpLater();
      return;
    }
    this.#write({
      id,
      who,
      verb: 'host-refusal',
      outcome: 'refused',
      job,
      node,
      code: 'enforce.policy',
      reason: cutText(reason, MAX_REASON),
    });
  }

  /**
   * What somebody did on a host beside NATS, as its agent says. The line of one act has one id, so
   * that the stream drops repeats.
   */
  hostActed(node: NodeId, act: HostAct, onStored: () => void): void {
    const { number, verb, who, timeMs, what } = act;
    const line = this.#messageOf({
      id: `host-act.${node}.${number}`,
      who: `agent-${node}`,
      verb: 'host-act',
      outcome: 'done',
      node,
      reason: cutText(
        `${verb} by ${who} on ${new Date(timeMs).toISOString()}, as the host says: ${what}`,
        MAX_REASON,
      ),
    });
    this.#queue.add([{ ...line, onStored, comesAgain: true }]);
  }

  /** Writes what was counted, and tries each waiting line once more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#summing;
    this.#sumUp();
    await this.#queue.stop();
  }

  async #sumUpLater(): Promise<void> {
    await this.#options.clock.sleep(SUMMARY_MS, this.#stopping.signal);
    this.#summing = undefined;
    if (!this.#stopping.signal.aborted) this.#sumUp();
  }

  #sumUp(): void {
    for (const { who, count } of this.#meter.takeUnwritten())
      this.#write({
        who,
        verb: 'refusals',
        outcome: 'refused',
        reason: `${count} more were refused and have no line of their own`,
        count,
      });
  }

  #lost(count: number): StreamMessage {
    return this.#messageOf({
      who: this.#options.lease.holder,
      verb: 'lost',
      outcome: 'done',
      reason:
        `${count} lines could not be kept: the stream took none, not fast enough, or never ` +
        'these',
      count,
    });
  }

  #write(draft: LineDraft): void {
    this.#queue.add([this.#messageOf(draft)]);
  }

  #messageOf(draft: LineDraft): StreamMessage {
    const { clock, lease, subjects } = this.#options;
    this.#written += 1;
    const line: AuditLine = {
      id: `${lease.incarnation}.${lease.epoch}.${this.#written}`,
      timeMs: Math.round(clock.wall()),
      coordinator: lease.holder,
      epoch: lease.epoch,
      ...draft,
    };
    const subject = subjects.audit(line.verb);
    return { subject, id: line.id, encode: () => encodeAudit(line) };
  }
}

function callerOf(by: Requester): Pick<AuditLine, 'who' | 'role' | 'key'> {
  const who = requesterName(by);
  if (by.kind === 'user') return { who, role: by.role, key: by.publicKey };
  if (by.kind === 'token') return { who, role: by.role, key: by.id };
  if (by.kind === 'welcoming') return { who, role: by.kind, key: by.publicKey };
  return by.kind === 'key' ? { who, key: by.publicKey } : { who };
}

const shortened = ({ before, after, ...about }: Change): Change => ({
  ...about,
  ...(before === undefined ? {} : { before: cutText(before, MAX_SHORT) }),
  ...(after === undefined ? {} : { after: cutText(after, MAX_SHORT) }),
});
