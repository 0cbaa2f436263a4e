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
  /** Its host is to remove it, so that it has no other start. Absent = no. */
  readonly isStopping?: true;
}

/** Where a job is. */
type Placed = Pick<JobStatus, 'allocations'>;

/** The containers of a job that there are. */
export const targetsOf = ({ allocations }: Placed): readonly LogTarget[] =>
  allocations.flatMap((status) => {
    const { id, node, container, replaces, isStopping } = status;
    if (node === null || container === null || container.containerId === null) return [];
    return [
      {
        allocation: id,
        name: allocationName(status),
        node,
        container: container.containerId,
        life: container.lifeId,
        ...(replaces === undefined ? {} : { replaces }),
        ...(isStopping === true ? { isStopping } : {}),
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

/** Where the allocations of a job are, with their containers as far as they are known. */
export interface LogPlaces {
  readonly targets: readonly LogTarget[];
  /**
   * Allocations on nodes of which no container is known, as before the first report to a new
   * leader: theirs may still be there.
   */
  readonly unknown: ReadonlySet<string>;
}

/** Reads the places of a job. */
export const placesOf = (job: Placed): LogPlaces => ({
  targets: targetsOf(job),
  unknown: new Set(
    job.allocations.flatMap(({ id, node, container }) =>
      node === null || container?.containerId != null ? [] : [`${id} ${node}`],
    ),
  ),
});

/** Compares what is followed of a job with the containers it has now. */
export function changesOf(
  followed: ReadonlyMap<string, LogTarget>,
  { targets, unknown }: LogPlaces,
): LogChanges {
  const keys = new Set(targets.map(keyOf));
  const isLeft = ([key, { allocation, node }]: readonly [string, LogTarget]): boolean =>
    !keys.has(key) && !unknown.has(`${allocation} ${node}`);
  return {
    begin: targets.filter((target) => !followed.has(keyOf(target))),
    leave: [...followed].filter(isLeft).map(([key]) => key),
  };
}

/**
 * What to say of a container that is followed from now on, after the first look. `left`: the one
 * that the job lost at the same look, if it was one for one.
 */
export function beginNotice(
  target: LogTarget,
  known: Iterable<LogTarget>,
  left?: LogTarget,
): string {
  const others = [...known];
  const moved = others.find(({ allocation }) => allocation === target.replaces);
  if (moved !== undefined)
    return `${moved.name} moves from ${moved.node} to ${target.node}, as ${target.name}`;
  const before = others.findLast(({ allocation }) => allocation === target.allocation);
  if (before === undefined && left !== undefined)
    return `${labelOf(target)} takes the place of ${labelOf(left)}`;
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
