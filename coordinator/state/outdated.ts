import type { DesiredAllocation, DesiredState } from '../../shared/command.js';
import { isSameContainer } from '../../shared/fixed-parts.js';
import { hasSettingsOf } from '../../shared/has-settings.js';
import type { AllocationId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { deepEqual } from './deep-equal.js';
import { holdsNewest, isMadeFor } from './made-for.js';
import type { NodeRecord, ReplacedContainer, ReplacedContainers } from './model.js';
import { whyNotReplaced } from './waiting.js';

/** None is to be replaced. */
export const NONE_REPLACED: ReplacedContainers = new Map();

/**
 * Those of a node once it has another desired state: a version of the job that asks for another
 * container makes the present one such, and so does a job that has the name of one before. It stays
 * one while it is there, also where the job is changed back.
 */
export function replacedAfter(node: NodeRecord, desired: DesiredState): ReplacedContainers {
  const { desired: before, report, replaced } = node;
  if (before === null || report === null) return replaced;
  const held = new Map(before.allocations.map((each) => [each.id, each.spec]));
  const next = new Map<AllocationId, ReplacedContainer>();
  for (const { id, spec } of desired.allocations) {
    if (spec === undefined) continue;
    const known = replaced.get(id);
    const was = held.get(id) ?? null;
    if (known !== undefined) next.set(id, known);
    else if (was === null || !isSameContainer(was, spec)) {
      const containerId = containerOf(report, id)?.containerId ?? null;
      if (containerId !== null) next.set(id, { containerId, spec: was });
    }
  }
  return next.size === 0 ? NONE_REPLACED : next;
}

/**
 * Those of a node that are in its newest report; without those of which an agent that obeys the
 * newest desired state says what they were made from: that says more.
 */
export function stillReplaced(
  { replaced, desired }: Pick<NodeRecord, 'replaced' | 'desired'>,
  report: NodeReport,
): ReplacedContainers {
  // Nearly always.
  if (replaced.size === 0) return replaced;
  const isNewest = holdsNewest(report, desired);
  const isSaid = (id: AllocationId): boolean => isNewest && report.specHashes?.[id] !== undefined;
  const left = [...replaced].filter(
    ([id, { containerId }]) => !isSaid(id) && containerOf(report, id)?.containerId === containerId,
  );
  if (left.length === replaced.size) return replaced;
  return left.length === 0 ? NONE_REPLACED : new Map(left);
}

const containerOf = ({ containers }: NodeReport, id: AllocationId): ContainerReport | undefined =>
  containers.find(({ allocation }) => allocation === id);

/**
 * Whether a container is that which another one is to take the place of by this version. Where its
 * agent does not say what it was made from, only what was changed since this leader began is known.
 */
export function isReplaced(
  node: Pick<NodeRecord, 'replaced' | 'report'>,
  { allocation, containerId }: Pick<ContainerReport, 'allocation' | 'containerId'>,
  spec: JobSpec,
): boolean {
  const isRight = isMadeFor(node, allocation, spec);
  if (isRight !== undefined) return !isRight;
  const known = node.replaced.get(allocation);
  if (known?.containerId !== containerId || known.spec === null) return false;
  return !isSameContainer(known.spec, spec);
}

/**
 * Whether a container of ours is not yet what its job asks for, whatever it waits for: its turn, an
 * image, or that its agent hears of it.
 */
export function isOutdated(
  newest: JobSpec | undefined,
  {
    node,
    want,
    container,
  }: {
    readonly node: NodeRecord;
    readonly want: DesiredAllocation | undefined;
    readonly container: ContainerReport | null;
  },
): boolean {
  if (newest === undefined || want?.spec === undefined) return false;
  if (container === null || container.containerId === null) return false;
  if (!isSameSpec(want.spec, newest) || !hasSettingsOf(container, newest)) return true;
  if (isReplaced(node, container, newest)) return true;
  return isMadeFor(node, container.allocation, newest) === undefined
    ? whyNotReplaced(node.ack, container, newest) !== ''
    : mayBeReplaced(node, container);
}

/**
 * Whether another container was asked for in its place since it was reported, which may be stopping
 * it, though it is wanted again.
 */
const mayBeReplaced = (
  { replaced }: Pick<NodeRecord, 'replaced'>,
  { allocation, containerId }: Pick<ContainerReport, 'allocation' | 'containerId'>,
): boolean => replaced.get(allocation)?.containerId === containerId;

const isSameSpec = (a: JobSpec, b: JobSpec): boolean => a === b || deepEqual(a, b);
