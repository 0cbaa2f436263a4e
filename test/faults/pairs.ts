import { anyOf, type Fault } from './kinds/fault.js';
import { FAULTS } from './kinds/index.js';

/** Between the names of two faults that are played at once. */
const AND = ' + ';

/** The faults whose names hold that text; of `FAULT + FAULT` all pairs of the two sides. */
export function chosenBy(only: string): readonly Fault[] {
  const [first = '', ...rest] = only.split(AND);
  const named = (part: string): readonly Fault[] =>
    FAULTS.filter(({ name }) => name.includes(part));
  const [second] = rest;
  if (second === undefined) return named(first);
  if (rest.length > 1) return [];
  return named(first).flatMap((one) =>
    named(second)
      .filter((other) => mayBeTogether(one, other))
      .map((other) => together(one, other)),
  );
}

/** They touch different parts, and what both destroy is not all that knows the cluster. */
export function mayBeTogether(first: Fault, second: Fault): boolean {
  if (first.touches.some((part) => second.touches.includes(part))) return false;
  const { loses } = first;
  return loses === undefined || second.loses === undefined || loses === second.loses;
}

/** The second begins with the first, and ends after it. */
export function together(first: Fault, second: Fault): Fault {
  const told = [first, second].flatMap((one) => (one.told === undefined ? [] : [one.told]));
  const has = (key: 'keepsLease' | 'isLeaderless') => first[key] === true && second[key] === true;
  return {
    name: `${first.name}${AND}${second.name}`,
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
