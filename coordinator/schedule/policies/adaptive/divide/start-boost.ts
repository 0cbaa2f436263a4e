import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import type { Member } from '../member.js';
import type { AllocationGoal } from './allocation-goal.js';

/** One that has not answered for so long after its first report is not starting any more, ms. */
const STARTING_MS = 120_000;
/** Share of the capacity that is not lent: room in which limits and loans may stay as they are. */
const KEPT_RATIO = 0.05;
/** A loan that makes a limit larger by less is not worth an update, as a ratio. */
const MIN_BOOST_RATIO = 0.1;
/** A loan that is at least this part of what could be lent stays as it is. */
const STAYS_RATIO = 0.5;
/** One that must become smaller becomes so much smaller that it need not at once again. */
const SHRINKS_RATIO = 0.7;

/** CPU lent beyond the goal, cores, by place of the member. */
export type StartBoosts = ReadonlyMap<number, number>;

/** Nobody is lent anything. */
export const NO_BOOSTS: StartBoosts = new Map();

/** What is true of the node, for those that lend. */
export interface Lending {
  /** What other programs take on average, cores. */
  readonly othersCores: number;
}

/**
 * Whether the container of a band runs, and still starts: what its requests cost is known from
 * others of its workload, or from its life before, and nothing says that it has answered. What its
 * target takes says nothing of what a start takes, which may be many times as long with that. One
 * that was found running is not starting: its counters begin again with the agent and the leader.
 */
export function isStarting(
  { allocation, goal, isWeighted, isStale, model }: Member,
  nowMs: number,
): boolean {
  if (goal === null || isWeighted || isStale || model[Field.inheritedAtMs] > 0) return false;
  if (model[Field.count] > 0 || model[Field.doneCount] > 0) return false;
  if (allocation.report?.latency != null) return false;
  const bornAtMs = model[Field.bornAtMs];
  return bornAtMs > model[Field.doneAtMs] && nowMs - bornAtMs < STARTING_MS;
}

/** What is known of the node. */
interface LendingNode {
  /** undefined = nothing is lent there. */
  readonly lending: Lending | undefined;
  readonly capacityCores: number;
  readonly nowMs: number;
}

/**
 * Lends the CPU that nobody is planned to have, and that other programs do not take, to containers
 * that start, in equal parts, until their first answer. Nobody else gets less for it: it is taken
 * back as soon as it is wanted.
 */
export function startBoostsOf(
  members: readonly Member[],
  goals: readonly AllocationGoal[],
  { lending, capacityCores, nowMs }: LendingNode,
): StartBoosts {
  if (lending === undefined) return NO_BOOSTS;
  const { othersCores } = lending;
  const starting: number[] = [];
  members.forEach((member, i) => {
    if (goals[i]?.kind === 'atTarget' && isStarting(member, nowMs)) starting.push(i);
  });
  if (starting.length === 0) return NO_BOOSTS;
  const keptCores = KEPT_RATIO * capacityCores;
  const freeCores = capacityCores - keptCores - othersCores - sum(goals.map(({ cores }) => cores));
  const each = {
    lentCores: freeCores / starting.length,
    slackCores: keptCores / starting.length,
  };
  return new Map(
    starting.flatMap((i): [number, number][] => {
      const [member, goalCores] = [members[i], goals[i]?.cores ?? 0];
      const boost = member === undefined ? 0 : boostOf(member, goalCores, each);
      return boost > 0 ? [[i, boost]] : [];
    }),
  );
}

function boostOf(
  { heldCores, maxCores, model }: Member,
  goalCores: number,
  each: { readonly lentCores: number; readonly slackCores: number },
): number {
  const roomCores = maxCores - goalCores;
  const most = Math.min(each.lentCores, roomCores);
  const heldBoost = model[Field.lentCores] > 0 ? (heldCores ?? 0) - goalCores : 0;
  if (heldBoost <= 0) return most > MIN_BOOST_RATIO * goalCores ? most : 0;
  if (heldBoost > most + each.slackCores || heldBoost > roomCores) return SHRINKS_RATIO * most;
  return heldBoost >= STAYS_RATIO * most ? heldBoost : most;
}
