import { sum } from '../fit.js';
import type { Fairness } from '../types.js';
import { takeTurns } from './ageing.js';
import { type Candidate, chooseSatisfied } from './choose.js';
import { coresAt, type Goal, MOST_EASE } from './goal.js';
import { keepComfortable } from './keep.js';
import { K } from './known.js';
import type { Member } from './members.js';
import { type Sharer, shareLeftover } from './share.js';

/** What becomes of one member. `aim`: shall be in its band; `left`: takes what is left; `start`: nothing known yet; `hold`: stays as it is. */
export interface Wish {
  readonly part: 'aim' | 'left' | 'start' | 'hold';
  readonly cores: number;
}

export interface NodePlan {
  /** Same order as the members. */
  readonly wishes: readonly Wish[];
  /** 0 = everybody chosen is aimed at its target, 1 = at the slow edge of its band. */
  readonly ease: number;
  /** CPU that all reachable targets together would take, cores. */
  readonly demandCores: number;
  /** `tight`: not everybody reachable can be at its target; `loose`: with room to spare. */
  readonly squeeze: Squeeze;
}
export type Squeeze = 'tight' | 'between' | 'loose';

export interface PlanInput {
  readonly members: readonly Member[];
  /** What may be given out, cores. */
  readonly capacityCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
}

interface Seeker {
  readonly index: number;
  readonly member: Member;
  readonly goal: Goal;
}

const EASE_ROUNDS = 14;

/**
 * Divides a node's CPU. Σd(o) fits: everybody gets d(o), the rest stays idle; nobody is pushed out of its band by speed. Else all are eased towards the slow edge of their bands; where even that
 * does not fit, as many (or as much weight) as possible are chosen, and the others share what is left. Jobs of which nothing is known hold an equal share until their first answer.
 */
export function planNode({ members, capacityCores, fairness, nowMs }: PlanInput): NodePlan {
  const wishes: Wish[] = members.map(({ heldCores }) => ({ part: 'hold', cores: heldCores ?? 0 }));
  const seekers = seekersOf(members);
  const held = placeStarters(wishes, { members, seekers, capacityCores });
  const leftCores = Math.max(0, capacityCores - held);
  const chosen =
    fairness === 'maxmin' ? chooseAllOrNone(seekers, leftCores) : choose(seekers, leftCores, { fairness, nowMs });
  const aimed = seekers.filter((_, i) => chosen[i]);
  const others = seekers.filter((_, i) => !chosen[i]);
  const floors = sum(others.map(({ member }) => member.floorCores));
  const ease = leastEase(aimed, leftCores - floors);
  const aims = keepComfortable(
    aimed.map(({ member, goal }) => ({ member, goal, cores: boundedCores(member, coresAt(goal, ease)) })),
    leftCores - floors,
    ease,
  );
  aimed.forEach(({ index }, i) => {
    wishes[index] = { part: 'aim', cores: aims[i] ?? 0 };
  });
  const shares = shareRest(others, leftCores - sum(aims));
  others.forEach(({ index }, i) => {
    wishes[index] = { part: 'left', cores: shares[i] ?? 0 };
  });
  const demandCores = sum(seekers.map(({ goal }) => (Number.isFinite(goal.aimCores) ? goal.aimCores : 0)));
  return { wishes, ease, demandCores, squeeze: squeezeOf(demandCores, leftCores) };
}

function seekersOf(members: readonly Member[]): Seeker[] {
  const seekers: Seeker[] = [];
  members.forEach((member, index) => {
    if (member.goal !== null && !member.isStale) seekers.push({ index, member, goal: member.goal });
  });
  return seekers;
}

/** Below this share of what there is, nobody is squeezed. */
const LOOSE_LOAD = 0.92;
function squeezeOf(demandCores: number, leftCores: number): Squeeze {
  if (demandCores > leftCores) return 'tight';
  return demandCores < LOOSE_LOAD * leftCores ? 'loose' : 'between';
}

/** Part of the rest that is given out anew: what is kept back takes up small changes of those who are aimed at. */
const REST_GIVEN = 0.95;
const REST_DEAD_BAND = 0.3;

// Who has about its share already keeps it.
function shareRest(others: readonly Seeker[], restCores: number): readonly number[] {
  const fresh = shareLeftover(others.map(sharerOf), restCores * REST_GIVEN);
  const held = others.map(({ member }, i) => boundedCores(member, member.heldCores ?? fresh[i] ?? 0));
  const isNear = held.every((cores, i) => Math.abs(cores - (fresh[i] ?? 0)) <= Math.max(0.005, REST_DEAD_BAND * cores));
  return isNear && sum(held) <= restCores ? held : fresh;
}

const boundedCores = ({ floorCores, mostCores }: Member, cores: number): number =>
  Math.min(mostCores, Math.max(floorCores, cores));

const sharerOf = ({ member, goal }: Seeker): Sharer => ({
  law: goal.law,
  aimSeconds: goal.aimSeconds,
  weight: member.allocation.weight,
  floorCores: member.floorCores,
  mostCores: member.mostCores,
});

interface StartInput {
  readonly members: readonly Member[];
  readonly seekers: readonly Seeker[];
  readonly capacityCores: number;
}

/**
 * Wishes for those that are not planned by a goal; returns what they take, cores. Newcomers get what is free, at least an equal share; for that, those that came before and have not answered
 * yet give back what they hold beyond an equal share.
 */
function placeStarters(wishes: Wish[], { members, seekers, capacityCores }: StartInput): number {
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
  const free = capacityCores - wantedCores(seekers);
  const taken = start(newcomers, () => Math.max(equal, (free - held) / newcomers.length));
  const each = Math.max(equal, (free - settled - taken) / Math.max(1, waiting.length));
  return settled + taken + start(waiting, ({ heldCores }) => Math.min(heldCores ?? 0, each));
}

const wantedCores = (seekers: readonly Seeker[]): number =>
  sum(
    seekers.map(({ member, goal }) =>
      Math.min(member.mostCores, Number.isFinite(goal.aimCores) ? goal.aimCores : member.floorCores),
    ),
  );

const isReachable = ({ goal, member }: Seeker): boolean => goal.edgeCores <= member.mostCores;

function chooseAllOrNone(seekers: readonly Seeker[], leftCores: number): readonly boolean[] {
  const reachable = seekers.filter(isReachable);
  const floors = sum(seekers.filter((seeker) => !isReachable(seeker)).map(({ member }) => member.floorCores));
  const fits =
    sum(reachable.map(({ member, goal }) => Math.max(member.floorCores, goal.edgeCores))) + floors <= leftCores;
  return seekers.map((seeker) => fits && isReachable(seeker));
}

/** Who was given up lately comes back only with room to spare, s and ratio: at the brink a set would change with every report. */
const DROPPED_MS = 60_000;
const WARY = 1.025;
const wasDropped = ({ known }: Member, nowMs: number): boolean =>
  !known[K.isChosen] && known[K.chosenAtMs] > 0 && nowMs - known[K.chosenAtMs] < DROPPED_MS;

/** Incumbents stay unless more can be had, or they do not fit any more; newcomers need their whole margin. */
function choose(
  seekers: readonly Seeker[],
  leftCores: number,
  { fairness, nowMs }: Pick<PlanInput, 'fairness' | 'nowMs'>,
): readonly boolean[] {
  const candidates = seekers.map((seeker): Candidate => {
    const { member, goal } = seeker;
    const isIncumbent = member.known[K.isChosen] === 1;
    const wary = wasDropped(member, nowMs) ? WARY : 1;
    const cores = isIncumbent ? coresAt(goal, MOST_EASE) : goal.edgeCores * wary;
    return {
      cores: cores <= member.mostCores ? boundedCores(member, cores) : Number.POSITIVE_INFINITY,
      floorCores: member.floorCores,
      weight: fairness === 'weighted' ? member.allocation.weight : 1,
      isIncumbent,
    };
  });
  const all = sum(candidates.map(({ cores, floorCores }) => (Number.isFinite(cores) ? cores : floorCores)));
  if (all <= leftCores + 1e-9) return candidates.map(({ cores }) => Number.isFinite(cores));
  const chosen = chooseSatisfied(candidates, leftCores);
  const waiting = candidates.map((candidate, i) => ({ ...candidate, sinceMs: sinceOf(seekers[i], nowMs) }));
  return takeTurns(waiting, chosen, leftCores, nowMs);
}

const sinceOf = (seeker: Seeker | undefined, nowMs: number): number =>
  seeker === undefined ? nowMs : seeker.member.known[K.chosenAtMs] || seeker.member.known[K.bornAtMs];

/** The least ease at which everybody chosen fits; steps of 1/10000 of the way. */
function leastEase(aimed: readonly Seeker[], leftCores: number): number {
  const needs = (ease: number): number =>
    sum(aimed.map(({ member, goal }) => boundedCores(member, coresAt(goal, ease))));
  if (needs(0) <= leftCores) return 0;
  let [low, high] = [0, 2];
  for (let round = 0; round < EASE_ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (needs(middle) <= leftCores) high = middle;
    else low = middle;
  }
  return high;
}
