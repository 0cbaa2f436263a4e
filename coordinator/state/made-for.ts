import { compareVersions, type DesiredState } from '../../shared/command.js';
import { fixedPartsHashOf } from '../../shared/fixed-parts-hash.js';
import type { AllocationId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { NodeReport } from '../../shared/report.js';
import type { NodeRecord } from './model.js';

/**
 * Whether the container of an allocation is what this version of its job asks for, by what its
 * agent says that it was made from; one that is being stopped is not. undefined = the agent does
 * not say it, as those of 0.1.0.
 */
export function isMadeFor(
  { report }: Pick<NodeRecord, 'report'>,
  id: AllocationId,
  spec: JobSpec,
): boolean | undefined {
  const hash = report?.specHashes?.[id];
  return hash === undefined ? undefined : hash === fixedPartsHashOf(spec);
}

/** Whether the agent obeyed the newest desired state when it sent this report. */
export const holdsNewest = (
  { holds }: Pick<NodeReport, 'holds'>,
  desired: DesiredState | null,
): boolean =>
  desired === null ||
  (holds.incarnation === desired.incarnation && compareVersions(holds, desired) >= 0);

/** Allocations whose container was made for another version than the one desired there. */
const madeForOthers = (node: NodeRecord): readonly AllocationId[] =>
  (node.desired?.allocations ?? []).flatMap(({ id, spec }) =>
    spec !== undefined && isMadeFor(node, id, spec) === false ? id : [],
  );

/**
 * Whether the same containers of a node are of another version in two states. Call where the same
 * versions are desired.
 */
export function hasSameMade(a: NodeRecord, b: NodeRecord): boolean {
  // Nearly always: it is kept while it does not change.
  if (a.report?.specHashes === b.report?.specHashes) return true;
  const [was, now] = [madeForOthers(a), madeForOthers(b)];
  return was.length === now.length && was.every((id, i) => id === now[i]);
}
