import type { JobName } from '../../../shared/ids.js';
import type { Steps } from '../../../shared/steps.js';
import type { NodeForecast } from '../forecast.js';
import type { AllocationSummary, ClusterSummary, NodeSummary } from '../node-summary.js';
import type { Decision, Pending, Preempted, SnapshotJob } from '../types.js';
import { jobsByName } from './jobs-by-name.js';
import { NO_MISSING_GPUS } from './missing-gpus.js';
import {
  isSilent,
  MIN_COMMAND_BYTES,
  type NodeBudget,
  nodeBudgetOf,
  type ResourceRequest,
  requestOfJob,
} from './node-budget.js';
import type { PlacementContext } from './placement-context.js';
import { reassignGpus } from './reassign-gpus.js';
import { diffReplicas, type ReplicaDiff, type SettledJobs } from './replica-diff.js';
import { type PlacementResult, ReplicaPlacer } from './replica-placer.js';
import { waitsForTurn } from './rollout.js';
import { NO_STEADY_NODES, type SteadyNodes, steadyNodes, stillSteady } from './steady-nodes.js';

/** Nodes as they will be after the placements and removals. */
export interface Replicas {
  readonly nodes: readonly NodeSummary[];
  readonly decisions: readonly Decision[];
  readonly pending: readonly Pending[];
  readonly preempted: readonly Preempted[];
  readonly moving: ReplicaDiff['moving'];
  readonly dropped: ReplicaDiff['dropped'];
  readonly settled: SettledJobs;
  readonly steady: SteadyNodes;
}

/**
 * Makes the desired allocations follow the jobs. Surplus and ended allocations are removed, adopted
 * containers that are gone are released, and missing replicas are placed one by one, heavier jobs
 * first, each seeing those before it. An allocation that already runs without being desired stays
 * where it is. A job that fits nowhere may preempt lighter ones.
 */
export function* reconcileReplicas(
  snapshot: ClusterSummary,
  context: PlacementContext,
  before: SteadyNodes = NO_STEADY_NODES,
): Steps<Replicas> {
  const diff = diffReplicas(snapshot, context);
  const { settled } = diff;
  const still = stillSteady(before, settled, snapshot.nodes);
  yield;
  const removed = unseenLosses(snapshot, diff);
  const wanted = snapshot.nodes.map((node, i) =>
    still.nodes[i] !== undefined ? node : keepWanted(node, { diff, removed }),
  );
  const steady = steadyNodes(snapshot.nodes, wanted, still);
  const { missing = NO_MISSING_GPUS, nowMs } = context;
  const { nodes: kept, decisions: reassigned } = reassignGpus(wanted, {
    jobs: snapshot.jobs,
    asksForGpu: settled.asksForGpu,
    missing,
    nowMs,
    waits: waitsForTurn,
  });
  yield;
  const placed = yield* placeMissing(snapshot, { kept, missing: diff.missing, context });
  return {
    nodes: placed.nodes,
    decisions: [
      ...removed,
      ...reassigned,
      ...placed.removed,
      ...keptRunning(kept.filter((node, i) => steady.nodes[i] !== node)),
      ...placed.decisions,
    ],
    pending: placed.pending,
    preempted: placed.preempted,
    moving: diff.moving,
    dropped: diff.dropped,
    settled,
    steady,
  };
}

// Allocations that go from nodes that have not reported since the coordinator started.
function unseenLosses({ nodes }: ClusterSummary, { lost, dropped }: ReplicaDiff): Decision[] {
  if (lost.length === 0) return [];
  const seen = new Set(nodes.map(({ id }) => id));
  return lost
    .filter(({ node }) => !seen.has(node))
    .map(({ id, job, node }) => ({
      kind: 'remove',
      allocation: id,
      job,
      node,
      reason: dropped.get(id) ?? '',
    }));
}

interface KeepWantedInput {
  readonly diff: ReplicaDiff;
  readonly removed: Decision[];
}

function keepWanted(node: NodeSummary, { diff, removed }: KeepWantedInput): NodeSummary {
  const { keep, settled } = diff;
  const remove = (allocation: AllocationSummary, reason: string): boolean => {
    if (allocation.limit !== null)
      removed.push({
        kind: 'remove',
        allocation: allocation.id,
        job: allocation.job,
        node: node.id,
        reason,
      });
    return false;
  };
  const keeps = (allocation: AllocationSummary): boolean => {
    const { id, origin } = allocation;
    if (origin === 'dqoes') {
      if (settled.homes.get(id) === node.id || keep.get(id) === node.id) return true;
      return remove(allocation, diff.dropped.get(id) ?? 'no job asks for this allocation any more');
    }
    if (allocation.report === null) return remove(allocation, 'the container is gone');
    if (allocation.state !== 'running')
      return remove(allocation, `the container is ${allocation.state}`);
    if (allocation.control !== 'enforce')
      return remove(allocation, `control is ${allocation.control}`);
    return true;
  };
  const allocations = node.allocations.filter(keeps);
  return allocations.length === node.allocations.length ? node : { ...node, allocations };
}

function keptRunning(nodes: readonly NodeSummary[]): readonly Decision[] {
  const decisions: Decision[] = [];
  for (const node of nodes) {
    if (isSilent(node)) continue;
    for (const { id, job, origin, limit, gpu } of node.allocations) {
      if (origin !== 'dqoes' || limit !== null) continue;
      const given = gpu === undefined ? {} : { gpu };
      decisions.push({
        kind: 'place',
        allocation: id,
        job,
        node: node.id,
        reason: 'already runs here',
        ...given,
      });
    }
  }
  return decisions;
}

interface PlaceMissingInput {
  readonly kept: readonly NodeSummary[];
  readonly missing: ReplicaDiff['missing'];
  readonly context: PlacementContext;
}

function* placeMissing(
  snapshot: ClusterSummary,
  { kept, missing, context }: PlaceMissingInput,
): Steps<PlacementResult> {
  if (missing.length === 0)
    return { nodes: kept, decisions: [], pending: [], preempted: [], removed: [] };
  const placer = new ReplicaPlacer(yield* nodeBudgetsOf(snapshot, kept, context), context);
  const heaviestFirst = [...missing].sort((a, b) => b.job.spec.weight - a.job.spec.weight);
  for (const { job, ids } of heaviestFirst) {
    yield;
    yield* placer.placeAll(job, ids);
  }
  yield;
  return placer.result(kept);
}

/**
 * Budgets of all nodes, one node per step but for those of which nothing is new: while an
 * allocation waits, all are asked for in every pass.
 */
export function* nodeBudgetsOf(
  snapshot: ClusterSummary,
  nodes: readonly NodeSummary[],
  context: PlacementContext,
): Steps<NodeBudget[]> {
  const { jobs } = snapshot;
  const budgets: NodeBudget[] = [];
  for (const node of nodes) {
    const forecast = context.forecastOf(node);
    const known = knownBudgets.get(node);
    if (known?.jobs === jobs && known.forecast === forecast) {
      budgets.push(known.budget);
      continue;
    }
    yield;
    const budget = nodeBudgetOf(node, requestsFrom(jobs), forecast);
    // Asked of all nodes for each that is placed: here it takes a step a node.
    if (context.sumsLater !== true) void budget.promised;
    knownBudgets.set(node, { jobs, forecast, budget });
    budgets.push(budget);
  }
  return budgets;
}

/** A budget, and what it was made from. */
interface KnownBudget {
  readonly jobs: ClusterSummary['jobs'];
  readonly forecast: NodeForecast | undefined;
  readonly budget: NodeBudget;
}

// Nodes, jobs and forecasts never change once they are made.
const knownBudgets = new WeakMap<NodeSummary, KnownBudget>();
const knownRequests = new WeakMap<ClusterSummary['jobs'], NodeBudget['requestOf']>();

const publishedIn = (report: AllocationSummary['report']): readonly number[] | undefined =>
  report === null ? undefined : Object.values(report.ports);

function requestsFrom(jobs: ClusterSummary['jobs']): NodeBudget['requestOf'] {
  const known = knownRequests.get(jobs);
  if (known !== undefined) return known;
  const byName = jobsByName(jobs);
  const requestOf: NodeBudget['requestOf'] = (allocation) => requestBy(byName, allocation);
  knownRequests.set(jobs, requestOf);
  return requestOf;
}

function requestBy(
  jobs: ReadonlyMap<JobName, SnapshotJob>,
  { job, origin, minCores, report }: AllocationSummary,
): ResourceRequest {
  const own = origin === 'dqoes' ? jobs.get(job) : undefined;
  const spec = own?.spec;
  const promised = own === undefined ? undefined : requestOfJob(own.spec, own.secretBytes);
  const seenBytes = report?.memory?.workingSetBytes ?? 0;
  const hostPorts = promised === undefined ? publishedIn(report) : promised.hostPorts;
  return {
    cpuCores: minCores,
    memoryBytes: spec?.resources.memoryBytes ?? Math.max(promised?.memoryBytes ?? 0, seenBytes),
    // The limit of an adopted container is part of the desired state, too.
    commandBytes: promised?.commandBytes ?? MIN_COMMAND_BYTES,
    ...(hostPorts === undefined ? {} : { hostPorts }),
  };
}
