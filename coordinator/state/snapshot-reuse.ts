import type { DesiredState } from '../../shared/command.js';
import { isSameContainer } from '../../shared/fixed-parts.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { deepEqual } from './deep-equal.js';
import { hasSameRefusals } from './host-refusals.js';
import { hasSameMade } from './made-for.js';
import type { ClusterState, NodeRecord } from './model.js';
import { observes, overcommitOf } from './overcommit.js';
import { hasSameKeyTrouble } from './secrets.js';
import { hasSameWaiting } from './waiting.js';

/**
 * Whether the scheduler sees nothing new of the node in the second of two states of one store, in
 * the first of which it was `was`: an ack, for one, changes nothing there, nor do jobs of which
 * nothing is on the node.
 */
export const isSameNode = (
  a: ClusterState,
  b: ClusterState,
  was: NodeRecord,
  node: NodeRecord,
): boolean => isSameRecord(was, node) && (a.jobs === b.jobs || hasSameJobsOn(node, a, b));

const isSameRecord = (before: NodeRecord, node: NodeRecord): boolean =>
  before === node ||
  (before.report === node.report &&
    before.desired === node.desired &&
    before.sent === node.sent &&
    before.heardAtMs === node.heardAtMs &&
    before.liveness === node.liveness &&
    before.scheduling === node.scheduling &&
    before.capacity === node.capacity);

function hasSameJobsOn({ desired, report }: NodeRecord, a: ClusterState, b: ClusterState): boolean {
  const isSame = ({ job }: { readonly job: JobName }): boolean =>
    a.jobs.get(job) === b.jobs.get(job);
  return (desired?.allocations.every(isSame) ?? true) && (report?.containers.every(isSame) ?? true);
}

/** Whether jobs and secrets are the same. */
export const hasSameJobs = (a: ClusterState, b: ClusterState): boolean =>
  a.jobs === b.jobs && a.secrets === b.secrets;

/** A state, and nodes of it in id order. */
export interface WithRecords {
  readonly state: Pick<ClusterState, 'jobs' | 'registration'>;
  readonly records: readonly NodeRecord[];
}

/**
 * Whether the same allocations are desired in the same places, and the same nodes take them and
 * have room for them. Call where `hasSameJobs`.
 */
export const hasSamePlaces = (a: WithRecords, b: WithRecords): boolean =>
  a.records.length === b.records.length &&
  b.records.every((node, i) => {
    const before = a.records[i];
    if (before === node) return true;
    return (
      before?.id === node.id &&
      before.isApproved === node.isApproved &&
      isSamePlaces(before.desired, node.desired) &&
      hasSameRefusals(before, node) &&
      hasSameKeyTrouble(before, node) &&
      hasSameLabels(before, node) &&
      hasSameWaiting(before, node) &&
      hasSameMade(before, node) &&
      (hasSameOffer(before, node) || overcommitOf(a.state, before) === overcommitOf(b.state, node))
    );
  });

// Labels keep their identity in a report in which they are the same.
const hasSameLabels = ({ report: a }: NodeRecord, { report: b }: NodeRecord): boolean =>
  a === null || b === null ? a === b : a.labels === b.labels || deepEqual(a.labels, b.labels);

function hasSameOffer(a: NodeRecord, b: NodeRecord): boolean {
  if (a.capacity !== b.capacity) return false;
  const [before, now] = [a.report, b.report];
  if (before === now || before === null || now === null) return before === now;
  return (
    before.host.allocatableCpuCores === now.host.allocatableCpuCores &&
    before.host.allocatableMemoryBytes === now.host.allocatableMemoryBytes &&
    before.host.capacityCpuCores === now.host.capacityCpuCores &&
    before.host.capacityMemoryBytes === now.host.capacityMemoryBytes &&
    observes(before) === observes(now)
  );
}

// By places, not by identity: most new desired states change limits only.
function isSamePlaces(a: DesiredState | null, b: DesiredState | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.allocations.length !== b.allocations.length) return false;
  return a.allocations.every(({ id, job, spec, replaces }, i) => {
    const other = b.allocations[i];
    const isSamePlace = id === other?.id && job === other.job && replaces === other.replaces;
    return isSamePlace && isSameVersion(spec, other.spec);
  });
}

// The version counts: an older one waits for its turn to be started again.
const isSameVersion = (a: JobSpec | undefined, b: JobSpec | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && isSameContainer(a, b));
