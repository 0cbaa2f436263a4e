import { type ContainerReport, RESTARTING } from '../../shared/report.js';
import type { EventDraft } from './event-draft.js';
import { isSameReason, reasonForEvent } from './event-reasons.js';
import { gpuCutOffEvents, gpuLostEvents } from './gpu-events.js';
import type { ClusterState, NodeRecord } from './model.js';
import { isReplaced } from './outdated.js';
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
      ...lifecycleEvents({ was, container, node, stamp }),
      ...classEvents(state, { old, node, container, stamp }),
      ...gpuCutOffEvents({ old: was, node, container, stamp }),
    );
  }
  events.push(
    ...disappearedEvents(state, { node, before, after, stamp }),
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
  readonly node: NodeRecord;
  readonly stamp: string;
}

/** What of one container began or ended; at most one event, so one for each try of its agent. */
function lifecycleEvents(change: ContainerLifecycle): EventDraft[] {
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
  const data = { ...place, reason: reasonForEvent(why) };
  if (containerId === null)
    return [{ type: 'dqoes.job.start-failed', id: `start-failed.${allocation}.${stamp}`, data }];
  return [{ type: 'dqoes.job.lost', id: `job-lost.${allocation}.${stamp}`, data }];
}

/** Why a container that ran runs in another life; '' = it is another container, or ran not. */
function whyAgain({ was, container }: ContainerLifecycle): string {
  if (was === undefined || was.containerId !== container.containerId || !isKeptUp(was)) return '';
  const loop = [container, was].find(isLooping);
  return reasonForEvent(loop?.reason ?? 'its container ended and was started again');
}

/** Whether the engine starts it again and again; it may have ended just now. */
const isLooping = ({ reason }: ContainerReport): boolean => reason.startsWith(RESTARTING);
const isKeptUp = (container: ContainerReport): boolean =>
  container.state === 'running' || isLooping(container);

/**
 * Whether one that does not run has failed or ended since the report before, and nobody asked for
 * it. The engine may start and end a container of ours between two reports. What it is about to
 * start again is news when it has done so.
 */
function hasEnded({ was, container, node }: ContainerLifecycle): boolean {
  const { origin, containerId, lifeId, reason } = container;
  if (containerId === null)
    return was?.state !== 'failed' || was.containerId !== null || !isSameReason(was.reason, reason);
  if (isLooping(container)) return false;
  const ran = was !== undefined && isKeptUp(was);
  if (origin === 'label' || node.desired === null) return ran;
  const want = node.desired.allocations.find(({ id }) => id === container.allocation);
  if (want?.spec === undefined || isReplaced(node, container, want.spec)) return false;
  const isOfBefore = node.replaced.get(container.allocation)?.containerId === containerId;
  return ran || (was?.lifeId !== lifeId && !isOfBefore);
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

// A container of ours that ran and is not reported at all, though it is still wanted there.
function disappearedEvents(
  state: ClusterState,
  { node, before, after, stamp }: Disappeared,
): EventDraft[] {
  const events: EventDraft[] = [];
  for (const { allocation, job, origin, state: was } of before.values()) {
    if (origin !== 'dqoes' || was !== 'running' || after.has(allocation)) continue;
    const isWanted = node.desired?.allocations.some(({ id }) => id === allocation) === true;
    if (!isWanted || !state.jobs.has(job)) continue;
    const data = { job, allocation, node: node.id, reason: 'the container is gone' };
    events.push({ type: 'dqoes.job.lost', id: `job-lost.${allocation}.${stamp}`, data });
  }
  return events;
}

type Containers = ReturnType<typeof containersOf>;

interface Disappeared {
  readonly node: NodeRecord;
  readonly before: Containers;
  readonly after: Containers;
  readonly stamp: string;
}
