import { type Random, seededRandom } from '../../shared/random.js';
import { Faults } from './faults.js';
import { Timeline } from './timeline.js';

/** One line of what happened. `node`: the one that it concerns, '' = all. */
export interface Happening {
  readonly atMs: number;
  readonly node: string;
  readonly text: string;
}

/** A broken promise, with the numbers. */
export interface Violation {
  readonly promise: string;
  readonly atMs: number;
  /** '' = the cluster. */
  readonly node: string;
  readonly text: string;
}

const MAX_HAPPENINGS = 3000;

/** What all parts of a simulation share: time, chance, faults, the story, and what went wrong. */
export class World {
  readonly timeline = new Timeline();
  /** Delays and choices; faults have their own chance, so that one does not shift the other. */
  readonly random: Random;
  readonly faults: Faults;
  readonly violations: Violation[] = [];
  readonly checks = new Map<string, number>();
  #happenings: Happening[] = [];

  constructor(readonly seed: number) {
    this.random = seededRandom(seed * 2 + 1);
    this.faults = new Faults(seededRandom(seed * 2 + 2));
  }

  get nowMs(): number {
    return this.timeline.nowMs;
  }
  get happenings(): readonly Happening[] {
    return this.#happenings;
  }

  tell(node: string, text: string): void {
    this.#happenings.push({ atMs: this.nowMs, node, text });
    if (this.#happenings.length > 2 * MAX_HAPPENINGS)
      this.#happenings = this.#happenings.slice(-MAX_HAPPENINGS);
  }

  /** Counts a look at a promise; a broken one ends the run. `text` is made only then. */
  check(
    promise: string,
    isKept: boolean,
    broken: () => { readonly node: string; readonly text: string },
  ): void {
    this.checks.set(promise, (this.checks.get(promise) ?? 0) + 1);
    if (isKept || this.violations.length > 0) return;
    const { node, text } = broken();
    this.violations.push({ promise, atMs: this.nowMs, node, text });
    this.tell(node, `BROKEN: ${promise}: ${text}`);
  }

  /** From `least` to `most`. */
  between(least: number, most: number): number {
    return least + (most - least) * this.random();
  }

  /** undefined only for an empty list. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }
}
