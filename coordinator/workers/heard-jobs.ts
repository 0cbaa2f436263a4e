import type { AllocationId } from '../../shared/ids.js';
import type { SnapshotJob } from '../schedule/types.js';
import { addPlaced, homesIn, placedOf, snapshotJobs } from '../state/job-snapshot.js';
import type { ClusterState } from '../state/model.js';
import type { Replacement } from '../state/node-events.js';
import type { HeardNode } from './heard-node.js';
import type { WorkerPlaces } from './messages.js';

/** What the cluster has beside its nodes. */
export type Cluster = Pick<ClusterState, 'jobs' | 'secrets'>;

/** The jobs and moves, and what they were made of beside the nodes. */
export interface KnownJobs {
  readonly jobs: readonly SnapshotJob[];
  readonly moves: Pick<WorkerPlaces, 'finishedMoves' | 'replacements'>;
  readonly records: Cluster['jobs'];
  readonly secrets: Cluster['secrets'];
}

/**
 * The jobs, with where they are: as desired, or as found on nodes of which nothing is known; and
 * the moves. `known`: by an earlier plan, to be reused.
 */
export function jobsOn(
  cluster: Cluster,
  heard: readonly HeardNode[],
  known: KnownJobs | undefined,
): KnownJobs {
  const nodes = heard.flatMap(({ isAdmitted, places }) => (isAdmitted ? places : []));
  const homes = homesIn(nodes);
  const placed = placedOf(nodes, homes);
  const taken = new Set<AllocationId>(homes.keys());
  for (const { id: node, facts, places } of heard) {
    const found = places.desired === null ? (facts?.allocations ?? []) : [];
    for (const { id, job, origin } of found) {
      if (origin !== 'dqoes' || taken.has(id)) continue;
      taken.add(id);
      addPlaced(placed, job, { id, node });
    }
  }
  const { jobs: records, secrets } = cluster;
  const jobs = snapshotJobs(cluster, { placed, nodes, known });
  return { jobs, moves: movesIn(heard), records, secrets };
}

/** The moves under way: what takes the place of what, and what is not there any more. */
function movesIn(heard: readonly HeardNode[]): KnownJobs['moves'] {
  const places = heard.flatMap(({ places: { desired } }) => desired ?? []);
  const there = new Set(places.map(({ place }) => place.id));
  const finishedMoves = new Set<AllocationId>();
  const replacements = new Map<AllocationId, Replacement>();
  for (const { job, place } of places) {
    const { id: allocation, node, replaces } = place;
    if (replaces === undefined) continue;
    if (!there.has(replaces)) finishedMoves.add(replaces);
    if (!replacements.has(replaces)) replacements.set(replaces, { allocation, job, node });
  }
  return { finishedMoves, replacements };
}
