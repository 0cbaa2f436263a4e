import type { NodeId } from '../../../shared/ids.js';
import type { DemandBySpeed } from '../forecast.js';
import { lastingCores, type NodeBudget, roomOf } from './node-budget.js';

/**
 * The budgets of all nodes, by place. What each of them is asked for every allocation that needs a
 * node lies in lists of plain numbers, kept up as budgets change: of a thousand nodes nearly all
 * can be passed over by two numbers, and their budgets need not be looked at.
 */
export class BudgetTable {
  readonly #budgets: NodeBudget[];
  readonly #placeOf: ReadonlyMap<NodeId, number>;
  readonly #freeCores: Float64Array;
  readonly #shareCores: Float64Array;
  /** The different speeds of the nodes, and by place which of them it is. */
  readonly #speeds: readonly number[];
  readonly #speedAt: Uint32Array;
  /** What `#askedOf` takes at each of these speeds; NaN = not asked yet. */
  readonly #aimCores: Float64Array;
  #askedOf: DemandBySpeed | null = null;
  /** All places, in the order of the ids of their nodes. */
  readonly byId: Uint32Array;

  /** `speedOf`: how fast a node computes ÷ the reference. */
  constructor(budgets: readonly NodeBudget[], speedOf: (node: NodeId) => number) {
    this.#budgets = [...budgets];
    this.#placeOf = new Map(budgets.map(({ node }, place) => [node.id, place]));
    this.#freeCores = Float64Array.from(budgets, freeCoresOf);
    this.#shareCores = Float64Array.from(budgets, shareCoresOf);
    const kinds = new Map<number, number>();
    this.#speedAt = Uint32Array.from(budgets, ({ node }) => kindOf(speedOf(node.id), kinds));
    this.#speeds = [...kinds.keys()];
    this.#aimCores = new Float64Array(this.#speeds.length);
    this.byId = Uint32Array.from(placesById(budgets));
  }

  /** All budgets as they are now, by place. */
  get budgets(): readonly NodeBudget[] {
    return this.#budgets;
  }

  get size(): number {
    return this.#budgets.length;
  }

  /** `place`: from 0 on, less than the size. */
  at(place: number): NodeBudget {
    return this.#budgets[place] as NodeBudget;
  }

  /** undefined = there is no such node. */
  of(node: NodeId): NodeBudget | undefined {
    const place = this.#placeOf.get(node);
    return place === undefined ? undefined : this.#budgets[place];
  }

  /** Takes it for that of its node from now on; ignored where there is no such node. */
  replace(budget: NodeBudget): void {
    const place = this.#placeOf.get(budget.node.id);
    if (place === undefined) return;
    this.#budgets[place] = budget;
    this.#freeCores[place] = freeCoresOf(budget);
    this.#shareCores[place] = shareCoresOf(budget);
  }

  /** CPU that no target demands, less the headroom, cores; below 0 where they demand more. */
  freeCoresAt(place: number): number {
    return this.#freeCores[place] ?? 0;
  }

  /** CPU that one more allocation of an unknown workload would have, cores. */
  shareCoresAt(place: number): number {
    return this.#shareCores[place] ?? 0;
  }

  /**
   * CPU that a target takes there, cores; Infinity = no CPU meets it. Asked once for each speed
   * while the same is asked of one node after the other.
   */
  aimCoresAt(place: number, demand: DemandBySpeed): number {
    if (demand !== this.#askedOf) {
      this.#askedOf = demand;
      this.#aimCores.fill(Number.NaN);
    }
    const kind = this.#speedAt[place] ?? 0;
    const known = this.#aimCores[kind] ?? Number.NaN;
    if (!Number.isNaN(known)) return known;
    const aimCores = demand.aimCores(this.#speeds[kind] ?? 1);
    this.#aimCores[kind] = aimCores;
    return aimCores;
  }

  /** The same at the slow edge of its band. */
  edgeCoresAt(place: number, demand: DemandBySpeed): number {
    return demand.edgeCores(this.#speeds[this.#speedAt[place] ?? 0] ?? 1);
  }
}

const idOf = (budgets: readonly NodeBudget[], place: number): string =>
  budgets[place]?.node.id ?? '';
const placesById = (budgets: readonly NodeBudget[]): readonly number[] =>
  [...budgets.keys()].sort((a, b) => (idOf(budgets, a) < idOf(budgets, b) ? -1 : 1));

const freeCoresOf = (budget: NodeBudget): number => roomOf(budget) - budget.demandedCores;

const shareCoresOf = (budget: NodeBudget): number =>
  Math.max(budget.capacityCores / (budget.count + 1), lastingCores(budget) - budget.demandedCores);

/** Writes `kinds`. */
function kindOf(speed: number, kinds: Map<number, number>): number {
  const known = kinds.get(speed);
  if (known !== undefined) return known;
  kinds.set(speed, kinds.size);
  return kinds.size - 1;
}
