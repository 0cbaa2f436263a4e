import type { CpuLimit } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { ContainerReport } from '../../shared/report.js';
import type { Workload } from '../discover/workloads.js';
import type { KernelKnobs } from '../ports/cgroup.js';
import type { HostReader } from '../ports/host.js';
import type { PushReceiver } from '../ports/push.js';
import { Attribution } from './attribution.js';
import type { HostCapacity } from './capacity.js';
import type { ContainerMeasurements } from './collectors.js';
import { collectHost } from './host.js';
import { PushListener } from './push-listener.js';
import { RestartWatch } from './restart-watch.js';
import { Watch, type WatchDeps } from './watch.js';

/** What observing reads: containers, host and pushed response times. */
export interface ObserverDeps extends WatchDeps {
  readonly host: HostReader;
  readonly log: Log;
  /** Absent = response times cannot be pushed. */
  readonly push?: PushReceiver;
}

/** What a collection has to know of enforcement. */
export interface CollectInput {
  /** Ages are counted to it, and are negative for what ended since; monotonic ms. */
  readonly nowMs: number;
  /** When the agent last changed an allocation's limit, monotonic ms; absent = never. */
  readonly limitChangedAtMs: ReadonlyMap<AllocationId, number>;
  /** What the agent last wrote; absent = never touched. */
  readonly applied: ReadonlyMap<AllocationId, CpuLimit>;
}

const NOT_MEASURED: ContainerMeasurements = {
  cpu: null,
  memory: null,
  observed: null,
  latency: null,
};

/**
 * Turns workloads into container reports: holds one watch per life of a container, and hands pushed
 * observations to the container they belong to. It only reads.
 */
export class Observer {
  readonly #deps: ObserverDeps;
  readonly #push: PushListener | undefined;
  #workloads: readonly Workload[] = [];
  readonly #restarts = new RestartWatch();
  readonly #watches = new Map<AllocationId, Watch>();
  #attribution = new Attribution([]);
  #syncing: Promise<void> = Promise.resolve();
  #unattributed = 0;
  #closed = false;

  constructor(deps: ObserverDeps) {
    this.#deps = deps;
    const { push, clock, log } = deps;
    this.#push = push === undefined ? undefined : new PushListener({ push, clock, log });
  }

  /** Starts the push receiver, if there is one; `warnings` says why while it cannot listen. */
  async start(): Promise<void> {
    await this.#push?.start((from, observations, histograms) => {
      const id = this.#attribution.of(from);
      const watch = id === undefined ? undefined : this.#watches.get(id);
      if (watch === undefined) this.#unattributed += observations.length + histograms.length;
      else watch.push(observations, histograms);
    });
  }

  /**
   * Opens and closes handles and log followers so that they fit `workloads`. One at a time, in
   * order; never rejects.
   */
  sync(workloads: readonly Workload[]): Promise<void> {
    this.#syncing = this.#syncing
      .then(() => this.#apply(workloads))
      .catch((cause: unknown) =>
        this.#deps.log.error('observing containers failed', { cause: messageOf(cause) }),
      );
    return this.#syncing;
  }

  /**
   * One report per workload of the last `sync`, in id order; what could not be measured is null.
   */
  async collect(input: CollectInput): Promise<readonly ContainerReport[]> {
    // Readers take the CPU counters as of the sending of the report: no container's are read before
    // the response times of another have been waited for.
    await Promise.all([...this.#watches.values()].map((watch) => watch.refresh()));
    return Promise.all(this.#workloads.map((workload) => this.#report(workload, input)));
  }

  /** CPU weights and bursts as last read. */
  knobs(): ReadonlyMap<ContainerId, KernelKnobs> {
    return new Map(
      [...this.#watches.values()].map(({ container, knobs }) => [container.id, knobs]),
    );
  }

  /** Capacity and usage of the host. */
  collectHost(capacity: HostCapacity) {
    return collectHost(this.#deps.host, capacity);
  }

  /** Warnings for operators: logs that flood, pushed response times that could not be used. */
  warnings(): readonly string[] {
    const push = this.#push;
    const nowMs = this.#deps.clock.now();
    const warnings = [...this.#watches.values()].flatMap((watch) => {
      const notice = watch.notice(nowMs);
      return notice === '' ? [] : [`${watch.container.name}: ${notice}`];
    });
    if (this.#unattributed > 0)
      warnings.push(
        `${this.#unattributed} pushed response times came from unknown senders: one that is no ` +
          'container must send the DQOES_PUSH_TOKEN of the container that is meant',
      );
    if (push !== undefined && push.warning !== '') warnings.push(push.warning);
    if (push !== undefined && push.rejected > 0)
      warnings.push(
        `${push.rejected} pushed messages or response times could not be read or were too many`,
      );
    return warnings;
  }

  /** Closes everything it opened, the push receiver included. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#syncing;
    await this.#push?.close();
    await this.#retain(new Set());
  }

  async #apply(workloads: readonly Workload[]): Promise<void> {
    if (this.#closed) return;
    const containers = workloads.flatMap(({ container }) => container ?? []);
    this.#restarts.note(containers, this.#deps.clock.now());
    const running = workloads.filter((workload) => workload.state === 'running');
    const fitting = running.filter(
      (workload) => this.#watches.get(workload.id)?.fits(workload) === true,
    );
    await this.#retain(new Set(fitting.map((workload) => workload.id)));
    for (const workload of running) {
      const { id, container } = workload;
      if (this.#watches.has(id) || container === null) continue;
      const watch = new Watch(container, workload, this.#deps);
      this.#watches.set(id, watch);
      watch.follow();
    }
    this.#workloads = workloads;
    this.#attribution = new Attribution(workloads);
    await Promise.all([...this.#watches.values()].map((watch) => watch.open()));
  }

  async #retain(ids: ReadonlySet<AllocationId>): Promise<void> {
    const leaving = [...this.#watches].filter(([id]) => !ids.has(id));
    for (const [id] of leaving) this.#watches.delete(id);
    await Promise.all(leaving.map(([, watch]) => watch.close()));
  }

  async #report(workload: Workload, input: CollectInput): Promise<ContainerReport> {
    const { id, container, origin, job } = workload;
    const watch = this.#watches.get(id);
    const changedAtMs = input.limitChangedAtMs.get(id) ?? null;
    const measured =
      watch === undefined ? NOT_MEASURED : await watch.collect(input.nowMs, changedAtMs);
    const ours = { nowMs: input.nowMs, job: origin === 'dqoes' ? job : null };
    const restarts = container === null ? '' : this.#restarts.reasonOf(container, ours);
    const state = restarts === '' ? workload.stateReason : restarts;
    const reasons = [state, workload.controlReason, watch?.fault ?? ''];
    return {
      containerId: container?.id ?? null,
      lifeId: workload.lifeId,
      allocation: id,
      job: workload.job,
      origin: workload.origin,
      name: container?.name ?? '',
      image: workload.image,
      state: workload.state,
      reason: reasons.filter((text) => text !== '').join('; '),
      control: workload.control,
      target: workload.target,
      weight: workload.weight,
      cpuBounds: workload.bounds,
      applied: input.applied.get(id) ?? null,
      ...measured,
      ports: container?.ports ?? {},
    };
  }
}
