import type { AllocationStatus, NodeStatus } from '../../proto/schemas/status.js';
import type { AllocationFigures, NodeView, NodeViewChange } from '../../proto/schemas/view.js';
import { sameLimit } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import { classify } from '../../shared/qoe.js';
import type { ContainerReport, Seeing } from '../../shared/report.js';
import { deepEqual } from '../state/deep-equal.js';
import { latencyNow } from '../state/targets.js';

/** What was published of a node last; the allocations as they were then, in id order. */
export interface PublishedNode {
  readonly sequence: number;
  readonly atMs: number;
  readonly status: NodeStatus | null;
  readonly allocations: ReadonlyMap<AllocationId, AllocationStatus>;
}

/** A node as it is now. */
export interface CurrentNode {
  readonly status: NodeStatus | null;
  readonly allocations: readonly AllocationStatus[];
  /** Only figures differ from what was published: nothing else need be compared. */
  readonly hasSameFacts?: true;
}

type Difference = Pick<
  NodeViewChange,
  'sequence' | 'atMs' | 'full' | 'status' | 'figures' | 'facts' | 'gone'
>;

/** When it is published (Unix time, ms), and the sequence after which a new node begins. */
export interface Publishing {
  readonly atMs: number;
  readonly floor: number;
}

/** What to publish of a node, and what is then published of it. */
export function changesOf(
  before: PublishedNode | undefined,
  { status, allocations, hasSameFacts: same }: CurrentNode,
  { atMs, floor }: Publishing,
): { readonly change: Difference; readonly published: PublishedNode } {
  const sequence = (before?.sequence ?? floor) + 1;
  const known = new Map<AllocationId, AllocationStatus>();
  const facts: AllocationStatus[] = [];
  const figures: AllocationFigures[] = [];
  for (const each of allocations) {
    const last = before?.allocations.get(each.id);
    known.set(each.id, each);
    if (last === undefined || !(same ?? hasSameFacts(last, each))) facts.push(each);
    else if (each.container !== last.container) figures.push(figuresOf(each));
  }
  const gone = [...(before?.allocations.keys() ?? [])].filter((id) => !known.has(id));
  const full = before === undefined;
  return {
    change: { sequence, atMs, full, status, figures, facts, gone },
    published: { sequence, atMs, status, allocations: known },
  };
}

/** A newer report of a node, of which nothing else has changed. */
export interface NewerReport {
  readonly containers: ReadonlyMap<AllocationId, ContainerReport>;
  readonly ageMs: number;
  /** The newest plan says that its target is out of reach. */
  readonly isUnreachable: (id: AllocationId) => boolean;
  readonly seeing: (container: ContainerReport) => Seeing;
}

/**
 * The allocations with the figures of a newer report; undefined = more than figures changed. A
 * fraction of what it costs to make them from the state.
 */
export function withNewFigures(
  { allocations }: PublishedNode,
  { containers, ageMs, isUnreachable, seeing }: NewerReport,
): readonly AllocationStatus[] | undefined {
  const next: AllocationStatus[] = [];
  let reported = 0;
  for (const last of allocations.values()) {
    if (last.unreachable !== undefined || isUnreachable(last.id)) return undefined;
    const container = containers.get(last.id);
    if (container === undefined || last.container === null) {
      if (container !== undefined || last.container !== null) return undefined;
      next.push(last);
      continue;
    }
    reported += 1;
    if (!hasSameContainerFacts(last.container, container)) return undefined;
    const { target } = last;
    const latencyMs = latencyNow(target, container, seeing);
    const qoeClass = target === null || latencyMs === null ? null : classify(target, latencyMs);
    next.push({ ...last, container, latencyMs, qoeClass, ageMs });
  }
  return reported === containers.size ? next : undefined;
}

/** The same in the form of an answer. */
export const viewOf = (
  node: NodeView['node'],
  { sequence, atMs, status, allocations }: PublishedNode,
): NodeView => ({ node, sequence, atMs, status, allocations: [...allocations.values()] });

const figuresOf = ({
  id,
  latencyMs,
  qoeClass,
  container,
}: AllocationStatus): AllocationFigures => ({
  id,
  latencyMs,
  qoeClass,
  cpu: container?.cpu ?? null,
  memory: container?.memory ?? null,
  latency: container?.latency ?? null,
});

type Key = keyof AllocationStatus;
/** What figures say is not compared. */
const FACTS: readonly Key[] = [
  'job',
  'node',
  'reason',
  'desired',
  'target',
  'unreachable',
  'replaces',
  'isStopping',
  'isOutdated',
];
function hasSameFacts(a: AllocationStatus, b: AllocationStatus): boolean {
  if (!FACTS.every((key) => isSame(a[key], b[key]))) return false;
  const [left, right] = [a.container, b.container];
  if (left === right) return true;
  return left !== null && right !== null && hasSameContainerFacts(left, right);
}

// Field by field: this runs for each allocation of each view.
function hasSameContainerFacts(a: ContainerReport, b: ContainerReport): boolean {
  return (
    a.state === b.state &&
    a.reason === b.reason &&
    a.control === b.control &&
    a.lifeId === b.lifeId &&
    a.containerId === b.containerId &&
    a.weight === b.weight &&
    a.job === b.job &&
    a.origin === b.origin &&
    a.name === b.name &&
    a.image === b.image &&
    sameLimit(a.applied, b.applied) &&
    sameLimit(a.observed, b.observed) &&
    isSame(a.target, b.target) &&
    isSame(a.cpuBounds, b.cpuBounds) &&
    isSame(a.ports, b.ports) &&
    isSame(a.gpuUse, b.gpuUse) &&
    isSame(a.drift, b.drift)
  );
}

/** As `deepEqual`, without its lists of entries where the keys come in the same order. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  let fields = 0;
  for (const key in left) {
    if (left[key] !== right[key]) return deepEqual(a, b);
    fields += 1;
  }
  for (const _ in right) fields -= 1;
  return fields === 0 || deepEqual(a, b);
}
