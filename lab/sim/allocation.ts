import { createHash } from 'node:crypto';
import { UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import type { SnapshotAllocation } from '../../coordinator/schedule/types.js';
import { type CpuLimit, sameLimit } from '../../shared/command.js';
import type { GpuAssignment } from '../../shared/gpu.js';
import type { AllocationId, ContainerId, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { ContainerReport, CpuReport } from '../../shared/report.js';
import { statisticOf } from '../../shared/samples.js';
import { Container, type LoadFactors, type Sample } from '../host/container.js';
import { JobDraws } from '../host/draws.js';
import type { HostNode } from '../host/node.js';
import { UnreadAnswers } from '../host/unread-answers.js';
import { SampleWindow } from '../host/window.js';
import type { JobModel, ScenarioJob } from '../types.js';

/** How a simulated allocation is set up. */
export interface SimAllocationOptions {
  readonly id: AllocationId;
  readonly job: ScenarioJob;
  readonly model: JobModel;
  readonly node: NodeId;
  readonly seed: number;
  readonly windowMs: number;
  /** Work that going on after a throttle adds to a request, core-ms. */
  readonly resumeMs?: number;
  /** CPU that a start takes, core-ms. */
  readonly startMs?: number;
  /** Mean time until the agent reads of an answer given now, ms; absent = it reads at once. */
  readonly meanReadDelayMs?: () => number;
  /** The allocation that it replaces once it answers. */
  readonly replaces?: AllocationId;
  readonly gpu?: GpuAssignment;
  /** Called with each response time. */
  readonly onSample?: (sample: Sample) => void;
}

interface CpuCounters {
  readonly usageMs: number;
  readonly contendedMs: number;
  readonly periods: number;
  readonly throttled: number;
}
const ZERO: CpuCounters = { usageMs: 0, contendedMs: 0, periods: 0, throttled: 0 };

const MIN_QUOTA_US = 1000;

/**
 * A limit as the kernel stores it: whole µs of quota, at least 1 ms (agent/containers/limits.ts).
 */
function kernelLimit(limit: CpuLimit): CpuLimit {
  const { cpuCores, periodUs } = limit;
  if (cpuCores === null) return limit;
  const quotaUs = Math.max(MIN_QUOTA_US, Math.floor(cpuCores * periodUs + 1e-6));
  return { ...limit, cpuCores: quotaUs / periodUs };
}

/** One allocation: its desired limit, its container, and the last report of it. */
export class SimAllocation {
  readonly id: AllocationId;
  /** The desired limit; null until the first decision. */
  desired: CpuLimit | null = null;
  container: Container | null = null;
  readonly #containerId: ContainerId;
  readonly #unread = new UnreadAnswers();
  readonly #window: SampleWindow;
  #limitChangedAtMs: number | null = null;
  #reported: CpuCounters = ZERO;
  #reportedAtMs = 0;
  #intervalUsageMs = 0;
  #judgedCount = 0;
  #heard: ContainerReport | null = null;
  #heardAtMs = 0;

  constructor(readonly options: SimAllocationOptions) {
    this.id = options.id;
    this.#containerId = createHash('sha256')
      .update(`${options.seed} ${this.id}`)
      .digest('hex') as ContainerId;
    this.#window = new SampleWindow(options.windowMs);
  }

  /** Starts the container with the desired limit; it answers after its start time. */
  start(host: HostNode, nowMs: number, load: LoadFactors): void {
    const { model, seed, job, resumeMs = 0, startMs = 0, meanReadDelayMs } = this.options;
    const draws = new JobDraws(seed, job.id, model.noiseRatio);
    this.container = new Container({
      model,
      draws,
      limit: kernelLimit(this.desired ?? UNLIMITED),
      nowMs,
      resumeMs,
      startMs,
      onSample: (sample) => {
        this.#unread.add(sample, draws.nextDelay() * (meanReadDelayMs?.() ?? 0));
        this.options.onSample?.(sample);
      },
    });
    host.add(this.container);
    host.setLoad(this.container, load);
    this.#reportedAtMs = nowMs;
  }

  /** Writes the desired limit to the kernel. */
  enforce(host: HostNode, nowMs: number): void {
    const { container } = this;
    const limit = kernelLimit(this.desired ?? UNLIMITED);
    if (container === null || sameLimit(container.limit, limit)) return;
    host.setLimit(container, limit);
    this.#limitChangedAtMs = nowMs;
  }

  /**
   * The statistic over the requests of the last window, or the last five, ms (null = none yet), and
   * the number answered since the last call: what a judge of a real run sees in the report that is
   * sent now and took `delayMs` to be made.
   */
  takeJudged(
    nowMs: number,
    delayMs = 0,
  ): { readonly latencyMs: number | null; readonly requests: number } {
    const { statistic, targetMs } = this.options.job;
    const report = this.#readUntil(nowMs - delayMs).report(nowMs - delayMs, null, targetMs);
    const requests = (report?.totalCount ?? 0) - this.#judgedCount;
    this.#judgedCount += requests;
    return { latencyMs: report === null ? null : statisticOf(report.window, statistic), requests };
  }

  /** CPU used since the last call, core-ms. */
  takeUsageMs(): number {
    const usageMs = this.container?.usageMs ?? 0;
    const used = usageMs - this.#intervalUsageMs;
    this.#intervalUsageMs = usageMs;
    return used;
  }

  /**
   * Reports it at `nowMs`; the report arrives at once. It took `delayMs` to be made, in one go: the
   * agent read no answers meanwhile. CPU counters are those half way.
   */
  report(spec: JobSpec, nowMs: number, delayMs = 0): void {
    this.#heard = this.#reportOf(spec, nowMs, delayMs);
    this.#heardAtMs = nowMs;
  }

  /** The allocation as the scheduler sees it, from the last report. */
  view(spec: JobSpec, nodeCores: number, nodeHeardAtMs: number): SnapshotAllocation {
    const { options } = this;
    const heard = this.#heard;
    const window = heard?.latency?.window;
    return {
      id: this.id,
      job: spec.name,
      node: options.node,
      origin: 'dqoes',
      containerId: heard?.containerId ?? null,
      state: heard?.state ?? 'pending',
      control: 'enforce',
      target: spec.target,
      weight: spec.weight,
      minCores: spec.resources.cpu.minCores,
      maxCores: Math.min(spec.resources.cpu.maxCores ?? nodeCores, nodeCores),
      limit: this.desired,
      latencyMs: window === undefined ? null : statisticOf(window, spec.target.statistic),
      observedAtMs: heard === null ? nodeHeardAtMs : this.#heardAtMs,
      newestSampleAgeMs: heard?.latency?.newestAgeMs ?? 0,
      report: heard,
      ...(options.gpu === undefined ? {} : { gpu: options.gpu }),
    };
  }

  #readUntil(nowMs: number): SampleWindow {
    for (const answer of this.#unread.take(nowMs)) this.#window.add(answer);
    return this.#window;
  }

  #reportOf(spec: JobSpec, nowMs: number, delayMs: number): ContainerReport {
    const { container } = this;
    const isRunning = container !== null && container.startsAtMs <= nowMs;
    return {
      containerId: isRunning ? this.#containerId : null,
      lifeId: isRunning ? `${this.#containerId.slice(0, 12)}@${container.startsAtMs}` : '',
      allocation: this.id,
      job: spec.name,
      origin: 'dqoes',
      name: isRunning ? `dqoes-${this.id}` : '',
      image: spec.image,
      state: isRunning ? 'running' : 'pending',
      reason: isRunning ? '' : 'the container is being started',
      control: 'enforce',
      target: spec.target,
      weight: spec.weight,
      cpuBounds: spec.resources.cpu,
      applied: container?.limit ?? null,
      observed: isRunning ? container.limit : null,
      cpu: isRunning ? this.#cpuSince(container, nowMs, delayMs / 2) : null,
      memory: null,
      latency: isRunning ? this.#latencyAt(nowMs, delayMs, spec.target.latencyMs) : null,
      ports: {},
    };
  }

  #latencyAt(nowMs: number, delayMs: number, targetMs: number): ContainerReport['latency'] {
    const beganAtMs = nowMs - delayMs;
    const window = this.#readUntil(beganAtMs);
    if (delayMs > 0) this.#unread.holdUp(nowMs);
    const latency = window.report(beganAtMs, this.#limitChangedAtMs, targetMs);
    return latency === null ? null : { ...latency, newestAgeMs: latency.newestAgeMs + delayMs };
  }

  // pressureRatio is the share of the interval in which others kept it from cores that it could
  // have used. Throttled time does not count.
  #cpuSince(container: Container, nowMs: number, agoMs: number): CpuReport {
    const { bandwidth, contendedMs } = container;
    const before = this.#reported;
    const readAtMs = Math.max(this.#reportedAtMs, nowMs - agoMs);
    const elapsedMs = readAtMs - this.#reportedAtMs;
    const usageMs = this.#usageAt(container.usageMs, { readAtMs, nowMs });
    const periods = bandwidth.periods - before.periods;
    this.#reported = {
      usageMs,
      contendedMs,
      periods: bandwidth.periods,
      throttled: bandwidth.throttledPeriods,
    };
    this.#reportedAtMs = readAtMs;
    return {
      usageCores: elapsedMs > 0 ? (usageMs - before.usageMs) / elapsedMs : 0,
      usageTotalSeconds: usageMs / 1000,
      throttledRatio: periods > 0 ? (bandwidth.throttledPeriods - before.throttled) / periods : 0,
      pressureRatio:
        elapsedMs > 0 ? Math.min(1, (contendedMs - before.contendedMs) / elapsedMs) : 0,
    };
  }

  // The host is at `nowMs` already: the container is taken to have used CPU evenly since the last
  // report.
  #usageAt(
    usageMs: number,
    { readAtMs, nowMs }: { readonly readAtMs: number; readonly nowMs: number },
  ): number {
    if (readAtMs === nowMs) return usageMs;
    const share = (readAtMs - this.#reportedAtMs) / (nowMs - this.#reportedAtMs);
    return this.#reported.usageMs + share * (usageMs - this.#reported.usageMs);
  }
}
