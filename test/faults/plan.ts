import { seededRandom } from '../../shared/random.js';
import { anyOf, FAMILIES, type Fault } from './kinds/fault.js';
import { FAULTS } from './kinds/index.js';
import type { FaultOptions } from './options.js';

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
  const chosen = FAULTS.filter(({ name }) => name.includes(only));
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

/** Two faults at once that touch different parts. */
function pairOf(pick: <T>(list: readonly T[]) => T): Fault {
  const first = pick(FAULTS);
  const second = pick(
    FAULTS.filter(({ touches }) => !touches.some((part) => first.touches.includes(part))),
  );
  return together(first, second);
}

/** The second begins with the first, and ends after it. */
export function together(first: Fault, second: Fault): Fault {
  const told = [first, second].flatMap((one) => (one.told === undefined ? [] : [one.told]));
  const has = (key: 'keepsLease' | 'isLeaderless') => first[key] === true && second[key] === true;
  return {
    name: `${first.name} + ${second.name}`,
    family: 'several',
    touches: [...first.touches, ...second.touches],
    holdMs: Math.max(first.holdMs, second.holdMs),
    ...(told.length === 0 ? {} : { told: anyOf(...told) }),
    ...(has('keepsLease') ? { keepsLease: true as const } : {}),
    ...(has('isLeaderless') ? { isLeaderless: true as const } : {}),
    begin: async (play) => {
      await first.begin(play);
      await second.begin(play);
    },
    end: async (play) => {
      await first.end(play);
      await second.end(play);
    },
  };
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  const left = [...list];
  const mixed: T[] = [];
  while (left.length > 0) mixed.push(...left.splice(Math.floor(random() * left.length), 1));
  return mixed;
}
