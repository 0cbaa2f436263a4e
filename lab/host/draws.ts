import { type Random, seededRandom, seedOf } from '../../shared/random.js';

/** A standard normal value from two uniform ones (Box–Muller). */
export function normalOf(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(Math.max(first, 1e-12))) * Math.cos(2 * Math.PI * second);
}

/**
 * A lognormal factor with mean 1 and relative standard deviation `noiseRatio`, from a standard
 * normal value.
 */
export function noiseFactor(normal: number, noiseRatio: number): number {
  const variance = Math.log(1 + noiseRatio * noiseRatio);
  return Math.exp(normal * Math.sqrt(variance) - variance / 2);
}

/** An exponential value with mean 1. */
export const exponential = (random: Random): number => -Math.log(1 - random());

/**
 * Random numbers of one job. Each use has its own stream, so that every policy sees the same work
 * and the same arrivals.
 */
export class JobDraws {
  readonly #noise: Random;
  readonly #gaps: Random;
  readonly #starts: Random;
  readonly #delays: Random;

  readonly #noiseRatio: number;

  constructor(seed: number, job: string, noiseRatio: number) {
    this.#noiseRatio = noiseRatio;
    const stream = (name: string): Random => seededRandom(seedOf(`${seed} ${job} ${name}`));
    this.#noise = stream('noise');
    this.#gaps = stream('gaps');
    this.#starts = stream('starts');
    this.#delays = stream('delays');
  }

  /** Factor of the next request's work, mean 1. */
  nextNoise(): number {
    return noiseFactor(normalOf(this.#noise(), this.#noise()), this.#noiseRatio);
  }

  /** Gap to the next arrival at one request per unit of time: exponential, mean 1. */
  nextGap(): number {
    return exponential(this.#gaps);
  }

  /** Delay until its agent has read of the next answer, as a multiple of the mean: exponential. */
  nextDelay(): number {
    return exponential(this.#delays);
  }

  /** Time from the order to start to the first request, ms: 300 to 1500. */
  nextStartMs(): number {
    return 300 + 1200 * this.#starts();
  }

  /** Position in a CFS period at which the container starts, 0..1. */
  nextPhase(): number {
    return this.#starts();
  }
}
