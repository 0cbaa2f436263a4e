import type { JobStatus } from '../../proto/schemas/status.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { Fault } from '../../shared/result.js';
import { allocationName } from '../output/format.js';

/** A container whose log is read. */
export interface LogTarget {
  readonly allocation: AllocationId;
  /** As people know it. */
  readonly name: string;
  readonly node: NodeId;
  readonly container: string;
  /** Another one each time the container is started. */
  readonly life: string;
  /** The allocation whose place it takes in a move. */
  readonly replaces?: AllocationId;
}

/** The containers of a job that there are. */
export const targetsOf = ({ allocations }: JobStatus): readonly LogTarget[] =>
  allocations.flatMap((status) => {
    const { id, node, container, replaces } = status;
    if (node === null || container === null || container.containerId === null) return [];
    return [
      {
        allocation: id,
        name: allocationName(status),
        node,
        container: container.containerId,
        life: container.lifeId,
        ...(replaces === undefined ? {} : { replaces }),
      },
    ];
  });

/** What tells one log from another. */
export const keyOf = ({ allocation, node, container }: LogTarget): string =>
  `${allocation} ${node} ${container}`;

/** How notices call a log. */
export const labelOf = ({ name, node }: LogTarget): string => `${name} on ${node}`;

/** What is to be followed from now on, and what no longer. */
export interface LogChanges {
  readonly begin: readonly LogTarget[];
  /** Keys. */
  readonly leave: readonly string[];
}

/** Compares what is followed of a job with the containers it has now. */
export function changesOf(
  known: ReadonlyMap<string, LogTarget>,
  now: readonly LogTarget[],
): LogChanges {
  const keys = new Set(now.map(keyOf));
  return {
    begin: now.filter((target) => !known.has(keyOf(target))),
    leave: [...known.keys()].filter((key) => !keys.has(key)),
  };
}

/** What to say of a container that is followed from now on, after the first look. */
export function beginNotice(target: LogTarget, known: Iterable<LogTarget>): string {
  const others = [...known];
  const moved = others.find(({ allocation }) => allocation === target.replaces);
  if (moved !== undefined)
    return `${moved.name} moves from ${moved.node} to ${target.node}, as ${target.name}`;
  const before = others.findLast(({ allocation }) => allocation === target.allocation);
  if (before === undefined) return `${labelOf(target)}: its log is followed, too`;
  return before.node === target.node
    ? `${labelOf(target)} has another container: its log is followed`
    : `${target.name} runs on ${target.node} now, before on ${before.node}`;
}

/** The fault of a job that has nothing to read yet. */
export const noContainer = (name: string): Fault => ({
  code: 'service.not-found',
  field: 'name',
  message: `${name} has no container yet: see dqoes job status ${name}`,
});
