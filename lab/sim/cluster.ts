import { UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import type {
  Decision,
  Placed,
  Plan,
  Snapshot,
  SnapshotNode,
} from '../../coordinator/schedule/types.js';
import { type AllocationId, type NodeId, ordinalOf } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { assertNever } from '../../shared/result.js';
import type { Sample } from '../host/container.js';
import { HostNode } from '../host/node.js';
import type {
  DecisionRecord,
  IntervalRecord,
  JobInterval,
  Scenario,
  ScenarioJob,
  ScenarioNode,
} from '../types.js';
import { SimAllocation } from './allocation.js';
import { MIN_CAPACITY_CORES, NO_LOAD, type ScenarioConditions } from './conditions.js';
import { NodeGpuSim } from './gpus.js';
import { type Judge, type JudgedContainer, onGpu } from './judge.js';
import { scenarioTargetOf, simulatedSpecOf } from './spec.js';

/**
 * Reports missed until a node is suspect, and the bounds of the interval that counts
 * (coordinator/state/liveness.ts).
 */
const SUSPECT_AFTER_REPORTS = 3;
const LIVENESS_BOUNDS_MS = { least: 2000, most: 60_000 } as const;
/** No node runs out of memory in a simulation. */
const MEMORY_BYTES = 2 ** 50;

interface SimNode {
  readonly id: NodeId;
  readonly spec: ScenarioNode;
  readonly host: HostNode;
  readonly gpus: NodeGpuSim;
  readonly members: Map<AllocationId, SimAllocation>;
  heardAtMs: number;
  /** Of the last report heard: CPU nobody used over it, cores; null = none was heard. */
  idleCores: number | null;
  idleMs: number;
}

/** The simulated cluster: hosts with agents, and what the coordinator desires and knows of them. */
export class Cluster {
  readonly #nodes: readonly SimNode[];
  #conditions: ScenarioConditions;
  #specs = new Map<string, JobSpec>();
  #leaving: { readonly node: SimNode; readonly member: SimAllocation }[] = [];
  #updates = 0;
  #moves = 0;
  readonly #decided: DecisionRecord[] = [];

  readonly #scenario: Scenario;
  /** Sees each response time of each job, as its client does. */
  readonly #onSample: ((job: string, sample: Sample) => void) | undefined;

  constructor(
    scenario: Scenario,
    conditions: ScenarioConditions,
    onSample?: (job: string, sample: Sample) => void,
  ) {
    this.#scenario = scenario;
    this.#onSample = onSample;
    this.#nodes = [...scenario.nodes]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((spec) => ({
        id: spec.id as NodeId,
        spec,
        host: new HostNode(spec.cpuCores, 0),
        gpus: new NodeGpuSim(spec),
        members: new Map(),
        heardAtMs: 0,
        idleCores: null,
        idleMs: 0,
      }));
    this.#conditions = conditions;
    this.meet(conditions);
  }

  get decisions(): readonly DecisionRecord[] {
    return this.#decided;
  }

  advance(toMs: number): void {
    for (const { host } of this.#nodes) host.advance(toMs);
  }

  /** The world is otherwise from now on. */
  meet(conditions: ScenarioConditions): void {
    this.#conditions = conditions;
    this.#specs = new Map(
      conditions.jobs.map((job) => [job.id, simulatedSpecOf(job, this.#targetMsOf(job))]),
    );
    for (const { id, spec, host, members } of this.#nodes) {
      const stolen = conditions.stolenCores.get(id) ?? 0;
      host.setCapacity(Math.max(MIN_CAPACITY_CORES, spec.cpuCores - stolen));
      for (const { container, options } of members.values())
        if (container !== null)
          host.setLoad(container, conditions.load.get(options.job.id) ?? NO_LOAD);
    }
  }

  /** Every node that is not silent reports. */
  report(nowMs: number): void {
    for (const node of this.#nodes) {
      if (this.#conditions.silentNodes.has(node.id)) continue;
      const { idleMs } = node.host;
      const elapsedMs = nowMs - node.heardAtMs;
      if (elapsedMs > 0) node.idleCores = Math.max(0, (idleMs - node.idleMs) / elapsedMs);
      node.idleMs = idleMs;
      node.heardAtMs = nowMs;
      for (const member of node.members.values()) {
        const job = member.options.job.id;
        const spec = this.#specs.get(job);
        if (spec !== undefined && !this.#conditions.silentJobs.has(job)) member.report(spec, nowMs);
      }
    }
  }

  /** Requests without an answer yet, by the job asked: when each came, ms. */
  waiting(): readonly (readonly [job: string, sinceMs: readonly number[]])[] {
    return this.#nodes.flatMap(({ members }) =>
      [...members.values()].map(
        ({ container, options }) => [options.job.id, container?.waitingSinceMs ?? []] as const,
      ),
    );
  }

  /** What the scheduler may see now. */
  snapshot(nowMs: number): Snapshot {
    const placed = this.#placed();
    const jobs = this.#conditions.jobs.flatMap(({ id }) => {
      const spec = this.#specs.get(id);
      return spec === undefined ? [] : [{ spec, workload: id, placed: placed.get(id) ?? [] }];
    });
    return { jobs, nodes: this.#nodes.map((node) => this.#viewNode(node, nowMs)) };
  }

  /** Allocations by job; a move that is over is one no more. */
  #placed(): ReadonlyMap<string, readonly Placed[]> {
    const there = this.#allocationIds();
    const placed = new Map<string, Placed[]>();
    for (const { id: node, members } of this.#nodes)
      for (const { id, options } of members.values()) {
        const { replaces, job } = options;
        const move = replaces !== undefined && there.has(replaces) ? { replaces } : {};
        placed.set(job.id, [...(placed.get(job.id) ?? []), { id, node, ...move }]);
      }
    for (const list of placed.values()) list.sort((a, b) => ordinalOf(a.id) - ordinalOf(b.id));
    return placed;
  }

  #allocationIds(): ReadonlySet<AllocationId> {
    return new Set(this.#nodes.flatMap(({ members }) => [...members.keys()]));
  }

  #viewNode(node: SimNode, nowMs: number): SnapshotNode {
    const intervalMs = this.#scenario.intervalMs / 5;
    const counted = Math.min(
      LIVENESS_BOUNDS_MS.most,
      Math.max(LIVENESS_BOUNDS_MS.least, intervalMs),
    );
    const isReady = nowMs - node.heardAtMs <= SUSPECT_AFTER_REPORTS * counted;
    return {
      id: node.id,
      schedulable: isReady,
      unschedulableReason: isReady ? '' : 'the node is suspect',
      labels: {},
      allocatableCpuCores: node.spec.cpuCores,
      allocatableMemoryBytes: MEMORY_BYTES,
      idleCpuCores: node.idleCores,
      reportIntervalMs: intervalMs,
      ...(node.gpus.isEmpty ? {} : { gpus: node.gpus.view() }),
      allocations: [...node.members.values()]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((member) => {
          const { job } = member.options;
          const spec = this.#specs.get(job.id) ?? simulatedSpecOf(job, job.targetMs);
          return member.view(spec, node.spec.cpuCores, node.heardAtMs);
        }),
    };
  }

  /** Takes a plan as what is desired; `enforce` brings it to the hosts. */
  desire(plan: Plan, nowMs: number): void {
    for (const decision of plan.decisions) this.#take(decision, nowMs);
    for (const { node, gpus } of plan.gpus ?? [])
      this.#nodes.find(({ id }) => id === node)?.gpus.desire(gpus);
  }

  #take(decision: Decision, nowMs: number): void {
    const node = this.#nodes.find(({ id }) => id === decision.node);
    if (node === undefined)
      throw new Error(`the plan names node ${decision.node}, which there is not`);
    const { job, allocation } = decision;
    switch (decision.kind) {
      case 'place':
        this.#place(node, decision);
        return;
      case 'remove': {
        const member = node.members.get(allocation);
        if (member !== undefined) this.#leaving.push({ node, member });
        if (this.#specs.has(job) && this.#isTaken(allocation)) this.#moves += 1;
        node.members.delete(allocation);
        return;
      }
      case 'limit': {
        const member = node.members.get(allocation);
        if (member === undefined) return;
        if (decision.from !== null) this.#updates += 1;
        member.desired = decision.to;
        const cores = { fromCores: decision.from?.cpuCores ?? null, toCores: decision.to.cpuCores };
        this.#decided.push({ atMs: nowMs, job, ...cores, reason: decision.reason });
        return;
      }
      default:
        assertNever(decision);
    }
  }

  /** Another one takes its place. */
  #isTaken(allocation: AllocationId): boolean {
    return this.#nodes.some(({ members }) =>
      [...members.values()].some(({ options }) => options.replaces === allocation),
    );
  }

  #place(
    node: SimNode,
    { allocation: id, job: name, replaces, gpu }: Extract<Decision, { kind: 'place' }>,
  ): void {
    const job = this.#conditions.jobs.find((each) => each.id === name);
    if (job?.model == null) return;
    const { seed, intervalMs } = this.#scenario;
    const onSample = this.#onSample;
    const seen =
      onSample === undefined ? {} : { onSample: (sample: Sample) => onSample(name, sample) };
    const move = {
      ...(replaces === undefined ? {} : { replaces }),
      ...(gpu === undefined ? {} : { gpu }),
    };
    node.members.set(
      id,
      new SimAllocation({
        id,
        job,
        model: job.model,
        node: node.id,
        seed,
        windowMs: intervalMs,
        ...move,
        ...seen,
      }),
    );
  }

  /**
   * What is desired reaches the hosts: containers end and start, limits are written, decreases
   * first.
   */
  enforce(nowMs: number): void {
    for (const { node, member } of this.#leaving) {
      if (member.container === null) continue;
      node.gpus.remove(member.container);
      node.host.remove(member.container);
    }
    this.#leaving = [];
    for (const { host, gpus, members } of this.#nodes) {
      gpus.enforce(host, nowMs);
      for (const member of members.values()) {
        if (member.container !== null) member.enforce(host, nowMs);
        else {
          member.start(host, nowMs, this.#conditions.load.get(member.options.job.id) ?? NO_LOAD);
          if (member.container !== null) gpus.add(member.container, member.options.gpu);
        }
      }
    }
  }

  /**
   * Since the last call: limits changed, first ones of an allocation left out, moves, and what GPUs
   * did.
   */
  takeChanges(nowMs: number): Pick<IntervalRecord, 'limitUpdates' | 'moves' | 'gpus'> {
    const limitUpdates = this.#updates;
    const moves = this.#moves;
    this.#updates = 0;
    this.#moves = 0;
    const gpus = this.#nodes.flatMap((node) => node.gpus.takeInterval(nowMs));
    return { limitUpdates, moves, ...(gpus.length === 0 ? {} : { gpus }) };
  }

  /** How every job that asks to run is judged at `nowMs`, in id order. */
  judge(judge: Judge, nowMs: number): readonly JobInterval[] {
    const found = new Map<string, JobInterval>();
    const there = this.#allocationIds();
    for (const node of this.#nodes)
      for (const { member, interval } of this.#judgeNode(node, judge, nowMs)) {
        // While a job moves, the old place is what its clients have.
        const { replaces } = member.options;
        if (replaces === undefined || !there.has(replaces)) found.set(interval.id, interval);
      }
    return this.#conditions.jobs.map(
      (job) => found.get(job.id) ?? { ...this.#unseen(job), node: null },
    );
  }

  #judgeNode(
    node: SimNode,
    judge: Judge,
    nowMs: number,
  ): readonly { readonly member: SimAllocation; readonly interval: JobInterval }[] {
    const members = [...node.members.values()];
    const running = members.flatMap((member) => {
      const judged = this.#judgedOf(node, member, nowMs);
      return judged === undefined ? [] : [{ member, judged }];
    });
    const capacity = Math.max(
      MIN_CAPACITY_CORES,
      node.spec.cpuCores - (this.#conditions.stolenCores.get(node.id) ?? 0),
    );
    const values = judge.onNodeMs(
      running.map(({ judged }) => judged),
      capacity,
    );
    const latencies = new Map(running.map(({ member }, i) => [member, values[i] ?? null]));
    return members.map((member) => {
      const limit = member.container?.limit ?? member.desired ?? UNLIMITED;
      const interval: JobInterval = {
        ...this.#unseen(member.options.job),
        node: node.id,
        latencyMs: latencies.get(member) ?? null,
        limitCores: limit.cpuCores,
        periodUs: limit.periodUs,
        usageCores: member.takeUsageMs() / this.#scenario.intervalMs,
      };
      return { member, interval };
    });
  }

  #judgedOf(
    { gpus }: SimNode,
    { container, options }: SimAllocation,
    nowMs: number,
  ): JudgedContainer | undefined {
    if (container === null || container.startsAtMs > nowMs) return undefined;
    const { job, model } = options;
    const load = this.#conditions.load.get(job.id) ?? NO_LOAD;
    return {
      model: onGpu(model, load, gpus.rateOf(options.gpu)),
      statistic: job.statistic,
      load,
      limit: container.limit,
    };
  }

  #unseen(job: ScenarioJob): JobInterval {
    return {
      id: job.id,
      node: null,
      target: scenarioTargetOf(job, this.#targetMsOf(job)),
      weight: job.weight,
      latencyMs: null,
      limitCores: null,
      periodUs: UNLIMITED.periodUs,
      usageCores: 0,
    };
  }

  #targetMsOf(job: ScenarioJob): number {
    return this.#conditions.targetMs.get(job.id) ?? job.targetMs;
  }
}
