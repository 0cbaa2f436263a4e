import { sum } from '../../../limits/fit.js';
import { type Candidate, chooseSatisfied } from '../../../model/knapsack.js';
import { K } from '../../../model/allocation-model.js';
import type { Fairness } from '../../../types.js';
import { coresAt, MOST_EASE } from '../latency-goal.js';
import { boundedCores, type Member } from '../members.js';
import { takeTurns } from './ageing.js';
import { drainCores } from './backlog.js';
import { type Claim, type Claimant, type Claims, claimsOf, type Seeker } from './cpu-claims.js';
import { keepComfortable } from './hysteresis.js';
import { divideQueues } from './queues.js';
import { type Sharer, shareLeftover } from './best-effort.js';
import { placeStarters, type StartInput } from './bootstrap.js';
import { sinceOf, type Wish, wasDropped } from './allocation-goal.js';

export interface NodePlan {
  /** Same order as the members. */
  readonly wishes: readonly Wish[];
  /** 0 = everybody chosen is aimed at its target, 1 = at the slow edge of its band. */
  readonly ease: number;
  /** CPU that all reachable targets together would take, cores. */
  readonly demandCores: number;
  /** What is there for them: what may be given out less what those without a goal hold, cores. */
  readonly leftCores: number;
  /** `tight`: not everybody reachable can be at its target; `loose`: with room to spare. */
  readonly squeeze: Squeeze;
  /**
   * CPU to be set aside for each ceiling, cores; null = not a ceiling. Same order as the members.
   */
  readonly needs: readonly (number | null)[];
  /** CPU that requests with open arrivals take on average, cores. */
  readonly useCores: number;
  /** Some ceilings with open arrivals come after others. */
  readonly isCrowded: boolean;
  /** CPU that keeps all queues from growing, cores. */
  readonly aliveCores: number;
  /** That is more than may be given out. */
  readonly isOverloaded: boolean;
}
export type Squeeze = 'tight' | 'between' | 'loose';

export interface PlanInput {
  readonly members: readonly Member[];
  /** What may be given out, cores. */
  readonly capacityCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
}

const EASE_ROUNDS = 14;

/**
 * Divides a node's CPU. Σd(o) fits: everybody gets d(o), the rest stays idle; nobody is pushed out
 * of its band by speed. Else all are eased towards the slow edge of their bands; where even that
 * does not fit, as many (or as much weight) as possible are chosen, and the others share what is
 * left. Jobs of which nothing is known hold an equal share until their first answer. Ceilings get
 * no quota: what is set aside for them is their guarantee.
 */
export function planNode({ members, capacityCores, fairness, nowMs }: PlanInput): NodePlan {
  const wishes: Wish[] = members.map(({ heldCores }) => ({ part: 'hold', cores: heldCores ?? 0 }));
  const seekers = seekersOf(members);
  const { claims, leftCores } = claimed(wishes, { members, seekers, capacityCores });
  const claimants = seekers.map((seeker, i) => ({
    ...seeker,
    claim: claims.claims[i] ?? NO_CLAIM,
  }));
  const divided = divide(claimants, leftCores, { fairness, nowMs });
  claimants.forEach(({ index }, i) => {
    wishes[index] = divided.wishes[i] ?? { part: 'hold', cores: 0 };
  });
  const demandCores = sum(claimants.map(askedBy));
  const needs: (number | null)[] = members.map(() => null);
  for (const { index, claim } of claimants) needs[index] = claim.needCores;
  const useCores = sum(claims.claims.map((claim) => claim.useCores));
  const isCrowded = claimants.some((one) => isQueue(one) && wishes[one.index]?.part === 'left');
  const squeeze = squeezeOf(demandCores, leftCores);
  return {
    wishes,
    ease: divided.ease,
    demandCores,
    leftCores,
    squeeze,
    needs,
    useCores,
    isCrowded,
    ...of(claims),
  };
}

// What starters hold depends on what the others claim, and what those claim on what is left for
// them.
function claimed(wishes: Wish[], input: Omit<StartInput, 'claims'>) {
  const { seekers, capacityCores } = input;
  const whole = claimsOf(seekers, capacityCores);
  if (seekers.length === input.members.length) return { claims: whole, leftCores: capacityCores };
  const heldCores = placeStarters([...wishes], { ...input, claims: whole.claims });
  const claims = claimsOf(seekers, Math.max(0, capacityCores - heldCores));
  const held = placeStarters(wishes, { ...input, claims: claims.claims });
  return { claims, leftCores: Math.max(0, capacityCores - held) };
}

const of = ({ aliveCores, isOverloaded }: Claims): Pick<Claims, 'aliveCores' | 'isOverloaded'> => ({
  aliveCores,
  isOverloaded,
});

const NO_CLAIM: Claim = {
  floorCores: 0,
  needCores: null,
  useCores: 0,
  tailCores: 0,
  aliveCores: 0,
};

function seekersOf(members: readonly Member[]): Seeker[] {
  const seekers: Seeker[] = [];
  members.forEach((member, index) => {
    if (member.goal !== null && !member.isStale) seekers.push({ index, member, goal: member.goal });
  });
  return seekers;
}

function askedBy({ goal, claim }: Claimant): number {
  const cores = claim.needCores ?? goal.aimCores;
  return Number.isFinite(cores) ? cores : 0;
}

interface Divided {
  /** Same order as the claimants. */
  readonly wishes: readonly Wish[];
  readonly ease: number;
}

function divide(
  claimants: readonly Claimant[],
  leftCores: number,
  how: Pick<PlanInput, 'fairness' | 'nowMs'>,
): Divided {
  const chosen =
    how.fairness === 'maxmin'
      ? chooseAllOrNone(claimants, leftCores)
      : choose(claimants, leftCores, how);
  const wishes: Wish[] = claimants.map(({ claim }, i) => ({
    part: chosen[i] ? 'aim' : 'left',
    cores: chosen[i] ? (claim.needCores ?? 0) : 0,
  }));
  const indexes = claimants.map((_, i) => i);
  const queues = indexes.filter((i) => isQueue(claimants[i]));
  const at = (list: readonly number[]): readonly Claimant[] =>
    list.flatMap((i) => claimants[i] ?? []);
  const groupCores = Math.max(
    0,
    Math.min(
      sum(at(queues).map(({ claim }) => Math.max(claim.aliveCores, claim.needCores ?? 0))),
      leftCores -
        sum(
          indexes.map((i) =>
            isQueue(claimants[i]) ? 0 : leastOf(claimants[i], chosen[i] ?? false),
          ),
        ),
    ),
  );
  const ranked = divideQueues(at(queues), { groupCores, ...how });
  queues.forEach((i, at) => {
    wishes[i] = ranked[at] ?? { part: 'left', cores: 0 };
  });
  const aimed = indexes.filter((i) => chosen[i] && claimants[i]?.claim.needCores === null);
  const others = indexes.filter((i) => !chosen[i] && !isQueue(claimants[i]));
  const floors = sum(at(others).map(({ claim }) => claim.floorCores));
  const aimCores = leftCores - floors - sum(wishes.map(({ cores }) => cores));
  const ease = leastEase(at(aimed), aimCores);
  const aims = aim(at(aimed), aimCores, ease);
  aimed.forEach((i, at) => {
    wishes[i] = { part: 'aim', cores: aims[at] ?? 0 };
  });
  const shares = shareRest(at(others), leftCores - sum(wishes.map(({ cores }) => cores)));
  others.forEach((i, at) => {
    wishes[i] = { part: 'left', cores: shares[at] ?? 0 };
  });
  return { wishes, ease };
}

const isQueue = (one: Claimant | undefined): boolean =>
  one !== undefined && one.claim.tailCores > 0;

// What one that is no queue takes at least: chosen at the slow edge, else its floor.
function leastOf(one: Claimant | undefined, isChosen: boolean): number {
  if (one === undefined) return 0;
  const { member, goal, claim } = one;
  if (!isChosen) return claim.floorCores;
  return Math.max(
    claim.floorCores,
    claim.needCores ?? boundedCores(member, coresAt(goal, MOST_EASE)),
  );
}

// A queue that has built up is drained first, as far as there is CPU that nobody else was promised.
function aim(aimed: readonly Claimant[], aimCores: number, ease: number): readonly number[] {
  const aims = keepComfortable(
    aimed.map(({ member, goal }) => ({
      member,
      goal,
      cores: boundedCores(member, coresAt(goal, ease)),
    })),
    aimCores,
    ease,
  );
  const drains = aimed.map(({ member, goal }, i) => drainCores(member, goal, aims[i] ?? 0));
  const wanted = sum(drains);
  if (wanted === 0) return aims;
  const part = Math.min(1, Math.max(0, aimCores - sum(aims)) / wanted);
  return aims.map((cores, i) => {
    const member = aimed[i]?.member;
    return member === undefined ? cores : boundedCores(member, cores + part * (drains[i] ?? 0));
  });
}

/** Below this share of what there is, nobody is squeezed. */
const LOOSE_LOAD = 0.92;
function squeezeOf(demandCores: number, leftCores: number): Squeeze {
  if (demandCores > leftCores) return 'tight';
  return demandCores < LOOSE_LOAD * leftCores ? 'loose' : 'between';
}

/**
 * Part of the rest that is given out anew: what is kept back takes up small changes of those who
 * are aimed at.
 */
const REST_GIVEN = 0.95;
const REST_DEAD_BAND = 0.3;

// Who has about its share already keeps it.
function shareRest(others: readonly Claimant[], restCores: number): readonly number[] {
  const fresh = shareLeftover(others.map(sharerOf), restCores * REST_GIVEN);
  const held = others.map(({ member }, i) =>
    boundedCores(member, member.heldCores ?? fresh[i] ?? 0),
  );
  const isNear = held.every(
    (cores, i) => Math.abs(cores - (fresh[i] ?? 0)) <= Math.max(0.005, REST_DEAD_BAND * cores),
  );
  return isNear && sum(held) <= restCores ? held : fresh;
}

const sharerOf = ({ member, goal, claim }: Claimant): Sharer => ({
  law: goal.law,
  aimSeconds: goal.aimSeconds,
  weight: member.allocation.weight,
  floorCores: claim.floorCores,
  mostCores: member.mostCores,
});

const isReachable = ({ goal, claim, member }: Claimant): boolean =>
  (claim.needCores ?? goal.edgeCores) <= member.mostCores;

function chooseAllOrNone(claimants: readonly Claimant[], leftCores: number): readonly boolean[] {
  const reachable = claimants.filter(isReachable);
  const floors = sum(
    claimants.filter((one) => !isReachable(one)).map(({ claim }) => claim.floorCores),
  );
  const needs = reachable.map(({ claim, goal }) =>
    Math.max(claim.floorCores, claim.needCores ?? goal.edgeCores),
  );
  const fits = sum(needs) + floors <= leftCores;
  return claimants.map((one) => fits && isReachable(one));
}

/** Who was given up lately needs so much more room to come back. */
const WARY = 1.025;

/**
 * Incumbents stay unless more can be had, or they do not fit any more; newcomers need their whole
 * margin.
 */
function choose(
  claimants: readonly Claimant[],
  leftCores: number,
  { fairness, nowMs }: Pick<PlanInput, 'fairness' | 'nowMs'>,
): readonly boolean[] {
  const candidates = claimants.map((one): Candidate => {
    const { member, goal, claim } = one;
    const isIncumbent = member.known[K.isChosen] === 1;
    const wary = !isIncumbent && wasDropped(member, nowMs) ? WARY : 1;
    const cores = claim.needCores ?? (isIncumbent ? coresAt(goal, MOST_EASE) : goal.edgeCores);
    const asked = Math.max(claim.floorCores, cores * wary);
    return {
      cores: asked <= member.mostCores ? boundedCores(member, asked) : Number.POSITIVE_INFINITY,
      floorCores: claim.floorCores,
      weight: fairness === 'weighted' ? member.allocation.weight : 1,
      isIncumbent,
    };
  });
  const all = sum(
    candidates.map(({ cores, floorCores }) => (Number.isFinite(cores) ? cores : floorCores)),
  );
  if (all <= leftCores + 1e-9) return candidates.map(({ cores }) => Number.isFinite(cores));
  const chosen = chooseSatisfied(candidates, leftCores);
  const waiting = candidates.map((candidate, i) => ({
    ...candidate,
    sinceMs: sinceOf(claimants[i], nowMs),
  }));
  return takeTurns(waiting, chosen, leftCores, nowMs);
}

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
