import { sum } from '../../../limits/fit.js';
import { type Candidate, chooseSatisfied } from '../../../model/knapsack.js';
import { K } from '../../../model/allocation-model.js';
import type { Fairness } from '../../../types.js';
import { takeTurns } from './ageing.js';
import { type Claimant, LEAST_ALIVE } from './cpu-claims.js';
import { sinceOf, type Wish, wasDropped } from './allocation-goal.js';

/**
 * Rates of arrivals are known within some per cent only: who was dropped comes back later, who is
 * served goes later.
 */
const WARY = 1.15;
const KEPT = 0.97;

export interface QueueInput {
  /** CPU that is set aside for all of them, cores. */
  readonly groupCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
}

/**
 * Guarantees of the ceilings with open arrivals, in the order of `queues`. Where keeping all queues
 * short takes more than is set aside, as many as possible (or as much weight) come first and the
 * others take what those leave: their queues are long, but grow only where the requests of all take
 * more than there is. Nobody gets less than half of its even part.
 */
export function divideQueues(
  queues: readonly Claimant[],
  { groupCores, fairness, nowMs }: QueueInput,
): readonly Wish[] {
  const alive = queues.map(({ claim }) => claim.aliveCores);
  const all = sum(alive);
  const tails = queues.map(({ claim }) => ({ tailCores: claim.tailCores }));
  if (all <= groupCores + 1e-9) {
    const extras = queues.map(({ claim }, i) =>
      Math.max(0, (claim.needCores ?? 0) - (alive[i] ?? 0)),
    );
    const part = Math.min(1, (groupCores - all) / Math.max(1e-9, sum(extras)));
    return alive.map((cores, i) => ({
      part: 'aim',
      cores: cores + part * (extras[i] ?? 0),
      ...tails[i],
    }));
  }
  const chosen = choose(queues, groupCores, { fairness, nowMs });
  const least = alive.map((cores) => (LEAST_ALIVE * groupCores * cores) / all);
  const first = sum(alive.filter((_, i) => chosen[i]));
  const rest = sum(alive.filter((_, i) => !chosen[i]));
  const leftCores = Math.max(0, groupCores - first);
  const wanted = alive.map((cores, i) =>
    chosen[i] ? cores : Math.max(least[i] ?? 0, rest > 0 ? (leftCores * cores) / rest : 0),
  );
  const scale = Math.min(1, groupCores / Math.max(1e-9, sum(wanted)));
  return wanted.map((cores, i) => ({
    part: chosen[i] ? 'aim' : 'left',
    cores: cores * scale,
    ...tails[i],
  }));
}

function choose(
  queues: readonly Claimant[],
  groupCores: number,
  how: Omit<QueueInput, 'groupCores'>,
): readonly boolean[] {
  const candidates = queues.map(({ member, claim }): Candidate => {
    const isIncumbent = member.known[K.isChosen] === 1;
    const factor = isIncumbent ? KEPT : wasDropped(member, how.nowMs) ? WARY : 1;
    return {
      cores: claim.aliveCores * factor,
      floorCores: 0,
      weight: how.fairness === 'weighted' ? member.allocation.weight : 1,
      isIncumbent,
    };
  });
  const chosen = chooseSatisfied(candidates, groupCores);
  const waiting = candidates.map((candidate, i) => ({
    ...candidate,
    sinceMs: sinceOf(queues[i], how.nowMs),
  }));
  return takeTurns(waiting, chosen, groupCores, how.nowMs);
}
