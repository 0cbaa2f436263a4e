import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import type { Fairness } from '../../../types.js';
import { chooseInTurn, type TurnCandidate } from './ageing.js';
import { type AllocationGoal, holdsTurn, waitingSinceMs, wasDropped } from './allocation-goal.js';
import { type Claimant, MIN_STABLE_SHARE } from './cpu-claims.js';

/**
 * Arrival rates are known within a few per cent only, so a queue dropped within the last 60 s is
 * re-admitted only with 15 % headroom, and one that is served stays until it lacks 3 %
 * (hysteresis).
 */
const READMIT_MARGIN = 1.15;
const KEEP_MARGIN = 0.97;

/** What the ceilings with open arrivals share. */
export interface QueueInput {
  /** CPU reserved for all of them, cores. */
  readonly groupCores: number;
  /** CPU that could be reserved for them, cores. */
  readonly roomCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
}

/**
 * Guarantees of the ceilings with open arrivals, in the order of `queues`. Where keeping all queues
 * short takes more than is reserved, as many as possible (or as much weight) come first and the
 * others share the rest: their queues are long, but grow without bound only where all requests
 * together take more than there is. Each gets at least half of its even share.
 */
export function divideQueues(
  queues: readonly Claimant[],
  { groupCores, roomCores, fairness, nowMs }: QueueInput,
): readonly AllocationGoal[] {
  const stable = queues.map(({ claim }) => claim.stableCores);
  const all = sum(stable);
  const tails = queues.map(({ claim }) => ({ tailCores: claim.tailCores }));
  if (all <= groupCores + 1e-9 && hasRoomForAll(queues, roomCores, nowMs)) {
    const extras = queues.map(({ claim }, i) =>
      Math.max(0, (claim.reservedCores ?? 0) - (stable[i] ?? 0)),
    );
    const part = Math.min(1, (groupCores - all) / Math.max(1e-9, sum(extras)));
    return stable.map((cores, i) => ({
      kind: 'atTarget',
      cores: cores + part * (extras[i] ?? 0),
      ...tails[i],
    }));
  }
  const chosen = chooseQueues(queues, groupCores, { fairness, nowMs });
  const least = stable.map((cores) => (MIN_STABLE_SHARE * groupCores * cores) / all);
  const first = sum(stable.filter((_, i) => chosen[i]));
  const rest = sum(stable.filter((_, i) => !chosen[i]));
  const leftCores = Math.max(0, groupCores - first);
  const wanted = stable.map((cores, i) =>
    chosen[i] ? cores : Math.max(least[i] ?? 0, rest > 0 ? (leftCores * cores) / rest : 0),
  );
  const scale = Math.min(1, groupCores / Math.max(1e-9, sum(wanted)));
  return wanted.map((cores, i) => ({
    kind: chosen[i] ? 'atTarget' : 'bestEffort',
    cores: cores * scale,
    ...tails[i],
  }));
}

// Where one was dropped lately its weight and those of all others would change with every report.
function hasRoomForAll(queues: readonly Claimant[], roomCores: number, nowMs: number): boolean {
  if (!queues.some((one) => wasDropped(one.member, nowMs))) return true;
  const cores = queues.map((one) =>
    wasDropped(one.member, nowMs) ? READMIT_MARGIN * one.claim.stableCores : one.claim.stableCores,
  );
  return sum(cores) <= roomCores + 1e-9;
}

function chooseQueues(
  queues: readonly Claimant[],
  groupCores: number,
  how: Pick<QueueInput, 'fairness' | 'nowMs'>,
): readonly boolean[] {
  const candidates = queues.map(({ member, claim }): TurnCandidate => {
    const isIncumbent = member.model[Field.isChosen] === 1;
    const factor = isIncumbent ? KEEP_MARGIN : wasDropped(member, how.nowMs) ? READMIT_MARGIN : 1;
    return {
      cores: claim.stableCores * factor,
      floorCores: 0,
      weight: how.fairness === 'weighted' ? member.allocation.weight : 1,
      isIncumbent,
      sinceMs: waitingSinceMs(member.model, how.nowMs),
      holdsTurn: holdsTurn(member, how.nowMs),
    };
  });
  return chooseInTurn(candidates, groupCores, how.nowMs);
}
