import { type CpuLimit, weightedCores } from '../../../../shared/command.js';
import { sum } from '../../limits/fit.js';
import type { Fairness, NodeCondition, SnapshotNode } from '../../types.js';
import { harmOf } from './divide/slo-violation.js';
import { plainHarm } from './divide/baseline-violation.js';
import type { Member } from './members.js';

/**
 * How far the limits of a node are given up: 0 = not, 1 = no quotas, weights stay, 2 = as plain
 * Docker.
 */
export type FallBack = 0 | 1 | 2;

/** What is remembered of how the jobs of a node fare, against plain Docker. JSON-serialisable. */
export interface Watch {
  readonly level: FallBack;
  readonly sinceMs: number;
  /** When it was last judged, ms; 0 = never. */
  readonly judgedAtMs: number;
  /** Intervals in a row with more harm than plain Docker does. */
  readonly badIntervals: number;
  /** Harm that led to the fall-back: sum over the jobs. */
  readonly harmBefore: number;
  readonly plainBefore: number;
  /** How long the next fall-back lasts, ms. */
  readonly holdMs: number;
  /** Part of the CPU that is kept free since harm was seen. */
  readonly reserveRatio: number;
  /** Until then it is known by trial that plain Docker is no better, ms. */
  readonly trustedUntilMs: number;
  /**
   * Harm under plain Docker as it was seen, by allocation, in how many reports, and when last, ms.
   */
  readonly plain: Readonly<Record<string, number>>;
  readonly plainReports: number;
  readonly plainAtMs: number;
}

export const NOTHING_WATCHED: Watch = {
  ...{ level: 0, sinceMs: 0, judgedAtMs: 0, badIntervals: 0, harmBefore: 0, plainBefore: 0 },
  ...{ holdMs: 60_000, reserveRatio: 0, trustedUntilMs: 0 },
  ...{ plain: {}, plainReports: 0, plainAtMs: 0 },
};

/** More harm than plain Docker's by this much is no chance: three quarters of one job. */
const TOO_MUCH = 0.75;
const BAD_INTERVALS = 2;
/** A fall-back that does not take away so much harm was no cure. */
const CURED = 0.4;
const MOST_HOLD_MS = 960_000;
const TRUSTED_MS = 600_000;
const CALM_MS = 600_000;
const RESERVE_STEP = 0.05;
const MOST_RESERVE = 0.2;
/** Newer answers under plain Docker count for half. */
const PLAIN_GAIN = 0.5;
/** What plain Docker gives is known from so many reports, for half an hour. */
const PLAIN_REPORTS = 5;
const PLAIN_GOOD_MS = 1_800_000;

export interface WatchInput {
  readonly node: SnapshotNode;
  readonly members: readonly Member[];
  readonly capacityCores: number;
  readonly nowMs: number;
  readonly intervalMs: number;
  /** What counts: jobs, their weight, or the one that fares worst. */
  readonly fairness: Fairness;
}

/**
 * First, do no harm: compares what clients see with what plain Docker would give them, seen while
 * nothing bound or else foreseen. More jobs slow in two intervals running, and the host falls back
 * to weights without quotas, where that does not help to plain Docker. It tries limits again after
 * a minute, twice as long each time, with more room. A trial that shows plain Docker to be no
 * better counts for ten minutes.
 */
export function watch(before: Watch, input: WatchInput): Watch {
  const { members, nowMs, intervalMs } = input;
  const seen = members.map(harmOf);
  const kept = isPlain(input.node) ? plainSeen(before, input, seen) : before;
  if (nowMs - kept.judgedAtMs < intervalMs * 0.9) return kept;
  const judged = { ...kept, judgedAtMs: nowMs };
  if (kept.level > 0) return inFallBack(judged, input, harmIn(input, seen));
  const foreseen = plainHarm(members, input.capacityCores);
  const isKnown = kept.plainReports >= PLAIN_REPORTS && nowMs - kept.plainAtMs < PLAIN_GOOD_MS;
  const known = isKnown ? kept.plain : NOTHING_WATCHED.plain;
  const plain = members.map(
    ({ allocation }, i) => known[allocation.id] ?? foreseen[i] ?? seen[i] ?? 0,
  );
  const [harm, expected] = [harmIn(input, seen), harmIn(input, plain)];
  const isBad = harm - expected > TOO_MUCH && isSettled(members, nowMs, intervalMs);
  if (!isBad || nowMs < kept.trustedUntilMs) return calm({ ...judged, badIntervals: 0 }, nowMs);
  const badIntervals = kept.badIntervals + 1;
  if (badIntervals < BAD_INTERVALS) return { ...judged, badIntervals };
  const level = hasQuota(members) ? 1 : 2;
  return {
    ...judged,
    badIntervals: 0,
    level,
    sinceMs: nowMs,
    harmBefore: harm,
    plainBefore: expected,
  };
}

function harmIn({ members, fairness }: WatchInput, harms: readonly (number | null)[]): number {
  const each = harms.map((harm) => harm ?? 0);
  if (fairness === 'maxmin') return Math.max(0, ...each);
  if (fairness === 'count') return sum(each);
  const meanWeight =
    sum(members.map(({ allocation }) => allocation.weight)) / Math.max(1, members.length);
  return sum(each.map((harm, i) => (harm * (members[i]?.allocation.weight ?? 0)) / meanWeight));
}

const hasQuota = (members: readonly Member[]): boolean =>
  members.some(({ allocation: { limit } }) => limit !== null && limit.cpuCores !== null);

// Whoever has just come is not judged by, and neither are those who make room.
const isSettled = (members: readonly Member[], nowMs: number, intervalMs: number): boolean =>
  members.every(
    ({ goal, allocation }) =>
      goal !== null || allocation.target === null || allocation.latencyMs === null,
  ) && nowMs > 2 * intervalMs;

/** Whether nothing of ours has been in force: no quota, no weight. */
export const isPlain = ({ allocations }: SnapshotNode): boolean =>
  allocations.every(
    ({ report, limit }) =>
      isNone(limit) &&
      report !== null &&
      (report.observed?.cpuCores ?? null) === null &&
      isNone(report.applied),
  );

// A weight in force is a limit as well.
const isNone = (limit: CpuLimit | null): boolean =>
  limit === null || (limit.cpuCores === null && weightedCores(limit) === 0);

function plainSeen(
  watch: Watch,
  { members, nowMs }: WatchInput,
  seen: readonly (number | null)[],
): Watch {
  const isOld = nowMs - watch.plainAtMs > PLAIN_GOOD_MS;
  const plain: Record<string, number> = {};
  members.forEach(({ allocation: { id } }, i) => {
    const [old, harm] = [isOld ? undefined : watch.plain[id], seen[i] ?? null];
    const now =
      harm === null || old === undefined ? (harm ?? old) : old + PLAIN_GAIN * (harm - old);
    if (now !== undefined) plain[id] = now;
  });
  return { ...watch, plain, plainReports: isOld ? 1 : watch.plainReports + 1, plainAtMs: nowMs };
}

// Judged all the time: a queue that grows under plain Docker is seen late.
function inFallBack(watch: Watch, { nowMs, intervalMs }: WatchInput, harm: number): Watch {
  const elapsedMs = nowMs - watch.sinceMs;
  if (elapsedMs < 2 * intervalMs) return watch;
  const isCured = harm <= watch.harmBefore - CURED;
  if (!isCured && watch.level === 1) return { ...watch, level: 2, sinceMs: nowMs };
  if (!isCured) return { ...watch, level: 0, sinceMs: nowMs, trustedUntilMs: nowMs + TRUSTED_MS };
  if (elapsedMs < watch.holdMs) return watch;
  return {
    ...watch,
    level: 0,
    sinceMs: nowMs,
    holdMs: Math.min(MOST_HOLD_MS, 2 * watch.holdMs),
    reserveRatio: Math.min(MOST_RESERVE, watch.reserveRatio + RESERVE_STEP),
  };
}

// What was done out of caution ends after ten minutes without harm.
function calm(watch: Watch, nowMs: number): Watch {
  if (watch.holdMs === NOTHING_WATCHED.holdMs || nowMs - watch.sinceMs < CALM_MS) return watch;
  return { ...watch, sinceMs: nowMs, holdMs: NOTHING_WATCHED.holdMs, reserveRatio: 0 };
}

const ROUND = 10;
const jobs = (harm: number): string => String(Math.round(harm * ROUND) / ROUND);

/** What an operator is told while a fall-back lasts. */
export function conditionOf({
  level,
  harmBefore,
  plainBefore,
  holdMs,
}: Watch): NodeCondition | null {
  if (level === 0) return null;
  const now = level === 1 ? 'no quotas, weights only' : 'no limits, as plain Docker';
  const reason =
    `limits did harm: ${jobs(harmBefore)} jobs slower than asked, plain Docker ` +
    `${jobs(plainBefore)}; ` +
    `${now}; limits again after ${Math.round(holdMs / 1000)} s, with more room`;
  return { kind: 'fell-back', reason };
}
