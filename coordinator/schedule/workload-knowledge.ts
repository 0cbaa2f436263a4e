import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Steps } from '../../shared/steps.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { DemandBySpeed, NodeOutlooks, Prior, WorkloadProfile } from './forecast.js';
import type { Placement } from './moves/move-request.js';
import type { AllocationSummary, ClusterSummary, NodeSummary } from './node-summary.js';
import { jobsByName } from './placement/jobs-by-name.js';
import type { PlacementContext } from './placement/placement-context.js';
import type { SettledJobs } from './placement/replica-diff.js';
import type { Placed, Policy, SnapshotJob } from './types.js';
import {
  type ProfileObservation,
  priorOn,
  updateProfiles,
  type WorkloadProfiles,
  withoutGone,
} from './workloads/profiles.js';

/**
 * Minimum time between two scans of what all allocations have shown, ms: usually, and while an
 * allocation waits for a place.
 */
const LEARN_INTERVAL_MS = 30_000;
const LEARN_INTERVAL_PENDING_MS = 5000;

/** What the knowledge is drawn from. */
export interface WorkloadKnowledgeInput {
  readonly policy: Pick<Policy, 'forecaster' | 'place'>;
  readonly outlooks: NodeOutlooks;
  readonly snapshot: ClusterSummary;
  readonly nowMs: number;
  readonly memory: {
    readonly knowledge: WorkloadProfiles;
    readonly learntAtMs: number | null;
    /** Of the plan before. */
    readonly settled?: SettledJobs;
  };
}

// A settled job has as many allocations as it wants.
const openJobs = ({
  snapshot,
  memory,
}: Pick<WorkloadKnowledgeInput, 'snapshot' | 'memory'>): readonly SnapshotJob[] =>
  memory.settled?.jobs === snapshot.jobs ? memory.settled.others : snapshot.jobs;

/** What is known of workloads, and when that was last updated, ms; null = never. */
interface Learnt {
  readonly knowledge: WorkloadProfiles;
  readonly learntAtMs: number | null;
}

/** What an allocation that has not been measured yet starts from; undefined = nothing is known. */
export type PriorOf = (
  allocation: Pick<AllocationSummary, 'id' | 'job' | 'node' | 'origin'>,
) => Prior | undefined;

/** From which those answers can be given elsewhere. */
export interface PriorFacts {
  readonly knowledge: WorkloadProfiles;
  /** Of allocations that take the place of another one: by that one's model. */
  readonly replacing: ReadonlyMap<AllocationId, Prior>;
}

/** The answers; `workloadOf`: of a job, undefined where it is not known. */
export const priorsFrom =
  (
    { knowledge, replacing }: PriorFacts,
    workloadOf: (job: JobName) => WorkloadKey | undefined,
  ): PriorOf =>
  ({ id, job, node, origin }) => {
    const workload = origin === 'dqoes' ? workloadOf(job) : undefined;
    if (workload === undefined) return undefined;
    return replacing.get(id) ?? priorOn(knowledge, workload, node);
  };

/** Whether it is time to look at what all allocations have shown. */
export function isScanDue(input: Omit<WorkloadKnowledgeInput, 'outlooks' | 'policy'>): boolean {
  const { memory, nowMs } = input;
  const isAwaited = openJobs(input).some(({ placed, spec }) => placed.length < spec.replicas);
  const restMs = isAwaited ? LEARN_INTERVAL_PENDING_MS : LEARN_INTERVAL_MS;
  return memory.learntAtMs === null || nowMs - memory.learntAtMs >= restMs;
}

/** What is known, with what all allocations have shown where that is due; a step for each node. */
export function* workloadKnowledgeSteps(input: WorkloadKnowledgeInput): Steps<WorkloadKnowledge> {
  return new WorkloadKnowledge(input, isScanDue(input) ? yield* learnSteps(input) : input.memory);
}

function* learnSteps(input: WorkloadKnowledgeInput): Steps<Learnt> {
  const { memory, nowMs, policy, outlooks, snapshot } = input;
  if (policy.forecaster === undefined) return { knowledge: memory.knowledge, learntAtMs: nowMs };
  const jobs = jobsByName(snapshot.jobs);
  const observations: ProfileObservation[] = [];
  for (const node of snapshot.nodes) {
    const shown = outlooks.profilesOf(node.id);
    if (shown === undefined) continue;
    yield;
    const ownerOf = ownersOn(node);
    for (const { allocation, profile } of shown) {
      const workload = jobs.get(ownerOf(allocation) as JobName)?.workload;
      if (workload !== undefined) observations.push({ workload, node: node.id, profile });
    }
  }
  yield;
  const known = withoutGone(memory.knowledge, snapshot.nodes);
  return { knowledge: updateProfiles(known, observations), learntAtMs: nowMs };
}

// Asked in id order, as the allocations are: nearly always it is the next one.
function ownersOn({ allocations }: NodeSummary): (id: AllocationId) => JobName | undefined {
  let next = 0;
  return (id) => {
    const isNext = allocations[next]?.id === id;
    const at = isNext ? next : allocations.findIndex((each) => each.id === id);
    if (at >= 0) next = at + 1;
    return allocations[at]?.job;
  };
}

/**
 * What the policy knows of workloads and nodes, computed on demand: while nothing moves, nothing is
 * scanned. Under a policy that learns nothing, all answers are "not known".
 */
export class WorkloadKnowledge {
  readonly #input: WorkloadKnowledgeInput;
  readonly #learnt: Learnt;
  /** What the allocations of a node have shown, on a node of speed 1: all places are asked. */
  readonly #shown = new Map<NodeId, ReadonlyMap<AllocationId, WorkloadProfile>>();

  /** Made by `workloadKnowledgeSteps`. */
  constructor(input: WorkloadKnowledgeInput, learnt: Learnt) {
    this.#input = input;
    this.#learnt = learnt;
  }

  get memory(): Learnt {
    const { knowledge, learntAtMs } = this.#learnt;
    return { knowledge, learntAtMs };
  }

  placementContext(
    before: Pick<PlacementContext, 'moving' | 'settled' | 'rollouts'>,
  ): PlacementContext {
    return {
      nowMs: this.#input.nowMs,
      ...before,
      rule: this.#input.policy.place,
      forecastOf: (node) => this.#input.outlooks.forecastOf(node.id),
      demandOf: ({ workload, spec }) =>
        this.#demand(this.#learnt.knowledge.profiles.get(workload), spec),
      speedOf: (node) => this.#speedOf(node),
    };
  }

  /** Allocations whose target was not met when the policy last saw the node. */
  unmetOf({ id }: NodeSummary, place: number): readonly AllocationId[] {
    return this.#input.outlooks.unmetOf(id, place);
  }

  /** CPU that a running allocation would take on another node; null = not known. */
  demandOf({ id, job: name, node }: AllocationSummary): DemandBySpeed | null {
    const job = this.#jobOf(name);
    if (job === undefined) return null;
    const shown = this.#shownOn(node).get(id);
    const { profiles } = this.#learnt.knowledge;
    return this.#demand(shown ?? profiles.get(job.workload), job.spec);
  }

  /**
   * Returns what an allocation that has not been measured yet starts from: the model of the
   * allocation it replaces, or what its workload showed on other nodes.
   */
  priors(moved: readonly Placement[]): PriorOf {
    const replacing = new Map(moved.map(({ allocation, replaces }) => [allocation, replaces]));
    return ({ id, job: name, node, origin }) => {
      const job = origin === 'dqoes' ? this.#jobOf(name) : undefined;
      if (job === undefined) return undefined;
      const old = replacing.get(id) ?? job.placed.find((each) => each.id === id)?.replaces;
      const prior = this.#replacedPrior(job, old, node);
      return prior ?? this.#priorOf(job, node);
    };
  }

  /** The same as data: what is known of workloads, and the models of those that are replaced. */
  priorFacts(moved: readonly Placement[]): PriorFacts {
    const replacing = new Map<AllocationId, Prior>();
    const note = (job: SnapshotJob, { id, node, replaces }: Placed): void => {
      const prior = this.#replacedPrior(job, replaces, node);
      if (prior !== undefined) replacing.set(id, prior);
    };
    for (const job of this.#input.snapshot.jobs) for (const each of job.placed) note(job, each);
    for (const { allocation: id, job: name, node, replaces } of moved) {
      const job = this.#jobOf(name);
      if (job !== undefined && replaces !== undefined) note(job, { id, node, replaces });
    }
    return { knowledge: this.#learnt.knowledge, replacing };
  }

  #demand(profile: WorkloadProfile | undefined, { target }: JobSpec): DemandBySpeed | null {
    const { forecaster } = this.#input.policy;
    return profile === undefined || forecaster === undefined
      ? null
      : forecaster.demand(profile, target);
  }

  #priorOf({ workload }: SnapshotJob, node: NodeId): Prior | undefined {
    return priorOn(this.#learnt.knowledge, workload, node);
  }

  #replacedPrior({ placed }: SnapshotJob, old: AllocationId | undefined, to: NodeId) {
    const from = placed.find(({ id }) => id === old)?.node;
    return old === undefined || from === undefined ? undefined : this.#movedPrior(old, from, to);
  }

  #movedPrior(allocation: AllocationId, from: NodeId, to: NodeId): Prior | undefined {
    const profile = this.#shownOn(from).get(allocation);
    if (profile === undefined) return undefined;
    return { profile, speedRatio: this.#speedOf(to) };
  }

  #shownOn(node: NodeId): ReadonlyMap<AllocationId, WorkloadProfile> {
    const known = this.#shown.get(node);
    if (known !== undefined) return known;
    const shown = this.#input.outlooks.profilesOf(node) ?? [];
    const speed = this.#speedOf(node);
    const found = new Map<AllocationId, WorkloadProfile>();
    for (const { allocation, profile } of shown)
      if (!found.has(allocation))
        found.set(allocation, { ...profile, workSeconds: profile.workSeconds * speed });
    this.#shown.set(node, found);
    return found;
  }

  #speedOf(node: NodeId): number {
    return this.#learnt.knowledge.speeds.get(node) ?? 1;
  }

  #jobOf(name: JobName): SnapshotJob | undefined {
    return jobsByName(this.#input.snapshot.jobs).get(name);
  }
}
