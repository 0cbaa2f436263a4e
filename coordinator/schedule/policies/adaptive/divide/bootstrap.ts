import { sum } from '../../../limits/fit.js';
import { IDLE_CORES, IDLE_KEPT_RATIO } from '../../../limits/idle.js';
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
  readonly nowMs: number;
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
 * size, and grow again up to an equal share when that is free. One that nobody asks gives way to
 * what the others want.
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
  const guesses = withoutIdle(guessesOf(bootstrap, input), restingCores, input);
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
  const equal = capacityCores / Math.max(1, members.length);
  if (newcomers.length === 0) return withStarvedRaised(guesses, { restingCores, equal }, input);
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

/** One that waits with less than this part of an equal share gets more as soon as it is free. */
const STARVED_RATIO = 0.5;
/** Less more than this is not worth an update: factor. */
const MIN_RAISE = 2;

// An initial limit may have become tiny: where CPU was short, or while the container was ended. It
// would answer late or never with that, although CPU is free again.
function withStarvedRaised(
  guesses: ReadonlyMap<number, number>,
  { restingCores, equal }: { readonly restingCores: number; readonly equal: number },
  { members, plannedMembers, claims, capacityCores }: BootstrapInput,
): ReadonlyMap<number, number> {
  const starved = [...guesses].filter(([, cores]) => cores < STARVED_RATIO * equal);
  if (starved.length === 0) return guesses;
  const held = restingCores + sum([...guesses.values()]);
  const free = capacityCores - held - wantedCores(plannedMembers, claims);
  const raised = new Map(guesses);
  for (const [index, cores] of starved) {
    const most = Math.min(equal, cores + free / starved.length);
    const raise = Math.min(members[index]?.maxCores ?? 0, most);
    if (raise >= MIN_RAISE * cores) raised.set(index, raise);
  }
  return raised;
}

/** One that runs for so long without an answer, and works so little, is not asked. */
const IDLE_AFTER_MS = 120_000;
/** It gives this much more than is wanted, so that it need not give again at once: factor. */
const GIVES = 1.3;

function isIdle({ model, allocation: { report } }: Member, nowMs: number): boolean {
  const bornAtMs = model[Field.bornAtMs];
  const usedCores = report?.cpu?.usageCores ?? Number.POSITIVE_INFINITY;
  return bornAtMs > 0 && nowMs - bornAtMs > IDLE_AFTER_MS && usedCores < IDLE_CORES;
}

// A guess is for the first answer. Who is asked must not miss its target for one that nobody asks.
function withoutIdle(
  guesses: ReadonlyMap<number, number>,
  restingCores: number,
  { members, plannedMembers, claims, capacityCores, nowMs }: BootstrapInput,
): ReadonlyMap<number, number> {
  const keptCores = (IDLE_KEPT_RATIO * capacityCores) / Math.max(1, members.length);
  const given = new Map<number, number>();
  for (const [index, cores] of guesses) {
    const member = members[index];
    if (member === undefined || member.heldCores === null || !isIdle(member, nowMs)) continue;
    const spare = cores - Math.max(keptCores, member.floorCores);
    if (spare > 0) given.set(index, spare);
  }
  if (given.size === 0) return guesses;
  const wanted = restingCores + sum([...guesses.values()]) + wantedCores(plannedMembers, claims);
  const excess = wanted - capacityCores;
  if (excess <= 0) return guesses;
  const part = Math.min(1, (GIVES * excess) / sum([...given.values()]));
  const left = new Map(guesses);
  for (const [index, spare] of given) left.set(index, (guesses.get(index) ?? 0) - part * spare);
  return left;
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
