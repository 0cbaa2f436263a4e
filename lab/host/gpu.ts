import type { GpuId } from '../../shared/gpu.js';
import type { ScenarioGpu } from '../types.js';
import type { Container } from './container.js';

/**
 * The power of a busy GPU grows with this power of its clock: dynamic power is frequency ×
 * voltage², and voltage falls with frequency. An assumption, not a measurement.
 */
export const POWER_EXPONENT = 2.4;

/** A container on a GPU, and its share of it, 0..1. */
interface GpuShare {
  readonly container: Container;
  readonly shareRatio: number;
  busyMs: number;
}

/**
 * One simulated GPU whose clock or power can be limited. Shares are kept (MPS): a request with W
 * seconds of work on the whole GPU at the highest clock takes W ÷ share × highest ÷ clock, whatever
 * its neighbours do. Energy: idle power always, and the rest of the full power for the share that
 * computes.
 */
export class SimGpu {
  readonly id: GpuId;
  readonly #riders: GpuShare[] = [];
  #limitMhz: number | null = null;
  #limitWatts: number | null = null;
  #countedMs = 0;
  #joules = 0;
  /** Number of changes so far. */
  changes = 0;
  #changedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    readonly spec: ScenarioGpu,
    node: string,
  ) {
    this.id = `GPU-${node}-${spec.id}`;
  }

  /** Highest allowed clock, MHz; null = no limit. */
  get lockedMhz(): number | null {
    return this.#limitMhz;
  }
  /** Power limit, W; null = no limit. */
  get cappedWatts(): number | null {
    return this.#limitWatts;
  }
  get clockMhz(): number {
    return Math.min(this.#limitMhz ?? this.spec.maxMhz, this.#mhzByPower());
  }
  get clockRatio(): number {
    return this.clockMhz / this.spec.maxMhz;
  }

  /** Energy up to `nowMs`, J. All containers must be settled there. */
  energyJoules(nowMs: number): number {
    this.#count(nowMs);
    return this.#joules;
  }

  /** Puts a container on this GPU with its share, 0..1. */
  add(container: Container, shareRatio: number): void {
    this.#riders.push({ container, shareRatio, busyMs: container.gpuBusyMs });
    // Containers that are already here keep their speed until the next setting.
    container.setGpuRate(shareRatio * this.clockRatio);
  }

  /** Takes a container off this GPU; does nothing where it is not on it. */
  remove(container: Container): void {
    const at = this.#riders.findIndex((rider) => rider.container === container);
    if (at >= 0) this.#riders.splice(at, 1);
  }

  /**
   * Limits the clock as an agent does: to the lowest step not below `mhz`, with at least `leastMs`
   * between two changes. Returns the containers whose speed changed.
   */
  limit(mhz: number | null, nowMs: number, leastMs: number): readonly Container[] {
    const { minMhz, maxMhz, stepMhz } = this.spec;
    const stepped =
      mhz === null ? null : minMhz + Math.ceil((mhz - minMhz) / stepMhz - 1e-9) * stepMhz;
    const next = stepped === null ? null : Math.min(maxMhz, Math.max(minMhz, stepped));
    if (next === this.#limitMhz || nowMs - this.#changedAtMs < leastMs) return [];
    this.#count(nowMs);
    this.#limitMhz = next;
    this.#changedAtMs = nowMs;
    this.changes += 1;
    return this.#setRates();
  }

  /**
   * Limits the power as an agent does, with at least `leastMs` between two changes. Returns the
   * containers whose speed changed.
   */
  cap(watts: number | null, nowMs: number, leastMs: number): readonly Container[] {
    const { minWatts = 0, maxWatts } = this.spec;
    const next = watts === null ? null : Math.min(maxWatts, Math.max(minWatts, Math.round(watts)));
    if (next === this.#limitWatts || nowMs - this.#changedAtMs < leastMs) return [];
    this.#count(nowMs);
    this.#limitWatts = next;
    this.#changedAtMs = nowMs;
    this.changes += 1;
    return this.#setRates();
  }

  #setRates(): readonly Container[] {
    for (const { container, shareRatio } of this.#riders)
      container.setGpuRate(shareRatio * this.clockRatio);
    return this.#riders.map(({ container }) => container);
  }

  // The clock at which all shares, busy at once, stay within the power limit.
  #mhzByPower(): number {
    const { idleWatts, maxWatts, maxMhz } = this.spec;
    const share = this.#riders.reduce((sum, { shareRatio }) => sum + shareRatio, 0);
    if (this.#limitWatts === null || share === 0) return maxMhz;
    const ratio = Math.max(0.01, this.#limitWatts - idleWatts) / ((maxWatts - idleWatts) * share);
    return maxMhz * Math.min(1, ratio ** (1 / POWER_EXPONENT));
  }

  #count(nowMs: number): void {
    const { idleWatts, maxWatts } = this.spec;
    this.#joules += (idleWatts * (nowMs - this.#countedMs)) / 1000;
    this.#countedMs = nowMs;
    const busyWatts = (maxWatts - idleWatts) * this.clockRatio ** POWER_EXPONENT;
    for (const rider of this.#riders) {
      const { gpuBusyMs } = rider.container;
      this.#joules += (busyWatts * rider.shareRatio * (gpuBusyMs - rider.busyMs)) / 1000;
      rider.busyMs = gpuBusyMs;
    }
  }
}
