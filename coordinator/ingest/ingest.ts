import { decodeAck } from '../../proto/ack.js';
import type { BusMessage } from '../../proto/bus.js';
import type { Subjects } from '../../proto/subjects.js';
import { decodeReport } from '../../proto/telemetry.js';
import type { Ack } from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { StateEvent } from '../state/events.js';
import { Latest } from './latest-per-node.js';
import { NewestWins } from './sequence-filter.js';
import { Rejects } from './rejections.js';

/** Nodes one coordinator listens to. */
export const MAX_NODES = 2000;

export interface IngestOptions {
  readonly subjects: Subjects;
  readonly incarnation: string;
  readonly log: Log;
}

export interface IngestCounters {
  readonly accepted: number;
  /** Reports that a newer one of the same node overtook before they were read. */
  readonly overtaken: number;
  /** Refused messages by code of `shared/errors.ts`. */
  readonly rejected: ReadonlyMap<string, number>;
}

type Heard = Extract<StateEvent, { kind: 'reports' }>['reports'][number];

/**
 * Bytes and subject → a domain event, or a counted and coded refusal. Never throws; who sent a
 * message is known from its subject alone.
 */
export class Ingest {
  readonly #options: IngestOptions;
  readonly #order = new NewestWins(MAX_NODES);
  readonly #rejects: Rejects;
  readonly #reports = new Latest(MAX_NODES);
  readonly #acks = new Latest(MAX_NODES);
  #accepted = 0;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#rejects = new Rejects(options.log);
  }

  get counters(): IngestCounters {
    return {
      accepted: this.#accepted,
      overtaken: this.#reports.overtaken,
      rejected: this.#rejects.counts,
    };
  }

  report(message: BusMessage, atMs: number): Result<Heard, Fault> {
    const node = this.#options.subjects.nodeOf(message.subject);
    const read = this.#readReport(message, node);
    return this.#settle('telemetry', node, read.ok ? ok({ atMs, report: read.value }) : read);
  }

  /** Keeps a report until it is read; of one node the newest only. */
  keepReport(message: BusMessage, atMs: number): void {
    this.#reports.offer(message, atMs);
  }
  /** The same for acks: a later one says all that an earlier one did. */
  keepAck(message: BusMessage, atMs: number): void {
    this.#acks.offer(message, atMs);
  }

  /** Reports and acks that were kept and not read. */
  get waiting(): number {
    return this.#reports.size + this.#acks.size;
  }

  /**
   * Reads what was kept, at most so many of each kind; what cannot be read is counted and left out.
   */
  read(most = Number.POSITIVE_INFINITY): {
    readonly reports: readonly Heard[];
    readonly acks: readonly Ack[];
  } {
    const reports = this.#reports.take(most).map(({ message, atMs }) => this.report(message, atMs));
    const acks = this.#acks.take(most).map(({ message }) => this.ack(message));
    return { reports: valuesOf(reports), acks: valuesOf(acks) };
  }

  ack(message: BusMessage): Result<Ack, Fault> {
    const node = this.#options.subjects.nodeOf(message.subject);
    const read = this.#readAck(message, node);
    return this.#settle('ack', node, read);
  }

  #readReport(message: BusMessage, node: NodeId | undefined) {
    const decoded = decodeReport(message.data);
    if (!decoded.ok) return decoded;
    const stranger = identityFault(node, decoded.value.node);
    if (stranger !== undefined) return err(stranger);
    const judged = this.#order.judge(decoded.value);
    if (judged === 'stale') return err(staleFault(decoded.value.sequence));
    return judged === 'full' ? err(TOO_MANY_NODES) : decoded;
  }

  #readAck(message: BusMessage, node: NodeId | undefined) {
    const decoded = decodeAck(message.data);
    if (!decoded.ok) return decoded;
    const stranger = identityFault(node, decoded.value.node);
    if (stranger !== undefined) return err(stranger);
    const { incarnation } = decoded.value.asked;
    return incarnation === this.#options.incarnation ? decoded : err(incarnationFault(incarnation));
  }

  #settle<T>(
    road: 'telemetry' | 'ack',
    node: NodeId | undefined,
    read: Result<T, Fault>,
  ): Result<T, Fault> {
    if (read.ok) this.#accepted += 1;
    else this.#rejects.add(road, node ?? '', read.error);
    return read;
  }
}

const valuesOf = <T>(results: readonly Result<T, Fault>[]): readonly T[] =>
  results.flatMap((result) => (result.ok ? [result.value] : []));

function identityFault(fromSubject: NodeId | undefined, fromPayload: NodeId): Fault | undefined {
  if (fromSubject === fromPayload) return undefined;
  const message =
    `the payload says ${fromPayload}, the subject ${fromSubject ?? '(no node)'}: an agent ` +
    'speaks for its own node only';
  return { code: 'wire.identity', field: 'node', message };
}

const staleFault = (sequence: number): Fault => ({
  code: 'wire.stale',
  field: 'sequence',
  message: `message ${sequence} is not newer than one already seen`,
});

const incarnationFault = (incarnation: string): Fault => ({
  code: 'wire.incarnation',
  field: 'asked.incarnation',
  message: `the ack is for store ${incarnation.slice(0, 40)}, which is not this one`,
});

const TOO_MANY_NODES: Fault = {
  code: 'wire.too-many-nodes',
  field: 'node',
  message: `more than ${MAX_NODES} nodes report to this coordinator: this one is left out`,
};
