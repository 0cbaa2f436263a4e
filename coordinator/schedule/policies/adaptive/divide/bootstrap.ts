import { sum } from '../../../limits/fit.js';
import { K } from '../../../model/allocation-model.js';
import { coresAt, MOST_EASE } from '../latency-goal.js';
import { boundedCores, type Member } from '../members.js';
import type { Claim, Seeker } from './cpu-claims.js';
import type { Wish } from './allocation-goal.js';

export interface StartInput {
  readonly members: readonly Member[];
  readonly seekers: readonly Seeker[];
  /** Same order as the seekers. */
  readonly claims: readonly Claim[];
  readonly capacityCores: number;
}

/** Indexes of members that are not planned by a goal. */
interface Starters {
  /** Without a limit yet. */
  readonly newcomers: readonly number[];
  /** With a guess, and no answer yet. */
  readonly waiting: readonly number[];
  /** What the others hold, cores: they stay as they are. */
  readonly restingCores: number;
}

/**
 * Wishes for those that are not planned by a goal; returns what they take, cores. Newcomers get
 * what is free, at least an equal share; for that, those that came before and have not answered yet
 * give back what they hold beyond an equal share. A guess never takes what a job in its band must
 * have: where less is left than was guessed, all guesses shrink, however little that leaves.
 */
export function placeStarters(wishes: Wish[], input: StartInput): number {
  const { members, seekers, claims, capacityCores } = input;
  const starters = startersOf(members);
  const { newcomers, waiting, restingCores } = starters;
  members.forEach((member, index) => {
    if (member.goal !== null && !member.isStale) return;
    wishes[index] = { part: member.goal === null ? 'start' : 'hold', cores: member.heldCores ?? 0 };
  });
  const guesses = guessesOf(starters, input);
  const roomCores = Math.max(0, capacityCores - restingCores - settledCores(seekers, claims));
  const wanted = sum([...guesses.values()]);
  const scale = wanted > roomCores ? roomCores / wanted : 1;
  let total = restingCores;
  for (const index of [...newcomers, ...waiting]) {
    const member = members[index];
    if (member === undefined) continue;
    const guess = scale * (guesses.get(index) ?? 0);
    const cores = guess === member.heldCores ? guess : boundedCores(member, guess);
    wishes[index] = { part: 'start', cores };
    total += cores;
  }
  return total;
}

function startersOf(members: readonly Member[]): Starters {
  const newcomers: number[] = [];
  const waiting: number[] = [];
  let restingCores = 0;
  members.forEach(({ goal, isStale, heldCores, allocation }, index) => {
    if (goal !== null && !isStale) return;
    if (heldCores === null) newcomers.push(index);
    else if (goal === null && allocation.target !== null && !isStale) waiting.push(index);
    else restingCores += heldCores;
  });
  return { newcomers, waiting, restingCores };
}

function guessesOf(
  { newcomers, waiting, restingCores }: Starters,
  input: StartInput,
): ReadonlyMap<number, number> {
  const { members, seekers, claims, capacityCores } = input;
  const heldOf = (index: number): number => members[index]?.heldCores ?? 0;
  const guesses = new Map(waiting.map((index) => [index, heldOf(index)]));
  if (newcomers.length === 0) return guesses;
  const equal = capacityCores / Math.max(1, members.length);
  // Free CPU tells a newcomer's best latency at once; without any it still needs a fair part to
  // show what it costs.
  const free = capacityCores - restingCores - wantedCores(seekers, claims);
  const fresh = (free - sum([...guesses.values()])) / newcomers.length;
  let taken = 0;
  for (const index of newcomers) {
    const member = members[index];
    if (member === undefined) continue;
    // Without a quota a newcomer finds the free CPU by itself.
    const cores = boundedCores(member, member.isWeighted ? equal : Math.max(equal, fresh));
    guesses.set(index, cores);
    taken += cores;
  }
  const each = Math.max(equal, (free - taken) / Math.max(1, waiting.length));
  for (const index of waiting) guesses.set(index, Math.min(heldOf(index), each));
  return guesses;
}

const wantedCores = (seekers: readonly Seeker[], claims: readonly Claim[]): number =>
  sum(
    seekers.map(({ member, goal }, i) => {
      const cores = claims[i]?.needCores ?? goal.aimCores;
      return Math.min(
        member.mostCores,
        Number.isFinite(cores) ? cores : (claims[i]?.floorCores ?? 0),
      );
    }),
  );

// What those who are in their bands must have to stay there, and what keeps queues from growing.
const settledCores = (seekers: readonly Seeker[], claims: readonly Claim[]): number =>
  sum(
    seekers.map(({ member, goal }, i) => {
      const { floorCores = 0, needCores = null, tailCores = 0, aliveCores = 0 } = claims[i] ?? {};
      if (tailCores > 0) return Math.max(floorCores, aliveCores);
      if (member.known[K.isChosen] !== 1) return floorCores;
      const cores = needCores ?? coresAt(goal, MOST_EASE);
      return Math.min(member.mostCores, Math.max(floorCores, Number.isFinite(cores) ? cores : 0));
    }),
  );
