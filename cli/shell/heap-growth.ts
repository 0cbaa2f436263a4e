import { setFlagsFromString } from 'node:v8';

/** The heap may grow by this much of what survived a full collection before the next one, %. */
const GROWTH_PERCENT = 100;

/** One of these given is a choice; the engine takes underscores, too. */
const CHOSEN = /--(heap[-_]growing[-_]percent|max[-_]old[-_]space[-_]size|max[-_]heap[-_]size)\b/;

/**
 * Bounds the growth of the heap of this process between full collections, where no flag of the
 * engine says otherwise; returns whether it does. The engine by itself lets a heap grow to four
 * times what survived where much is thrown away. `given`: the flags of the engine.
 */
export function boundHeapGrowth(given: readonly string[]): boolean {
  if (given.some((flags) => CHOSEN.test(flags))) return false;
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  return true;
}
