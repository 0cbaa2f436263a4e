import { type Segment, segmentsOf, sharpened, withoutRamps } from './segments.js';
import { grouped, joined, type Stretch } from './stretches.js';

const MIN_MS = 10_000;
const SHORT_MS = 25_000;
const MIN_COUNT = 8;
/** For requests so slow that eight of them take too long. */
const SLOW = { leastMs: 30_000, leastCount: 3 } as const;
/**
 * Minimum relative difference of the work of a request that counts as drift, and how many standard
 * errors it must be.
 */
const MIN_DRIFT = 0.08;
const STANDARD_ERRORS = 4;
/**
 * Uncertainty of the count of a stretch at its ends, requests: the CPU counter is extrapolated back
 * to the last answer.
 */
const END_ERROR = { closed: 0.1, open: 0.3 } as const;

/** CPU of one request over time, core-seconds, in constant segments. */
export function workSegments(
  stretches: readonly Stretch[],
  { noiseRatio, isOpen }: { readonly noiseRatio: number; readonly isOpen: boolean },
): readonly Segment[] {
  const groups = grouped(stretches, ({ count, fromMs, toMs }) => {
    const spanMs = toMs - fromMs;
    return (
      (count >= MIN_COUNT && spanMs >= MIN_MS) ||
      (count >= SLOW.leastCount && spanMs >= SLOW.leastMs)
    );
  });
  const pieces = groups.map(
    ({ fromMs, toMs, cpuSeconds, count }): Segment => ({
      fromMs,
      toMs,
      value: cpuSeconds / count,
      weight: count,
    }),
  );
  const endError = isOpen ? END_ERROR.open : END_ERROR.closed;
  const apart = (a: Segment, b: Segment): number => Math.abs(Math.log(a.value / b.value));
  const errorOf = ({ weight }: Segment): number =>
    noiseRatio ** 2 / weight + (endError / weight) ** 2;
  const chance = (a: Segment, b: Segment): number => Math.sqrt(errorOf(a) + errorOf(b));
  const levels = segmentsOf(pieces, {
    isSame: (a, b) => apart(a, b) <= Math.max(MIN_DRIFT, STANDARD_ERRORS * chance(a, b)),
    distance: (a, b) => apart(a, b) / chance(a, b),
  });
  const fine = stretches.map(
    ({ fromMs, toMs, cpuSeconds, count }): Segment => ({
      fromMs,
      toMs,
      value: cpuSeconds / count,
      weight: count,
    }),
  );
  return sharpened(withoutRamps(levels, SHORT_MS), fine, SHORT_MS);
}

/** Shorter groups would show the CFS period, not the work. */
const MIN_NOISE_MS = 3000;
/** Median of a squared standard normal. */
const MEDIAN_SQUARE = 0.4549;
const MIN_PAIRS = 12;
/** Relative standard deviation that is assumed where too little was seen. */
export const USUAL_NOISE = 0.08;
const MAX_NOISE = 2;

/**
 * Relative standard deviation of one response time of a closed loop, from differences of
 * neighbouring means under one limit, so that drift does not count. Measured where the response
 * time shows the work; where that is too little, wherever the host delivered: it then contains
 * effects of a long CFS period and of other programs. null = too few measurements.
 */
export function closedNoise(stretches: readonly Stretch[]): number | null {
  return (
    noiseIn(steadyRuns(stretches, showsWork)) ??
    noiseIn(steadyRuns(stretches, ({ regime }) => regime !== 'starved'))
  );
}

function noiseIn(runs: readonly (readonly Stretch[])[]): number | null {
  const squares: number[] = [];
  for (const run of runs) {
    const groups = grouped(run, ({ fromMs, toMs }) => toMs - fromMs >= MIN_NOISE_MS);
    for (const [i, b] of groups.entries()) {
      const a = groups[i - 1];
      if (a === undefined) continue;
      const apart = Math.log((a.waitedMs * b.count) / (b.waitedMs * a.count));
      squares.push(apart ** 2 / (1 / a.count + 1 / b.count));
    }
  }
  if (squares.length < MIN_PAIRS) return null;
  squares.sort((a, b) => a - b);
  const middle = squares[Math.floor(squares.length / 2)] ?? 0;
  return Math.min(MAX_NOISE, Math.sqrt(middle / MEDIAN_SQUARE));
}

/**
 * Response times below this number of CFS periods show where in the period a request began, not its
 * work.
 */
const MIN_PERIODS = 3;

function showsWork({ regime, waitedMs, count, limit }: Stretch): boolean {
  if (regime === 'free') return true;
  return regime === 'bound' && waitedMs / count >= (MIN_PERIODS * limit.periodUs) / 1000;
}

/** Sequences of clean stretches under one limit in which noise is visible. */
function steadyRuns(
  stretches: readonly Stretch[],
  isSeen: (stretch: Stretch) => boolean,
): readonly (readonly Stretch[])[] {
  const runs: Stretch[][] = [];
  let open: Stretch[] = [];
  for (const stretch of stretches) {
    const isGood = stretch.isClean && isSeen(stretch);
    const before = open.at(-1);
    const goesOn = before === undefined || joined([before, stretch])?.isClean === true;
    if (open.length > 0 && (!isGood || !goesOn)) {
      runs.push(open);
      open = [];
    }
    if (isGood) open.push(stretch);
  }
  return open.length > 0 ? [...runs, open] : runs;
}
