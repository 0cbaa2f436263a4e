/**
 * √(x² + y² + z²) to the last bit as `Math.hypot` has it, which makes a list for each call: the
 * sum of the squares ÷ the largest, by Kahan's summation.
 */
export function hypot3(x: number, y: number, z: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const c = Math.abs(z);
  const most = Math.max(a, b, c);
  if (most === 0) return 0;
  if (!Number.isFinite(most)) return isAnyInfinite(a, b, c) ? Number.POSITIVE_INFINITY : Number.NaN;
  const first = (a / most) * (a / most);
  const second = (b / most) * (b / most);
  const two = first + second;
  const third = (c / most) * (c / most) - (two - first - second);
  return Math.sqrt(two + third) * most;
}

const isAnyInfinite = (a: number, b: number, c: number): boolean =>
  a === Number.POSITIVE_INFINITY ||
  b === Number.POSITIVE_INFINITY ||
  c === Number.POSITIVE_INFINITY;
