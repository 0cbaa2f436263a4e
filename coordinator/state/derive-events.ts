import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { NodeId } from '../../shared/ids.js';
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
  const drafts = [
    ...(before.jobs === after.jobs ? [] : jobEvents(before, after)),
    ...(before.pending === after.pending ? [] : infeasibleEvents(before, after)),
    ...(before.unreachable === after.unreachable ? [] : reachabilityEvents(before, after)),
    ...(before.conditions === after.conditions ? [] : conditionEvents(before, after)),
    ...(before.preempted === after.preempted ? [] : preemptedEvents(after)),
    ...(before.nodes === after.nodes ? [] : freezeEvents(before, after, context)),
    ...(before.nodes === after.nodes ? [] : allNodeEvents(before, after, context)),
  ];
  if (drafts.length === 0) return NO_EVENTS;
  return drafts.map((draft) => ({
    ...withContainerName(draft, after, before),
    source: context.source,
    timeMs: context.wallMs,
  })) as readonly DqoesEvent[];
}

const NO_EVENTS: readonly DqoesEvent[] = [];

function allNodeEvents(
  before: ClusterState,
  after: ClusterState,
  { nowMs }: DeriveContext,
): EventDraft[] {
  const drafts: EventDraft[] = [];
  for (const node of after.nodes.values()) {
    if (before.nodes.get(node.id) === node || !isAdmitted(after, node)) continue;
    const old = admittedBefore(before, node.id);
    drafts.push(...nodeEvents(after, { old, node, nowMs }));
  }
  return drafts;
}

// A node that is approved joins then, however long it waited.
function admittedBefore(before: ClusterState, id: NodeId): NodeRecord | undefined {
  const old = before.nodes.get(id);
  return old !== undefined && isAdmitted(before, old) ? old : undefined;
}

// Losses change with liveness only.
function freezeEvents(
  before: ClusterState,
  after: ClusterState,
  { source }: DeriveContext,
): EventDraft[] {
  if (!hasNewLiveness(before, after)) return [];
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

function hasNewLiveness(before: ClusterState, after: ClusterState): boolean {
  for (const [id, { liveness }] of after.nodes)
    if (before.nodes.get(id)?.liveness !== liveness) return true;
  return false;
}
