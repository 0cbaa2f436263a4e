import { isSameContainer } from '../../shared/fixed-parts.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { Placed } from '../schedule/types.js';
import { type RefusedJob, refusedOn } from './host-refusals.js';
import { isMadeFor } from './made-for.js';
import type { ClusterState, NodeRecord } from './model.js';
import { leavingOn } from './overcommit.js';
import { keyTroubleOf } from './secrets.js';
import { waitingOn } from './waiting.js';

/** What of one node concerns the jobs of the cluster: who is there, and who may not be. */
export interface NodePlaces {
  readonly node: NodeId;
  /** What is desired there, in its order; null = no desired state is known. */
  readonly desired: readonly DesiredPlace[] | null;
  /** Jobs that its host refuses as they are now. */
  readonly refused: readonly RefusedJob[];
  /** Why it gets no secrets; absent = it does. */
  readonly keyTrouble?: string;
  /** The job that has to leave it for want of room, and why; absent = none. */
  readonly leaving?: { readonly job: JobName; readonly why: string };
  /** null = it has not reported yet. */
  readonly labels: Readonly<Record<string, string>> | null;
}

/** One allocation that is desired on a node. */
export interface DesiredPlace {
  readonly job: JobName;
  readonly place: Placed;
  /** dqoes did not start it. Absent = it is to. */
  readonly isAdopted?: true;
}

const OUTDATED = { isOutdated: true } as const;
const HELD_BACK = { isHeldBack: true } as const;
const PREVIOUS = { isPrevious: true } as const;
const ADOPTED = { isAdopted: true } as const;

/** What is said of an allocation beside where it is; undefined = nothing is, as of nearly all. */
function specialOf(of: {
  readonly replaces: AllocationId | undefined;
  readonly isNewest: boolean;
  readonly isHeldBack: boolean;
  readonly isPrevious: boolean;
}): Omit<Placed, 'id' | 'node'> | undefined {
  const { replaces, isNewest, isHeldBack, isPrevious } = of;
  if (replaces === undefined && isNewest && !isHeldBack && !isPrevious) return undefined;
  return {
    ...(replaces === undefined ? {} : { replaces }),
    ...(isNewest ? {} : OUTDATED),
    ...(isHeldBack ? HELD_BACK : {}),
    ...(isPrevious ? PREVIOUS : {}),
  };
}

/** The same of a node as it is now. */
export function placesOf(
  state: Pick<ClusterState, 'jobs' | 'registration'>,
  record: NodeRecord,
): NodePlaces {
  const { id: node, desired, report } = record;
  const waiting = waitingOn(record);
  const keyTrouble = keyTroubleOf(record);
  const leaving = leavingOn(state, record);
  return {
    node,
    desired:
      desired?.allocations.map(({ id, job, spec, replaces }) => {
        if (spec === undefined) {
          const move = replaces === undefined ? {} : { replaces };
          return { job, place: { id, node, ...move }, ...ADOPTED };
        }
        const newest = state.jobs.get(job)?.spec ?? spec;
        const isNewest = isSameContainer(newest, spec);
        // That of the job is one object for all its allocations.
        const isPrevious = isMadeFor(record, id, isNewest ? newest : spec) === false;
        const isHeldBack = waiting.has(id);
        const special = specialOf({ replaces, isNewest, isHeldBack, isPrevious });
        // Nearly all have nothing, and a copy to which fields may be added takes more room.
        const place = special === undefined ? { id, node } : { id, node, ...special };
        return { job, place: Object.freeze(place) };
      }) ?? null,
    refused: refusedOn(state, record),
    ...(keyTrouble === undefined ? {} : { keyTrouble }),
    ...(leaving === undefined ? {} : { leaving }),
    labels: report?.labels ?? null,
  };
}
