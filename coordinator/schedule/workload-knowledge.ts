import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { NodeOutlook, Prior, Profile } from './forecast.js';
import type { Placement } from './moves/move-round.js';
import type { Surroundings } from './placement/reconcile-replicas.js';
import type { Need } from './placement/node-budget.js';
import type { Policy, Snapshot, SnapshotAllocation, SnapshotJob, SnapshotNode } from './types.js';
import { type Knowledge, learnProfiles, type Observation, priorOn } from './workloads/profiles.js';

/**
 * Least time between two looks at what all allocations have shown, ms: as a rule, and where
 * somebody waits for a place.
 */
const LEARN_MS = 30_000;
const LEARN_FOR_NEWCOMER_MS = 5000;

const NOBODY: readonly AllocationId[] = [];

export interface LearntInput {
  readonly policy: Policy;
  /** What the policy remembers, by node. */
  readonly nodes: ReadonlyMap<string, unknown>;
  readonly snapshot: Snapshot;
  readonly nowMs: number;
  readonly memory: { readonly knowledge: Knowledge; readonly learntAtMs: number | null };
}

/**
 * What the policy knows of workloads and nodes, asked for when somebody needs it: nothing is looked
 * through while everybody stays. Under a policy that learns nothing all answers are "not known".
 */
export class Learnt {
  readonly #input: LearntInput;
  #knowledge: Knowledge;
  #learntAtMs: number | null;
  #jobs: ReadonlyMap<JobName, SnapshotJob> | undefined;

  constructor(input: LearntInput) {
    this.#input = input;
    this.#knowledge = input.memory.knowledge;
    this.#learntAtMs = input.memory.learntAtMs;
    const isAwaited = input.snapshot.jobs.some(({ placed, spec }) => placed.length < spec.replicas);
    const restMs = isAwaited ? LEARN_FOR_NEWCOMER_MS : LEARN_MS;
    if (this.#learntAtMs === null || input.nowMs - this.#learntAtMs >= restMs) this.#learn();
  }

  get kept(): { readonly knowledge: Knowledge; readonly learntAtMs: number | null } {
    return { knowledge: this.#knowledge, learntAtMs: this.#learntAtMs };
  }

  surroundings(before: Pick<Surroundings, 'movingSinceMs' | 'settled'>): Surroundings {
    return {
      nowMs: this.#input.nowMs,
      ...before,
      rule: this.#input.policy.place,
      outlookOf: (node) => this.#outlookOf(node.id),
      needOf: (job) => this.#needBySpeed(job),
    };
  }

  /** Whose target was not met on a node when the policy saw it last. */
  unmetOf({ id }: SnapshotNode): readonly AllocationId[] {
    const { policy, nodes } = this.#input;
    const remembered = nodes.get(id);
    return remembered === undefined ? NOBODY : (policy.foresight?.unmet(remembered) ?? NOBODY);
  }

  /** What an allocation that runs would take on another node. */
  needOf(allocation: SnapshotAllocation, node: NodeId): Need | null {
    const job = this.#jobsByName().get(allocation.job);
    if (job === undefined) return null;
    const prior =
      this.#movedPrior(allocation.id, allocation.node, node) ?? this.#priorOf(job, node);
    return this.#need(prior, job.spec);
  }

  /**
   * What an allocation that has shown nothing yet begins with: what the one showed whose place it
   * takes, or what its workload showed elsewhere.
   */
  priors(moved: readonly Placement[]): (allocation: SnapshotAllocation) => Prior | undefined {
    const replacing = new Map(moved.map(({ allocation, replaces }) => [allocation, replaces]));
    return ({ id, job: name, node, origin }) => {
      const job = origin === 'dqoes' ? this.#jobsByName().get(name) : undefined;
      if (job === undefined) return undefined;
      const old = replacing.get(id) ?? job.placed.find((each) => each.id === id)?.replaces;
      const from = job.placed.find((each) => each.id === old)?.node;
      const prior =
        old === undefined || from === undefined ? undefined : this.#movedPrior(old, from, node);
      return prior ?? this.#priorOf(job, node);
    };
  }

  #learn(): void {
    const { nowMs, policy, nodes } = this.#input;
    const { foresight } = policy;
    this.#learntAtMs = nowMs;
    if (foresight === undefined) return;
    const jobs = this.#jobsByName();
    const observations: Observation[] = [];
    for (const node of this.#input.snapshot.nodes) {
      const remembered = nodes.get(node.id);
      if (remembered === undefined) continue;
      const owners = new Map(node.allocations.map(({ id, job }) => [id, job]));
      for (const { allocation, profile } of foresight.profiles(remembered)) {
        const workload = jobs.get(owners.get(allocation) as JobName)?.workload;
        if (workload !== undefined) observations.push({ workload, node: node.id, profile });
      }
    }
    this.#knowledge = learnProfiles(this.#knowledge, observations);
  }

  #outlookOf(node: NodeId): NodeOutlook | undefined {
    const { policy, nodes } = this.#input;
    const remembered = nodes.get(node);
    return remembered === undefined ? undefined : policy.foresight?.outlook(remembered);
  }

  #need(prior: Prior | undefined, { target }: JobSpec): Need | null {
    const { foresight } = this.#input.policy;
    return prior === undefined || foresight === undefined ? null : foresight.need(prior, target);
  }

  // Most nodes are equally fast: the law is asked once for each speed.
  #needBySpeed(job: SnapshotJob): (node: NodeId) => Need | null {
    const needs = new Map<number, Need | null>();
    return (node) => {
      const prior = this.#priorOf(job, node);
      if (prior === undefined) return null;
      const known = needs.get(prior.speedRatio);
      if (known !== undefined) return known;
      const need = this.#need(prior, job.spec);
      needs.set(prior.speedRatio, need);
      return need;
    };
  }

  #priorOf({ workload }: SnapshotJob, node: NodeId): Prior | undefined {
    return priorOn(this.#knowledge, workload, node);
  }

  #movedPrior(allocation: AllocationId, from: NodeId, to: NodeId): Prior | undefined {
    const { policy, nodes } = this.#input;
    const remembered = nodes.get(from);
    const shown = remembered === undefined ? [] : (policy.foresight?.profiles(remembered) ?? []);
    const profile = shown.find((each) => each.allocation === allocation)?.profile;
    if (profile === undefined) return undefined;
    const { speeds } = this.#knowledge;
    const atReference: Profile = {
      ...profile,
      workSeconds: profile.workSeconds * (speeds.get(from) ?? 1),
    };
    return { profile: atReference, speedRatio: speeds.get(to) ?? 1 };
  }

  #jobsByName(): ReadonlyMap<JobName, SnapshotJob> {
    this.#jobs ??= new Map(this.#input.snapshot.jobs.map((job) => [job.spec.name, job]));
    return this.#jobs;
  }
}
