/** One job that competes for CPU. */
export interface KnapsackItem {
  /** Minimum CPU that satisfies it, cores; Infinity = none does. */
  readonly cores: number;
  /** CPU that it holds when it is not chosen, cores. */
  readonly floorCores: number;
  readonly weight: number;
  /** It was chosen before: it gets a bonus, since each change costs requests. */
  readonly isIncumbent: boolean;
}

/** Bonus of incumbents, as a ratio of their demand or weight. */
const INCUMBENT_BONUS = 0.1;
const GRID_CORES = 0.01;
/** Cells × items of the table; above it the grid is made coarser. */
const MAX_CELLS = 2_000_000;

/**
 * Which jobs to satisfy where not all can be: the 0/1 knapsack max Σ weight subject to Σ cores ≤
 * `capacityCores` (Kellerer, Pferschy and Pisinger 2004), floors of the others counted. With equal
 * weights ascending demand is optimal (exchange argument), and incumbents' demand counts 10 % lower
 * in the order. Else dynamic programming on a 0.01-core grid, where incumbents' weight counts 10 %
 * higher. An item that no CPU satisfies is never chosen. Same order as `candidates`.
 */
export function chooseSatisfied(
  candidates: readonly KnapsackItem[],
  capacityCores: number,
): readonly boolean[] {
  const first = candidates[0]?.weight;
  const isEven = candidates.every(({ weight }) => weight === first);
  if (!isEven) return byWeight(candidates, capacityCores);
  const withBonus = byDemand(candidates, capacityCores, INCUMBENT_BONUS);
  const plain = byDemand(candidates, capacityCores, 0);
  return count(withBonus) >= count(plain) ? withBonus : plain;
}

const count = (chosen: readonly boolean[]): number =>
  chosen.reduce((total, is) => total + (is ? 1 : 0), 0);
/** What choosing costs beyond the floor it holds anyway, cores. */
const extraOf = ({ cores, floorCores }: KnapsackItem): number => Math.max(0, cores - floorCores);
const floorsOf = (candidates: readonly KnapsackItem[]): number =>
  candidates.reduce((sum, { floorCores }) => sum + floorCores, 0);

function byDemand(
  candidates: readonly KnapsackItem[],
  capacityCores: number,
  bonus: number,
): boolean[] {
  const chosen = candidates.map(() => false);
  let left = capacityCores - floorsOf(candidates) + 1e-9;
  const order = candidates
    .map((candidate, index) => ({
      index,
      extra: extraOf(candidate),
      rank: extraOf(candidate) * (candidate.isIncumbent ? 1 - bonus : 1),
    }))
    .filter(({ extra }) => Number.isFinite(extra))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  for (const { index, extra } of order) {
    if (extra > left) continue;
    chosen[index] = true;
    left -= extra;
  }
  return chosen;
}

function byWeight(candidates: readonly KnapsackItem[], capacityCores: number): boolean[] {
  const left = Math.max(0, capacityCores - floorsOf(candidates));
  const cells = Math.min(
    Math.floor(left / GRID_CORES + 1e-9),
    Math.floor(MAX_CELLS / Math.max(1, candidates.length)),
  );
  const cellCores = left / Math.max(1, cells);
  const best = new Float64Array(cells + 1);
  const taken = candidates.map((candidate) => {
    const took = new Uint8Array(cells + 1);
    const need = Math.ceil(extraOf(candidate) / Math.max(cellCores, 1e-12) - 1e-9);
    const value = favouredWeightOf(candidate);
    for (let cell = cells; cell >= need; cell -= 1) {
      const withIt = (best[cell - need] ?? 0) + value;
      if (withIt <= (best[cell] ?? 0)) continue;
      best[cell] = withIt;
      took[cell] = 1;
    }
    return { took, need };
  });
  const chosen = candidates.map(() => false);
  for (let index = taken.length - 1, cell = cells; index >= 0; index -= 1) {
    const row = taken[index];
    if (row === undefined || row.took[cell] !== 1) continue;
    chosen[index] = true;
    cell -= row.need;
  }
  addFitting(candidates, chosen, left);
  return chosen;
}

const favouredWeightOf = ({ weight, isIncumbent }: KnapsackItem): number =>
  weight * (isIncumbent ? 1 + INCUMBENT_BONUS : 1);
const priceOf = (candidate: KnapsackItem): number =>
  extraOf(candidate) / favouredWeightOf(candidate);

// The grid counts up to a cell too much for each, which is a lot of a small host: those that fit
// nevertheless are added, the cheapest for its weight first. Writes `chosen`.
function addFitting(
  candidates: readonly KnapsackItem[],
  chosen: boolean[],
  capacityCores: number,
): void {
  let left = capacityCores + 1e-9;
  candidates.forEach((candidate, i) => {
    if (chosen[i] === true) left -= extraOf(candidate);
  });
  const fitting = candidates
    .map((candidate, index) => ({ index, extra: extraOf(candidate), price: priceOf(candidate) }))
    .filter(({ index, extra }) => chosen[index] !== true && extra <= left)
    .sort((a, b) => a.price - b.price || a.index - b.index);
  for (const { index, extra } of fitting)
    if (extra <= left) {
      chosen[index] = true;
      left -= extra;
    }
}
