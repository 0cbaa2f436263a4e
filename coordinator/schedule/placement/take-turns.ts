import type { JobName } from '../../../shared/ids.js';
import { hostPortsOf } from '../../../shared/job.js';
import { atOnce } from '../../../shared/steps.js';
import { fitsRequest } from '../gpu/gpu-budget.js';
import type { AllocationSummary, ClusterSummary } from '../node-summary.js';
import type { Decision, SnapshotJob } from '../types.js';
import type { MissingContext } from './missing-gpus.js';
import { mayMove, movesOff, type NodeBudget, requestOfJob } from './node-budget.js';
import type { PlacementContext } from './placement-context.js';
import { otherGpusFor, reassignGpus } from './reassign-gpus.js';
import { nodeBudgetsOf, type Replicas } from './reconcile-replicas.js';
import { isFeasible } from './refusals.js';
import { finderOf } from './replica-diff.js';
import { planRollouts, type RolloutInput, type Rollouts } from './rollout.js';
import type { RolloutMemory } from './turns.js';

interface TurnsInput extends MissingContext {
  readonly snapshot: ClusterSummary;
  readonly memory: RolloutMemory;
  readonly context: PlacementContext;
}

/** The turns, and what is placed with them. */
export interface TakenTurns {
  readonly replicas: Replicas;
  readonly rollouts: Rollouts;
}

/**
 * Gives the turns. Those whose turn it is and whose job asks for other GPUs than they have get them
 * on their node, or leave it.
 */
export function takeTurns(replicas: Replicas, input: TurnsInput): TakenTurns {
  const { snapshot, missing, nowMs, memory } = input;
  const { settled, dropped, decisions } = replicas;
  const rollouts = planRollouts({
    ...finderOf(snapshot.nodes),
    jobs: settled.others,
    changing: settled.changing,
    dropped,
    placing: busyJobs(decisions, dropped),
    pending: new Set(replicas.pending.map(({ job }) => job)),
    whyLeaves: whyLeaves(replicas),
    whyBlocked: whyBlocked(snapshot.jobs, replicas),
    movesAway: movesAway(replicas, input),
    lost: new Set(settled.lost),
    isFrozen: snapshot.isFrozen === true,
    nowMs,
    memory,
    placeOf: placesOf(snapshot.jobs),
  });
  const turns = new Set(rollouts.planned.turns);
  if (turns.size === 0) return { replicas, rollouts };
  const turned = reassignGpus(replicas.nodes, {
    jobs: settled.others,
    asksForGpu: settled.asksForGpu,
    missing,
    nowMs,
    waits: ({ id }) => !turns.has(id),
  });
  const after = [...decisions, ...turned.decisions];
  return { replicas: { ...replicas, nodes: turned.nodes, decisions: after }, rollouts };
}

// Asked only where turns are not over.
function placesOf(jobs: readonly SnapshotJob[]): RolloutInput['placeOf'] {
  let byName: ReadonlyMap<JobName, SnapshotJob> | undefined;
  return (id, name) => {
    byName ??= new Map(jobs.map((job) => [job.spec.name, job]));
    return byName.get(name)?.placed.find((each) => each.id === id);
  };
}

/** Jobs of which a container is placed now, or leaves to be placed elsewhere. */
const busyJobs = (
  decisions: readonly Decision[],
  dropped: Replicas['dropped'],
): ReadonlySet<JobName> =>
  new Set(
    decisions.flatMap(({ kind, job, allocation }) =>
      kind === 'place' || (kind === 'remove' && !dropped.has(allocation)) ? job : [],
    ),
  );

function whyLeaves({ nodes }: Replicas): RolloutInput['whyLeaves'] {
  const { find, nodeOf } = finderOf(nodes);
  return (each, { spec }) => {
    const [allocation, node] = [find(each), nodeOf(each.node)];
    if (allocation === undefined || node === undefined) return undefined;
    if (fitsRequest(allocation.gpu, spec.resources.gpu)) return undefined;
    const gpu = otherGpusFor(allocation, spec, node);
    return gpu === null ? `finds no GPU on ${each.node} as its job asks for it` : undefined;
  };
}

/** A host port that the newest version asks for and another container of the host has. */
function whyBlocked(jobs: readonly SnapshotJob[], { nodes }: Replicas): RolloutInput['whyBlocked'] {
  const { nodeOf } = finderOf(nodes);
  const portsOf = ({ origin, job, report, state }: AllocationSummary): readonly number[] => {
    const its = origin === 'dqoes' ? jobs.find(({ spec }) => spec.name === job) : undefined;
    if (its !== undefined) return hostPortsOf(its.spec);
    return state === 'running' ? Object.values(report?.ports ?? {}) : [];
  };
  return ({ id, node }, { spec }) => {
    const asked = new Set(hostPortsOf(spec));
    const others = asked.size === 0 ? [] : (nodeOf(node)?.allocations ?? []);
    for (const other of others) {
      const port = other.id === id ? undefined : portsOf(other).find((each) => asked.has(each));
      if (port !== undefined) return `host port ${port} of ${node} is that of ${other.id}`;
    }
    return undefined;
  };
}

function movesAway(
  { nodes }: Replicas,
  { snapshot, context }: TurnsInput,
): RolloutInput['movesAway'] {
  const { nodeOf } = finderOf(nodes);
  let budgets: readonly NodeBudget[] | undefined;
  return ({ node: id }, job) => {
    const { spec, secretBytes, refusedBy } = job;
    const node = nodeOf(id);
    if (node === undefined || !movesOff(node) || snapshot.isFrozen === true) return false;
    if (!mayMove(job)) return false;
    budgets ??= atOnce(nodeBudgetsOf(snapshot, nodes, context));
    const request = { spec, resources: requestOfJob(spec, secretBytes), refusedBy };
    return budgets.some((budget) => budget.node.id !== id && isFeasible(request, budget));
  };
}
