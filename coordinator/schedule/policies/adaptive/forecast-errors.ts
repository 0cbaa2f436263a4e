import type { Statistic } from '../../../../shared/qoe.js';
import { Field } from '../../model/allocation-model.js';
import { type LatencyLaw, latencySeconds } from '../../model/latency-law.js';
import { reportedTailRatio } from '../../model/tail.js';
import { isMeasured, limitInForce } from './learn/evidence.js';
import type { Member } from './member.js';
import { isBeyondProven } from './proven-cores.js';

/** What the law said of one allocation at one moment; later reports are held against it. */
interface Foretold {
  readonly id: string;
  readonly lifeId: string;
  readonly atMs: number;
  readonly statistic: Statistic;
  readonly law: LatencyLaw;
  /** Limit in the kernel then, cores. */
  readonly cores: number;
  /** The limit has been another one since. */
  readonly isMoved: boolean;
  /** Pairs of reports that were held against it, under that limit or since it is another one. */
  readonly pairs: number;
  /** The report that the next one is paired with; null = none yet. */
  readonly before: PastError | null;
}

/** How far one report was off: ln(reported ÷ foretold). */
interface PastError {
  readonly error: number;
  readonly atMs: number;
  /** Requests answered by then, and those in its window. */
  readonly count: number;
  readonly windowCount: number;
}

/** Decayed sums: of the products of two errors, and of the time they cover, in forecasts. */
interface ErrorSums {
  readonly weight: number;
  readonly product: number;
}

/**
 * How far forecasts of a host's response times were off some time later. The product of the errors
 * of two reports that have no request in common is, on average, the square of what lasts: the
 * chance in the requests of either falls out (the autocovariance of the errors).
 */
export interface ForecastErrors {
  /** When the newest report was made that is in it, ms; 0 = none. */
  readonly atMs: number;
  /** In id order. */
  readonly foretold: readonly Foretold[];
  /** Of reports under the limit that was in force, and of those under another one. */
  readonly held: ErrorSums;
  readonly moved: ErrorSums;
}

const NO_SUMS: ErrorSums = { weight: 0, product: 0 };
/** Nothing was held against anything yet. */
export const NO_FORECAST_ERRORS: ForecastErrors = {
  atMs: 0,
  foretold: [],
  held: NO_SUMS,
  moved: NO_SUMS,
};

/** A forecast is replaced after this time, ms; reports are held against it from the first on. */
const FORECAST_MS = { from: 15_000, until: 60_000 } as const;
/** At least this number of pairs is held against it before. */
const MIN_PAIRS = 3;
/** The sums cover about this time, ms. */
const MEMORY_MS = 3_600_000;
/** Work that rests on fewer requests is foretold nothing of: what is not known of it is known. */
const MIN_REQUESTS = 20;
/** A limit that differs by more is another one, as a ratio. */
const SAME_LIMIT_RATIO = 0.1;
/** One error counts at most this much: a queue or a restart is no error of a forecast. */
const MAX_ERROR = 0.3;

/**
 * Relative standard deviation before anything was held against a forecast, and its weight, in
 * forecasts. Source: `npm run bench:quote` on a virtual machine of two cores (docs/benchmarks.md):
 * the root mean square of how far 19 quotes of up to one core were off.
 */
const PRIOR = { spreadRatio: 0.055, weight: 3 } as const;

/**
 * Relative standard deviation of a report around what was foretold of it, without the chance in its
 * own requests. `isMoved`: the limit is to be another one.
 */
export function forecastSpread({ held, moved }: ForecastErrors, isMoved: boolean): number {
  const { weight, product } = isMoved ? moved : held;
  const known = PRIOR.spreadRatio ** 2 * PRIOR.weight;
  return Math.sqrt(Math.max(0, (product + known) / (weight + PRIOR.weight)));
}

/** Whether two limits differ by more than a tenth. */
export const isOtherLimit = (cores: number, otherCores: number): boolean =>
  Math.abs(Math.log(cores / otherCores)) > Math.log(1 + SAME_LIMIT_RATIO);

/**
 * Holds the newest reports of a node's closed loops against what was foretold of them some time
 * ago, and foretells again what is old. The same reports a second time change nothing.
 */
export function foldForecastErrors(
  before: ForecastErrors,
  members: readonly Member[],
): ForecastErrors {
  let atMs = 0;
  for (const { allocation } of members) atMs = Math.max(atMs, allocation.observedAtMs);
  if (atMs <= before.atMs) return before;
  const foretold: Foretold[] = [];
  const pairs: Pair[] = [];
  let at = 0;
  for (const member of members) {
    const { id, observedAtMs } = member.allocation;
    while (at < before.foretold.length && (before.foretold[at]?.id ?? '') < id) at += 1;
    const its = before.foretold[at]?.id === id ? before.foretold[at] : undefined;
    const next = observedAtMs === atMs ? judge(member, its) : { foretold: its };
    if (next.foretold !== undefined) foretold.push(next.foretold);
    if (next.pair !== undefined) pairs.push(next.pair);
  }
  const keep = before.atMs === 0 ? 1 : Math.exp(-(atMs - before.atMs) / MEMORY_MS);
  // All jobs of a host share its drift: together they are one forecast. Each change of a limit is
  // one of its own.
  const held = pairs
    .filter(({ isMoved }) => !isMoved)
    .map((pair) => ({ ...pair, weight: pair.weight / foretold.length }));
  return {
    atMs,
    foretold,
    held: withPairs(before.held, keep, held),
    moved: withPairs(
      before.moved,
      keep,
      pairs.filter(({ isMoved }) => isMoved),
    ),
  };
}

/** What two reports of one allocation say of a forecast. */
interface Pair {
  readonly isMoved: boolean;
  readonly product: number;
  /** Time that it covers, in forecasts. */
  readonly weight: number;
}

function withPairs(before: ErrorSums, keep: number, pairs: readonly Pair[]): ErrorSums {
  let [weight, product] = [before.weight * keep, before.product * keep];
  for (const pair of pairs) {
    weight += pair.weight;
    product += pair.product * pair.weight;
  }
  return { weight, product };
}

/** One allocation's forecast after a report, and the pair that the report made; absent = none. */
interface Judged {
  readonly foretold: Foretold | undefined;
  readonly pair?: Pair;
}

function judge(member: Member, known: Foretold | undefined): Judged {
  const { lifeId, allocation } = member;
  const its =
    known?.lifeId === lifeId && known.statistic === allocation.target?.statistic
      ? known
      : undefined;
  const cores = quotaOf(member);
  if (cores === null) return { foretold: its };
  if (its === undefined) return { foretold: foretell(member, cores) };
  const under =
    !its.isMoved && isOtherLimit(cores, its.cores)
      ? { ...its, isMoved: true, pairs: 0, before: null }
      : its;
  const now = errorOf(member, under, cores);
  if (now === null) return { foretold: under };
  const { foretold, pair } = paired(under, now);
  const isOld = now.atMs - under.atMs >= FORECAST_MS.until && (foretold?.pairs ?? 0) >= MIN_PAIRS;
  const next = (isOld ? foretell(member, cores) : undefined) ?? foretold;
  return pair === undefined ? { foretold: next } : { foretold: next, pair };
}

// Reports of overlapping windows share requests, and with them their chance: they are no pair.
function paired(its: Foretold, now: PastError): Judged {
  const { before, isMoved } = its;
  if (now.atMs - its.atMs < FORECAST_MS.from) return { foretold: its };
  // The counter of requests starts again with the agent.
  if (before === null || now.count < before.count) return { foretold: { ...its, before: now } };
  if (now.count - before.count < now.windowCount) return { foretold: its };
  const product = now.error * before.error;
  const weight = Math.min(1, (now.atMs - before.atMs) / FORECAST_MS.until);
  return {
    foretold: { ...its, before: now, pairs: its.pairs + 1 },
    pair: { isMoved, product, weight },
  };
}

// The limit in the kernel that decides a response time, cores; null = no quota does, or it is not
// known whether so much CPU helps at all.
function quotaOf({ allocation, goal, model, isWeighted, isStale }: Member): number | null {
  const { report, target } = allocation;
  if (goal === null || target === null || isWeighted || isStale || !isMeasured(report)) return null;
  const cores = limitInForce(report);
  if (goal.law.ratePerSecond > 0 || !Number.isFinite(cores)) return null;
  return isBeyondProven(model, cores) ? null : cores;
}

function foretell(
  { allocation, goal, model, lifeId }: Member,
  cores: number,
): Foretold | undefined {
  const { id, target, observedAtMs: atMs } = allocation;
  if (goal === null || target === null || model[Field.workCount] < MIN_REQUESTS) return undefined;
  const start = { isMoved: false, pairs: 0, before: null };
  return { id, lifeId, atMs, statistic: target.statistic, law: goal.law, cores, ...start };
}

// null = the newest window does not lie under one limit.
function errorOf(
  { allocation: { report, latencyMs, observedAtMs: atMs } }: Member,
  { law, statistic }: Foretold,
  cores: number,
): PastError | null {
  const latency = report?.latency ?? null;
  if (latency === null || latencyMs === null || !(latencyMs > 0)) return null;
  const { count: windowCount } = latency.window;
  if (windowCount === 0 || latency.sinceChangeCount < windowCount) return null;
  const tailRatio = reportedTailRatio(law.tailRatio, statistic, windowCount);
  const off = Math.log(latencyMs / 1000 / latencySeconds({ ...law, tailRatio }, cores));
  if (!Number.isFinite(off)) return null;
  const error = Math.max(-MAX_ERROR, Math.min(MAX_ERROR, off));
  return { error, atMs, count: latency.totalCount, windowCount };
}
