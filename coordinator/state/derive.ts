import type { DqoesEvent } from '../../proto/schemas/event.js';
import { type DesiredAllocation, sameLimit } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import type { ContainerReport } from '../../shared/report.js';
import { conditionHappenings } from './conditions.js';
import { withName } from './container-names.js';
import { cutOffHappening, gpuHappenings } from './gpu-events.js';
import type { AnyHappening } from './happening.js';
import {
  jobHappenings,
  pendingHappenings,
  preemptedHappenings,
  reachHappenings,
} from './job-events.js';
import { lossesOf } from './lost.js';
import type { ClusterState, NodeRecord } from './model.js';
import { containersOf, latencyOf, targetOf } from './targets.js';

export interface DeriveContext {
  /** The coordinator's monotonic clock, ms. */
  readonly nowMs: number;
  /** Unix time for people, ms. */
  readonly wallMs: number;
  /** CloudEvents source. */
  readonly source: string;
}
/**
 * What happened between two states, as events. Pure; ids are made of the job's revision, the
 * desired state's version or the report's sequence, so that the same happening has the same id
 * whoever derives it and the stream drops repeats.
 */
export function deriveEvents(
  before: ClusterState,
  after: ClusterState,
  context: DeriveContext,
): readonly DqoesEvent[] {
  const happenings = [
    ...(before.jobs === after.jobs ? [] : jobHappenings(before, after)),
    ...(before.pending === after.pending ? [] : pendingHappenings(before, after)),
    ...(before.unreachable === after.unreachable ? [] : reachHappenings(before, after)),
    ...(before.conditions === after.conditions ? [] : conditionHappenings(before, after)),
    ...(before.preempted === after.preempted ? [] : preemptedHappenings(after)),
    ...(before.nodes === after.nodes ? [] : freezeHappenings(before, after, context)),
    ...[...after.nodes.values()].flatMap((node) => {
      const old = before.nodes.get(node.id);
      return old === node ? [] : nodeHappenings(after, { old, node, nowMs: context.nowMs });
    }),
  ];
  return happenings.map((happening) => ({
    ...withName(happening, after, before),
    source: context.source,
    timeMs: context.wallMs,
  })) as readonly DqoesEvent[];
}

function freezeHappenings(
  before: ClusterState,
  after: ClusterState,
  { source }: DeriveContext,
): AnyHappening[] {
  if (!hasNewLiveness(before, after)) return [];
  const { isAlarming, silent, heard } = lossesOf(after);
  if (isAlarming === lossesOf(before).isAlarming) return [];
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

interface NodeChange {
  readonly old: NodeRecord | undefined;
  readonly node: NodeRecord;
  readonly nowMs: number;
}

function nodeHappenings(state: ClusterState, change: NodeChange): AnyHappening[] {
  const { old, node } = change;
  return [
    ...(old?.liveness === node.liveness && old.report !== null ? [] : livenessHappenings(change)),
    ...(old?.desired === node.desired
      ? []
      : [...desiredHappenings(old, node), ...leftHappenings(state, old, node)]),
    ...(old?.report === node.report || old === undefined || old.report === null
      ? []
      : reportHappenings(state, old, node)),
  ];
}

function livenessHappenings({ old, node, nowMs }: NodeChange): AnyHappening[] {
  const { report, id } = node;
  if (report === null) return [];
  const stamp = `${id}.${report.bootId}.${report.sequence}`;
  if (node.liveness === 'ready') {
    const isKnown = old !== undefined && old.registration !== null && old.report === null;
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
  return [{ type: 'dqoes.node.down', id: `node-down.${stamp}`, data }, ...lostWith(node, stamp)];
}

const lostWith = (node: NodeRecord, stamp: string): AnyHappening[] =>
  (node.desired?.allocations ?? []).flatMap(({ id, job, spec }): AnyHappening[] =>
    spec === undefined
      ? []
      : [
          {
            type: 'dqoes.job.lost',
            id: `job-lost.${id}.${stamp}`,
            data: {
              job,
              allocation: id,
              node: node.id,
              reason: 'its node does not report any more',
            },
          },
        ],
  );

function desiredHappenings(old: NodeRecord | undefined, node: NodeRecord): AnyHappening[] {
  const before = new Map<AllocationId, DesiredAllocation>(
    old?.desired?.allocations.map((each) => [each.id, each]),
  );
  const { desired } = node;
  if (desired === null) return [];
  const stamp = `${node.id}.${desired.epoch}.${desired.revision}`;
  return desired.allocations.flatMap(({ id, job, spec, limit, reason }): AnyHappening[] => {
    const known = before.get(id);
    const place = { job, allocation: id, node: node.id };
    const placed: AnyHappening[] =
      known === undefined && spec !== undefined
        ? [
            {
              type: 'dqoes.job.placed',
              id: `job-placed.${id}.${stamp}`,
              data: { ...place, reason },
            },
          ]
        : [];
    if (known !== undefined && sameLimit(known.limit, limit)) return placed;
    const data = { ...place, from: known?.limit ?? null, to: limit, reason };
    return [
      ...placed,
      { type: 'dqoes.allocation.limit-changed', id: `limit-changed.${id}.${stamp}`, data },
    ];
  });
}

// What is not desired on the node any more: moved, where another allocation took its place; and the
// node is drained when nothing of ours is left.
function leftHappenings(
  state: ClusterState,
  old: NodeRecord | undefined,
  node: NodeRecord,
): AnyHappening[] {
  const { desired } = node;
  if (desired === null || old?.desired == null) return [];
  const stays = new Set(desired.allocations.map(({ id }) => id));
  const left = old.desired.allocations.filter(
    ({ id, spec }) => spec !== undefined && !stays.has(id),
  );
  if (left.length === 0) return [];
  const stamp = `${node.id}.${desired.epoch}.${desired.revision}`;
  const moved = left.flatMap(({ id }): AnyHappening[] => {
    const to = takerOf(state, id);
    if (to === undefined) return [];
    const { allocation, job } = to;
    const data = {
      job,
      allocation,
      from: node.id,
      to: to.node,
      reason: `it answers on ${to.node}`,
    };
    return [{ type: 'dqoes.job.moved', id: `job-moved.${allocation}.${stamp}`, data }];
  });
  const isEmpty =
    node.scheduling === 'draining' && desired.allocations.every(({ spec }) => spec === undefined);
  if (!isEmpty) return moved;
  const reason = 'nothing of ours runs there any more';
  return [
    ...moved,
    { type: 'dqoes.node.drained', id: `node-drained.${stamp}`, data: { node: node.id, reason } },
  ];
}

function takerOf(state: ClusterState, replaced: AllocationId) {
  for (const { id: node, desired } of state.nodes.values())
    for (const { id, job, replaces } of desired?.allocations ?? [])
      if (replaces === replaced) return { allocation: id, job, node };
  return undefined;
}

function reportHappenings(state: ClusterState, old: NodeRecord, node: NodeRecord): AnyHappening[] {
  const before = containersOf(old);
  const after = containersOf(node);
  const stamp = `${node.id}.${node.report?.bootId ?? ''}.${node.report?.sequence ?? 0}`;
  const seen = [...after.values()].flatMap((container): AnyHappening[] => {
    const { allocation, job } = container;
    const was = before.get(allocation);
    const place = { job, allocation, node: node.id };
    const isNewLife =
      container.state === 'running' &&
      (was?.state !== 'running' || was.lifeId !== container.lifeId);
    const hasEnded =
      was?.state === 'running' && (container.state === 'exited' || container.state === 'failed');
    const reason =
      container.reason === '' ? `the container is ${container.state}` : container.reason;
    return [
      ...(isNewLife
        ? [
            {
              type: 'dqoes.job.started' as const,
              id: `job-started.${allocation}.${stamp}`,
              data: place,
            },
          ]
        : []),
      ...(hasEnded
        ? [
            {
              type: 'dqoes.job.lost' as const,
              id: `job-lost.${allocation}.${stamp}`,
              data: { ...place, reason },
            },
          ]
        : []),
      ...classHappening(state, { old, node, container, stamp }),
      ...cutOffHappening({ old: was, node, container, stamp }),
    ];
  });
  return [
    ...seen,
    ...goneHappenings(state, { old, node, stamp }),
    ...gpuHappenings(old, node, stamp),
  ];
}

interface ClassChange {
  readonly old: NodeRecord;
  readonly node: NodeRecord;
  readonly container: ContainerReport;
  readonly stamp: string;
}

function classHappening(
  state: ClusterState,
  { old, node, container, stamp }: ClassChange,
): AnyHappening[] {
  const { allocation } = container;
  const from = old.classes.get(allocation) ?? null;
  const to = node.classes.get(allocation);
  if (to === undefined || to === from) return [];
  const target = targetOf(state.jobs, container);
  const latencyMs = latencyOf(target, container);
  if (target === null || latencyMs === null) return [];
  const place = { job: container.job, allocation, node: node.id };
  const data = { ...place, from, to, latencyMs, targetMs: target.latencyMs };
  return [{ type: 'dqoes.job.class-changed', id: `class-changed.${allocation}.${stamp}`, data }];
}

// A container of ours that ran and is not reported at all, though it is still wanted there.
function goneHappenings(
  state: ClusterState,
  { old, node, stamp }: Omit<ClassChange, 'container'>,
): AnyHappening[] {
  const after = containersOf(node);
  const wanted = new Set(node.desired?.allocations.map(({ id }) => id));
  return [...containersOf(old).values()].flatMap(
    ({ allocation, job, origin, state: was }): AnyHappening[] => {
      if (origin !== 'dqoes' || was !== 'running' || after.has(allocation)) return [];
      if (!wanted.has(allocation) || !state.jobs.has(job)) return [];
      const data = { job, allocation, node: node.id, reason: 'the container is gone' };
      return [{ type: 'dqoes.job.lost', id: `job-lost.${allocation}.${stamp}`, data }];
    },
  );
}
