import { sumOf } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { withinChance } from '../../../model/chance.js';
import type { Fairness } from '../../../types.js';
import { secondsAt } from '../latency-goal.js';
import { holdsTurn } from './allocation-goal.js';
import type { Claimant } from './cpu-claims.js';

/** What the served members share. */
export interface ThinOutInput {
  /** CPU for them and for the floors of those that are left out, cores. */
  readonly leftCores: number;
  readonly fairness: Fairness;
  readonly nowMs: number;
  readonly slowerRatio?: number;
  /** Those that come in the place of one that was served: they count as served; absent = nobody. */
  readonly inTurn?: ReadonlySet<Claimant>;
  /** The band slack at which they, or all but one of them, fit into so much CPU. */
  readonly bandSlackOf: (served: readonly Claimant[], cores: number, without?: Claimant) => number;
}

/**
 * What a change of the set must win, as a ratio of a job: the one that goes and the one that comes
 * are both between limits for a while, and what is expected is not known exactly. One that goes
 * does not come back soon.
 */
const CHANGE_RISK = { comes: 0.25, goes: 1 } as const;
/** A job is this much more likely to be left out when it was not served before. */
const INCUMBENT_BONUS = 0.1;

/**
 * Leaves out members whose service costs the others more than it is worth: while Σ w·P(within)
 * over those that are served grows by it, the one that takes most CPU for its weight goes. One more
 * that just fits moves all others towards the slow edges of their bands, where a little less speed
 * of the host throws all of them out at once. Of members served before at most one goes at a time.
 * Who stays, in the same order.
 */
export function thinOut(served: readonly Claimant[], input: ThinOutInput): readonly Claimant[] {
  const all = { set: served, cores: input.leftCores };
  // On a host that was slower lately all new ones are judged, also beside dearer old ones.
  const left = (input.slowerRatio ?? 1) > 1 ? thinned(all, input, true) : all;
  return thinned(left, input, false).set;
}

/** Those that stay, and the CPU for them and for the floors of the others, cores. */
interface Left {
  readonly set: readonly Claimant[];
  readonly cores: number;
}

function thinned(
  left: Left,
  { fairness, nowMs, slowerRatio = 1, inTurn, bandSlackOf }: ThinOutInput,
  onlyNew: boolean,
): Left {
  const isServed = (one: Claimant): boolean =>
    one.member.model[Field.isChosen] === 1 || inTurn?.has(one) === true;
  const weightOf = ({ member }: Claimant): number =>
    fairness === 'weighted' ? member.allocation.weight : 1;
  const worth = (some: readonly Claimant[], slack: number, without?: Claimant): number =>
    sumOf(some, (one) => (one === without ? 0 : weightOf(one) * chanceAt(one, slack)));
  let { set, cores } = left;
  for (;;) {
    const next = dearest(set, weightOf, { nowMs, onlyNew, isServed });
    if (next === undefined) return { set, cores };
    const isIncumbent = isServed(next);
    // A new one must be worth it with what all of them took while the host was slower.
    const ratio = isIncumbent ? 1 : slowerRatio;
    const restCores = cores - next.claim.floorCores;
    const slack = bandSlackOf(set, coresThen(set, { cores, ratio }));
    const restSlack = bandSlackOf(set, coresThen(set, { cores: restCores, ratio, next }), next);
    // The others would gain nothing.
    if (isIncumbent && slack === restSlack) return { set, cores };
    const gain = worth(set, restSlack, next) - worth(set, slack);
    const least = isIncumbent ? CHANGE_RISK.goes : -CHANGE_RISK.comes;
    if (gain <= least * weightOf(next)) return { set, cores };
    set = set.filter((one) => one !== next);
    cores = restCores;
    if (isIncumbent) return { set, cores };
  }
}

interface Then {
  readonly cores: number;
  readonly ratio: number;
  /** One that is left out. */
  readonly next?: Claimant;
}

// What `cores` are worth where requests cost `ratio` times as much: promises do not grow with that.
function coresThen(set: readonly Claimant[], { cores, ratio, next }: Then): number {
  if (ratio === 1) return cores;
  const promised = sumOf(set, (one) => {
    const { floorCores } = one.member;
    return one === next || one.goal.edgeCores > floorCores ? 0 : floorCores;
  });
  return promised + (cores - promised) / ratio;
}

const chanceAt = ({ goal, member }: Claimant, bandSlack: number): number =>
  withinChance(goal, secondsAt(goal, bandSlack), member.spreads.ofReports(member));

interface DearestInput extends Pick<ThinOutInput, 'nowMs'> {
  readonly onlyNew: boolean;
  readonly isServed: (one: Claimant) => boolean;
}

function dearest(
  set: readonly Claimant[],
  weightOf: (one: Claimant) => number,
  { nowMs, onlyNew, isServed }: DearestInput,
): Claimant | undefined {
  let [found, most] = [undefined as Claimant | undefined, Number.NEGATIVE_INFINITY];
  for (const one of set) {
    const isIncumbent = isServed(one);
    if (onlyNew && isIncumbent) continue;
    const bonus = isIncumbent ? 1 - INCUMBENT_BONUS : 1;
    const price = (bonus * one.goal.edgeCores) / weightOf(one);
    if (price <= most || holdsTurn(one.member, nowMs)) continue;
    [found, most] = [one, price];
  }
  return found;
}
