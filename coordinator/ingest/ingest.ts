import { decodeAck } from '../../proto/ack.js';
import type { BusMessage } from '../../proto/bus.js';
import type { Subjects } from '../../proto/subjects.js';
import { BOOT_HEADER } from '../../proto/telemetry.js';
import { decodeReport } from '../../proto/telemetry-reader.js';
import { isTrial } from '../../proto/trial.js';
import type { Ack } from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { NodeReport } from '../../shared/report.js';
import { assertNever, err, type Fault, ok, type Result } from '../../shared/result.js';
import { cutText } from '../../shared/text.js';
import type { StateEvent } from '../state/events.js';
import type { NodeRecord } from '../state/model.js';
import { ByteCopies } from './byte-copies.js';
import { Door } from './door.js';
import { Rejections } from './rejections.js';
import { SequenceFilter, type Verdict } from './sequence-filter.js';

/** Most nodes that one coordinator listens to; reports of more are rejected. */
export const MAX_NODES = 2000;

/** Most nodes that wait to be approved, beside those. */
export const MAX_WAITING_NODES = 256;
/** A name is forgotten after so long without a report, where others need its place. */
const WAITING_SILENCE_MS = 60_000;
const NODE_SILENCE_MS = 600_000;

/** What `Ingest` needs to read messages. */
export interface IngestOptions {
  readonly subjects: Subjects;
  /** Of the store we lead with: acks for another one are rejected. */
  readonly incarnation: string;
  readonly log: Log;
  /** Whether the node takes part; default all do. */
  readonly admits?: (node: NodeId) => boolean;
  /** The newest report of the node; what has not changed in the next one is held once. */
  readonly newestOf?: (node: NodeId) => NodeReport | null;
  /** Whether the node was approved; default none was. */
  readonly isKnown?: (node: NodeId) => boolean;
  /** Nodes that are known from before this leadership; default none. */
  readonly known?: Iterable<Pick<NodeRecord, 'id' | 'registration' | 'heardAtMs'>>;
}

/** Messages since the start of this leadership. */
export interface IngestCounters {
  readonly accepted: number;
  /** Reports dropped unread because a newer one of the same node came. */
  readonly superseded: number;
  /** Reports of nodes that wait to be approved: they are shown, and no more. */
  readonly waiting: number;
  /** Rejected messages by code of `shared/errors.ts`. */
  readonly rejected: ReadonlyMap<string, number>;
}

type ReceivedReport = Extract<StateEvent, { kind: 'reports' }>['reports'][number];
type HeardTwin = Extract<StateEvent, { kind: 'twins' }>['twins'][number];

/**
 * Turns received bytes into reports and acks, or into a counted rejection with a code. Never
 * throws. The sender is the node of the subject: a payload that names another node is rejected.
 */
export class Ingest {
  readonly #options: Omit<IngestOptions, 'known'>;
  readonly #sequences = new SequenceFilter(MAX_NODES);
  readonly #waitingSequences = new SequenceFilter(MAX_WAITING_NODES);
  readonly #rejections: Rejections;
  readonly #reports: Door;
  readonly #acks: Door;
  #twins: HeardTwin[] = [];
  #accepted = 0;
  #waiting = 0;

  constructor({ known = [], ...options }: IngestOptions) {
    this.#options = options;
    this.#rejections = new Rejections(options.log);
    const { isKnown = () => false } = options;
    const door = { maxNodes: MAX_NODES, copies: new ByteCopies() };
    this.#reports = new Door(this.#sequences, isKnown, door);
    this.#acks = new Door(this.#sequences, isKnown, door);
    for (const { id, registration, heardAtMs } of known) {
      const start = registration?.start;
      if (start === undefined) continue;
      const { intervalMs } = registration ?? { intervalMs: 0 };
      const { bootId, boot } = start;
      this.#sequences.recall(id, { bootId, boot, intervalMs }, heardAtMs);
    }
  }

  get counters(): IngestCounters {
    return {
      accepted: this.#accepted,
      superseded: this.#reports.superseded,
      waiting: this.#waiting,
      rejected: this.#rejections.counts,
    };
  }

  /** The node was removed: any agent may have its name. */
  forget(node: NodeId): void {
    this.#sequences.forget(node);
  }

  /** Decodes and checks one report; `atMs`: when it was received, coordinator clock. */
  acceptReport(message: BusMessage, atMs: number): Result<ReceivedReport, Fault> {
    const node = this.#options.subjects.nodeOf(message.subject);
    const drain = this.#readReport(message, node, atMs);
    return this.#count('telemetry', node, drain.ok ? ok({ atMs, report: drain.value }) : drain);
  }

  /** Buffers a report until `read`; only the newest of each sender is kept. */
  bufferReport(message: BusMessage, atMs: number): void {
    if (isTrial(message)) return;
    this.#reports.offer(message, this.#options.subjects.nodeOf(message.subject), atMs);
  }

  /** Buffers an ack in the same way: a later ack includes what an earlier one said. */
  bufferAck(message: BusMessage, atMs: number): void {
    if (isTrial(message)) return;
    this.#acks.offer(message, this.#options.subjects.nodeOf(message.subject), atMs);
  }

  /** Number of reports and acks in the buffer. */
  get buffered(): number {
    return this.#reports.size + this.#acks.size;
  }

  /**
   * Takes up to `max` reports and up to `max` acks out of the buffer and decodes them. What is
   * rejected is counted and left out; `twins`: second agents of a name that were heard.
   */
  read(max = Number.POSITIVE_INFINITY): {
    readonly reports: readonly ReceivedReport[];
    readonly acks: readonly Ack[];
    readonly twins: readonly HeardTwin[];
  } {
    const reports = this.#reports.read(max, ({ message, atMs }) =>
      this.acceptReport(message, atMs),
    );
    const acks = this.#acks.read(max, ({ message, atMs }) => this.acceptAck(message, atMs));
    const twins = this.#twins;
    this.#twins = [];
    return { reports: valuesOf(reports), acks: valuesOf(acks), twins };
  }

  /** Decodes and checks one ack; `atMs`: when it was received. */
  acceptAck(message: BusMessage, atMs: number): Result<Ack, Fault> {
    const node = this.#options.subjects.nodeOf(message.subject);
    const read = this.#readAck(message, node, atMs);
    return this.#count('ack', node, read);
  }

  #readReport(message: BusMessage, node: NodeId | undefined, atMs: number) {
    const newest = node === undefined ? undefined : this.#options.newestOf?.(node);
    const decoded = decodeReport(message.data, newest ?? undefined);
    if (!decoded.ok) return decoded;
    const report = decoded.value;
    const mismatch =
      identityFault(node, report.node) ??
      startFault(message.headers[BOOT_HEADER] ?? report.bootId, report.bootId);
    if (mismatch !== undefined) return err(mismatch);
    const admits = this.#options.admits?.(report.node) ?? true;
    const verdict = this.#check(report, admits, atMs);
    if (!admits && verdict === 'new') this.#waiting += 1;
    if (verdict === 'new') return decoded;
    if (verdict === 'twin') this.#twins.push({ node: report.node, bootId: report.bootId, atMs });
    return err(refusalOf(verdict, report));
  }

  /** Silent nodes make room for one that reports: what is forgotten is only who had the name. */
  #check(report: NodeReport, admits: boolean, atMs: number): Verdict {
    const sequences = admits ? this.#sequences : this.#waitingSequences;
    const verdict = sequences.check(report, atMs);
    if (verdict !== 'full') return verdict;
    sequences.forgetSilent(admits ? NODE_SILENCE_MS : WAITING_SILENCE_MS, atMs);
    return sequences.check(report, atMs);
  }

  #readAck(message: BusMessage, node: NodeId | undefined, atMs: number) {
    const decoded = decodeAck(message.data);
    if (!decoded.ok) return decoded;
    const mismatch = identityFault(node, decoded.value.node);
    if (mismatch !== undefined) return err(mismatch);
    if (this.#sequences.isPassedOver(decoded.value.node, decoded.value.bootId, atMs))
      return err(PASSED_OVER);
    const { incarnation } = decoded.value.asked;
    return incarnation === this.#options.incarnation ? decoded : err(incarnationFault(incarnation));
  }

  #count<T>(
    channel: 'telemetry' | 'ack',
    node: NodeId | undefined,
    read: Result<T, Fault>,
  ): Result<T, Fault> {
    if (read.ok) this.#accepted += 1;
    else this.#rejections.add(channel, node ?? '', read.error);
    return read;
  }
}

const valuesOf = <T>(results: readonly Result<T, Fault>[]): readonly T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));

function identityFault(fromSubject: NodeId | undefined, fromPayload: NodeId): Fault | undefined {
  if (fromSubject === fromPayload) return undefined;
  const message =
    `the payload says ${fromPayload}, the subject ${fromSubject ?? '(no node)'}: an agent ` +
    'may report for its own node only';
  return { code: 'wire.identity', field: 'node', message };
}

function startFault(fromHeader: string, fromPayload: string): Fault | undefined {
  if (fromHeader === fromPayload) return undefined;
  const message = `the header ${BOOT_HEADER} is not the bootId of the report`;
  return { code: 'wire.identity', field: 'bootId', message };
}

function refusalOf(
  verdict: Exclude<Verdict, 'new'>,
  { node, sequence, bootId }: NodeReport,
): Fault {
  switch (verdict) {
    case 'stale':
      return staleFault(sequence);
    case 'held': {
      const message = `start ${cutText(bootId, 40)} waits until the one before it is silent`;
      return { code: 'wire.stale', field: 'bootId', message };
    }
    case 'twin': {
      const message =
        `a second agent (start ${cutText(bootId, 40)}) calls itself ${node}: the one that was ` +
        'here first keeps the name';
      return { code: 'node.twin', field: 'bootId', message };
    }
    case 'implausible': {
      const message =
        `message ${sequence}, or the start it belongs to, is so far ahead of what was seen that ` +
        'it cannot be right';
      return { code: 'wire.implausible', field: 'sequence', message };
    }
    case 'full':
      return TOO_MANY_NODES;
    default:
      return assertNever(verdict);
  }
}

const PASSED_OVER: Fault = {
  code: 'wire.stale',
  field: 'bootId',
  message: 'the ack is of a start whose reports do not count',
};

const staleFault = (sequence: number): Fault => ({
  code: 'wire.stale',
  field: 'sequence',
  message: `message ${sequence} is not newer than one already seen`,
});

const incarnationFault = (incarnation: string): Fault => ({
  code: 'wire.incarnation',
  field: 'asked.incarnation',
  message: `the ack is for store ${cutText(incarnation, 40)}, which is not this one`,
});

const TOO_MANY_NODES: Fault = {
  code: 'wire.too-many-nodes',
  field: 'node',
  message:
    `more than ${MAX_NODES} nodes report to this coordinator, or more than ${MAX_WAITING_NODES} ` +
    'wait to be approved: this one is ignored',
};
