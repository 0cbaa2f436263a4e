import type { Ack, AllocationAck, DesiredState } from '../../shared/command.js';
import { isSameContainer } from '../../shared/fixed-parts.js';
import type { AllocationId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { isSameReason, kindOfFailure } from './event-reasons.js';
import { isMadeFor } from './made-for.js';
import type { KnownFailures, NodeRecord, StartFailures } from './model.js';
import { containersOf } from './targets.js';
import { runsOn } from './waiting.js';

/** Nothing failed. */
export const NO_START_FAILURES: StartFailures = new Map();

/** More kinds of failures of one allocation are not told apart: each one more counts as known. */
const MAX_KINDS = 32;

/** Whether it has failed so before, as its job is now, and has not started since. */
export function isKnownFailure(
  failures: StartFailures,
  allocation: AllocationId,
  reason: string,
): boolean {
  const kinds = failures.get(allocation)?.kinds;
  return kinds !== undefined && (kinds.has(kindOfFailure(reason)) || kinds.size >= MAX_KINDS);
}

/** Whether a container could not be made or started, and the report before did not say so. */
export const isNewFailure = (
  was: ContainerReport | undefined,
  container: ContainerReport,
): boolean =>
  hasNotStarted(container) &&
  (was === undefined || !hasNotStarted(was) || !isSameReason(was.reason, container.reason));

const hasNotStarted = ({ containerId, state }: ContainerReport): boolean =>
  containerId === null && state === 'failed';

/** The code of a fault of the engine, as agents append it. */
const TRIED = /\[docker\.[a-z-]+\]/;

/**
 * The allocations of which an answer says that what would take the place of what runs cannot be
 * started. What a host has no room for is no failed try, and waits.
 */
export const failedReplacements = ({ allocations }: Ack): readonly AllocationAck[] =>
  allocations.filter((each) => runsOn(each) && TRIED.test(each.reason));

/**
 * The failures of a node after a report: new ones are added, and those of what has started since
 * are forgotten. They stay while an agent says nothing of them, as when it has just begun.
 */
export function failuresAfterReport(node: NodeRecord, report: NodeReport): StartFailures {
  const { startFailures: known } = node;
  // Nearly always.
  if (known.size === 0 && !report.containers.some(hasNotStarted)) return known;
  const before = containersOf(node);
  let next = known;
  for (const container of containersOf({ report }).values()) {
    const { allocation, reason } = container;
    const was = before.get(allocation);
    if (isNewFailure(was, container)) next = withFailure(next, { node, allocation, reason });
    else if (next.has(allocation) && hasStarted({ node, report }, was, container))
      next = new Map([...next].filter(([id]) => id !== allocation));
  }
  return next;
}

interface Told {
  readonly node: NodeRecord;
  readonly report: NodeReport;
}

/**
 * Whether it is another life of what is wanted, and not of what that is to take the place of: by
 * what the agent says that it was made from, else by what was changed since this leader began.
 */
function hasStarted(
  { node, report }: Told,
  was: ContainerReport | undefined,
  { allocation, containerId, lifeId, state }: ContainerReport,
): boolean {
  if (containerId === null || state === 'pending' || lifeId === was?.lifeId) return false;
  if (containerId === node.replaced.get(allocation)?.containerId) return false;
  const spec = specOn(node, allocation);
  return spec === undefined || isMadeFor({ report }, allocation, spec) !== false;
}

/** The same after an answer. */
export function failuresAfterAck(node: NodeRecord, ack: Ack): StartFailures {
  let next = node.startFailures;
  for (const { id: allocation, reason } of failedReplacements(ack)) {
    const before = node.ack?.allocations.find(({ id }) => id === allocation);
    if (before === undefined || !isSameReason(before.reason, reason))
      next = withFailure(next, { node, allocation, reason });
  }
  return next;
}

/** Those of a node that stand once it has another desired state: of jobs that ask for the same. */
export function failuresAfterDesired(known: StartFailures, desired: DesiredState): StartFailures {
  if (known.size === 0) return known;
  const wanted = new Map(desired.allocations.map(({ id, spec }) => [id, spec]));
  const left = [...known].filter(([id, { spec }]) => {
    const now = wanted.get(id);
    return now !== undefined && isSameContainer(spec, now);
  });
  if (left.length === known.size) return known;
  return left.length === 0 ? NO_START_FAILURES : new Map(left);
}

interface Failure {
  readonly node: NodeRecord;
  readonly allocation: AllocationId;
  readonly reason: string;
}

function withFailure(
  failures: StartFailures,
  { node, allocation, reason }: Failure,
): StartFailures {
  const spec = specOn(node, allocation);
  if (spec === undefined || isKnownFailure(failures, allocation, reason)) return failures;
  const known: KnownFailures = failures.get(allocation) ?? { spec, kinds: new Set() };
  const kinds = new Set(known.kinds).add(kindOfFailure(reason));
  return new Map(failures).set(allocation, { spec: known.spec, kinds });
}

const specOn = ({ desired }: NodeRecord, allocation: AllocationId): JobSpec | undefined =>
  desired?.allocations.find(({ id }) => id === allocation)?.spec;
