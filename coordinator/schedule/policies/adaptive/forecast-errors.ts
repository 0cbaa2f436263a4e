import type { Statistic } from '../../../../shared/qoe.js';
import type { LatencyReport } from '../../../../shared/report.js';
import { Field } from '../../model/allocation-model.js';
import { type LoopLaw, loopSeconds } from '../../model/latency-law.js';
import { chanceSpread, reportedTailRatio } from '../../model/tail.js';
import type { SnapshotAllocation } from '../../types.js';
import {
  type ErrorSums,
  excessVariance,
  lastingSpread,
  NO_SUMS,
  noPairs,
  type Pairs,
  withPairs,
} from './error-sums.js';
import { isMeasured, limitInForce } from './learn/evidence.js';
import { mapKept } from './map-kept.js';
import type { Member } from './member.js';
import { isBeyondProven } from './proven-cores.js';

/** What the law said of one closed loop at one moment. Held for each, so no more than is asked. */
interface Forecast extends LoopLaw {
  readonly id: string;
  readonly lifeId: string;
  readonly atMs: number;
  readonly statistic: Statistic;
  readonly tailRatio: number;
  /** Limit in the kernel then, cores. */
  readonly cores: number;
}

/**
 * A forecast, and how far reports were held against it. Made again with nearly every report, so it
 * holds numbers and no further objects.
 */
interface Foretold {
  readonly forecast: Forecast;
  /** The limit has been another one since. */
  readonly isMoved: boolean;
  /** Pairs of reports that were held against it, under that limit or since it is another one. */
  readonly pairs: number;
  /** ln(reported ÷ foretold) of the report that the next one is paired with; null = none yet. */
  readonly error: number | null;
  /** When that report was made, ms, and the requests answered by then. */
  readonly errorAtMs: number;
  readonly count: number;
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
  /** Of means under the limit that was in force, and of those under another one. */
  readonly held: ErrorSums;
  readonly moved: ErrorSums;
  /** The same of percentiles, which a few slow requests make: they err more. */
  readonly tailHeld: ErrorSums;
  readonly tailMoved: ErrorSums;
}

/** Nothing was held against anything yet. */
export const NO_FORECAST_ERRORS: ForecastErrors = {
  atMs: 0,
  foretold: [],
  held: NO_SUMS,
  moved: NO_SUMS,
  tailHeld: NO_SUMS,
  tailMoved: NO_SUMS,
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
const LOG_SAME_LIMIT = Math.log(1 + SAME_LIMIT_RATIO);
/** One error counts at most this much: a queue or a restart is no error of a forecast. */
const MAX_ERROR = 0.3;

/** Which forecasts are meant. */
export interface ForecastKind {
  readonly statistic: Statistic;
  /** The limit is to be another one. */
  readonly isMoved: boolean;
}

/** How far reports are off what was foretold of them. */
export interface ForecastSpread {
  /** Relative standard deviation of what lasts from one report to the next. */
  readonly lasting: number;
  /** Relative variance of one report beyond that and the chance in its own requests. */
  readonly excessVariance: number;
}

/** How a report lies around what was foretold of it. */
export function forecastSpread(
  errors: ForecastErrors,
  { statistic, isMoved }: ForecastKind,
): ForecastSpread {
  const sums = errors[sumsOf(statistic, isMoved)];
  const of = statistic === 'mean' ? 'mean' : 'tail';
  return { lasting: lastingSpread(sums, of), excessVariance: excessVariance(sums) };
}

type SumsName = 'held' | 'moved' | 'tailHeld' | 'tailMoved';
const sumsOf = (statistic: Statistic, isMoved: boolean): SumsName =>
  statistic === 'mean' ? (isMoved ? 'moved' : 'held') : isMoved ? 'tailMoved' : 'tailHeld';

/** Whether two limits differ by more than a tenth. */
export const isOtherLimit = (cores: number, otherCores: number): boolean =>
  cores !== otherCores && Math.abs(Math.log(cores / otherCores)) > LOG_SAME_LIMIT;

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
  const found: FoundPairs = {};
  let at = 0;
  const judged = mapKept(members, before.foretold, (member): Foretold | undefined => {
    const { id, observedAtMs } = member.allocation;
    // Nearly always the next one: equal names are one text, which is compared at once.
    if (before.foretold[at]?.forecast.id !== id)
      while (at < before.foretold.length && (before.foretold[at]?.forecast.id ?? '') < id) at += 1;
    const known = before.foretold[at];
    const its = known?.forecast.id === id ? known : undefined;
    if (its !== undefined) at += 1;
    return observedAtMs === atMs ? judge(member, its, found) : its;
  });
  const foretold = areForetold(judged) ? judged : judged.filter(isForetold);
  const keep = before.atMs === 0 ? 1 : Math.exp(-(atMs - before.atMs) / MEMORY_MS);
  // All jobs of a host share its drift: together they are one forecast. Each change of a limit is
  // one of its own.
  let means = 0;
  for (const { forecast } of foretold) if (forecast.statistic === 'mean') means += 1;
  const tails = foretold.length - means;
  return {
    atMs,
    foretold,
    held: withPairs(before.held, found.held, { keep, jobs: means }),
    moved: withPairs(before.moved, found.moved, { keep, jobs: 1 }),
    tailHeld: withPairs(before.tailHeld, found.tailHeld, { keep, jobs: tails }),
    tailMoved: withPairs(before.tailMoved, found.tailMoved, { keep, jobs: 1 }),
  };
}

const isForetold = (its: Foretold | undefined): its is Foretold => its !== undefined;
const areForetold = (all: readonly (Foretold | undefined)[]): all is readonly Foretold[] =>
  all.every(isForetold);

/** Pairs of reports of each kind of forecast; most reports make none. */
type FoundPairs = Partial<Record<SumsName, Pairs>>;

// One allocation's forecast after a report; a pair that the report makes is added to `found`.
function judge(
  member: Member,
  known: Foretold | undefined,
  found: FoundPairs,
): Foretold | undefined {
  const { lifeId, allocation } = member;
  const its =
    known?.forecast.lifeId === lifeId && known.forecast.statistic === allocation.target?.statistic
      ? known
      : undefined;
  const cores = quotaOf(member);
  if (cores === null) return its;
  if (its === undefined) return foretell(member, cores);
  const under =
    !its.isMoved && isOtherLimit(cores, its.forecast.cores) ? begun(its.forecast, true) : its;
  const latency = latencyUnderOneLimit(allocation);
  if (latency === null || saysNothing(under, allocation.observedAtMs, latency)) return under;
  const error = errorOf(allocation, under.forecast, cores);
  if (error === null) return under;
  const { tailRatio, statistic } = its.forecast;
  const { count } = latency.window;
  const chance = chanceSpread(member.model[Field.noiseRatio], { statistic, count, tailRatio });
  const now = { error, atMs: allocation.observedAtMs, latency, chanceVariance: chance ** 2 };
  const next = paired(under, now, found);
  const isOld = now.atMs - under.forecast.atMs >= FORECAST_MS.until && next.pairs >= MIN_PAIRS;
  return (isOld ? foretell(member, cores) : undefined) ?? next;
}

// Of most reports nothing has to be computed.
function saysNothing(its: Foretold, atMs: number, latency: LatencyReport): boolean {
  const ageMs = atMs - its.forecast.atMs;
  if (ageMs < FORECAST_MS.from) return true;
  const isOld = ageMs >= FORECAST_MS.until && its.pairs >= MIN_PAIRS;
  return !isOld && sharesRequests(its, latency);
}

// Reports of overlapping windows share requests, and with them their chance: they are no pair.
const sharesRequests = (
  { error, count }: Foretold,
  { totalCount, window }: LatencyReport,
): boolean => error !== null && totalCount >= count && totalCount - count < window.count;

/** How far a report is off, ln(reported ÷ foretold), and what it says. */
interface ErrorSeen {
  readonly error: number;
  readonly atMs: number;
  readonly latency: LatencyReport;
  /** What the chance in its requests makes of it. */
  readonly chanceVariance: number;
}

function paired(its: Foretold, now: ErrorSeen, found: FoundPairs): Foretold {
  const { forecast, isMoved, error: before } = its;
  if (sharesRequests(its, now.latency)) return its;
  const { totalCount: count } = now.latency;
  const { error, atMs: errorAtMs } = now;
  // The counter of requests starts again with the agent.
  if (before === null || count < its.count)
    return { forecast, isMoved, pairs: its.pairs, error, errorAtMs, count };
  const name = sumsOf(forecast.statistic, isMoved);
  found[name] ??= noPairs();
  const { products, excesses, weights } = found[name];
  products.push(error * before);
  // Errors are bounded, so what chance explains of them is, too.
  excesses.push((error - before) ** 2 / 2 - Math.min(now.chanceVariance, MAX_ERROR ** 2));
  weights.push(Math.min(1, (errorAtMs - its.errorAtMs) / FORECAST_MS.until));
  return { forecast, isMoved, pairs: its.pairs + 1, error, errorAtMs, count };
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
  const { workSeconds, overheadSeconds, minSeconds, tailRatio } = goal.law;
  const forecast: Forecast = {
    id,
    lifeId,
    atMs,
    statistic: target.statistic,
    workSeconds,
    overheadSeconds,
    minSeconds,
    tailRatio,
    cores,
  };
  return begun(forecast, false);
}

/** A forecast against which nothing was held yet. */
const begun = (forecast: Forecast, isMoved: boolean): Foretold => ({
  forecast,
  isMoved,
  pairs: 0,
  error: null,
  errorAtMs: 0,
  count: 0,
});

// null = the newest window does not lie under one limit.
function latencyUnderOneLimit({ report, latencyMs }: SnapshotAllocation): LatencyReport | null {
  const latency = report?.latency ?? null;
  if (latency === null || latencyMs === null || !(latencyMs > 0)) return null;
  const { count } = latency.window;
  return count === 0 || latency.sinceChangeCount < count ? null : latency;
}

// ln(reported ÷ foretold); null = nothing was foretold of such a limit.
function errorOf(
  { report, latencyMs }: SnapshotAllocation,
  forecast: Forecast,
  cores: number,
): number | null {
  const windowCount = report?.latency?.window.count ?? 0;
  const tailRatio = reportedTailRatio(forecast.tailRatio, forecast.statistic, windowCount);
  const off = Math.log((latencyMs ?? 0) / 1000 / (tailRatio * loopSeconds(forecast, cores)));
  return Number.isFinite(off) ? Math.max(-MAX_ERROR, Math.min(MAX_ERROR, off)) : null;
}
