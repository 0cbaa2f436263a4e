import { compareVersions, type DesiredState, type StateVersion } from '../../shared/command.js';
import { isSameContainer } from '../../shared/fixed-parts.js';
import { isImageOf } from '../../shared/has-settings.js';
import type { ContainerId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { type ContainerReport, RESTARTING } from '../../shared/report.js';
import { isMadeFor } from './made-for.js';
import type { ClusterState, NodeRecord } from './model.js';
import { whyNotReplaced } from './waiting.js';

/** A container as the report before had it, and its node before and after the newest report. */
export interface ContainerBefore {
  readonly was: ContainerReport;
  /** The one that its allocation has now; null = it has none. */
  readonly containerId: ContainerId | null;
  readonly old: NodeRecord;
  readonly node: NodeRecord;
}

/**
 * Why a container of ours that ran is not there any more though nobody asked dqoes for that. '' =
 * it is there, or somebody did ask: its job was stopped or changed, or is wanted elsewhere.
 */
export function whyGone(
  { jobs }: Pick<ClusterState, 'jobs'>,
  { was, containerId, old, node }: ContainerBefore,
): string {
  if (was.containerId === containerId || was.containerId === null) return '';
  if (was.origin !== 'dqoes' || !isKeptUp(was)) return '';
  // The event that its host is down has said it.
  if (old.liveness === 'down') return '';
  const { desired, report } = node;
  if (desired === null || report === null || isAhead(report.holds, desired)) return '';
  const spec = desired.allocations.find(({ id }) => id === was.allocation)?.spec;
  if (spec === undefined || !jobs.has(was.job) || mayBeReplaced(old, was, spec)) return '';
  if (old.report?.bootId !== report.bootId) return GONE_AT_START;
  return spec.resources.gpu?.onLost === 'restart' ? GONE_OR_HEALED : GONE;
}

const GONE = 'its container is gone, and nobody asked dqoes to remove it';
const GONE_AT_START = 'its container was gone when its agent was started again';
const GONE_OR_HEALED =
  'its container is gone: it was removed on its host, or stopped since it had lost its GPU';

/** Whether it runs, or the engine starts it again and again; it may have ended just now. */
export const isKeptUp = (container: ContainerReport): boolean =>
  container.state === 'running' || isLooping(container);

/** Whether the engine starts it again and again. */
export const isLooping = ({ reason }: ContainerReport): boolean => reason.startsWith(RESTARTING);

/** Whether an agent obeys what the store has, and we have not heard of yet. */
const isAhead = (holds: StateVersion, desired: DesiredState): boolean =>
  holds.incarnation === desired.incarnation && compareVersions(holds, desired) > 0;

/**
 * Whether its agent may have removed it for another one in its place, by this version of its job.
 * Of a change that an earlier leader asked for only the image tells where the agent does not say
 * what its containers were made from.
 */
function mayBeReplaced(old: NodeRecord, was: ContainerReport, spec: JobSpec): boolean {
  if (isMadeFor(old, was.allocation, spec) === false) return true;
  const known = old.replaced.get(was.allocation);
  const isOfAnother =
    known?.containerId === was.containerId &&
    (known.spec === null || !isSameContainer(known.spec, spec));
  return isOfAnother || !isImageOf(was.image, spec) || whyNotReplaced(old.ack, was, spec) !== '';
}
