import type { Capacity } from '../../proto/schemas/capacity.js';
import type { NodeId } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import type { NodeCpu } from '../schedule/node-cpu.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { withoutNodes } from './changed-hosts.js';
import { largestThat, type SearchBudget } from './search-budget.js';
import { type Base, elsewhereSteps, missedBeyond } from './what-if.js';

type Packed = NonNullable<Capacity['packed']>;

/** Sets of one host fewer are tried one by one where there are no more of them than this. */
const MAX_SETS = 300;
/** Hosts that are exchanged for one that was emptied, at most. */
const EXCHANGED = 6;

/** What is searched, and in what. */
export interface PackInput {
  readonly base: Base;
  readonly cpu: readonly NodeCpu[];
  readonly budget: SearchBudget;
}

/**
 * The fewest hosts found on which nobody misses who does not now, and which may then be emptied.
 * Hosts are emptied in several orders; then sets of one host fewer are tried: all of them where
 * there are few, else those that differ in a few hosts. Always feasible by the plan.
 */
export function* packSteps(input: PackInput): Steps<Packed> {
  const search = new PackSearch(input);
  yield* search.emptyInOrders();
  const proven = yield* search.tryOneMore();
  return search.answer(proven);
}

class PackSearch {
  readonly #input: PackInput;
  readonly #candidates: readonly NodeCpu[];
  readonly #pinned: readonly NodeId[];
  /** Known answers, by the hosts that are emptied. */
  readonly #known = new Map<string, boolean>();
  #best: readonly NodeId[] = [];

  constructor(input: PackInput) {
    this.#input = input;
    const { state } = input.base.input;
    const isPinned = ({ node }: NodeCpu): boolean => holdsUnmovable(state, state.nodes.get(node));
    this.#candidates = input.cpu.filter((each) => !isPinned(each));
    this.#pinned = input.cpu.filter(isPinned).map(({ node }) => node);
  }

  answer(proven: boolean): Packed {
    const empty = [...this.#best];
    const gone = new Set(empty);
    const keep = this.#input.cpu.map(({ node }) => node).filter((node) => !gone.has(node));
    return { keep, empty, pinned: this.#pinned, proven };
  }

  *emptyInOrders(): Steps<void> {
    for (const order of ORDERS) {
      const nodes = [...this.#candidates].sort((a, b) => order(a, b) || byName(a, b));
      yield* this.#emptyIn(nodes);
      if (this.#input.budget.isSpent) return;
    }
  }

  /** As many as hold of the first ones, then each of the others that holds with them. */
  *#emptyIn(nodes: readonly NodeCpu[]): Steps<void> {
    const ids = nodes.map(({ node }) => node);
    const isFirst = (count: number) => this.#holds(ids.slice(0, count));
    const range = { max: ids.length, guess: guessOf(nodes) };
    const { largest } = yield* largestThat(isFirst, range);
    let emptied = ids.slice(0, largest);
    for (const id of ids.slice(largest + 1)) {
      if (this.#input.budget.isSpent) return;
      if ((yield* this.#holds([...emptied, id])) === true) emptied = [...emptied, id];
    }
  }

  /** True = all sets of one host fewer were tried, and none does. */
  *tryOneMore(): Steps<boolean> {
    const ids = this.#candidates.map(({ node }) => node);
    for (;;) {
      const size = this.#best.length + 1;
      if (size > ids.length || this.#input.budget.isSpent) return size > ids.length;
      const isFew = choose(ids.length, size) <= MAX_SETS;
      const sets = isFew ? subsetsOf(ids, size) : this.#exchanges();
      if (!(yield* this.#findIn(sets))) return isFew && !this.#input.budget.isSpent;
    }
  }

  *#findIn(sets: Iterable<readonly NodeId[]>): Steps<boolean> {
    for (const set of sets) {
      if (this.#input.budget.isSpent) return false;
      if ((yield* this.#holds(set)) === true) return true;
    }
    return false;
  }

  /** One of those that were emptied is kept, and two others are emptied instead. */
  *#exchanges(): Iterable<readonly NodeId[]> {
    const emptied = new Set(this.#best);
    const kept = this.#candidates
      .filter(({ node }) => !emptied.has(node))
      .sort((a, b) => leastNeeded(a, b) || byName(a, b))
      .slice(0, EXCHANGED)
      .map(({ node }) => node);
    for (const back of this.#best) {
      const others = this.#best.filter((id) => id !== back);
      for (const pair of subsetsOf(kept, 2)) yield [...others, ...pair];
    }
  }

  /** Undefined = the budget was spent. */
  *#holds(emptied: readonly NodeId[]): Steps<boolean | undefined> {
    const key = [...emptied].sort().join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { base, budget } = this.#input;
    if (emptied.length >= this.#input.cpu.length) return false;
    const state = withoutNodes(base.input.state, emptied);
    const after = yield* budget.within(elsewhereSteps(base, state));
    if (after === undefined) return undefined;
    const isGood = missedBeyond(after.misses, base.misses).length === 0;
    this.#known.set(key, isGood);
    if (isGood && emptied.length > this.#best.length) this.#best = emptied;
    return isGood;
  }
}

type Order = (a: NodeCpu, b: NodeCpu) => number;
const needed = ({ neededCores }: NodeCpu): number => neededCores ?? 0;
const leastNeeded: Order = (a, b) => needed(a) - needed(b);
const smallest: Order = (a, b) => a.allocatableCores - b.allocatableCores;
const byName: Order = (a, b) => (a.node < b.node ? -1 : 1);
const ORDERS: readonly Order[] = [
  leastNeeded,
  (a, b) => smallest(a, b) || leastNeeded(a, b),
  (a, b) => a.allocations - b.allocations || leastNeeded(a, b),
];

/** What dqoes did not start cannot be moved, and what is not to be moved is not. */
const holdsUnmovable = ({ jobs }: ClusterState, node: NodeRecord | undefined): boolean =>
  node?.report?.containers.some(({ origin }) => origin === 'label') === true ||
  node?.desired?.allocations.some(({ job }) => jobs.get(job)?.spec.moves === 'never') === true;

/** How many of the first could be emptied by their CPU alone. */
function guessOf(nodes: readonly NodeCpu[]): number {
  let free = nodes.reduce((sum, { freeCores }) => sum + (freeCores ?? 0), 0);
  let moved = 0;
  for (const [i, node] of nodes.entries()) {
    free -= node.freeCores ?? 0;
    moved += needed(node);
    if (moved > free) return i;
  }
  return nodes.length;
}

/** n over k, and no further than the largest that matters. */
function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= Math.min(k, n - k) && result <= MAX_SETS; i += 1)
    result = (result * (n - i + 1)) / i;
  return result;
}

/** All subsets of a size, in the order of the items. */
function* subsetsOf<T>(items: readonly T[], size: number): Iterable<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [i, first] of items.entries()) {
    if (items.length - i < size) return;
    for (const rest of subsetsOf(items.slice(i + 1), size - 1)) yield [first, ...rest];
  }
}
