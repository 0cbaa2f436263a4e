import { sum } from '../fit.js';
import type { Claim, Seeker } from './claims.js';
import { boundedCores, type Member } from './members.js';
import type { Wish } from './wish.js';

export interface StartInput {
  readonly members: readonly Member[];
  readonly seekers: readonly Seeker[];
  /** Same order as the seekers. */
  readonly claims: readonly Claim[];
  readonly capacityCores: number;
}

/**
 * Wishes for those that are not planned by a goal; returns what they take, cores. Newcomers get what is free, at least an equal share; for that, those that came before and have not answered
 * yet give back what they hold beyond an equal share.
 */
export function placeStarters(wishes: Wish[], { members, seekers, claims, capacityCores }: StartInput): number {
  let settled = 0;
  const newcomers: number[] = [];
  const waiting: number[] = [];
  members.forEach((member, index) => {
    if (member.goal !== null && !member.isStale) return;
    const part = member.goal === null ? 'start' : 'hold';
    wishes[index] = { part, cores: member.heldCores ?? 0 };
    if (member.heldCores === null) newcomers.push(index);
    else if (part === 'start' && member.allocation.target !== null && !member.isStale) waiting.push(index);
    else settled += member.heldCores;
  });
  const start = (indices: readonly number[], coresOf: (member: Member) => number): number => {
    let total = 0;
    for (const index of indices) {
      const member = members[index];
      const cores = member === undefined ? 0 : boundedCores(member, coresOf(member));
      wishes[index] = { part: 'start', cores };
      total += cores;
    }
    return total;
  };
  const held = settled + sum(waiting.map((index) => members[index]?.heldCores ?? 0));
  if (newcomers.length === 0) return held;
  const equal = capacityCores / Math.max(1, members.length);
  // Free CPU tells a newcomer's best latency at once; without any it still needs a fair part to show what it costs.
  const free = capacityCores - wantedCores(seekers, claims);
  // Without a quota a newcomer finds the free CPU by itself.
  const taken = start(newcomers, ({ isWeighted }) =>
    isWeighted ? equal : Math.max(equal, (free - held) / newcomers.length),
  );
  const each = Math.max(equal, (free - settled - taken) / Math.max(1, waiting.length));
  return settled + taken + start(waiting, ({ heldCores }) => Math.min(heldCores ?? 0, each));
}

const wantedCores = (seekers: readonly Seeker[], claims: readonly Claim[]): number =>
  sum(
    seekers.map(({ member, goal }, i) => {
      const cores = claims[i]?.needCores ?? goal.aimCores;
      return Math.min(member.mostCores, Number.isFinite(cores) ? cores : (claims[i]?.floorCores ?? 0));
    }),
  );
