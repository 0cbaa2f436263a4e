const BARS = '▁▂▃▄▅▆▇█';

/**
 * One bar a value; null is a gap. Half height is the target and full height twice of it or more;
 * without a target full height is the largest value.
 */
export function sparkline(values: readonly (number | null)[], targetMs: number | null): string {
  const known = values.filter((value) => value !== null);
  const fullMs = targetMs === null ? Math.max(...known, Number.MIN_VALUE) : 2 * targetMs;
  return values.map((value) => (value === null ? ' ' : barOf(value / fullMs))).join('');
}

function barOf(share: number): string {
  const at = Math.round(share * BARS.length) - 1;
  return BARS[Math.max(0, Math.min(at, BARS.length - 1))] ?? ' ';
}
