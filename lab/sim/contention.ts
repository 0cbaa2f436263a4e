import { seededRandom } from '../../shared/random.js';
import { waterLevel } from '../host/share.js';
import type { JobModel } from '../types.js';

/** One running container, as it competes with the others. */
export interface NodeCpuClaim {
  readonly model: JobModel;
  /** Most cores that it can get on average: its limit, or its parallelism. */
  readonly maxCores: number;
  readonly weight: number;
}

/**
 * Maximum number of rounds of the fixed-point iteration, and the relative change at which it stops.
 */
const MAX_ROUNDS = 20;
const CLOSE = 1e-4;
/**
 * Number of states of the others that are sampled: fewer for many containers, whose effects average
 * out.
 */
const statesFor = (count: number): number =>
  Math.max(16, Math.min(256, Math.floor(8192 / (count * count))));

/** Cores that a container uses on average when it gets `cores` while it can run. */
export function usageCores({ model, maxCores }: NodeCpuClaim, cores: number): number {
  const { workSeconds, overheadSeconds, gpuSeconds = 0, arrivals } = model;
  const most = Math.min(cores, maxCores);
  if (arrivals.kind === 'open') return Math.min(most, arrivals.ratePerSecond * workSeconds);
  return workSeconds / (overheadSeconds + gpuSeconds + workSeconds / most);
}

/**
 * Cores that each container gets while it can run, in order, in the steady state of a shared node.
 * Each container is runnable a share of the time, independently, and meets the others in the states
 * that these shares make likely; cores go by weight when more are wanted than there are. For a
 * closed loop it is the mean rate (its throughput); for open arrivals it is the rate whose inverse
 * is the mean time per work (what a short request sees). Deterministic.
 */
export function coresWhileRunning(
  claims: readonly NodeCpuClaim[],
  capacityCores: number,
): readonly number[] {
  const shares = new Shares(claims, capacityCores);
  let rates = claims.map(({ model }) => model.parallelism);
  let seen = rates;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const runnable = claims.map((claim, i) => {
      const rate = rates[i] ?? 1;
      return Math.min(1, usageCores(claim, rate) / rate);
    });
    const next = claims.map((_, i) => shares.of(i, runnable));
    const before = rates;
    rates = next.map(({ mean }) => mean);
    seen = next.map(({ mean, harmonic }, i) =>
      claims[i]?.model.arrivals.kind === 'open' ? harmonic : mean,
    );
    if (rates.every((rate, i) => Math.abs(rate / (before[i] ?? rate) - 1) < CLOSE)) break;
  }
  return seen;
}

class Shares {
  readonly #wants: Float64Array;
  readonly #weights: Float64Array;
  readonly #chances: readonly Float64Array[];
  readonly #states: number;

  readonly #claims: readonly NodeCpuClaim[];
  readonly #capacityCores: number;

  constructor(claims: readonly NodeCpuClaim[], capacityCores: number) {
    this.#claims = claims;
    this.#capacityCores = capacityCores;
    this.#wants = new Float64Array(claims.length);
    this.#weights = Float64Array.from(claims, ({ weight }) => weight);
    this.#states = statesFor(claims.length);
    const states = this.#states;
    const random = seededRandom(claims.length);
    // The midpoints of equal parts of 0..1, in a different order for each container.
    this.#chances = claims.map(() => {
      const order = Array.from({ length: states }, (_, i) => ({
        at: (i + 0.5) / states,
        key: random(),
      }));
      return Float64Array.from(
        order.sort((a, b) => a.key - b.key),
        ({ at }) => at,
      );
    });
  }

  of(
    index: number,
    runnable: readonly number[],
  ): { readonly mean: number; readonly harmonic: number } {
    let [sum, sumOfInverses] = [0, 0];
    for (let state = 0; state < this.#states; state += 1) {
      for (const [j, { model }] of this.#claims.entries()) {
        const isOn = j === index || (this.#chances[j]?.[state] ?? 1) < (runnable[j] ?? 0);
        this.#wants[j] = isOn ? model.parallelism : 0;
      }
      const level = waterLevel(this.#wants, this.#weights, this.#capacityCores);
      const rate = Math.min(this.#wants[index] ?? 0, level * (this.#weights[index] ?? 0));
      sum += rate;
      sumOfInverses += 1 / rate;
    }
    return { mean: sum / this.#states, harmonic: this.#states / sumOfInverses };
  }
}
