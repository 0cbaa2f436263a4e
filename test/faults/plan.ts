import { seededRandom } from '../../shared/random.js';
import { FAMILIES, type Fault } from './kinds/fault.js';
import { FAULTS } from './kinds/index.js';
import type { FaultOptions } from './options.js';
import { chosenBy, mayBeTogether, together } from './pairs.js';

/** A fault to be played, and its seed. */
export interface Planned {
  readonly fault: Fault;
  readonly seed: number;
}

/**
 * What is played, in order: each round one fault of each family, or, where all are asked for, every
 * one and as many pairs as there are families. The same options give the same plan.
 */
export function planOf({ long, rounds, seed, only }: FaultOptions): readonly Planned[] {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chosen = chosenBy(only);
  const planned: Planned[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const all = long || only !== '';
    const single = all
      ? chosen
      : FAMILIES.map((family) => pick(FAULTS.filter((fault) => fault.family === family)));
    const pairs = long && only === '' ? FAMILIES.map(() => pairOf(pick)) : [];
    for (const fault of shuffled([...single, ...pairs], random))
      planned.push({ fault, seed: Math.floor(random() * 1e9) });
  }
  return planned;
}

function pairOf(pick: <T>(list: readonly T[]) => T): Fault {
  const isPaired = (one: Fault): boolean => FAULTS.some((other) => mayBeTogether(one, other));
  const first = pick(FAULTS.filter(isPaired));
  return together(first, pick(FAULTS.filter((second) => mayBeTogether(first, second))));
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  const left = [...list];
  const mixed: T[] = [];
  while (left.length > 0) mixed.push(...left.splice(Math.floor(random() * left.length), 1));
  return mixed;
}
