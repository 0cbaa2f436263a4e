import type { Ack, DesiredState } from '../../shared/command.js';
import type { NodeReport } from '../../shared/report.js';
import { assertNever } from '../../shared/result.js';
import { capacityOf, holdsNothing, isAdmitted, MAX_KNOWN_NODES } from './admission.js';
import { awaitedAfter } from './awaited-gpus.js';
import type { NodeEvent, StateEvent } from './events.js';
import {
  afterApproval,
  afterAudit,
  knownBefore,
  storedElsewhere,
  unheard,
  withNode,
} from './fold-node.js';
import { classesOf, registrationOf } from './heard.js';
import { refusalsAfter } from './host-refusals.js';
import { judgeLiveness, SURELY_READY_MS } from './liveness.js';
import type { ClusterState, NodeRecord } from './model.js';
import { replacedAfter, stillReplaced } from './outdated.js';
import { sentTimeOf } from './sent-time.js';
import { withPartsOfJobs } from './shared-parts.js';
import { failuresAfterAck, failuresAfterDesired, failuresAfterReport } from './start-failures.js';

/** Report interval assumed for nodes that never reported theirs, ms. */
const UNKNOWN_INTERVAL_MS = 5000;

/** Nodes, by id. */
export type Nodes = ClusterState['nodes'];
/** What becomes of a node depends on its own events, and on this. */
export type NodeFacts = Pick<ClusterState, 'jobs' | 'registration'>;

/**
 * nodes × event → nodes: of all nodes of a cluster, or of some. Pure and total. A node to which
 * nothing happens keeps its identity.
 */
export function reduceNodes(nodes: Nodes, event: NodeEvent, facts: NodeFacts): Nodes {
  switch (event.kind) {
    case 'reports':
      return foldReports(nodes, event.reports, facts);
    case 'twins':
      return foldTwins(nodes, event.twins);
    case 'acks':
      return foldAcks(nodes, event.acks, facts);
    case 'desired-stored':
      return foldDesired(nodes, event, facts);
    case 'node-known':
      return withNode(nodes, event.node, knownBefore(event), event.atMs);
    case 'node-stored':
      return withNode(nodes, event.node, storedElsewhere(nodes.get(event.node), event), event.atMs);
    case 'node-approved':
      return withNode(nodes, event.node, afterApproval(event), event.atMs);
    case 'node-removed': {
      const left = new Map(nodes);
      return left.delete(event.node) ? left : nodes;
    }
    case 'node-scheduling':
      return withNode(nodes, event.node, { scheduling: event.scheduling }, event.atMs);
    case 'act-audited': {
      const change = afterAudit(nodes.get(event.node), event);
      return change === undefined ? nodes : withNode(nodes, event.node, change, event.atMs);
    }
    case 'hearing':
      return foldHearing(nodes, event.atMs);
    case 'tick':
      return foldTick(nodes, event.atMs, facts);
    default:
      return assertNever(event);
  }
}

// A container reported before its allocation was desired is no evidence that the allocation runs: a
// job stopped and submitted again would count as running because of the container that is just
// being removed.
function foldDesired(
  nodes: Nodes,
  { states, atMs }: Extract<StateEvent, { kind: 'desired-stored' }>,
  facts: NodeFacts,
): Nodes {
  const next = new Map(nodes);
  for (const desired of states) {
    // Only a node that took part has a desired state.
    const node = next.get(desired.node) ?? { ...unheard(desired.node, atMs), isApproved: true };
    const [report, replaced] = [reportAfter(node, desired), replacedAfter(node, desired)];
    const startFailures = failuresAfterDesired(node.startFailures, desired);
    const after: NodeRecord = { ...node, desired, report, replaced, startFailures };
    // The agent may have answered while other nodes' states were still being written.
    const { ack } = node;
    const refusals = ack === null ? node.refusals : refusalsAfter(facts, after, ack);
    next.set(desired.node, { ...after, refusals });
  }
  return next;
}

function reportAfter(node: NodeRecord, desired: DesiredState): NodeReport | null {
  const before = new Set(node.desired?.allocations.map(({ id }) => id));
  const isNew = new Set(
    desired.allocations.flatMap(({ id, spec }) =>
      spec === undefined || before.has(id) ? [] : [id],
    ),
  );
  const { report } = node;
  if (report === null || isNew.size === 0 || node.desired === null) return report;
  const containers = report.containers.filter(
    ({ origin, allocation }) => origin === 'label' || !isNew.has(allocation),
  );
  return { ...report, containers };
}

// An ack makes no node known; only reports do, because the number of their nodes is bounded.
function foldAcks(nodes: Nodes, acks: readonly Ack[], facts: NodeFacts): Nodes {
  const next = new Map(nodes);
  for (const ack of acks) {
    const node = next.get(ack.node);
    if (node === undefined) continue;
    const refusals = refusalsAfter(facts, node, ack);
    next.set(ack.node, { ...node, ack, refusals, startFailures: failuresAfterAck(node, ack) });
  }
  return next;
}

function foldTwins(nodes: Nodes, twins: Extract<StateEvent, { kind: 'twins' }>['twins']): Nodes {
  const next = new Map(nodes);
  for (const { node: id, bootId, atMs } of twins) {
    const node = next.get(id);
    if (node !== undefined) next.set(id, { ...node, twin: { bootId, atMs } });
  }
  return next;
}

// One copy of the map of nodes for all reports: with a thousand nodes, one copy for each would be
// most of the work.
function foldReports(
  nodes: Nodes,
  heard: Extract<StateEvent, { kind: 'reports' }>['reports'],
  facts: NodeFacts,
): Nodes {
  const next = new Map(nodes);
  for (const { report: newest, atMs } of heard) {
    const before = next.get(newest.node) ?? unheard(newest.node, atMs);
    const report = withPartsOfJobs(newest, before, facts.jobs);
    const { isApproved, capacity, sealingKey } = admissionOf(facts, before, report);
    const { bootId, sentAtMs } = report;
    // Field by field: this is done for every report.
    next.set(report.node, {
      id: before.id,
      scheduling: before.scheduling,
      isApproved,
      capacity,
      sealingKey,
      auditedAct: before.auditedAct,
      registration: registrationOf(report, before.registration),
      report,
      heardAtMs: atMs,
      sent: sentTimeOf(before.sent, { bootId, sentAtMs, receivedAtMs: atMs }),
      liveness: 'ready',
      desired: before.desired,
      ack: before.ack,
      twin: before.twin,
      refusals: before.refusals,
      classes: classesOf(facts, report, before.classes),
      awaitedGpus: awaitedAfter(before, report, atMs),
      replaced: stillReplaced(before, report),
      startFailures: failuresAfterReport(before, report),
    });
  }
  return next;
}

// Where every node takes part, all that report are approved, in case that is changed later. The
// first key of a node stays its key: a report with another one gets no secrets.
function admissionOf(
  { registration }: NodeFacts,
  { isApproved, capacity, sealingKey }: NodeRecord,
  report: NodeReport,
): Pick<NodeRecord, 'isApproved' | 'capacity' | 'sealingKey'> {
  const first = sealingKey ?? report.sealingKey ?? null;
  if (registration === 'open') return { isApproved: true, capacity, sealingKey: first };
  if (!isApproved) return { isApproved, capacity: null, sealingKey };
  return { isApproved, capacity: capacity ?? capacityOf(report.host), sealingKey: first };
}

/** Nodes that are known from before are silent from now on, and not since they were read. */
function foldHearing(nodes: Nodes, atMs: number): Nodes {
  const silent = [...nodes.values()].filter(({ report }) => report === null);
  if (silent.length === 0) return nodes;
  const next = new Map(nodes);
  for (const node of silent) next.set(node.id, { ...node, heardAtMs: atMs });
  return next;
}

// Nearly all, in every pass.
const isSurelyReady = ({ liveness, report }: NodeRecord, ageMs: number): boolean =>
  liveness === 'ready' && report !== null && ageMs <= SURELY_READY_MS;

function foldTick(nodes: Nodes, atMs: number, facts: NodeFacts): Nodes {
  const changed: NodeRecord[] = [];
  for (const node of nodes.values()) {
    const ageMs = atMs - node.heardAtMs;
    if (isSurelyReady(node, ageMs)) continue;
    const liveness = judgeLiveness({
      ageMs,
      intervalMs: node.registration?.intervalMs ?? UNKNOWN_INTERVAL_MS,
      hasReported: node.report !== null,
    });
    if (liveness !== node.liveness) changed.push({ ...node, liveness });
  }
  const areTooMany = facts.registration === 'open' && nodes.size > MAX_KNOWN_NODES;
  if (changed.length === 0 && !areTooMany) return nodes;
  const next = new Map(nodes);
  // A name that waits to be approved is kept only while it reports: anybody may invent one.
  for (const node of changed)
    if (node.liveness === 'down' && !isAdmitted(facts, node)) next.delete(node.id);
    else next.set(node.id, node);
  if (areTooMany) for (const node of next.values()) if (holdsNothing(node)) next.delete(node.id);
  return next;
}
