import type { DqoesEvent } from '../../proto/schemas/event.js';
import { isAdmitted } from './admission.js';
import { conditionEvents } from './conditions.js';
import { withContainerName } from './container-names.js';
import type { EventDraft } from './event-draft.js';
import { infeasibleEvents, jobEvents, preemptedEvents, reachabilityEvents } from './job-events.js';
import type { ClusterState, NodeRecord } from './model.js';
import { nodeEvents, type ReplacementOf } from './node-events.js';
import { nodeLossesOf } from './node-losses.js';
import { type NodesOfEvents, nodesIn } from './nodes-of-events.js';
import { stallEvents } from './stalls.js';

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
    ...(before.pending === after.pending ? [] : infeasibleEvents(before, after, nodesIn(after))),
    ...(before.rollouts === after.rollouts ? [] : stallEvents(before, after, nodesIn(after))),
    ...policyEvents(before, after),
    ...(before.preempted === after.preempted ? [] : preemptedEvents(after, nodesIn(after))),
    ...(mayChangeLosses(before, after, changed) ? freezeBetween(before, after, context) : []),
    ...eventsOn(changed, { before, after, context }),
  ];
  return published(drafts, { before, after, context });
}

/**
 * Those of them that concern the nodes of a state, which need not be all of the cluster: where an
 * allocation moved to is then said by `replacementOf`.
 */
export function deriveNodeEvents(
  before: ClusterState,
  after: ClusterState,
  context: DeriveContext & { readonly replacementOf: ReplacementOf },
): readonly DqoesEvent[] {
  const { replacementOf } = context;
  const change = { before, after, context };
  const changed = changedNodes(before, after);
  const drafts = [...policyEvents(before, after), ...eventsOn(changed, change, replacementOf)];
  return published(drafts, change);
}

/** What the events of a cluster depend on beside its jobs and its plan. */
export interface ClusterContext extends DeriveContext {
  readonly nodes: NodesOfEvents;
  /** Whether too many nodes were silent in the first state. */
  readonly wasAlarming: boolean;
}

/** The others: those that concern jobs or all nodes. The states need not hold the nodes. */
export function deriveClusterEvents(
  before: ClusterState,
  after: ClusterState,
  context: ClusterContext,
): readonly DqoesEvent[] {
  const { nodes } = context;
  const drafts = [
    ...(before.jobs === after.jobs ? [] : jobEvents(before, after)),
    ...(before.pending === after.pending ? [] : infeasibleEvents(before, after, nodes)),
    ...(before.rollouts === after.rollouts ? [] : stallEvents(before, after, nodes)),
    ...(before.preempted === after.preempted ? [] : preemptedEvents(after, nodes)),
    ...freezeEvents(after, context),
  ];
  return published(drafts, { before, after, context });
}

/** Two states, and when and where the second one followed. */
interface StateChange {
  readonly before: ClusterState;
  readonly after: ClusterState;
  readonly context: DeriveContext;
}

/** What the policy says of nodes and of what is on them. */
const policyEvents = (before: ClusterState, after: ClusterState): readonly EventDraft[] => [
  ...(before.unreachable === after.unreachable ? [] : reachabilityEvents(before, after)),
  ...(before.conditions === after.conditions ? [] : conditionEvents(before, after)),
];

const eventsOn = (
  changed: readonly ChangedNode[],
  { before, after, context: { nowMs } }: StateChange,
  replacementOf?: ReplacementOf,
): readonly EventDraft[] =>
  changed.flatMap(({ old, node }) =>
    isAdmitted(after, node)
      ? nodeEvents(after, { old: admitted(before, old), node, nowMs, replacementOf })
      : [],
  );

function published(
  drafts: readonly EventDraft[],
  { before, after, context }: StateChange,
): readonly DqoesEvent[] {
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

const freezeBetween = (
  before: ClusterState,
  after: ClusterState,
  context: DeriveContext,
): EventDraft[] => {
  const wasAlarming = nodeLossesOf(before).isAlarming;
  return freezeEvents(after, { ...context, nodes: nodesIn(after), wasAlarming });
};

function freezeEvents(
  { epoch }: ClusterState,
  { source, nodes, wasAlarming }: ClusterContext,
): EventDraft[] {
  const { isAlarming, silent, heard } = nodes.losses();
  if (isAlarming === wasAlarming) return [];
  const stamp = `${epoch}.${nodes.reports}`;
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
