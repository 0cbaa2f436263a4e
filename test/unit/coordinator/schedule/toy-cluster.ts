import { nextDesired } from '../../../../coordinator/dispatch/next-desired.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type ScheduleInput,
  type SchedulerMemory,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import type { Plan } from '../../../../coordinator/schedule/types.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { snapshotOf } from '../../../../coordinator/state/snapshot.js';
import type { Ack, AllocationAck } from '../../../../shared/command.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { container, job, nodeId, PARAMS, report, target } from '../build.js';
import { inWholeAnswers, type Serve } from './toy-service.js';

const CORES = 2;
const LINGER_MS = 2500;

interface Running {
  readonly id: string;
  readonly job: string;
  readonly cores: number;
  readonly untilMs: number;
}

/**
 * Hosts on which a request takes work ÷ limit, seen through the coordinator's own state; one step
 * is one second.
 */
export class ToyCluster {
  state: ClusterState = emptyState({ incarnation: 'inc', epoch: 1, policy: 'adaptive' });
  memory: SchedulerMemory = NO_MEMORY;
  nowMs = 0;
  readonly events: string[] = [];
  /** Nodes that run on but are not heard, nor hear anything. */
  readonly cut = new Set<string>();
  /** What the rules of a host say against a job; undefined = it may run there. */
  rules: (spec: JobSpec, node: string) => string | undefined = () => undefined;
  /** How containers answer. */
  serve: Serve = inWholeAnswers();
  /** Start of each agent; another one where it was restarted. */
  readonly boots = new Map<string, string>();
  readonly #ran = new Map<string, readonly Running[]>();

  constructor(
    readonly nodes: string[],
    readonly workSeconds: (job: string, node: string) => number,
  ) {}

  apply(event: StateEvent): void {
    const before = this.state;
    this.state = reduce(before, event);
    const context = { nowMs: this.nowMs, wallMs: 0, source: '/test' };
    for (const { type, data } of deriveEvents(before, this.state, context))
      if (!/limit-changed|class-changed|started|placed|submitted/.test(type))
        this.events.push(
          `${type.replace('dqoes.', '')} ` +
            `${'allocation' in data ? data.allocation : 'node' in data ? data.node : ''}`,
        );
  }

  submit(...specs: readonly JobSpec[]): void {
    this.apply({
      kind: 'jobs-stored',
      atMs: this.nowMs,
      jobs: specs.map((spec) => ({ spec, revision: 1 })),
    });
  }

  run(seconds: number): void {
    for (let i = 0; i < seconds; i += 1) this.#second();
  }

  /** What really runs there. */
  runningOn(node: string): readonly string[] {
    return (this.#ran.get(node) ?? []).map(({ id }) => id);
  }

  /** Where each allocation of a job is desired, with its limit. */
  get placed(): Readonly<Record<string, string>> {
    const placed: Record<string, string> = {};
    for (const { id, desired } of this.state.nodes.values())
      for (const each of desired?.allocations ?? [])
        placed[each.id] = `${id} ${each.limit.cpuCores?.toFixed(2) ?? '-'}`;
    return placed;
  }

  #second(): void {
    this.nowMs += 1000;
    for (const node of this.nodes) {
      if (this.cut.has(node)) continue;
      const containers = this.#onNode(node).map(({ id, job: name, cores }) =>
        this.#work(id, this.workSeconds(name, node), cores),
      );
      const sequence = this.nowMs / 1000;
      const heard = {
        atMs: this.nowMs,
        report: report(node, {
          sequence,
          bootId: this.#bootOf(node),
          sentAtMs: this.nowMs,
          containers,
        }),
      };
      this.apply({ kind: 'reports', atMs: this.nowMs, reports: [heard] });
      this.#acknowledge(node);
    }
    this.decide();
  }

  #bootOf(node: string): string {
    return this.boots.get(node) ?? 'boot-1';
  }

  #refusalOf(node: string, spec: JobSpec | undefined): string | undefined {
    return spec === undefined ? undefined : this.rules(spec, node);
  }

  #acknowledge(node: string): void {
    const desired = this.state.nodes.get(nodeId(node))?.desired ?? null;
    if (desired === null) return;
    const { incarnation, epoch, revision } = desired;
    const version = { incarnation, epoch, revision };
    const allocations = desired.allocations.map(({ id, spec }): AllocationAck => {
      const reason = this.#refusalOf(node, spec);
      return reason === undefined
        ? { id, ok: true, reason: '' }
        : { id, ok: false, reason, refused: true };
    });
    const outcome = allocations.every(({ ok }) => ok) ? 'applied' : 'partial';
    const ack: Ack = {
      node: nodeId(node),
      bootId: this.#bootOf(node),
      outcome,
      asked: version,
      holds: version,
      allocations,
      reason: '',
    };
    this.apply({ kind: 'acks', atMs: this.nowMs, acks: [ack] });
  }

  // What is desired, and what was until a moment ago: an agent needs time to stop a container.
  #onNode(node: string): readonly Running[] {
    const before = new Set((this.#ran.get(node) ?? []).map(({ id }) => id));
    const wanted = (this.state.nodes.get(nodeId(node))?.desired?.allocations ?? [])
      // An older version that runs goes on; a new container is not made.
      .filter(({ id, spec }) => before.has(id) || this.#refusalOf(node, spec) === undefined)
      .map(({ id, job: name, limit }) => ({
        ...{ id, job: name, cores: limit.cpuCores ?? CORES },
        untilMs: this.nowMs + LINGER_MS,
      }));
    const ids = new Set<string>(wanted.map(({ id }) => id));
    const dying = (this.#ran.get(node) ?? []).filter(
      ({ id, untilMs }) => !ids.has(id) && untilMs > this.nowMs,
    );
    const running = [...wanted, ...dying];
    this.#ran.set(node, running);
    return running;
  }

  decide(): void {
    this.apply({ kind: 'tick', atMs: this.nowMs });
    const input = {
      snapshot: snapshotOf(this.state),
      nowMs: this.nowMs,
      params: PARAMS,
      policy: POLICIES.adaptive,
    };
    const plan = this.plan(input);
    const { pending, preempted, unreachable, conditions = [], rollouts = [] } = plan;
    const said = { pending, preempted, unreachable, conditions, rollouts };
    this.apply({ kind: 'planned', atMs: this.nowMs, ...said });
    for (const desired of nextDesired(this.state, plan, 1000))
      this.apply({ kind: 'desired-stored', atMs: this.nowMs, states: [desired] });
  }

  /** What the scheduler decides. */
  protected plan(input: ScheduleInput): Plan {
    const { plan, memory } = schedule(input, this.memory);
    this.memory = memory;
    return plan;
  }

  #work(id: string, workSeconds: number, limitCores: number): ContainerReport {
    const served = this.serve(id, workSeconds, limitCores);
    const { usageTotalSeconds, latency, usageCores = limitCores, throttledRatio = 1 } = served;
    const limit = { cpuCores: limitCores, periodUs: 100_000 };
    return container(id, {
      applied: limit,
      observed: limit,
      cpu: {
        usageCores,
        usageTotalSeconds,
        throttledRatio,
        pressureRatio: 0,
      },
      latency,
    });
  }
}

export const like = (name: string, latencyMs: number, change: Partial<JobSpec> = {}): JobSpec =>
  job(name, { command: [name.replace(/\d+$/, '')], target: target(latencyMs), ...change });
