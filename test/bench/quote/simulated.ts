import { nextDesired } from '../../../coordinator/dispatch/next-desired.js';
import { quote } from '../../../coordinator/planning/quote.js';
import { POLICIES } from '../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../coordinator/schedule/schedule.js';
import { DEFAULT_PARAMS } from '../../../coordinator/schedule/types.js';
import { allocationStatuses } from '../../../coordinator/state/allocation-status.js';
import type { StateEvent } from '../../../coordinator/state/events.js';
import { type ClusterState, emptyState } from '../../../coordinator/state/model.js';
import { reduce } from '../../../coordinator/state/reduce.js';
import { snapshotOf } from '../../../coordinator/state/snapshot.js';
import { burstsOf } from '../../../lab/foreign/bursts.js';
import { type ForeignLevel, foreignLoadOf } from '../../../lab/foreign/levels.js';
import { type MachineModel, speedSteps } from '../../../lab/host/machine.js';
import { SimAllocation } from '../../../lab/sim/allocation.js';
import {
  advanceNode,
  hearHost,
  meanDelayOn,
  reportDelayMs,
  type SimNode,
  setNodeCapacity,
  settleEnforced,
  simulatedNodes,
} from '../../../lab/sim/node.js';
import { otherLoadOf } from '../../../lab/sim/others.js';
import type { JobModel, ScenarioJob } from '../../../lab/types.js';
import type { AllocationId, NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { seededRandom, seedOf } from '../../../shared/random.js';
import type { ContainerReport } from '../../../shared/report.js';
import { report } from '../../unit/coordinator/build.js';
import { guessedWorkSeconds } from '../lib/random-job.js';
import type { QuoteCluster } from './cluster.js';

/** What a simulated host of the bench is like. */
export interface SimulatedHost {
  readonly seed: number;
  readonly machine: MachineModel;
  readonly foreign: ForeignLevel;
}

const NODE = 'h1';
const CORES = 2;
const TICK_MS = 1000;
/** A limit reaches the kernel so long after it was decided, ms. */
const ENFORCE_DELAY_MS = 30;
/** The speed of a host is drawn for this time, ms; afterwards it stays. */
const DRAWN_MS = 3_600_000;
const LOAD = { workFactor: 1, rateFactor: 1 };

/** What may be in a request. */
interface Asked {
  readonly name?: string;
  readonly jobs?: readonly JobSpec[];
  readonly targetsMs?: readonly number[];
}

/** A host with lab/host's containers, decided about by the coordinator's own state and policy. */
export class SimulatedCluster implements QuoteCluster {
  #state: ClusterState = emptyState({ incarnation: 'sim', epoch: 1, policy: 'adaptive' });
  #memory: SchedulerMemory = NO_MEMORY;
  #nowMs = 0;
  #revision = 0;
  readonly #host: SimulatedHost;
  readonly #node: SimNode;

  constructor(host: SimulatedHost) {
    this.#host = host;
    const { seed, machine, foreign } = host;
    const span = { fromMs: 0, untilMs: DRAWN_MS };
    const [node] = simulatedNodes([{ id: NODE, cpuCores: CORES }], () => ({
      machine,
      load: otherLoadOf(burstsOf(foreignLoadOf(foreign), span, seedOf(`${seed}/foreign`))),
      speeds: speedSteps(machine, DRAWN_MS, { seed, node: NODE }),
      reports: seededRandom(seedOf(`${seed}/reports`)),
    }));
    if (node === undefined) throw new Error('there is no node');
    this.#node = node;
    setNodeCapacity(node);
  }

  /** Time since the start, ms. */
  get nowMs(): number {
    return this.#nowMs;
  }

  call: QuoteCluster['call'] = async (verb, request) => {
    const asked = request as Asked;
    if (verb === 'job-submit') return this.#submit(asked.jobs ?? []) as never;
    const { spec } =
      [...this.#state.jobs.values()].find((each) => each.spec.name === asked.name) ?? {};
    if (spec === undefined) throw new Error(`there is no job ${asked.name}`);
    if (verb === 'job-stop') {
      this.#apply({ kind: 'job-removed', atMs: this.#nowMs, name: spec.name });
      return { stopped: spec.name } as never;
    }
    if (verb !== 'job-quote') throw new Error(`${verb} is not simulated`);
    const { targetsMs = [] } = asked;
    return quote({
      ...(targetsMs.length === 0 ? {} : { targetsMs }),
      ...{ state: this.#state, memory: this.#memory, nowMs: this.#nowMs, job: spec },
      ...{ params: DEFAULT_PARAMS, policy: POLICIES.adaptive },
    }) as never;
  };

  look: QuoteCluster['look'] = (job) => {
    const status = allocationStatuses(this.#state, this.#nowMs).find((each) => each.job === job);
    return status === undefined
      ? undefined
      : { status, reportedAtMs: this.#nowMs - (status.ageMs ?? 0), othersCores: null };
  };

  pass: QuoteCluster['pass'] = async (ms, signal) => {
    for (let passedMs = 0; passedMs < ms; passedMs += TICK_MS) {
      signal?.throwIfAborted();
      this.#tick();
    }
  };

  async clear(): Promise<void> {}
  async close(): Promise<void> {}

  #submit(jobs: readonly JobSpec[]): object {
    this.#revision += 1;
    const stored = jobs.map((spec) => ({ spec, revision: this.#revision }));
    this.#apply({ kind: 'jobs-stored', atMs: this.#nowMs, jobs: stored });
    return { created: [], updated: [], unchanged: [] };
  }

  #apply(event: StateEvent): void {
    this.#state = reduce(this.#state, event);
  }

  #tick(): void {
    const node = this.#node;
    advanceNode(node, this.#nowMs + ENFORCE_DELAY_MS);
    this.#enforce();
    this.#nowMs += TICK_MS;
    advanceNode(node, this.#nowMs);
    this.#report();
    this.#acknowledge();
    this.#decide();
  }

  // Containers end and start, and limits are written.
  #enforce(): void {
    const { host, allocations, others } = this.#node;
    const atMs = this.#nowMs + ENFORCE_DELAY_MS;
    const wanted = this.#state.nodes.get(NODE as NodeId)?.desired?.allocations ?? [];
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, { container }] of allocations) {
      if (ids.has(id)) continue;
      if (container !== null) host.remove(container);
      allocations.delete(id);
    }
    for (const { id, spec, limit } of wanted) {
      const known = allocations.get(id);
      if (known === undefined && spec === undefined) continue;
      const its = known ?? this.#allocationOf(id, spec as JobSpec);
      its.desired = limit;
      if (its.container === null) {
        its.start(host, atMs, LOAD);
        others.start(atMs, this.#host.machine.engineStartMs);
      } else its.enforce(host, atMs);
      allocations.set(id, its);
    }
    settleEnforced(this.#node, atMs);
  }

  #allocationOf(id: AllocationId, spec: JobSpec): SimAllocation {
    const { seed, machine } = this.#host;
    const model = simulatedModel(spec, seed);
    return new SimAllocation({
      ...{ id, seed, model, node: NODE as NodeId, job: scenarioJobOf(spec, model) },
      ...{ windowMs: DEFAULT_PARAMS.intervalMs },
      ...{ resumeMs: machine.resumeMs, startMs: machine.startMs },
      meanReadDelayMs: () => meanDelayOn(this.#node, machine.readDelay),
    });
  }

  #report(): void {
    const atMs = this.#nowMs;
    const { jobs } = this.#state;
    const delayMs = reportDelayMs(this.#node, atMs);
    const containers = [...this.#node.allocations.values()].flatMap((each): ContainerReport[] => {
      const spec = jobs.get(each.options.job.id as JobSpec['name'])?.spec;
      if (spec === undefined) return [];
      each.report(spec, atMs, delayMs);
      const seen = each.view(spec, CORES, atMs).report;
      return seen === null ? [] : [seen];
    });
    // What is not idle is used, by containers or by other programs.
    hearHost(this.#node, atMs);
    const { hostCores, idleCores } = this.#node;
    const usedCores = hostCores - (idleCores ?? 0);
    const { host } = report(NODE);
    const heard = report(NODE, {
      ...{ sequence: atMs / TICK_MS, sentAtMs: atMs, containers },
      host: {
        ...{ ...host, capacityCpuCores: hostCores },
        cpuUtilisationRatio: Math.min(1, Math.max(0, usedCores / hostCores)),
      },
    });
    this.#apply({ kind: 'reports', atMs, reports: [{ atMs, report: heard }] });
  }

  #acknowledge(): void {
    const desired = this.#state.nodes.get(NODE as NodeId)?.desired ?? null;
    if (desired === null) return;
    const { incarnation, epoch, revision } = desired;
    const version = { incarnation, epoch, revision };
    const allocations = desired.allocations.map(({ id }) => ({ id, ok: true, reason: '' }));
    const ack = {
      ...{ node: NODE as NodeId, bootId: 'boot-1', outcome: 'applied' as const, allocations },
      ...{ asked: version, holds: version, reason: '' },
    };
    this.#apply({ kind: 'acks', atMs: this.#nowMs, acks: [ack] });
  }

  #decide(): void {
    const atMs = this.#nowMs;
    this.#apply({ kind: 'tick', atMs });
    const { plan, memory } = schedule(
      {
        ...{ snapshot: snapshotOf(this.#state), nowMs: atMs },
        ...{ params: DEFAULT_PARAMS, policy: POLICIES.adaptive },
      },
      this.#memory,
    );
    this.#memory = memory;
    const { pending, preempted, unreachable } = plan;
    this.#apply({ kind: 'planned', atMs, pending, preempted, unreachable });
    for (const desired of nextDesired(this.#state, plan, TICK_MS))
      this.#apply({ kind: 'desired-stored', atMs, states: [desired] });
  }
}

/** A workload's true cost: somewhere around the guess, and the same for the same command. */
function simulatedModel(spec: JobSpec, seed: number): JobModel {
  const random = seededRandom(seedOf(`${seed}/${spec.command.join(' ')}`));
  return {
    workSeconds: guessedWorkSeconds(spec) * 2 ** (random() - 0.5),
    overheadSeconds: 0.003 * random(),
    parallelism: 1,
    noiseRatio: 0.02 + 0.1 * random(),
    arrivals: { kind: 'closed' },
  };
}

const scenarioJobOf = ({ name, target, weight }: JobSpec, model: JobModel): ScenarioJob => ({
  ...{ id: name, atMs: 0, untilMs: null, targetMs: target.latencyMs, demandRatio: null },
  ...{ statistic: target.statistic, toleranceRatio: target.toleranceRatio, mode: target.mode },
  ...{ weight, model, workload: null },
});
