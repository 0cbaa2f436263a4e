import type { CpuLimit } from '../../shared/command.js';

/**
 * Amounts of CPU or time below this count as zero: the rounding error of doubles over a day of ms.
 */
export const NEGLIGIBLE = 1e-6;

/**
 * CFS bandwidth control of one container as in the kernel (Documentation/scheduler/sched-bwc.rst).
 * At the end of each period a quota is added to what is left, of which at most quota and burst
 * remain. A container that has used it up is throttled until then. The period timer stops after a
 * whole period without use; only periods that it saw are counted and refilled. Times ms, CPU
 * core-ms. The slices of 5 ms by which a quota moves to single cores are left out.
 */
export class Bandwidth {
  /** Infinity = no limit. */
  quotaMs = Number.POSITIVE_INFINITY;
  /** Largest amount of unused quota that is kept for later periods. */
  burstMs = 0;
  periodMs: number;
  /** End of the current period. */
  endsAtMs: number;
  leftMs = Number.POSITIVE_INFINITY;
  throttled = false;
  /** nr_periods and nr_throttled of cpu.stat. */
  periods = 0;
  throttledPeriods = 0;
  /** Period ends that the timer still sees if nothing runs. */
  #restsAfter = 0;

  /** `phaseRatio` 0..1: position of the start of the container in a period. */
  constructor(limit: CpuLimit, nowMs: number, phaseRatio: number) {
    this.periodMs = limit.periodUs / 1000;
    this.endsAtMs = nowMs + this.periodMs * (1 - phaseRatio);
    this.#setQuota(limit);
    this.leftMs = this.quotaMs;
  }

  #setQuota({ cpuCores, burstUs = 0 }: CpuLimit): void {
    this.quotaMs = cpuCores === null ? Number.POSITIVE_INFINITY : cpuCores * this.periodMs;
    this.burstMs = cpuCores === null ? 0 : burstUs / 1000;
  }

  /**
   * Changes the limit at `nowMs`. Quota used in this period stays used; saved quota stays saved as
   * far as the new burst allows. A new period length starts a new period.
   */
  change(limit: CpuLimit, nowMs: number): void {
    const usedMs = this.quotaMs === Number.POSITIVE_INFINITY ? 0 : this.quotaMs - this.leftMs;
    const periodMs = limit.periodUs / 1000;
    if (periodMs !== this.periodMs) {
      this.periodMs = periodMs;
      this.endsAtMs = nowMs + periodMs;
    }
    this.#setQuota(limit);
    this.leftMs = Math.min(this.quotaMs + this.burstMs, Math.max(0, this.quotaMs - usedMs));
    this.throttled = this.leftMs <= NEGLIGIBLE;
  }

  /**
   * The time at which running at `rateCores` changes by itself: the quota is used up, or throttling
   * ends. Infinity = never.
   */
  nextChangeMs(nowMs: number, rateCores: number): number {
    if (this.throttled) return this.endsAtMs;
    if (rateCores <= 0 || this.quotaMs === Number.POSITIVE_INFINITY)
      return Number.POSITIVE_INFINITY;
    const usedUpMs = nowMs + this.leftMs / rateCores;
    if (usedUpMs < this.endsAtMs - NEGLIGIBLE) return usedUpMs;
    const missingMs = rateCores * this.periodMs - this.quotaMs;
    if (missingMs <= NEGLIGIBLE) return Number.POSITIVE_INFINITY;
    // Saved quota lasts for some more periods, each of which uses more than it gets.
    const filledMs = this.#filled(rateCores * (this.endsAtMs - nowMs));
    const whole = Math.max(0, Math.floor((filledMs - this.quotaMs) / missingMs));
    return this.endsAtMs + whole * this.periodMs + (filledMs - whole * missingMs) / rateCores;
  }

  /** Quota at the end of the period when `useMs` more is used until then. */
  #filled(useMs: number): number {
    return Math.min(Math.max(0, this.leftMs - useMs) + this.quotaMs, this.quotaMs + this.burstMs);
  }

  /** Runs from `fromMs` to `toMs` at a constant rate; not beyond `nextChangeMs`. */
  run(fromMs: number, toMs: number, rateCores: number): void {
    if (rateCores > 0) this.#restsAfter = 2;
    if (toMs < this.endsAtMs) {
      this.leftMs -= rateCores * (toMs - fromMs);
    } else {
      const filledMs = this.#filled(rateCores * (this.endsAtMs - fromMs));
      const fills = this.#cross(toMs, rateCores > 0);
      this.leftMs = this.#after(fills, filledMs, rateCores * this.periodMs);
      this.leftMs -= rateCores * (toMs - Math.max(fromMs, this.endsAtMs - this.periodMs));
    }
    if (this.leftMs <= NEGLIGIBLE) {
      this.leftMs = 0;
      this.throttled = true;
    }
  }

  // Each further period adds a quota and subtracts the use in it; `filledMs` is the quota after the
  // first.
  #after(fills: number, filledMs: number, useMs: number): number {
    if (this.burstMs === 0) return this.quotaMs;
    if (fills === 0) return Math.max(this.leftMs, this.quotaMs);
    return Math.min(this.quotaMs + this.burstMs, filledMs + (fills - 1) * (this.quotaMs - useMs));
  }

  /** Moves to the period of `toMs`; returns how often the quota was refilled on the way. */
  #cross(toMs: number, runs: boolean): number {
    const ends = Math.floor((toMs - this.endsAtMs) / this.periodMs) + 1;
    const seen = runs ? ends : Math.min(ends, this.throttled ? 1 : this.#restsAfter);
    if (this.quotaMs !== Number.POSITIVE_INFINITY) {
      this.periods += seen;
      if (this.throttled) this.throttledPeriods += 1;
    }
    if (!runs) this.#restsAfter = Math.max(0, this.#restsAfter - ends);
    this.throttled = false;
    this.endsAtMs += ends * this.periodMs;
    if (this.endsAtMs <= toMs) this.endsAtMs += this.periodMs;
    return seen;
  }
}
