import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import type { Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';

/** One that has not answered for so long after its first report is not starting any more, ms. */
const STARTING_MS = 120_000;
/** Share of the capacity that is never lent: the room in which limits may stay as they are. */
const KEPT_RATIO = 0.05;
/** A boost that makes a limit larger by less is not worth an update, as a ratio. */
const MIN_BOOST_RATIO = 0.1;
/** A boost that is at least this part of what could be lent stays as it is. */
const STAYS_RATIO = 0.5;

/** CPU lent beyond the goal, cores, by place of the member. */
export type StartBoosts = ReadonlyMap<number, number>;

/** Nobody is lent anything. */
export const NO_BOOSTS: StartBoosts = new Map();

/**
 * Whether the container of a band runs, and still starts: what its requests cost is known from
 * others of its workload, or from its life before, and none of its own has ended. What its target
 * takes says nothing of what a start takes, which may be many times as long with that.
 */
export function isStarting({ goal, isWeighted, isStale, model }: Member, nowMs: number): boolean {
  if (goal === null || isWeighted || isStale) return false;
  if (model[Field.count] > 0 || model[Field.doneCount] > 0) return false;
  const bornAtMs = model[Field.bornAtMs];
  return bornAtMs > 0 && nowMs - bornAtMs < STARTING_MS;
}

/**
 * Lends the CPU that nobody is planned to have to containers that start, in equal parts, until
 * their first answer. Nobody else gets less for it: it is taken back as soon as it is wanted.
 */
export function startBoostsOf(
  members: readonly Member[],
  goals: readonly AllocationGoal[],
  { capacityCores, nowMs }: { readonly capacityCores: number; readonly nowMs: number },
): StartBoosts {
  const starting: number[] = [];
  members.forEach((member, i) => {
    if (goals[i]?.kind === 'atTarget' && isStarting(member, nowMs)) starting.push(i);
  });
  if (starting.length === 0) return NO_BOOSTS;
  const freeCores = capacityCores * (1 - KEPT_RATIO) - sum(goals.map(({ cores }) => cores));
  const eachCores = freeCores / starting.length;
  return new Map(
    starting.flatMap((i): [number, number][] => {
      const [member, goalCores] = [members[i], goals[i]?.cores ?? 0];
      const boost = member === undefined ? 0 : boostOf(member, goalCores, eachCores);
      return boost > MIN_BOOST_RATIO * goalCores ? [[i, boost]] : [];
    }),
  );
}

function boostOf({ heldCores, maxCores }: Member, goalCores: number, eachCores: number): number {
  const most = Math.min(eachCores, maxCores - goalCores);
  const heldBoost = (heldCores ?? 0) - goalCores;
  return heldBoost >= STAYS_RATIO * most && heldBoost <= most ? heldBoost : most;
}
