import { desiredLine, lineText, reportLine } from '../../lab/recording/lines.js';
import type { DesiredLine, RecordedDesired, RecordingLine } from '../../lab/recording/types.js';
import type { BusMessage } from '../../proto/bus.js';
import { decodeCommand } from '../../proto/command.js';
import type { JobStatus } from '../../proto/schemas/status.js';
import type { Subjects } from '../../proto/subjects.js';
import { decodeReport } from '../../proto/telemetry-reader.js';
import type { NodeId } from '../../shared/ids.js';
import { readEvent } from '../events/event.js';
import { EventIds } from '../events/live-events.js';

/** Desired states and reports contain the same already. */
const LEFT_OUT: readonly string[] = ['dqoes.allocation.limit-changed', 'dqoes.job.class-changed'];

/** How many messages were recorded so far, by kind. */
export interface RecordCounts {
  readonly reports: number;
  readonly desired: number;
  readonly events: number;
  /** Messages that could not be read, or whose node is not that of their subject. */
  readonly rejected: number;
  readonly nodes: number;
}

/** Where the lines go, and the clock they are stamped with. */
export interface LineSinkOptions {
  readonly subjects: Subjects;
  /** Time since the start of the recording, ms; never decreases. */
  readonly nowMs: () => number;
  readonly write: (line: string) => void;
}

/**
 * Turns messages from NATS into lines of a recording. Keeps one version per node and nothing else.
 */
export class LineSink {
  #reports = 0;
  #desired = 0;
  #events = 0;
  #rejected = 0;
  readonly #versions = new Map<NodeId, string>();
  readonly #nodes = new Set<NodeId>();
  readonly #known = new EventIds();
  #policy: string | null = null;

  readonly #options: LineSinkOptions;

  constructor(options: LineSinkOptions) {
    this.#options = options;
  }

  get counts(): RecordCounts {
    const reports = this.#reports;
    const desired = this.#desired;
    const events = this.#events;
    const rejected = this.#rejected;
    const nodes = this.#nodes;
    return { reports, desired, events, rejected, nodes: nodes.size };
  }

  /** Records a telemetry message. */
  report({ subject, data }: BusMessage): void {
    const decoded = decodeReport(data);
    if (!decoded.ok || decoded.value.node !== this.#options.subjects.nodeOf(subject)) {
      this.#rejected += 1;
      return;
    }
    this.#reports += 1;
    this.#nodes.add(decoded.value.node);
    this.#write(reportLine(this.#options.nowMs(), decoded.value));
  }

  /** Records a desired state. One that is sent again is written once. */
  command({ subject, data }: BusMessage): void {
    const decoded = decodeCommand(data);
    if (!decoded.ok || decoded.value.node !== this.#options.subjects.nodeOf(subject)) {
      this.#rejected += 1;
      return;
    }
    const { node, incarnation, epoch, revision } = decoded.value;
    const version = `${incarnation} ${epoch} ${revision}`;
    if (this.#versions.get(node) === version) return;
    this.#versions.set(node, version);
    this.#desired += 1;
    this.#write(desiredLine(this.#options.nowMs(), decoded.value));
  }

  /** Records an event once, unless reports and desired states tell it already. */
  event({ data }: BusMessage): void {
    const event = readEvent(data);
    if (event === undefined || LEFT_OUT.includes(event.type)) return;
    if (!this.#known.isNew(event)) return;
    this.#events += 1;
    const { type, subject } = event;
    this.#write({
      kind: 'event',
      atMs: this.#options.nowMs(),
      type: type.slice(0, 128),
      about: subject.slice(0, 128),
    });
  }

  /** Notes the policy in force, and records it when it changes. */
  policyIs(policy: string): void {
    if (this.#policy !== null && this.#policy !== policy)
      this.#write({ kind: 'policy', atMs: this.#options.nowMs(), policy });
    this.#policy = policy;
  }

  /**
   * Records what is desired at the start, on nodes without a command so far. Revision 0 says that
   * the decision behind it is not known.
   */
  baseline(jobs: readonly JobStatus[]): void {
    const byNode = new Map<NodeId, RecordedDesired[]>();
    for (const { spec, origin, allocations } of jobs) {
      for (const { id, job, node, desired, reason } of allocations) {
        if (node === null || desired === null || this.#versions.has(node)) continue;
        const { target, weight, replicas, resources } = spec;
        const own = origin === 'dqoes' ? { target, weight, replicas, cpu: resources.cpu } : null;
        byNode.set(node, [
          ...(byNode.get(node) ?? []),
          { id, job, spec: own, limit: desired, reason },
        ]);
      }
    }
    for (const [node, allocations] of byNode)
      this.#write(baselineOf(node, allocations, this.#options.nowMs()));
  }

  #write(line: RecordingLine): void {
    this.#options.write(lineText(line));
  }
}

const baselineOf = (
  node: NodeId,
  allocations: readonly RecordedDesired[],
  atMs: number,
): DesiredLine => ({
  kind: 'desired',
  atMs,
  node,
  epoch: 0,
  revision: 0,
  allocations: [...allocations].sort((a, b) => (a.id < b.id ? -1 : 1)),
});
