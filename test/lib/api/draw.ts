import type { Random } from '../../../shared/random.js';

/** Seeded choices: the same seed makes the same ones. */
export class Draw {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** A whole number, both bounds included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.random() * (max - min + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  /** True in this share of cases. */
  chance(ratio: number): boolean {
    return this.random() < ratio;
  }

  /** One of the values, the more often the larger its weight. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    const sum = choices.reduce((total, [weight]) => total + weight, 0);
    let left = this.random() * sum;
    for (const [weight, value] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return choices[0]?.[1] as T;
  }
}
