import type { SnapshotGpu } from '../../coordinator/schedule/types.js';
import type { DesiredGpu, GpuAssignment, GpuReport } from '../../shared/gpu.js';
import type { Container } from '../host/container.js';
import { SimGpu } from '../host/gpu.js';
import type { HostNode } from '../host/node.js';
import type { GpuInterval, ScenarioNode } from '../types.js';

/** Minimum time between two settings of one GPU, ms: the setting `gpu.min-change` of the agent. */
const MIN_CHANGE_MS = 5000;
const LIVE = { reach: 'live', reason: '' } as const;
const NONE = { reach: 'none', reason: 'not simulated' } as const;
const SHARED = { reach: 'start', reason: 'MPS' } as const;

/** The GPUs of one simulated node, with their desired settings. */
export class NodeGpuSim {
  readonly #gpus: readonly SimGpu[];
  #desired: readonly DesiredGpu[] = [];
  readonly #counted: { joules: number; changes: number }[];

  constructor({ id, gpus = [] }: ScenarioNode) {
    this.#gpus = gpus.map((spec) => new SimGpu(spec, id));
    this.#counted = this.#gpus.map(() => ({ joules: 0, changes: 0 }));
  }

  get isEmpty(): boolean {
    return this.#gpus.length === 0;
  }

  /** Takes the settings of a plan; `enforce` brings them to the GPUs. */
  setDesired(desired: readonly DesiredGpu[]): void {
    this.#desired = desired;
  }

  /** Puts a container on the GPUs it is assigned to; none without an assignment. */
  add(container: Container, gpu: GpuAssignment | undefined): void {
    for (const each of this.#gpus)
      if (gpu?.ids.includes(each.id)) each.add(container, gpu.shareRatio);
  }

  /** Takes a container off every GPU. */
  remove(container: Container): void {
    for (const each of this.#gpus) each.remove(container);
  }

  /** Brings the desired settings to the GPUs. */
  enforce(host: HostNode, nowMs: number): void {
    for (const gpu of this.#gpus) {
      const wish = this.#desired.find(({ id }) => id === gpu.id);
      const changed =
        gpu.spec.minWatts === undefined
          ? gpu.limit(wish?.clockMhz ?? null, nowMs, MIN_CHANGE_MS)
          : gpu.cap(wish?.powerWatts ?? null, nowMs, MIN_CHANGE_MS);
      for (const container of changed) host.replan(container);
    }
  }

  /** Speed of GPU work for an assignment: share × clock ÷ highest clock; 1 without a GPU. */
  rateOf(gpu: GpuAssignment | undefined): number {
    const ratios = this.#gpus
      .filter(({ id }) => gpu?.ids.includes(id))
      .map(({ clockRatio }) => clockRatio);
    return ratios.length === 0 ? 1 : Math.min(...ratios) * (gpu?.shareRatio ?? 1);
  }

  /** The GPUs as the scheduler sees them. */
  view(): readonly SnapshotGpu[] {
    return this.#gpus.map((gpu, index) => {
      const desired = this.#desired.find(({ id }) => id === gpu.id) ?? null;
      return { report: reportOf(gpu, index), desired };
    });
  }

  /** Energy and changes since the last call. */
  takeInterval(nowMs: number): readonly GpuInterval[] {
    return this.#gpus.map((gpu, i) => {
      const before = this.#counted[i] ?? { joules: 0, changes: 0 };
      const now = { joules: gpu.energyJoules(nowMs), changes: gpu.changes };
      this.#counted[i] = now;
      const { id, clockMhz } = gpu;
      return {
        id,
        clockMhz,
        joules: now.joules - before.joules,
        changes: now.changes - before.changes,
      };
    });
  }
}

function reportOf(
  { id, spec, lockedMhz, cappedWatts, clockMhz }: SimGpu,
  index: number,
): GpuReport {
  const { minWatts } = spec;
  const isByPower = minWatts !== undefined;
  return {
    id,
    index,
    name: 'simulated',
    vendor: 'nvidia',
    isKnown: true,
    reason: '',
    memoryTotalBytes: spec.memoryBytes,
    memoryUsedBytes: null,
    utilisationRatio: null,
    clockMhz,
    maxClockMhz: spec.maxMhz,
    powerWatts: null,
    powerLimitWatts: null,
    temperatureCelsius: null,
    isMig: false,
    hasMps: true,
    clockRange: { min: spec.minMhz, max: spec.maxMhz },
    powerRange: isByPower ? { min: minWatts, max: spec.maxWatts } : null,
    ladder: { clock: isByPower ? NONE : LIVE, power: isByPower ? LIVE : NONE, share: SHARED },
    applied:
      lockedMhz === null && cappedWatts === null
        ? null
        : { clockMhz: lockedMhz, powerWatts: cappedWatts },
    energyJoules: null,
    savedJoules: null,
  };
}
