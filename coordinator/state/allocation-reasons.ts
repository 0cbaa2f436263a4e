import type { AllocationStatus } from '../../proto/schemas/status.js';
import { isProbeFailing, PAUSED, RESTARTING } from '../../shared/report.js';
import { cutText } from '../../shared/text.js';
import { formatDurationMs } from '../../shared/units.js';
import { MAX_REASON } from './fitting.js';

/** What is wrong with the allocations of a job, each with its name. */
export const reasonsOf = (allocations: readonly AllocationStatus[]): readonly string[] =>
  allocations.flatMap((each) => {
    const { id, container } = each;
    const name = container?.origin === 'label' ? container.name : id;
    return reasonsIn(each)
      .filter((why) => why !== '')
      .map((why) => cutText(`${name}: ${why}`, MAX_REASON));
  });

/**
 * Why one does not run; else that it ends again and again, why no response time is known of it, and
 * that its target is out of reach.
 */
function reasonsIn(status: AllocationStatus): readonly string[] {
  const { node, container, reason, unreachable, isStopping } = status;
  // `leftBehindReasons` says what there is to say of it.
  if (isStopping === true) return [];
  if (container?.state !== 'running') return [reason];
  if (container.reason.startsWith(RESTARTING)) return [container.reason];
  // That an agent only observes is no trouble of the job.
  const isQuiet = isProbeFailing(container.reason) || container.reason.startsWith(PAUSED);
  const isTrouble = container.control === 'enforce' || isQuiet;
  return [isTrouble ? container.reason : '', unreachableReason(node, unreachable)];
}

const unreachableReason = (
  node: AllocationStatus['node'],
  unreachable: AllocationStatus['unreachable'],
): string => {
  if (unreachable === undefined) return '';
  const target = formatDurationMs(unreachable.targetMs);
  return `the target ${target} cannot be met on ${node}: ${unreachable.reason}`;
};
