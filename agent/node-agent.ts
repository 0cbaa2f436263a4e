import { encodeAck } from '../proto/ack.js';
import type { Bus, Subscription } from '../proto/bus.js';
import type { StoreProvider } from '../proto/store.js';
import { type Subjects, subjectsOf } from '../proto/subjects.js';
import { encodeReport } from '../proto/telemetry.js';
import type { Clock } from '../shared/clock.js';
import type { Ack } from '../shared/command.js';
import { messageOf } from '../shared/errors.js';
import type { ContainerId } from '../shared/ids.js';
import type { Log } from '../shared/log.js';
import { seededRandom, seedOf } from '../shared/random.js';
import type { ContainerReport, NodeReport } from '../shared/report.js';
import { type AgentConfig, observing } from './config.js';
import type { KernelCpu } from './containers/limits.js';
import type { Managed } from './containers/managed.js';
import { Discovery } from './discover/discovery.js';
import { managedOf } from './discover/managed.js';
import { ownView } from './discover/own-engine.js';
import { Enforcer } from './enforce/enforcer.js';
import { type GpuParts, gpuViewOf } from './enforce/gpu/gpu-view.js';
import { GpuGuard } from './enforce/gpu/guard.js';
import type { NodeGpus } from './enforce/gpu/node-gpus.js';
import type { Journal } from './enforce/journal.js';
import { KernelLimits } from './enforce/kernel-limits.js';
import { CommandInbox } from './inbox/command-inbox.js';
import { serveLogs } from './inbox/log-service.js';
import { Capacity, type Reserve } from './observe/capacity.js';
import { Observer, type ObserverDeps } from './observe/observer.js';
import type { CgroupReader, ContainerProcess, ParentReader } from './ports/cgroup.js';
import type { ContainerEngine } from './ports/engine.js';
import type { HostInfo } from './ports/host.js';
import { assembleBody, fitReport, type ReportBody } from './report/report.js';
import { Reporter } from './report/reporter.js';
import { type NodeWorkloads, WorkloadView } from './report/workload-view.js';

export interface NodeAgentDeps {
  readonly bus: Bus;
  readonly stores: StoreProvider;
  readonly clock: Clock;
  readonly log: Log;
  readonly engine: ContainerEngine;
  readonly cgroups: CgroupReader;
  readonly host: ObserverDeps['host'];
  readonly push?: NonNullable<ObserverDeps['push']>;
  readonly compile: ObserverDeps['compile'];
  readonly openHttp: ObserverDeps['openHttp'];
  readonly journal: Journal;
  /** As it was at start. */
  readonly hostInfo: HostInfo;
  readonly parents: ParentReader;
  /** Absent = this host has no GPU. */
  readonly gpus?: NodeGpus;
  readonly bootId: string;
  readonly version: string;
}

export interface StopOptions {
  /** Put the original limits back. */
  readonly restore: boolean;
  /** Stop and remove the containers this agent started. */
  readonly stopJobs: boolean;
}

/** A report counts for this many intervals. */
const VALID_INTERVALS = 3;
const MAX_NOTICES = 16;
/** How long a stop waits for starts and stops under way, ms. */
const STOP_PATIENCE_MS = 5_000;

/**
 * One agent: discovery → observer → reporter, and desired state → enforcer. Each loop survives the
 * failures of its neighbours.
 */
export class NodeAgent {
  readonly #config: AgentConfig;
  readonly #deps: NodeAgentDeps;
  readonly #subjects: Subjects;
  readonly #engine: ContainerEngine;
  readonly #view: WorkloadView;
  readonly #kernel: KernelLimits;
  readonly #capacity: Capacity;
  readonly #discovery: Discovery;
  readonly #observer: Observer;
  readonly #enforcer: Enforcer;
  readonly #reporter: Reporter;
  readonly #inbox: CommandInbox;
  readonly #gpuParts: GpuParts;
  readonly #notices: string[] = [];
  #listWaiters: (() => void)[] = [];
  #subscriptions: Subscription[] = [];

  constructor(config: AgentConfig, deps: NodeAgentDeps) {
    this.#config = config;
    this.#deps = deps;
    const { bus, stores, clock, log, cgroups } = deps;
    const { node, cluster } = config;
    this.#subjects = subjectsOf(cluster);
    this.#engine = ownView(deps.engine, config);
    this.#view = new WorkloadView(config['label-prefix']);
    this.#kernel = new KernelLimits(cgroups);
    this.#capacity = new Capacity({ ...deps, reserve: reserveOf(config), start: deps.hostInfo });
    this.#observer = new Observer({ ...deps, ...observing(config), engine: this.#engine });
    this.#enforcer = this.#makeEnforcer();
    this.#discovery = new Discovery({
      engine: this.#engine,
      clock,
      log,
      onList: () => this.#listed(),
    });
    this.#reporter = this.#makeReporter();
    const onWarning = (message: string): void => this.#warn(message);
    const stopGraceMs = config['stop-grace'];
    this.#gpuParts = {
      gpus: deps.gpus,
      limitHooked: config['gpu.limit-hooked'],
      guard: new GpuGuard({ engine: this.#engine, clock, log, onWarning, stopGraceMs }),
    };
    const onDesired = (...told: Parameters<Enforcer['offer']>): void => {
      this.#enforcer.offer(...told);
      this.#syncObserver();
    };
    this.#inbox = new CommandInbox({
      bus,
      stores,
      clock,
      log,
      node,
      cluster,
      subjects: this.#subjects,
      onDesired,
    });
  }

  /** Starts every loop. A receiver or service that cannot start is a warning, not an end. */
  async start(): Promise<void> {
    const { bus, log } = this.#deps;
    await this.#observer.start().catch((cause) => this.#warn(messageOf(cause)));
    this.#deps.gpus?.start();
    this.#discovery.start();
    // The first report should know the containers; an engine that hangs must not keep the node
    // silent.
    await Promise.race([this.#relist(), this.#deps.clock.sleep(this.#config.interval)]);
    this.#inbox.start();
    this.#reporter.start();
    this.#subscriptions.push(
      bus.onState((state) => state === 'connected' && this.#reporter.flush()),
    );
    await this.#serveLogs().catch((cause) =>
      log.warn('the log service cannot start', { cause: messageOf(cause) }),
    );
  }

  /** Reverse order of start. Never rejects. */
  async stop({ restore, stopJobs }: StopOptions): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await this.#reporter.stop();
    await this.#inbox.stop();
    await this.#enforcer.close(STOP_PATIENCE_MS);
    if (stopJobs) await this.#stopJobs();
    await this.#deps.gpus?.stop(restore);
    if (restore) await this.#restore();
    await this.#discovery.stop();
    await this.#observer.close();
    await this.#kernel.close();
  }

  #makeEnforcer(): Enforcer {
    const { bus, journal, clock, log, bootId } = this.#deps;
    const [config, capacity] = [this.#config, this.#capacity];
    const trusted = config['trusted-incarnation'];
    return new Enforcer({
      engine: this.#engine,
      kernel: this.#kernel,
      journal,
      clock,
      log,
      bootId,
      owner: config,
      bounds: config.policy,
      get hostCores() {
        return capacity.current.capacityCpuCores;
      },
      get allocatableCores() {
        return capacity.current.allocatableCpuCores;
      },
      weightRule: config['cpu-weight'],
      stopGraceMs: config['stop-grace'],
      incarnationHoldMs: config['incarnation-hold'],
      holdMs: config['hold-after'],
      driftAfterMs: config['drift-after'],
      driftStepMs: config['drift-step'],
      random: seededRandom(seedOf(bootId)),
      limitHooked: config['gpu.limit-hooked'],
      ...(trusted === '' ? {} : { trustedIncarnation: trusted }),
      managed: () => this.#managed(),
      refresh: () => this.#relist(),
      onAck: (ack: Ack) => bus.publish(this.#subjects.ack(config.node), encodeAck(ack)),
      onWarning: (message) => this.#warn(message),
    });
  }

  #makeReporter(): Reporter {
    const { clock, log, bootId } = this.#deps;
    const { node, interval } = this.#config;
    return new Reporter({
      clock,
      log,
      node,
      bootId,
      intervalMs: interval,
      validForMs: interval * VALID_INTERVALS,
      collect: () => this.#collect(),
      send: (report) => this.#send(report),
    });
  }

  #send(report: NodeReport): boolean {
    const { bus } = this.#deps;
    if (bus.state !== 'connected') return false;
    const fitting = fitReport(report, (candidate) => encodeReport(candidate).length);
    bus.publish(this.#subjects.telemetry(this.#config.node), encodeReport(fitting));
    return true;
  }

  async #collect(): Promise<ReportBody> {
    const { clock, version } = this.#deps;
    if (this.#discovery.current().containers === null)
      throw new Error('the Docker Engine has not answered yet');
    const view = this.#syncObserver();
    const enforcer = this.#enforcer;
    const input = {
      nowMs: clock.now(),
      limitChangedAtMs: enforcer.limitChangedAtMs,
      applied: enforcer.applied(),
    };
    const capacity = await this.#capacity.refresh(processesOf(view));
    const [containers, host] = await Promise.all([
      this.#observer.collect(input),
      this.#observer.collectHost(capacity),
    ]);
    enforcer.tick(observedIn(containers, this.#observer.knobs()));
    const { inForce: desired, limitChangedAtMs: changedAtMs } = enforcer;
    const gpuView = gpuViewOf(view.workloads, containers, {
      ...this.#gpuParts,
      desired,
      changedAtMs,
    });
    return assembleBody({
      incarnation: enforcer.holds.incarnation,
      agentVersion: version,
      intervalMs: this.#config.interval,
      labels: this.#config.labels,
      holds: enforcer.holds,
      host,
      containers: gpuView.reports.map((report) => this.#withControl(report)),
      ...(gpuView.gpus.length > 0 ? { gpus: gpuView.gpus } : {}),
      warnings: [
        ...view.warnings,
        ...this.#observer.warnings(),
        ...gpuView.warnings,
        ...this.#ownWarnings(),
      ],
    });
  }

  #withControl(report: ContainerReport): ContainerReport {
    if (this.#config.control === 'enforce' || report.control !== 'enforce') return report;
    return { ...report, control: 'observe', reason: report.reason || 'this agent only observes' };
  }

  #ownWarnings(): readonly string[] {
    const { warning } = this.#discovery.current();
    const rejected = [...this.#inbox.rejected].map(
      ([code, count]) => `${count} commands ignored: ${code}`,
    );
    const standing = [warning ?? '', this.#inbox.problem, this.#enforcer.disconnectedNotice].filter(
      (text) => text !== '',
    );
    const drift = this.#enforcer.driftCount;
    if (drift > 0)
      standing.push(`${drift} limits were changed by others and written again since start`);
    return [...this.#notices, ...rejected, ...standing];
  }

  #warn(message: string): void {
    this.#deps.log.warn(message);
    this.#notices.push(message);
    if (this.#notices.length > MAX_NOTICES) this.#notices.shift();
  }

  #currentView(): NodeWorkloads & { readonly isNew: boolean } {
    const { containers } = this.#discovery.current();
    return this.#view.of({
      containers,
      desired: this.#enforcer.desired,
      failures: this.#enforcer.failures(),
    });
  }

  #managed(): readonly Managed[] | null {
    if (this.#discovery.current().containers === null) return null;
    return managedOf(this.#syncObserver().workloads, this.#config.control);
  }

  /** The view and the observer change together, so that a view is never new twice. */
  #syncObserver(): NodeWorkloads {
    const view = this.#currentView();
    if (view.isNew) void this.#observer.sync(view.workloads);
    return view;
  }

  #listed(): void {
    this.#syncObserver();
    const waiters = this.#listWaiters;
    this.#listWaiters = [];
    for (const resolve of waiters) resolve();
  }

  /**
   * Resolves after a list that began later; at the latest after a while, because the engine may be
   * down.
   */
  async #relist(): Promise<void> {
    const listed = new AbortController();
    this.#listWaiters.push(() => listed.abort());
    this.#discovery.wake();
    await this.#deps.clock.sleep(STOP_PATIENCE_MS, listed.signal);
  }

  async #serveLogs(): Promise<void> {
    const { bus, engine, version } = this.#deps;
    const containerOf = (allocation: string): ContainerId | undefined =>
      this.#currentView().workloads.find((workload) => workload.id === allocation)?.container?.id;
    const { node } = this.#config;
    this.#subscriptions.push(
      await serveLogs({ bus, engine, version, node, subjects: this.#subjects, containerOf }),
    );
  }

  async #restore(): Promise<void> {
    const { log } = this.#deps;
    try {
      const { restored, gone, failed } = await this.#enforcer.restore();
      for (const { allocation, reason } of failed)
        log.error('limits were not put back', { allocation, reason });
      log.info('original limits are back', {
        restored: restored.length,
        gone: gone.length,
        failed: failed.length,
      });
    } catch (cause) {
      log.error('restoring stopped half-way', { cause: messageOf(cause) });
    }
  }

  async #stopJobs(): Promise<void> {
    const listed = await this.#engine.list();
    const containers = listed.ok ? listed.value : (this.#discovery.current().containers ?? []);
    const own = containers.filter(({ labels }) => labels['dqoes.allocation'] !== undefined);
    await Promise.all(own.map(({ id }) => this.#engine.stop(id, this.#config['stop-grace'])));
  }
}

const reserveOf = (config: AgentConfig): Reserve => ({
  cpuRatio: config['reserve.cpu'],
  memoryRatio: config['reserve.memory'],
});

const processesOf = ({ workloads }: NodeWorkloads): readonly ContainerProcess[] =>
  workloads.flatMap(({ container, control }) =>
    container?.running === true && control === 'enforce'
      ? [{ id: container.id, pid: container.pid }]
      : [],
  );

const NO_KNOBS = { weight: null, burstUs: null };

const observedIn = (
  containers: readonly ContainerReport[],
  knobs: ReturnType<Observer['knobs']>,
): Map<ContainerId, KernelCpu> =>
  new Map(
    containers.flatMap(({ containerId, observed }): [ContainerId, KernelCpu][] => {
      if (containerId === null || observed === null) return [];
      const { cpuCores: cores, periodUs } = observed;
      return [[containerId, { cores, periodUs, ...(knobs.get(containerId) ?? NO_KNOBS) }]];
    }),
  );
