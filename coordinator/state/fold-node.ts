import type { NodeId } from '../../shared/ids.js';
import type { StateEvent } from './events.js';
import { NO_REFUSALS } from './host-refusals.js';
import type { ClusterState, NodeRecord } from './model.js';

/** The state with a change of one node, known or not. */
export function withNode(
  state: ClusterState,
  id: NodeId,
  change: Partial<NodeRecord>,
  atMs: number,
): ClusterState {
  const node: NodeRecord = { ...(state.nodes.get(id) ?? unheard(id, atMs)), ...change };
  return { ...state, nodes: new Map(state.nodes).set(id, node) };
}

/** A node of which nothing is known but its name. */
export const unheard = (id: NodeId, atMs: number): NodeRecord => ({
  id,
  scheduling: 'open',
  isApproved: false,
  capacity: null,
  sealingKey: null,
  auditedAct: 0,
  registration: null,
  report: null,
  heardAtMs: atMs,
  sent: null,
  liveness: 'suspect',
  desired: null,
  ack: null,
  twin: null,
  refusals: NO_REFUSALS,
  classes: new Map(),
  awaitedGpus: null,
});

/** A node as the store knew it before a restart. */
export function foldKnownNode(
  state: ClusterState,
  event: Extract<StateEvent, { kind: 'node-known' }>,
): ClusterState {
  const { node, registration, isApproved = true, capacity = null } = event;
  const { refusals = NO_REFUSALS, sealingKey = null, auditedAct = 0 } = event;
  const known = { registration, isApproved, capacity, refusals, sealingKey, auditedAct };
  return withNode(state, node, known, event.atMs);
}

/** A node as another leader stored it; what its host said of itself is newer. */
export function foldStoredNode(
  state: ClusterState,
  { node, lasting, atMs }: Extract<StateEvent, { kind: 'node-stored' }>,
): ClusterState {
  const known = state.nodes.get(node);
  if (known === undefined) return withNode(state, node, lasting, atMs);
  // An approval without a key takes that of the next report, as one at this leader does.
  const { scheduling, isApproved, capacity, sealingKey } = lasting;
  const registration = known.registration ?? lasting.registration;
  const auditedAct = Math.max(known.auditedAct, lasting.auditedAct);
  const change = { scheduling, isApproved, capacity, registration, sealingKey, auditedAct };
  return withNode(state, node, change, atMs);
}

/** A node that an operator approved. */
export function foldApproval(
  state: ClusterState,
  { node, capacity, sealingKey, atMs }: Extract<StateEvent, { kind: 'node-approved' }>,
): ClusterState {
  const keyed = sealingKey === undefined ? {} : { sealingKey };
  return withNode(state, node, { isApproved: true, capacity, ...keyed }, atMs);
}

/** What was done on its host has lines in the audit, up to this act. */
export function foldAuditedAct(
  state: ClusterState,
  { node, number, atMs }: Extract<StateEvent, { kind: 'act-audited' }>,
): ClusterState {
  const known = state.nodes.get(node);
  if (known === undefined || known.auditedAct >= number) return state;
  return withNode(state, node, { auditedAct: number }, atMs);
}
