import { clamp, sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { isSurelyFaster, isSurelySlower } from '../learn/answers.js';
import { boundedCores, type Member } from '../member.js';
import { NO_BOOSTS, type StartBoosts } from './start-boost.js';

/** A limit changes by at most this factor at a time. */
export const MAX_STEP_RATIO = 4;

/**
 * What members really get in this step, cores: within a factor of four of what they hold, unless
 * that was, or is to be, lent to them for their start; and never against what clients see, whatever
 * was planned. Nothing rises for a target while its answers are faster than the band, and nothing
 * that is late falls while CPU goes to one that is faster than asked. Where that keeps a member
 * from giving all it should, those that grow wait for the rest. Same order; the sum is at most that
 * of the plan or `capacityCores`, whichever is more, as far as no member must shrink faster.
 */
export function boundSteps(
  members: readonly Member[],
  wantedCores: readonly number[],
  capacityCores: number,
  startBoosts: StartBoosts = NO_BOOSTS,
): readonly number[] {
  const steps = members.map((member, i) => {
    const cores = wantedCores[i] ?? 0;
    return startBoosts.has(i) ? cores : boundStep(member, cores);
  });
  const bounded = boundByAnswers(members, steps);
  const excess = sum(bounded) - Math.max(capacityCores, sum(wantedCores));
  if (excess <= 0) return bounded;
  const growth = members.map(({ heldCores }, i) =>
    Math.max(0, (bounded[i] ?? 0) - (heldCores ?? 0)),
  );
  const kept = Math.max(0, 1 - excess / Math.max(excess, sum(growth)));
  return bounded.map((cores, i) =>
    (growth[i] ?? 0) > 0 ? cores - (growth[i] ?? 0) * (1 - kept) : cores,
  );
}

// A guarantee is no quota: a large step of it slows nothing down.
function boundStep(member: Member, cores: number): number {
  const { heldCores, maxCores, floorCores, isWeighted, model } = member;
  if (heldCores === null || isWeighted || model[Field.lentCores] > 0) return cores;
  return clamp(
    clamp(cores, heldCores / MAX_STEP_RATIO, heldCores * MAX_STEP_RATIO),
    Math.min(floorCores, maxCores),
    maxCores,
  );
}

// Three reports each are certain enough (learn/answers.ts). A ceiling is faster than asked as a
// rule: it takes CPU from others only while its guarantee rises.
function boundByAnswers(members: readonly Member[], cores: readonly number[]): readonly number[] {
  if (!members.some(isSurelyFaster)) return cores;
  const growth = members.map(({ heldCores }, i) =>
    heldCores === null ? 0 : (cores[i] ?? 0) - heldCores,
  );
  const isLateHarmed = members.some((member, i) => (growth[i] ?? 0) < 0 && isSurelySlower(member));
  const isFasterFavoured = members.some(
    (member, i) => isSurelyFaster(member) && (hasQuota(member) || (growth[i] ?? 0) > 0),
  );
  return members.map((member, i) => {
    const wished = cores[i] ?? 0;
    const grown = growth[i] ?? 0;
    const stays =
      grown > 0
        ? isSurelyFaster(member) && (hasQuota(member) || (member.isWeighted && isLateHarmed))
        : grown < 0 && isFasterFavoured && isSurelySlower(member);
    return stays ? boundedCores(member, member.heldCores ?? wished) : wished;
  });
}

const hasQuota = ({ isWeighted, allocation: { limit } }: Member): boolean =>
  !isWeighted && limit?.cpuCores != null;
