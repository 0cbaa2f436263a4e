import type { GpuId } from '../../shared/gpu.js';
import type { ScenarioGpu } from '../types.js';
import type { Container } from './container.js';

/**
 * Power of a busy GPU grows with its clock to this power: dynamic power is frequency × voltage²,
 * and voltage falls with frequency. A model, not a measurement.
 */
export const POWER_EXPONENT = 2.4;

/** A container on a GPU, with its share of it, 0..1. */
interface GpuShare {
  readonly container: Container;
  readonly shareRatio: number;
  busyMs: number;
}

/**
 * One simulated GPU whose clock can be limited. Shares are kept (MPS): a request with W seconds of
 * work at the highest clock on the whole GPU takes W ÷ share × highest ÷ clock, whatever its
 * neighbours do. Energy: rest power always, and the rest of its full power for the share that
 * computes.
 */
export class SimGpu {
  readonly id: GpuId;
  readonly #riders: GpuShare[] = [];
  #limitMhz: number | null = null;
  #limitWatts: number | null = null;
  #countedMs = 0;
  #joules = 0;
  /** Times the clock was changed. */
  changes = 0;
  #changedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    readonly spec: ScenarioGpu,
    node: string,
  ) {
    this.id = `GPU-${node}-${spec.id}`;
  }

  /** Highest clock allowed now, MHz; null = its own. */
  get lockedMhz(): number | null {
    return this.#limitMhz;
  }
  /** Power limit now, W; null = its own. */
  get cappedWatts(): number | null {
    return this.#limitWatts;
  }
  get clockMhz(): number {
    return Math.min(this.#limitMhz ?? this.spec.maxMhz, this.#mhzByPower());
  }
  get clockRatio(): number {
    return this.clockMhz / this.spec.maxMhz;
  }

  /** Energy up to `nowMs`, J; everybody is settled there. */
  energyJoules(nowMs: number): number {
    this.#count(nowMs);
    return this.#joules;
  }

  add(container: Container, shareRatio: number): void {
    this.#riders.push({ container, shareRatio, busyMs: container.gpuBusyMs });
    // Who was there before keeps its speed until the next setting.
    container.setGpuRate(shareRatio * this.clockRatio);
  }

  remove(container: Container): void {
    const at = this.#riders.findIndex((rider) => rider.container === container);
    if (at >= 0) this.#riders.splice(at, 1);
  }

  /**
   * As an agent sets it: the least step that is not below, at most one change in `leastMs`. Returns
   * the containers that run at another speed now.
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
   * As an agent sets it, at most one change in `leastMs`. Returns the containers that run at
   * another speed now.
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

  // The clock at which all shares that were given, busy at once, keep within the power limit.
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
