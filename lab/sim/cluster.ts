import { sum } from '../../coordinator/schedule/limits/fit.js';
import type {
  Decision,
  Placed,
  Plan,
  Snapshot,
  SnapshotNode,
} from '../../coordinator/schedule/types.js';
import { type AllocationId, ordinalOf } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { seededRandom, seedOf } from '../../shared/random.js';
import { assertNever } from '../../shared/result.js';
import { foreignBursts } from '../foreign/bursts.js';
import type { LoadFactors, Sample } from '../host/container.js';
import { EVEN_MACHINE, type MachineModel, speedSteps } from '../host/machine.js';
import type { DecisionRecord, IntervalRecord, Scenario, ScenarioJob } from '../types.js';
import { SimAllocation } from './allocation.js';
import { NO_LOAD, type ScenarioConditions } from './conditions.js';
import { jobIntervals } from './job-intervals.js';
import type { Judge } from './judge.js';
import {
  advanceNode,
  enforceOnNode,
  hearHost,
  meanDelayOn,
  reportDelayMs,
  type SimNode,
  setNodeCapacity,
  simulatedNodes,
  snapshotOfNode,
  takeUse,
} from './node.js';
import { otherLoadOf } from './others.js';
import { simulatedSpecOf } from './spec.js';

/** What a cluster is made of beside its scenario, and who watches. */
export interface ClusterOptions {
  /** Default: even. */
  readonly machine?: MachineModel | undefined;
  /** From 1, the default. */
  readonly repetition?: number;
  /** From 1, the default: another one has other work and arrivals beside the same bursts. */
  readonly chance?: number;
  /** Sees each response time of each job, as its client does. */
  readonly onSample?: ((job: string, sample: Sample) => void) | undefined;
}

/** The simulated cluster: hosts with agents, and what the coordinator desires and knows of them. */
export class Cluster {
  readonly #scenario: Scenario;
  /** Sees each response time of each job, as its client does. */
  readonly #onSample: ((job: string, sample: Sample) => void) | undefined;
  readonly #machine: MachineModel;
  readonly #seed: number;
  readonly #nodes: readonly SimNode[];
  #conditions: ScenarioConditions;
  #specs = new Map<string, JobSpec>();
  #leaving: { readonly node: SimNode; readonly allocation: SimAllocation }[] = [];
  #updates = 0;
  #moves = 0;
  readonly #decided: DecisionRecord[] = [];

  constructor(
    scenario: Scenario,
    conditions: ScenarioConditions,
    { machine = EVEN_MACHINE, repetition = 1, chance = 1, onSample }: ClusterOptions = {},
  ) {
    this.#scenario = scenario;
    this.#onSample = onSample;
    this.#machine = machine;
    const { seed } = scenario;
    const drawn = repetition === 1 ? seed : seedOf(`${seed}/${repetition}`);
    this.#seed = chance === 1 ? drawn : seedOf(`${drawn}/chance/${chance}`);
    this.#nodes = simulatedNodes(scenario.nodes, (node) => ({
      machine,
      load: otherLoadOf(foreignBursts(scenario, { node, repetition })),
      speeds: speedSteps(machine, scenario.durationMs, { seed: this.#seed, node }),
      reports: seededRandom(seedOf(`${this.#seed}/reports/${node}`)),
    }));
    this.#conditions = conditions;
    this.applyConditions(conditions);
  }

  /** Every limit decision so far, in order of time. */
  get decisions(): readonly DecisionRecord[] {
    return this.#decided;
  }

  /** Runs all hosts to `toMs`. */
  advance(toMs: number): void {
    for (const node of this.#nodes) advanceNode(node, toMs);
  }

  /** Applies what the scenario says from now on: jobs, targets, loads, stolen CPU, silences. */
  applyConditions(conditions: ScenarioConditions): void {
    this.#conditions = conditions;
    this.#specs = new Map(
      conditions.jobs.map((job) => [job.id, simulatedSpecOf(job, this.#targetMsOf(job))]),
    );
    for (const node of this.#nodes) {
      const { id, host, allocations } = node;
      node.stolenCores = conditions.stolenCores.get(id) ?? 0;
      setNodeCapacity(node);
      for (const { container, options } of allocations.values())
        if (container !== null)
          host.setLoad(container, conditions.load.get(options.job.id) ?? NO_LOAD);
    }
  }

  /** Every node that is not silent reports. */
  report(nowMs: number): void {
    for (const node of this.#nodes) {
      if (this.#conditions.silentNodes.has(node.id)) continue;
      hearHost(node, nowMs);
      const delayMs = reportDelayMs(node, nowMs);
      for (const allocation of node.allocations.values()) {
        const job = allocation.options.job.id;
        const spec = this.#specs.get(job);
        if (spec !== undefined && !this.#conditions.silentJobs.has(job))
          allocation.report(spec, nowMs, delayMs);
      }
    }
  }

  /** Arrival times (ms) of the requests that have no answer yet, by job. */
  waiting(): readonly (readonly [job: string, sinceMs: readonly number[]])[] {
    return this.#nodes.flatMap(({ allocations }) =>
      [...allocations.values()].map(
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

  /** Allocations by job. `replaces` is left out once the old allocation is gone. */
  #placed(): ReadonlyMap<string, readonly Placed[]> {
    const there = this.#allocationIds();
    const placed = new Map<string, Placed[]>();
    for (const { id: node, allocations } of this.#nodes)
      for (const { id, options } of allocations.values()) {
        const { replaces, job } = options;
        const move = replaces !== undefined && there.has(replaces) ? { replaces } : {};
        placed.set(job.id, [...(placed.get(job.id) ?? []), { id, node, ...move }]);
      }
    for (const list of placed.values()) list.sort((a, b) => ordinalOf(a.id) - ordinalOf(b.id));
    return placed;
  }

  #allocationIds(): ReadonlySet<AllocationId> {
    return new Set(this.#nodes.flatMap(({ allocations }) => [...allocations.keys()]));
  }

  #viewNode(node: SimNode, nowMs: number): SnapshotNode {
    const reportIntervalMs = this.#scenario.intervalMs / 5;
    return snapshotOfNode(node, { nowMs, reportIntervalMs }, (allocation) => {
      const { job } = allocation.options;
      const spec = this.#specs.get(job.id) ?? simulatedSpecOf(job, job.targetMs);
      return allocation.view(spec, node.spec.cpuCores, node.heardAtMs);
    });
  }

  /** Makes a plan the desired state; `enforce` brings it to the hosts. */
  applyPlan(plan: Plan, nowMs: number): void {
    for (const decision of plan.decisions) this.#take(decision, nowMs);
    for (const { node, gpus } of plan.gpus ?? [])
      this.#nodes.find(({ id }) => id === node)?.gpus.setDesired(gpus);
  }

  #take(decision: Decision, nowMs: number): void {
    const node = this.#nodes.find(({ id }) => id === decision.node);
    if (node === undefined)
      throw new Error(`the plan names node ${decision.node}, which does not exist`);
    const { job, allocation: id } = decision;
    switch (decision.kind) {
      case 'place':
        this.#place(node, decision);
        return;
      case 'remove': {
        const allocation = node.allocations.get(id);
        if (allocation !== undefined) this.#leaving.push({ node, allocation });
        if (this.#specs.has(job) && this.#hasSuccessor(id)) this.#moves += 1;
        node.allocations.delete(id);
        return;
      }
      case 'limit': {
        const allocation = node.allocations.get(id);
        if (allocation === undefined) return;
        if (decision.from !== null) this.#updates += 1;
        allocation.desired = decision.to;
        const fromCores = decision.from?.cpuCores ?? null;
        const { to, reason } = decision;
        this.#decided.push({ atMs: nowMs, job, fromCores, toCores: to.cpuCores, reason });
        return;
      }
      default:
        assertNever(decision);
    }
  }

  /** Whether another allocation replaces this one. */
  #hasSuccessor(allocation: AllocationId): boolean {
    return this.#nodes.some(({ allocations }) =>
      [...allocations.values()].some(({ options }) => options.replaces === allocation),
    );
  }

  #place(
    node: SimNode,
    { allocation: id, job: name, replaces, gpu }: Extract<Decision, { kind: 'place' }>,
  ): void {
    const job = this.#conditions.jobs.find((each) => each.id === name);
    if (job?.model == null) return;
    const { intervalMs } = this.#scenario;
    const onSample = this.#onSample;
    const seen =
      onSample === undefined ? {} : { onSample: (sample: Sample) => onSample(name, sample) };
    const move = {
      ...(replaces === undefined ? {} : { replaces }),
      ...(gpu === undefined ? {} : { gpu }),
    };
    node.allocations.set(
      id,
      new SimAllocation({
        id,
        job,
        model: job.model,
        node: node.id,
        seed: this.#seed,
        windowMs: intervalMs,
        resumeMs: this.#machine.resumeMs,
        startMs: this.#machine.startMs,
        meanReadDelayMs: () => meanDelayOn(node, this.#machine.readDelay),
        ...move,
        ...seen,
      }),
    );
  }

  /** Brings the desired state to the hosts: containers end and start, limits are written. */
  enforce(nowMs: number): void {
    for (const { node, allocation } of this.#leaving) {
      if (allocation.container === null) continue;
      node.gpus.remove(allocation.container);
      node.host.remove(allocation.container);
    }
    this.#leaving = [];
    const loadOf = (job: string): LoadFactors => this.#conditions.load.get(job) ?? NO_LOAD;
    for (const node of this.#nodes) enforceOnNode(node, nowMs, loadOf);
  }

  /**
   * What happened since the last call: limit updates (the first limit of an allocation does not
   * count), moves, and the work of the GPUs.
   */
  takeChanges(nowMs: number): Pick<IntervalRecord, 'limitUpdates' | 'moves' | 'gpus'> {
    const limitUpdates = this.#updates;
    const moves = this.#moves;
    this.#updates = 0;
    this.#moves = 0;
    const gpus = this.#nodes.flatMap((node) => node.gpus.takeInterval(nowMs));
    return { limitUpdates, moves, ...(gpus.length === 0 ? {} : { gpus }) };
  }

  /**
   * How every job that asks to run is judged at `nowMs`, in id order, and the CPU that there was
   * for them. At the end of each interval, once.
   */
  judge(
    judge: Judge,
    nowMs: number,
    bySamples: boolean,
  ): Pick<IntervalRecord, 'jobs' | 'leftCores' | 'foreignCores'> {
    const { intervalMs } = this.#scenario;
    const conditions = this.#conditions;
    const nodes = this.#nodes.map((node) => ({ node, ...takeUse(node, intervalMs) }));
    const jobs = jobIntervals(nodes, { judge, conditions, intervalMs, nowMs, bySamples });
    return {
      jobs,
      leftCores: sum(nodes.map(({ leftCores }) => leftCores)),
      foreignCores: sum(nodes.map(({ foreignCores }) => foreignCores)),
    };
  }

  #targetMsOf(job: ScenarioJob): number {
    return this.#conditions.targetMs.get(job.id) ?? job.targetMs;
  }
}
