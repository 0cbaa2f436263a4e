import type { AllocationId, NodeId } from '../../shared/ids.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import type { Snapshot } from '../schedule/types.js';
import { isAdmitted } from './admission.js';
import { homesIn, placedOf, snapshotJobs } from './job-snapshot.js';
import type { ClusterState } from './model.js';
import { nodeLossesOf } from './node-losses.js';
import { placesOf } from './node-places.js';
import { nodesToSee, type SeenNodes, viewsSteps } from './seen-nodes.js';
import { hasSameJobs, hasSamePlaces } from './snapshot-reuse.js';

/**
 * What the scheduler may see, everything in id order: equal states give equal snapshots. Nodes that
 * have not reported since the coordinator started are left out, so nothing is decided about them;
 * what is desired there counts as placed. Nodes and jobs are frozen. Lists are not: the engine goes
 * through a frozen one slowly, with an object for each step; nor allocations, which are made by the
 * thousand.
 */
export const snapshotOf = (state: ClusterState): Snapshot => snapshotAfter(null, state).snapshot;

/** A snapshot, and what the next one can reuse of it. */
export interface CachedSnapshot extends SeenNodes {
  readonly snapshot: Snapshot;
}

/**
 * Like `snapshotOf`, but reuses the nodes and jobs that have not changed since `before`: a pass
 * then costs what changed, not what exists. `before` null = nothing to reuse.
 */
export const snapshotAfter = (before: CachedSnapshot | null, state: ClusterState): CachedSnapshot =>
  atOnce(snapshotSteps(before, state));

/** `snapshotAfter` in steps, one for each node that is looked at again. */
export function* snapshotSteps(
  before: CachedSnapshot | null,
  state: ClusterState,
): Steps<CachedSnapshot> {
  const seen = nodesToSee(before, state);
  const { records, hasUndesired } = seen;
  const reusesJobs =
    before !== null &&
    seen.mayReuse &&
    hasSameJobs(before.state, state) &&
    hasSamePlaces(before, { state, records });
  yield;
  const admitted = reusesJobs ? [] : records.filter((node) => isAdmitted(state, node));
  const nodes = admitted.map((node) => placesOf(state, node));
  const homes = homesIn(nodes);
  const taken = new Map<AllocationId, NodeId>(homes);
  const placed = placedOf(nodes, homes);
  const views = yield* viewsSteps(before, seen, { taken, placed });
  yield;
  const known =
    before === null ? undefined : { jobs: before.snapshot.jobs, records: before.state.jobs };
  const jobs = reusesJobs ? before.snapshot.jobs : snapshotJobs(state, { placed, nodes, known });
  yield;
  const { lost, isFrozen } = nodeLossesOf(state);
  const snapshot = Object.freeze({
    jobs,
    nodes: views.filter((view) => view !== undefined),
    lost: keepIfEqual(before?.snapshot.lost, lost),
    isFrozen,
  });
  return { snapshot, state, records, views, hasUndesired };
}

const keepIfEqual = (
  before: readonly NodeId[] = [],
  after: readonly NodeId[],
): readonly NodeId[] =>
  before.length === after.length && before.every((id, i) => id === after[i]) ? before : after;
