import type { WatchedContainer } from '../../agent/wiring/doctor.js';
import { POLICIES } from '../../coordinator/schedule/policies/index.js';
import type { Statistic } from '../../shared/qoe.js';
import { formatDurationMs, parseDurationMs } from '../../shared/units.js';

/** What is advised for one container; null = not known, or nothing can be advised. */
export interface Advice extends Omit<WatchedContainer, 'sourceLabels' | 'seconds'> {
  /** A response time that would have held all the time it was watched, ms. */
  readonly targetMs: number | null;
  /** CPU that dqoes would reserve for it, cores: a limit for a mean, a guarantee for the p95. */
  readonly takesCores: number | null;
  /** The most it used, less that, cores. */
  readonly freesCores: number | null;
  /** To be set when the container is created; empty = nothing is advised. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What was seen was not the worst there is. */
const MARGIN_RATIO = 1.1;
/** Fewer requests are no ground for advice. */
const MIN_REQUESTS = 20;
/** Of a clientele that waits for each answer, somebody is always being served (Little's law). */
const CLOSED_FROM = 0.7;

/** What to advise for a container as it was seen; `prefix`: of the labels, with the dot. */
export function adviceFor(seen: WatchedContainer, prefix: string): Advice {
  const { sourceLabels, seconds, ...rest } = seen;
  const targetMs = targetOf(seen);
  const takesCores = targetMs === null ? null : demandOf(seen, targetMs);
  const { peakCores, statistic } = seen;
  const frees = takesCores === null || peakCores === null ? null : peakCores - takesCores;
  return {
    ...rest,
    targetMs,
    takesCores,
    freesCores: frees === null ? null : Math.max(0, frees),
    labels: targetMs === null ? {} : labelsFor(sourceLabels, { prefix, targetMs, statistic }),
    why: whyOf(seen, targetMs),
  };
}

/** The slowest that it was, ms; null = not known. */
const worstOf = ({ statistic, worstP95Ms, worstMeanMs }: WatchedContainer): number | null =>
  statistic === 'p95' ? worstP95Ms : worstMeanMs;

function targetOf(seen: WatchedContainer): number | null {
  const worst = worstOf(seen);
  if (seen.requests < MIN_REQUESTS || worst === null || worst <= 0) return null;
  const targetMs = roundedUp(worst * MARGIN_RATIO);
  return parseDurationMs(formatDurationMs(targetMs)).ok ? targetMs : null;
}

/** Two digits: people write targets so. */
function roundedUp(ms: number): number {
  const unit = 10 ** (Math.floor(Math.log10(ms)) - 1);
  return Number((Math.ceil(ms / unit - 1e-9) * unit).toPrecision(2));
}

function whyOf(seen: WatchedContainer, targetMs: number | null): string {
  const { why, requests, statistic } = seen;
  const worst = worstOf(seen);
  if (targetMs !== null || why !== '') return why;
  if (requests < MIN_REQUESTS) return `${requests} requests are too few: watch it longer (--for)`;
  if (worst === null) return `no ${statistic} was told: watch it longer (--for)`;
  // A log of whole milliseconds says 0 of all that is faster.
  return worst <= 0
    ? 'its source says 0 ms, and a target is above that: let it tell fractions'
    : `${formatDurationMs(worst)} is too slow for a target: 24h at most`;
}

/** By the law that the scheduler uses itself, from what was seen here. */
function demandOf(seen: WatchedContainer, latencyMs: number): number | null {
  const { forecaster } = POLICIES.adaptive;
  const { cpuSecondsPerRequest: workSeconds, meanMs, bestMs, requests, seconds, p95Ms } = seen;
  const { limitCores } = seen;
  if (forecaster === undefined || workSeconds === null || meanMs === null) return null;
  if (workSeconds <= 0 || seconds <= 0) return null;
  const ratePerSecond = requests / seconds;
  const inService = (ratePerSecond * meanMs) / 1000;
  const isClosed = inService >= CLOSED_FROM;
  const profile = {
    workSeconds,
    noiseRatio: 0,
    requests,
    // With less than a core the CPU alone takes longer.
    overheadSeconds: Math.max(0, (bestMs ?? 0) / 1000 - workSeconds / Math.min(1, limitCores ?? 1)),
    freeCores: seen.peakCores ?? 0,
    clients: isClosed ? Math.max(1, Math.round(inService)) : 1,
    ratePerSecond: isClosed ? 0 : ratePerSecond,
    tailRatios: p95Ms === null ? {} : { p95: Math.max(1, p95Ms / meanMs) },
  };
  const aimCores = forecaster.demand(profile, targetFor(seen, latencyMs)).aimCores(1);
  return Number.isFinite(aimCores) ? aimCores : null;
}

const targetFor = ({ statistic }: WatchedContainer, latencyMs: number) => ({
  latencyMs,
  statistic,
  toleranceRatio: 0.1,
  mode: statistic === 'mean' ? ('band' as const) : ('ceiling' as const),
});

const labelsFor = (
  source: Readonly<Record<string, string>>,
  {
    prefix,
    targetMs,
    statistic,
  }: { readonly prefix: string; readonly targetMs: number; readonly statistic: Statistic },
): Readonly<Record<string, string>> => ({
  [`${prefix}enable`]: 'true',
  [`${prefix}target`]: formatDurationMs(targetMs),
  [`${prefix}statistic`]: statistic,
  ...Object.fromEntries(
    Object.entries(source).map(([key, value]) => [`${prefix}latency.${key}`, value]),
  ),
});
