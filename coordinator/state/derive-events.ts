import type { DqoesEvent } from '../../proto/schemas/event.js';
import { isAdmitted } from './admission.js';
import { conditionEvents } from './conditions.js';
import { withContainerName } from './container-names.js';
import type { EventDraft } from './event-draft.js';
import { infeasibleEvents, jobEvents, preemptedEvents, reachabilityEvents } from './job-events.js';
import type { ClusterState, NodeRecord } from './model.js';
import { nodeEvents } from './node-events.js';
import { nodeLossesOf } from './node-losses.js';

/** When and where the events are derived. */
export interface DeriveContext {
  /** The coordinator's monotonic clock, ms. */
  readonly nowMs: number;
  /** Unix time for people, ms. */
  readonly wallMs: number;
  /** CloudEvents source. */
  readonly source: string;
}

/**
 * What happened between two states, as events. Pure. Ids are made of the job's revision, the
 * desired state's version or the report's sequence, so the same change has the same id whichever
 * coordinator derives it, and the stream drops repeats.
 */
export function deriveEvents(
  before: ClusterState,
  after: ClusterState,
  context: DeriveContext,
): readonly DqoesEvent[] {
  const changed = changedNodes(before, after);
  const drafts = [
    ...(before.jobs === after.jobs ? [] : jobEvents(before, after)),
    ...(before.pending === after.pending ? [] : infeasibleEvents(before, after)),
    ...(before.unreachable === after.unreachable ? [] : reachabilityEvents(before, after)),
    ...(before.conditions === after.conditions ? [] : conditionEvents(before, after)),
    ...(before.preempted === after.preempted ? [] : preemptedEvents(after)),
    ...(mayChangeLosses(before, after, changed) ? freezeEvents(before, after, context) : []),
    ...changed.flatMap(({ old, node }) =>
      isAdmitted(after, node)
        ? nodeEvents(after, { old: admitted(before, old), node, nowMs: context.nowMs })
        : [],
    ),
  ];
  if (drafts.length === 0) return NO_EVENTS;
  return drafts.map((draft) => ({
    ...withContainerName(draft, after, before),
    source: context.source,
    timeMs: context.wallMs,
  })) as readonly DqoesEvent[];
}

const NO_EVENTS: readonly DqoesEvent[] = [];

/** A node that is not the object it was. */
interface ChangedNode {
  readonly old: NodeRecord | undefined;
  readonly node: NodeRecord;
}

function changedNodes(before: ClusterState, after: ClusterState): readonly ChangedNode[] {
  const changed: ChangedNode[] = [];
  if (before.nodes === after.nodes) return changed;
  // Side by side, since nearly all stand where they stood: none of these has to be looked up.
  const others = before.nodes.values();
  for (const node of after.nodes.values()) {
    const beside = others.next().value;
    if (beside === node) continue;
    const old = beside?.id === node.id ? beside : before.nodes.get(node.id);
    if (old !== node) changed.push({ old, node });
  }
  return changed;
}

// A node that is approved joins then, however long it waited.
const admitted = (before: ClusterState, old: NodeRecord | undefined): NodeRecord | undefined =>
  old !== undefined && isAdmitted(before, old) ? old : undefined;

function freezeEvents(
  before: ClusterState,
  after: ClusterState,
  { source }: DeriveContext,
): EventDraft[] {
  const { isAlarming, silent, heard } = nodeLossesOf(after);
  if (isAlarming === nodeLossesOf(before).isAlarming) return [];
  const stamp = `${after.epoch}.${after.counts.reports}`;
  if (!isAlarming)
    return [
      { type: 'dqoes.coordinator.resumed', id: `resumed.${stamp}`, data: { coordinator: source } },
    ];
  return [
    {
      type: 'dqoes.coordinator.frozen',
      id: `frozen.${stamp}`,
      data: { coordinator: source, silent, heard },
    },
  ];
}

/**
 * Whether another node may be silent, or other jobs on one that is. Neither a report nor a limit on
 * a node that is heard is that, and those come all the time.
 */
const mayChangeLosses = (
  before: ClusterState,
  after: ClusterState,
  changed: readonly ChangedNode[],
): boolean =>
  before.jobs !== after.jobs ||
  before.nodes.size !== after.nodes.size ||
  changed.some(
    ({ old, node }) =>
      old?.liveness !== node.liveness ||
      (node.liveness !== 'ready' && old.desired !== node.desired),
  );
