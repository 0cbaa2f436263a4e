import type { NodeId } from '../../shared/ids.js';
import type { StateEvent } from './events.js';
import { NO_REFUSALS } from './host-refusals.js';
import type { ClusterState, NodeRecord } from './model.js';
import { NONE_REPLACED } from './outdated.js';
import { NO_START_FAILURES } from './start-failures.js';

/** The nodes with a change of one of them, known or not. */
export function withNode(
  nodes: ClusterState['nodes'],
  id: NodeId,
  change: Partial<NodeRecord>,
  atMs: number,
): ClusterState['nodes'] {
  const node: NodeRecord = { ...(nodes.get(id) ?? unheard(id, atMs)), ...change };
  return new Map(nodes).set(id, node);
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
  replaced: NONE_REPLACED,
  startFailures: NO_START_FAILURES,
});

/** A node as the store knew it before a restart. */
export function knownBefore(
  event: Extract<StateEvent, { kind: 'node-known' }>,
): Partial<NodeRecord> {
  const { registration, isApproved = true, capacity = null } = event;
  const { refusals = NO_REFUSALS, sealingKey = null, auditedAct = 0 } = event;
  return { registration, isApproved, capacity, refusals, sealingKey, auditedAct };
}

/** A node as another leader stored it; what its host said of itself is newer. */
export function storedElsewhere(
  known: NodeRecord | undefined,
  { lasting }: Extract<StateEvent, { kind: 'node-stored' }>,
): Partial<NodeRecord> {
  if (known === undefined) return lasting;
  // An approval without a key takes that of the next report, as one at this leader does.
  const { scheduling, isApproved, capacity, sealingKey } = lasting;
  const registration = known.registration ?? lasting.registration;
  const auditedAct = Math.max(known.auditedAct, lasting.auditedAct);
  return { scheduling, isApproved, capacity, registration, sealingKey, auditedAct };
}

/** A node that an operator approved. */
export function afterApproval({
  capacity,
  sealingKey,
}: Extract<StateEvent, { kind: 'node-approved' }>): Partial<NodeRecord> {
  const keyed = sealingKey === undefined ? {} : { sealingKey };
  return { isApproved: true, capacity, ...keyed };
}

/**
 * What was done on its host has lines in the audit, up to this act; undefined = that was known, or
 * the node is not.
 */
export const afterAudit = (
  known: NodeRecord | undefined,
  { number }: Extract<StateEvent, { kind: 'act-audited' }>,
): Partial<NodeRecord> | undefined =>
  known === undefined || known.auditedAct >= number ? undefined : { auditedAct: number };
