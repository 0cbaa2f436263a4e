import { desiredLine, lineText, reportLine } from '../../lab/recording/lines.js';
import type { DesiredLine, RecordedDesired, RecordingLine } from '../../lab/recording/types.js';
import type { BusMessage } from '../../proto/bus.js';
import { decodeCommand } from '../../proto/command.js';
import type { JobStatus } from '../../proto/schemas/status.js';
import type { Subjects } from '../../proto/subjects.js';
import { decodeReport } from '../../proto/telemetry.js';
import type { NodeId } from '../../shared/ids.js';
import { readEvent } from '../events/event.js';

/** Told by desired states and reports already. */
const LEFT_OUT: readonly string[] = ['dqoes.allocation.limit-changed', 'dqoes.job.class-changed'];

export interface RecordCounts {
  readonly reports: number;
  readonly desired: number;
  readonly events: number;
  /** Messages that could not be read, or told of another node than their subject. */
  readonly rejected: number;
  readonly nodes: number;
}

export interface LineSinkOptions {
  readonly subjects: Subjects;
  /** ms from the start of the recording; does not fall. */
  readonly nowMs: () => number;
  readonly write: (line: string) => void;
}

/** Turns what comes off the wire into lines. Holds one version per node, nothing else. */
export class LineSink {
  private reports = 0;
  private desired = 0;
  private events = 0;
  private rejected = 0;
  private readonly versions = new Map<NodeId, string>();
  private readonly nodes = new Set<NodeId>();
  private policy: string | null = null;

  constructor(private readonly options: LineSinkOptions) {}

  get counts(): RecordCounts {
    const { reports, desired, events, rejected, nodes } = this;
    return { reports, desired, events, rejected, nodes: nodes.size };
  }

  report({ subject, data }: BusMessage): void {
    const decoded = decodeReport(data);
    if (!decoded.ok || decoded.value.node !== this.options.subjects.nodeOf(subject)) {
      this.rejected += 1;
      return;
    }
    this.reports += 1;
    this.nodes.add(decoded.value.node);
    this.write(reportLine(this.options.nowMs(), decoded.value));
  }

  /** A desired state that is told again is written once. */
  command({ subject, data }: BusMessage): void {
    const decoded = decodeCommand(data);
    if (!decoded.ok || decoded.value.node !== this.options.subjects.nodeOf(subject)) {
      this.rejected += 1;
      return;
    }
    const { node, incarnation, epoch, revision } = decoded.value;
    const version = `${incarnation} ${epoch} ${revision}`;
    if (this.versions.get(node) === version) return;
    this.versions.set(node, version);
    this.desired += 1;
    this.write(desiredLine(this.options.nowMs(), decoded.value));
  }

  event({ data }: BusMessage): void {
    const event = readEvent(data);
    if (event === undefined || LEFT_OUT.includes(event.type)) return;
    this.events += 1;
    const { type, subject } = event;
    this.write({
      kind: 'event',
      atMs: this.options.nowMs(),
      type: type.slice(0, 128),
      about: subject.slice(0, 128),
    });
  }

  /** The policy in force; a line where it is another one than before. */
  policyIs(policy: string): void {
    if (this.policy !== null && this.policy !== policy)
      this.write({ kind: 'policy', atMs: this.options.nowMs(), policy });
    this.policy = policy;
  }

  /**
   * What is desired at the start, of nodes that no command told of yet: revision 0, for no decision
   * is known behind it.
   */
  baseline(jobs: readonly JobStatus[]): void {
    const byNode = new Map<NodeId, RecordedDesired[]>();
    for (const { spec, origin, allocations } of jobs) {
      for (const { id, job, node, desired, reason } of allocations) {
        if (node === null || desired === null || this.versions.has(node)) continue;
        const { target, weight, replicas, resources } = spec;
        const own = origin === 'dqoes' ? { target, weight, replicas, cpu: resources.cpu } : null;
        byNode.set(node, [
          ...(byNode.get(node) ?? []),
          { id, job, spec: own, limit: desired, reason },
        ]);
      }
    }
    for (const [node, allocations] of byNode)
      this.write(baselineOf(node, allocations, this.options.nowMs()));
  }

  private write(line: RecordingLine): void {
    this.options.write(lineText(line));
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
