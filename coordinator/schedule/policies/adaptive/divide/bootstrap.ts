import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores, type Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';
import type { MemberClaim, PlannedMember } from './cpu-claims.js';

/** What the bootstrap of new members is planned from. */
export interface BootstrapInput {
  readonly members: readonly Member[];
  readonly plannedMembers: readonly PlannedMember[];
  /** Same order as the planned members. */
  readonly claims: readonly MemberClaim[];
  readonly capacityCores: number;
}

/** Indexes of members that are not planned by a goal. */
interface BootstrapMembers {
  /** Without a limit yet. */
  readonly newcomers: readonly number[];
  /** With an initial limit, and no answer yet. */
  readonly waiting: readonly number[];
  /** What the others hold, cores: their limits stay. */
  readonly restingCores: number;
}

/**
 * Writes the goals of members that are not planned by a latency goal; returns the CPU they take,
 * cores. New members get what is free, at least an equal share; for that, members that came before
 * and have not answered yet give back what they hold beyond an equal share. An initial limit never
 * takes what a job in its band must have: where less is left, all initial limits shrink, to any
 * size.
 */
export function allocateBootstrap(
  allocationGoals: AllocationGoal[],
  input: BootstrapInput,
): number {
  const { members, plannedMembers, claims, capacityCores } = input;
  const bootstrap = bootstrapMembersOf(members);
  const { newcomers, waiting, restingCores } = bootstrap;
  members.forEach((member, index) => {
    if (member.goal !== null && !member.isStale) return;
    allocationGoals[index] = {
      kind: member.goal === null ? 'bootstrap' : 'keep',
      cores: member.heldCores ?? 0,
    };
  });
  const guesses = guessesOf(bootstrap, input);
  const roomCores = Math.max(
    0,
    capacityCores - restingCores - settledCores(plannedMembers, claims),
  );
  const wanted = sum([...guesses.values()]);
  const scale = wanted > roomCores ? roomCores / wanted : 1;
  let total = restingCores;
  for (const index of [...newcomers, ...waiting]) {
    const member = members[index];
    if (member === undefined) continue;
    const guess = scale * (guesses.get(index) ?? 0);
    const cores = guess === member.heldCores ? guess : boundedCores(member, guess);
    allocationGoals[index] = { kind: 'bootstrap', cores };
    total += cores;
  }
  return total;
}

function bootstrapMembersOf(members: readonly Member[]): BootstrapMembers {
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
  { newcomers, waiting, restingCores }: BootstrapMembers,
  input: BootstrapInput,
): ReadonlyMap<number, number> {
  const { members, plannedMembers, claims, capacityCores } = input;
  const heldOf = (index: number): number => members[index]?.heldCores ?? 0;
  const guesses = new Map(waiting.map((index) => [index, heldOf(index)]));
  if (newcomers.length === 0) return guesses;
  const equal = capacityCores / Math.max(1, members.length);
  // Free CPU shows a new job's best latency at once; without any it still needs a fair part to
  // show what it costs.
  const free = capacityCores - restingCores - wantedCores(plannedMembers, claims);
  const fresh = (free - sum([...guesses.values()])) / newcomers.length;
  let taken = 0;
  for (const index of newcomers) {
    const member = members[index];
    if (member === undefined) continue;
    // Without a quota a new job finds the free CPU by itself.
    const cores = boundedCores(member, member.isWeighted ? equal : Math.max(equal, fresh));
    guesses.set(index, cores);
    taken += cores;
  }
  const each = Math.max(equal, (free - taken) / Math.max(1, waiting.length));
  for (const index of waiting) guesses.set(index, Math.min(heldOf(index), each));
  return guesses;
}

const wantedCores = (
  plannedMembers: readonly PlannedMember[],
  claims: readonly MemberClaim[],
): number =>
  sum(
    plannedMembers.map(({ member, goal }, i) => {
      const cores = claims[i]?.reservedCores ?? goal.aimCores;
      return Math.min(
        member.maxCores,
        Number.isFinite(cores) ? cores : (claims[i]?.floorCores ?? 0),
      );
    }),
  );

// What members in their bands must have to stay there, and what keeps queues from growing.
const settledCores = (
  plannedMembers: readonly PlannedMember[],
  claims: readonly MemberClaim[],
): number =>
  sum(
    plannedMembers.map(({ member, goal }, i) => {
      const {
        floorCores = 0,
        reservedCores = null,
        tailCores = 0,
        stableCores = 0,
      } = claims[i] ?? {};
      if (tailCores > 0) return Math.max(floorCores, stableCores);
      if (member.model[Field.isChosen] !== 1) return floorCores;
      const cores = reservedCores ?? coresAt(goal, MAX_BAND_SLACK);
      return Math.min(member.maxCores, Math.max(floorCores, Number.isFinite(cores) ? cores : 0));
    }),
  );
