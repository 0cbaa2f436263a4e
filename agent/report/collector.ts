import type { Clock } from '../../shared/clock.js';
import type { CpuLimit, StateVersion } from '../../shared/command.js';
import type { GpuReport } from '../../shared/gpu.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { ContainerDrift, ContainerReport, HostAct } from '../../shared/report.js';
import type { KernelCpu } from '../containers/limits.js';
import type { Inventory, NodeWorkloads } from '../discover/inventory.js';
import type { Workload } from '../discover/workloads.js';
import type { Capacity } from '../observe/capacity.js';
import type { Observer } from '../observe/observer.js';
import type { ContainerProcess } from '../ports/cgroup.js';
import { assembleBody, type ReportBody } from './report-body.js';
import { specHashesOf } from './spec-hashes.js';

/** What enforcement has done so far, as a report reads it. */
export interface EnforcementRecord {
  /** Newest version obeyed. */
  readonly holds: StateVersion;
  /** When a limit was last written, by allocation; monotonic ms. */
  readonly limitChangedAtMs: ReadonlyMap<AllocationId, number>;
  /** What others changed, by allocation. */
  readonly drift: { readonly drifts: ReadonlyMap<AllocationId, ContainerDrift> };
  /** What was last written, by allocation. */
  applied(): ReadonlyMap<AllocationId, CpuLimit>;
  /** Whether its container is being stopped now. */
  isEnding(allocation: AllocationId): boolean;
}

/** The part of a report that is about GPUs. */
export interface GpuPart {
  readonly gpus: readonly GpuReport[];
  /** The reports it was given; those of containers with a GPU say so. */
  readonly reports: readonly ContainerReport[];
  readonly warnings: readonly string[];
}

/** Where a report comes from. */
export interface CollectorOptions {
  readonly clock: Clock;
  readonly agentVersion: string;
  readonly intervalMs: number;
  /** Window of response times, ms. */
  readonly windowMs?: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Public key for secrets; absent = there is none. */
  readonly sealingKey?: string;
  /** `observe`: the report says of each container that it is only observed. */
  readonly agentControl: 'enforce' | 'observe';
  readonly inventory: Pick<Inventory, 'current' | 'isListed'>;
  readonly observer: Pick<Observer, 'collect' | 'collectHost' | 'knobs' | 'warnings'>;
  readonly capacity: Pick<Capacity, 'refresh'>;
  readonly enforcement: EnforcementRecord;
  readonly gpuPart: (
    workloads: readonly Workload[],
    reports: readonly ContainerReport[],
  ) => GpuPart;
  /** The act on this host that a report made now says, if it is time for one; absent = none is. */
  readonly actAt?: (nowMs: number) => HostAct | undefined;
  /** Warnings of the agent itself, for operators. */
  readonly warnings: () => readonly string[];
  /** Gets what the kernel enforces, by container, each time it was read. Must not block. */
  readonly onObserved: (kernel: ReadonlyMap<ContainerId, KernelCpu>) => void;
}

/**
 * Measures everything that one report says. It only reads: it never writes to the engine, the
 * kernel or a GPU, and never waits for enforcement.
 */
export class Collector {
  readonly #options: CollectorOptions;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /**
   * Ages in it are those at `asOfMs` (monotonic), negative for what ended since. Rejects while the
   * Docker Engine has never answered: an empty report would say "no container".
   */
  async collect(asOfMs: number): Promise<ReportBody> {
    const { inventory, enforcement, capacity, observer } = this.#options;
    if (!inventory.isListed) throw new Error('the Docker Engine has not answered yet');
    const node = inventory.current();
    const input = {
      nowMs: asOfMs,
      limitChangedAtMs: enforcement.limitChangedAtMs,
      applied: enforcement.applied(),
    };
    const hostCapacity = await capacity.refresh(processesOf(node));
    const [containers, host] = await Promise.all([
      observer.collect(input),
      observer.collectHost(hostCapacity),
    ]);
    this.#options.onObserved(kernelIn(containers, observer.knobs()));
    return this.#assemble(node, { containers, host });
  }

  #assemble(node: NodeWorkloads, { containers, host }: Measurements): ReportBody {
    const { agentVersion, intervalMs, windowMs, labels, sealingKey } = this.#options;
    const { enforcement, observer } = this.#options;
    const { gpus, reports, warnings } = this.#options.gpuPart(node.workloads, containers);
    const act = this.#options.actAt?.(this.#options.clock.now());
    const specHashes = specHashesOf(reports, {
      workloads: node.workloads,
      isEnding: (id) => enforcement.isEnding(id),
    });
    return assembleBody({
      incarnation: enforcement.holds.incarnation,
      agentVersion,
      intervalMs,
      ...(windowMs === undefined ? {} : { windowMs }),
      labels,
      holds: enforcement.holds,
      host,
      containers: reports.map((report) => this.#withDrift(this.#withControl(report))),
      ...(gpus.length > 0 ? { gpus } : {}),
      ...(sealingKey === undefined ? {} : { sealingKey }),
      ...(specHashes === undefined ? {} : { specHashes }),
      ...(act === undefined ? {} : { act }),
      warnings: [
        ...node.warnings,
        ...observer.warnings(),
        ...warnings,
        ...this.#options.warnings(),
      ],
    });
  }

  #withDrift(report: ContainerReport): ContainerReport {
    const drift = this.#options.enforcement.drift.drifts.get(report.allocation);
    return drift === undefined ? report : { ...report, drift };
  }

  #withControl(report: ContainerReport): ContainerReport {
    if (this.#options.agentControl === 'enforce' || report.control !== 'enforce') return report;
    return { ...report, control: 'observe', reason: report.reason || 'this agent only observes' };
  }
}

interface Measurements {
  readonly containers: readonly ContainerReport[];
  readonly host: ReportBody['host'];
}

const processesOf = ({ workloads }: NodeWorkloads): readonly ContainerProcess[] =>
  workloads.flatMap(({ container, control }) =>
    container?.running === true && control === 'enforce'
      ? [{ id: container.id, pid: container.pid }]
      : [],
  );

const NO_KNOBS = { weight: null, burstUs: null };

/** What the kernel enforces, by container; those that could not be read are absent. */
const kernelIn = (
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
