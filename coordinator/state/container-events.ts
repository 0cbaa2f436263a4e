import type { ContainerReport } from '../../shared/report.js';
import type { EventDraft } from './event-draft.js';
import { reasonForEvent } from './event-reasons.js';
import { isKeptUp, isLooping, whyGone } from './gone-containers.js';
import { gpuCutOffEvents, gpuLostEvents } from './gpu-events.js';
import type { ClusterState, NodeRecord } from './model.js';
import { leavesOut } from './node-snapshot.js';
import { isReplaced } from './outdated.js';
import { isKnownFailure, isNewFailure } from './start-failures.js';
import { containersOf, latencyOf, targetOf } from './targets.js';

/**
 * What the newest report of a node shows against the one before: containers that started, cannot be
 * started, ended or disappeared, classes that changed, GPUs that were lost. `state` is the cluster
 * after the report.
 */
export function containerEvents(
  state: ClusterState,
  old: NodeRecord,
  node: NodeRecord,
): EventDraft[] {
  if (isUneventful(old, node)) return [];
  const [before, after] = [containersOf(old), containersOf(node)];
  const stamp = `${node.id}.${node.report?.bootId ?? ''}.${node.report?.sequence ?? 0}`;
  const events: EventDraft[] = [];
  for (const container of after.values()) {
    const was = before.get(container.allocation);
    events.push(
      ...lifecycleEvents(state, { was, container, old, node, stamp }),
      ...classEvents(state, { old, node, container, stamp }),
      ...gpuCutOffEvents({ old: was, node, container, stamp }),
    );
  }
  events.push(
    ...disappearedEvents(state, { old, node, before, after, stamp }),
    ...gpuLostEvents(old, node, stamp),
  );
  return events;
}

/**
 * Whether the same containers stand in the same places in the same states, classes and lives: so it
 * is in nearly every report, and then nothing has to be made to find that nothing happened.
 */
function isUneventful(old: NodeRecord, node: NodeRecord): boolean {
  const [before, after] = [old.report, node.report];
  if (before === null || after === null || old.classes !== node.classes) return false;
  if (old.awaitedGpus !== node.awaitedGpus) return false;
  if (before.gpus !== after.gpus || before.containers.length !== after.containers.length)
    return false;
  return after.containers.every((container, i) => {
    const was = before.containers[i];
    return (
      was === container ||
      (was?.allocation === container.allocation &&
        was.state === container.state &&
        was.lifeId === container.lifeId &&
        (!hasStopped(container) || was.reason === container.reason) &&
        container.gpuUse === undefined)
    );
  });
}

/** Only of these a reason alone is news: it may say that the engine starts it no more. */
const hasStopped = ({ state }: ContainerReport): boolean =>
  state === 'failed' || state === 'exited';

interface ContainerLifecycle {
  readonly was: ContainerReport | undefined;
  readonly container: ContainerReport;
  readonly old: NodeRecord;
  readonly node: NodeRecord;
  readonly stamp: string;
}

/**
 * What of one allocation began or ended: its container now and, where that is another one, the one
 * before. Of two that were lost between two reports one event tells.
 */
function lifecycleEvents(state: ClusterState, change: ContainerLifecycle): EventDraft[] {
  const { was, container, old, node, stamp } = change;
  const events = presentEvents(change);
  if (was === undefined || events.some(({ type }) => type === 'dqoes.job.lost')) return events;
  const reason = whyGone(state, { was, containerId: container.containerId, old, node });
  return reason === '' ? events : [lostEvent(was, { node, stamp, reason }), ...events];
}

interface Loss {
  readonly node: NodeRecord;
  readonly stamp: string;
  readonly reason: string;
}

const lostEvent = (
  { allocation, job }: ContainerReport,
  { node, stamp, reason }: Loss,
): EventDraft => ({
  type: 'dqoes.job.lost',
  id: `job-lost.${allocation}.${stamp}`,
  data: { job, allocation, node: node.id, reason },
});

/** What of the container that is there; at most one event, so one for each try of its agent. */
function presentEvents(change: ContainerLifecycle): EventDraft[] {
  const { was, container, node, stamp } = change;
  const { allocation, job, state, lifeId, containerId } = container;
  const place = { job, allocation, node: node.id };
  if (state === 'running') {
    if (was?.state === 'running' && was.lifeId === lifeId) return [];
    const reason = whyAgain(change);
    const data = reason === '' ? place : { ...place, reason };
    return [{ type: 'dqoes.job.started', id: `job-started.${allocation}.${stamp}`, data }];
  }
  if (state === 'pending' || !hasEnded(change)) return [];
  const why = container.reason === '' ? `the container is ${state}` : container.reason;
  const reason = reasonForEvent(why);
  if (containerId !== null) return [lostEvent(container, { node, stamp, reason })];
  const data = { ...place, reason };
  return [{ type: 'dqoes.job.start-failed', id: `start-failed.${allocation}.${stamp}`, data }];
}

/** Why a container that ran runs in another life; '' = it is another container, or ran not. */
function whyAgain({ was, container }: ContainerLifecycle): string {
  if (was === undefined || was.containerId !== container.containerId || !isKeptUp(was)) return '';
  const loop = [container, was].find(isLooping);
  return reasonForEvent(loop?.reason ?? 'its container ended and was started again');
}

/**
 * Whether one that does not run has failed or ended since the report before, and nobody asked for
 * it. The engine may start and end a container of ours between two reports. What it is about to
 * start again is news when it has done so.
 */
function hasEnded({ was, container, old, node }: ContainerLifecycle): boolean {
  const { allocation, origin, containerId, lifeId, reason } = container;
  if (containerId === null)
    return isNewFailure(was, container) && !isKnownFailure(old.startFailures, allocation, reason);
  if (isLooping(container)) return false;
  const ran = was !== undefined && isKeptUp(was);
  if (origin === 'label' || node.desired === null) return ran;
  const want = node.desired.allocations.find(({ id }) => id === allocation);
  if (want?.spec === undefined || isReplaced(node, container, want.spec)) return false;
  const isOfBefore = node.replaced.get(allocation)?.containerId === containerId;
  // The event that its host is down has said it.
  const isNews = ran && old.liveness !== 'down';
  return isNews || (was?.lifeId !== lifeId && !isOfBefore);
}

interface ClassChange {
  readonly old: NodeRecord;
  readonly node: NodeRecord;
  readonly container: ContainerReport;
  readonly stamp: string;
}

function classEvents(
  state: ClusterState,
  { old, node, container, stamp }: ClassChange,
): EventDraft[] {
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

// A container of ours that ran and is not reported at all, as by an agent that has just begun and
// does not know yet what is wanted.
function disappearedEvents(
  state: ClusterState,
  { old, node, before, after, stamp }: Disappeared,
): EventDraft[] {
  if (node.report === null || leavesOut(node.report)) return [];
  return [...before.values()].flatMap((was): EventDraft[] => {
    if (after.has(was.allocation)) return [];
    const reason = whyGone(state, { was, containerId: null, old, node });
    return reason === '' ? [] : [lostEvent(was, { node, stamp, reason })];
  });
}

type Containers = ReturnType<typeof containersOf>;

interface Disappeared {
  readonly old: NodeRecord;
  readonly node: NodeRecord;
  readonly before: Containers;
  readonly after: Containers;
  readonly stamp: string;
}
