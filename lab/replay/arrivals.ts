import { type Segment, segmentsOf, sharpened, withoutRamps } from './segments.js';
import { grouped, type Stretch } from './stretches.js';

/** How requests arrive: from `clients` that each wait for their answer, or independently. */
export type ArrivalKind =
  | { readonly kind: 'closed'; readonly clients: number }
  | { readonly kind: 'open' };

/**
 * Σ latency ÷ time between answers of a closed loop: 1 per client, less what the client does
 * between requests.
 */
const LOOP = { least: 0.85, most: 1.06, spread: 0.1 } as const;
const MAX_CLIENTS = 64;

/**
 * Detects a closed loop by Little's law: between two answers of a client that asks again at once,
 * the response times add up to the elapsed time, whatever the limit is. Independent requests leave
 * gaps or overlap.
 */
export function arrivalKind(stretches: readonly Stretch[]): ArrivalKind {
  const ratios = stretches
    .map(({ waitedMs, fromMs, toMs }) => waitedMs / (toMs - fromMs))
    .sort((a, b) => a - b);
  const at = (q: number): number =>
    ratios[Math.min(ratios.length - 1, Math.floor(q * ratios.length))] ?? 0;
  const middle = at(0.5);
  const clients = Math.min(MAX_CLIENTS, Math.max(1, Math.round(middle)));
  const inOne = middle / clients;
  const isLoop =
    inOne >= LOOP.least && inOne <= LOOP.most && (at(0.75) - at(0.25)) / middle <= LOOP.spread;
  return isLoop ? { kind: 'closed', clients } : { kind: 'open' };
}

const MIN_MS = 10_000;
const SHORT_MS = 25_000;
const MIN_COUNT = 10;
/**
 * Minimum relative difference of two rates that counts, and how many standard errors of a Poisson
 * process it must be.
 */
const MIN_DRIFT = 0.15;
const STANDARD_ERRORS = 3.5;

/**
 * Arrivals per second over time, in constant segments. What was answered by t had arrived by t −
 * latency; counted on that axis, a growing queue does not hide arrivals.
 */
export function rateSegments(stretches: readonly Stretch[]): readonly Segment[] {
  const groups = grouped(
    stretches,
    ({ count, fromMs, toMs }) => count >= MIN_COUNT && toMs - fromMs >= MIN_MS,
  );
  const latencyAt = new Map(stretches.map(({ toMs, waitedMs, count }) => [toMs, waitedMs / count]));
  const pieces = groups.map(({ fromMs, toMs, count }): Segment => {
    const waitMs = (latencyAt.get(toMs) ?? 0) - (latencyAt.get(fromMs) ?? latencyAt.get(toMs) ?? 0);
    const spanMs = Math.max((toMs - fromMs) / 10, toMs - fromMs - waitMs);
    return { fromMs, toMs, value: (1000 * count) / spanMs, weight: count };
  });
  const apart = (a: Segment, b: Segment): number => Math.abs(Math.log(a.value / b.value));
  const chance = (a: Segment, b: Segment): number => Math.sqrt(1 / a.weight + 1 / b.weight);
  const levels = segmentsOf(pieces, {
    isSame: (a, b) => apart(a, b) <= Math.max(MIN_DRIFT, STANDARD_ERRORS * chance(a, b)),
    distance: (a, b) => apart(a, b) / chance(a, b),
  });
  const fine = stretches.map(
    ({ fromMs, toMs, count }): Segment => ({
      fromMs,
      toMs,
      value: (1000 * count) / (toMs - fromMs),
      weight: toMs - fromMs,
    }),
  );
  return sharpened(withoutRamps(levels, SHORT_MS), fine, SHORT_MS);
}
