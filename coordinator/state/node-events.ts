import { type DesiredAllocation, sameLimit } from '../../shared/command.js';
import { hash64Of } from '../../shared/hash.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { specHashOf } from '../../shared/spec-hash.js';
import { containerEvents } from './container-events.js';
import type { EventDraft } from './event-draft.js';
import { isSameReason, kindOfFailure, reasonForEvent } from './event-reasons.js';
import { isSameRefusal } from './host-refusals.js';
import type { ClusterState, NodeRecord, Twin } from './model.js';
import { holdsMovable } from './node-losses.js';
import { failedReplacements, isKnownFailure } from './start-failures.js';

/** One node in two states; `old` undefined = it was not known before. */
export interface NodeChange {
  readonly old: NodeRecord | undefined;
  readonly node: NodeRecord;
  /** The coordinator's monotonic clock, ms. */
  readonly nowMs: number;
  /** What took the place of an allocation that moved. Absent = it is looked for in the state. */
  readonly replacementOf?: ReplacementOf | undefined;
}

/** The allocation that took the place of another one; undefined = none did. */
export type ReplacementOf = (replaced: AllocationId) => Replacement | undefined;

/** Where it is. */
export interface Replacement {
  readonly allocation: AllocationId;
  readonly job: JobName;
  readonly node: NodeId;
}

/**
 * What happened on one node: its liveness, what is desired there, what its newest report shows.
 * `state` is that after the change.
 */
export function nodeEvents(state: ClusterState, change: NodeChange): EventDraft[] {
  const { old, node } = change;
  if (old !== undefined && saysNoMoreThanReport(old, node))
    return old.report === node.report ? [] : containerEvents(state, old, node);
  return [
    ...(old?.liveness === node.liveness && old.report !== null
      ? []
      : livenessEvents(state, change)),
    ...(old?.desired === node.desired
      ? []
      : [...desiredEvents(old, node), ...departureEvents(state, change)]),
    ...(old === undefined || old.scheduling === node.scheduling ? [] : emptyEvents(state, node)),
    ...(node.twin === null || old?.twin === node.twin ? [] : twinEvents(old, node, node.twin)),
    ...(old === undefined || old.refusals === node.refusals ? [] : refusedEvents(old, node)),
    ...(old === undefined || old.ack === node.ack ? [] : notReplacedEvents(old, node)),
    ...(old?.report === node.report || old === undefined || old.report === null
      ? []
      : containerEvents(state, old, node)),
  ];
}

// Nearly always only a report is new, if anything.
const saysNoMoreThanReport = (old: NodeRecord, node: NodeRecord): boolean =>
  old.report !== null &&
  old.liveness === node.liveness &&
  old.desired === node.desired &&
  old.scheduling === node.scheduling &&
  old.twin === node.twin &&
  old.ack === node.ack &&
  old.refusals === node.refusals;

/** Without any second agent for so long, the next one is news, ms. */
const TWIN_QUIET_MS = 600_000;

// A service manager starts such an agent again and again.
function twinEvents(old: NodeRecord | undefined, { id, report }: NodeRecord, twin: Twin) {
  const last = old?.twin ?? null;
  if (last !== null && twin.atMs - last.atMs < TWIN_QUIET_MS) return [];
  const data = { node: id, bootId: report?.bootId ?? '', twinBootId: twin.bootId };
  const event: EventDraft = { type: 'dqoes.node.twin', id: `node-twin.${id}.${twin.bootId}`, data };
  return [event];
}

// One event for a job, however many replicas of it were refused.
function refusedEvents(old: NodeRecord, { id, refusals, desired }: NodeRecord): EventDraft[] {
  return [...refusals].flatMap(([job, refusal]): EventDraft[] => {
    const { specHash, reason } = refusal;
    const allocation = desired?.allocations.find((each) => each.job === job)?.id;
    if (allocation === undefined || isSameRefusal(old.refusals.get(job), refusal)) return [];
    const fact = `${job}.${id}.${specHash}.${hash64Of(reason)}`;
    const data = { job, allocation, node: id, specHash, reason };
    return [{ type: 'dqoes.job.refused', id: `job-refused.${fact}`, data }];
  });
}

// That a container cannot take the place of the one that runs is in no report. An answer that said
// nothing of it is no news.
function notReplacedEvents(old: NodeRecord, { id: node, ack, desired }: NodeRecord): EventDraft[] {
  if (ack === null) return [];
  return failedReplacements(ack).flatMap(({ id, reason }): EventDraft[] => {
    const before = old.ack?.allocations.find((one) => one.id === id);
    const want = desired?.allocations.find((one) => one.id === id);
    if (before === undefined || want?.spec === undefined) return [];
    if (isSameReason(before.reason, reason) || isKnownFailure(old.startFailures, id, reason))
      return [];
    const fact = `${id}.${node}.${specHashOf(want.spec)}.${hash64Of(kindOfFailure(reason))}`;
    const data = { job: want.job, allocation: id, node, reason: reasonForEvent(reason) };
    return [{ type: 'dqoes.job.start-failed', id: `start-failed.${fact}`, data }];
  });
}

function livenessEvents(state: ClusterState, change: NodeChange): EventDraft[] {
  const { old, node, nowMs } = change;
  const { report, id } = node;
  if (report === null) return unheardEvents(state, change);
  const stamp = `${id}.${report.bootId}.${report.sequence}`;
  if (node.liveness === 'ready') {
    const isBefore = old !== undefined && old.registration !== null && old.report === null;
    const isKnown = isBefore && old.liveness !== 'down';
    if (isKnown || (old?.report !== null && old?.liveness === 'ready')) return [];
    const { capacityCpuCores, capacityMemoryBytes } = report.host;
    const { agentVersion } = report;
    const data = {
      node: id,
      cpuCores: capacityCpuCores,
      memoryBytes: capacityMemoryBytes,
      agentVersion,
    };
    return [{ type: 'dqoes.node.joined', id: `node-joined.${stamp}`, data }];
  }
  if (old?.liveness === node.liveness) return [];
  const data = { node: id, silentMs: Math.max(0, nowMs - node.heardAtMs) };
  if (node.liveness === 'suspect')
    return [{ type: 'dqoes.node.suspect', id: `node-suspect.${stamp}`, data }];
  return [
    { type: 'dqoes.node.down', id: `node-down.${stamp}`, data },
    ...lostAllocationEvents(node, stamp),
  ];
}

// It was known before this coordinator led, and may have been down then: news is only that its jobs
// are started elsewhere now.
function unheardEvents(state: ClusterState, { old, node, nowMs }: NodeChange): EventDraft[] {
  const isDownNow = node.liveness === 'down' && old?.liveness !== 'down';
  if (!isDownNow || !holdsMovable(state, node)) return [];
  const { id, heardAtMs } = node;
  const stamp = `${id}.${state.epoch}.unheard`;
  const data = { node: id, silentMs: Math.max(0, nowMs - heardAtMs) };
  return [
    { type: 'dqoes.node.down', id: `node-down.${stamp}`, data },
    ...lostAllocationEvents(node, stamp),
  ];
}

// The jobs of a node that is down: its containers may still run, but nobody knows.
const lostAllocationEvents = (node: NodeRecord, stamp: string): EventDraft[] =>
  (node.desired?.allocations ?? []).flatMap(({ id, job, spec }): EventDraft[] => {
    if (spec === undefined) return [];
    const data = { job, allocation: id, node: node.id, reason: 'its node stopped reporting' };
    return [{ type: 'dqoes.job.lost', id: `job-lost.${id}.${stamp}`, data }];
  });

function desiredEvents(old: NodeRecord | undefined, node: NodeRecord): EventDraft[] {
  const { desired } = node;
  if (desired === null) return [];
  const before = new Map<AllocationId, DesiredAllocation>(
    old?.desired?.allocations.map((each) => [each.id, each]),
  );
  const stamp = `${node.id}.${desired.epoch}.${desired.revision}`;
  return desired.allocations.flatMap((allocation) => [
    ...placedEvents(before, { allocation, node, stamp }),
    ...limitEvents(before, { allocation, node, stamp }),
  ]);
}

interface DesiredChange {
  readonly allocation: DesiredAllocation;
  readonly node: NodeRecord;
  readonly stamp: string;
}

function placedEvents(
  before: ReadonlyMap<AllocationId, DesiredAllocation>,
  { allocation: { id, job, spec, reason }, node, stamp }: DesiredChange,
): EventDraft[] {
  if (before.has(id) || spec === undefined) return [];
  const data = { job, allocation: id, node: node.id, reason };
  return [{ type: 'dqoes.job.placed', id: `job-placed.${id}.${stamp}`, data }];
}

function limitEvents(
  before: ReadonlyMap<AllocationId, DesiredAllocation>,
  { allocation: { id, job, limit, reason }, node, stamp }: DesiredChange,
): EventDraft[] {
  const from = before.get(id)?.limit ?? null;
  if (from !== null && sameLimit(from, limit)) return [];
  const data = { job, allocation: id, node: node.id, from, to: limit, reason };
  return [{ type: 'dqoes.allocation.limit-changed', id: `limit-changed.${id}.${stamp}`, data }];
}

// An allocation that left a node was moved where another one took its place. A draining node is
// drained once no allocation of ours is left on it.
function departureEvents(
  state: ClusterState,
  { old, node, replacementOf = replacementIn(state) }: NodeChange,
): EventDraft[] {
  const { desired } = node;
  if (desired === null || old?.desired == null) return [];
  const stays = new Set(desired.allocations.map(({ id }) => id));
  const left = old.desired.allocations.filter(
    ({ id, spec }) => spec !== undefined && !stays.has(id),
  );
  if (left.length === 0) return [];
  const stamp = `${node.id}.${desired.epoch}.${desired.revision}`;
  const moved = left.flatMap(({ id }): EventDraft[] => {
    const to = replacementOf(id);
    // Who takes its place where it was moved nothing, nor did a job that was stopped meanwhile.
    if (to === undefined || to.node === node.id || !state.jobs.has(to.job)) return [];
    const { allocation, job } = to;
    const data = {
      job,
      allocation,
      from: node.id,
      to: to.node,
      reason: `its replacement answers on ${to.node}`,
    };
    return [{ type: 'dqoes.job.moved', id: `job-moved.${allocation}.${stamp}`, data }];
  });
  if (!isDrained(node)) return moved;
  const reason = 'no allocation of dqoes is left on it';
  return [
    ...moved,
    { type: 'dqoes.node.drained', id: `node-drained.${stamp}`, data: { node: node.id, reason } },
  ];
}

const isDrained = ({ scheduling, desired }: NodeRecord): boolean =>
  scheduling === 'draining' && (desired?.allocations ?? []).every(({ spec }) => spec === undefined);

// It was empty already when it was asked to drain: nothing will leave it.
function emptyEvents({ epoch, counts }: ClusterState, node: NodeRecord): EventDraft[] {
  if (!isDrained(node)) return [];
  const data = { node: node.id, reason: 'no allocation of dqoes is on it' };
  const id = `node-drained.${node.id}.${epoch}.at-${counts.reports}`;
  return [{ type: 'dqoes.node.drained', id, data }];
}

const replacementIn =
  ({ nodes }: ClusterState): ReplacementOf =>
  (replaced) => {
    for (const { id: node, desired } of nodes.values())
      for (const { id, job, replaces } of desired?.allocations ?? [])
        if (replaces === replaced) return { allocation: id, job, node };
    return undefined;
  };
