/**
 * Cores per unit of weight at which Σ min(want, level · weight) = capacity: what a fair scheduler
 * assigns over a few ms (water-filling: unused shares go to the others). Infinity where all wants
 * fit. `wants` in cores, 0 = not runnable; `weights` as cpu.weight, of which only ratios count.
 */
export function waterLevel(
  wants: Float64Array,
  weights: Float64Array,
  capacityCores: number,
): number {
  let wanted = 0;
  for (const want of wants) wanted += want;
  if (wanted <= capacityCores) return Number.POSITIVE_INFINITY;
  let level = 0;
  for (;;) {
    // Containers that want less than the level get what they want; that can only raise the level
    // for the rest.
    let left = capacityCores;
    let weight = 0;
    for (let i = 0; i < wants.length; i += 1) {
      const want = wants[i] ?? 0;
      const own = weights[i] ?? 0;
      if (want <= level * own) left -= want;
      else weight += own;
    }
    const next = weight > 0 ? left / weight : Number.POSITIVE_INFINITY;
    if (next <= level * (1 + 1e-12)) return next;
    level = next;
  }
}
