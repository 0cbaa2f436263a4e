import type { SystemLook } from './system.js';

/**
 * CPU that others than the containers of a run used on the host: engine, log streams, dqoes itself,
 * other programs, and what the bench steals and uses in the place of other programs.
 */
export class OtherUsage {
  /** CPU that the bench steals now, cores. */
  stolenCores = 0;
  /** Mean of each interval, cores; null = not known. */
  readonly perInterval: (number | null)[] = [];
  readonly #intervalMs: number;
  #sumCores = 0;
  #sumStolenCores = 0;
  #count = 0;
  #foreignMs = 0;
  #sumOfMeans = 0;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** Counts one report of the host. */
  add({ hostUsedCores, allocations }: SystemLook): void {
    if (hostUsedCores === null) return;
    const ours = allocations.reduce(
      (sum, { container }) => sum + (container?.cpu?.usageCores ?? 0),
      0,
    );
    this.#sumCores += hostUsedCores - ours;
    this.#sumStolenCores += this.stolenCores;
    this.#count += 1;
  }

  /** Ends an interval. `foreignMs`: CPU used in the place of other programs so far, ms. */
  endInterval(foreignMs: number): void {
    const madeMs = foreignMs - this.#foreignMs;
    this.#foreignMs = foreignMs;
    if (this.#count === 0) {
      this.perInterval.push(null);
      return;
    }
    const cores = this.#sumCores / this.#count;
    const madeCores = this.#sumStolenCores / this.#count + madeMs / this.#intervalMs;
    this.perInterval.push(rounded(Math.max(0, cores)));
    this.#sumOfMeans += Math.max(0, cores - madeCores);
    [this.#sumCores, this.#sumStolenCores, this.#count] = [0, 0, 0];
  }

  /** Mean of the whole run without what the bench itself made, cores; null = not known. */
  meanCores(): number | null {
    const known = this.perInterval.filter((each) => each !== null).length;
    return known === 0 ? null : rounded(this.#sumOfMeans / known);
  }
}

const rounded = (cores: number): number => Math.round(cores * 1000) / 1000;
