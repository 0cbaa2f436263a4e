import { sum } from '../../limits/fit.js';
import type { Fairness, SnapshotNode } from '../../types.js';
import { baselinesOf } from './divide/baseline-violation.js';
import { violationOf } from './divide/slo-violation.js';
import { haveAnswered, isAsked } from './fall-back-asked.js';
import { isHeldStill, isUncontrolled } from './fall-back-host.js';
import { type Suspended, suspended, wasNoFaster } from './fall-back-trial.js';
import { type Loops, NO_LOOPS } from './loops.js';
import type { Member } from './member.js';
import { newestReportMs } from './others.js';

/** How far limits are suspended: 0 = not, 1 = no quotas, weights stay, 2 = as plain Docker. */
export type FallBackLevel = 0 | 1 | 2;

/** What is remembered of how the jobs of a node fare against plain Docker. JSON-serialisable. */
export interface FallBackState {
  readonly level: FallBackLevel;
  /** Whose quotas alone are suspended; null = those of all. */
  readonly only: readonly Suspended[] | null;
  readonly sinceMs: number;
  /** When it was last evaluated, ms; 0 = never. */
  readonly judgedAtMs: number;
  /** Intervals in a row with more violations than plain Docker would have. */
  readonly badIntervals: number;
  /** Violations that led to the fall-back, summed over the jobs. */
  readonly violationBefore: number;
  readonly baselineBefore: number;
  /** How long the next fall-back lasts, ms. */
  readonly holdMs: number;
  /** Share of the CPU kept in reserve since violations were seen. */
  readonly reserveRatio: number;
  /** Until then a trial has shown that plain Docker is no better, ms. */
  readonly trustedUntilMs: number;
  /**
   * Violations measured under plain Docker, by allocation; `baselineReports`: in how many reports;
   * `baselineAtMs`: when last, ms.
   */
  readonly baseline: Readonly<Record<string, number>>;
  readonly baselineReports: number;
  readonly baselineAtMs: number;
  readonly loops: Loops;
  /**
   * Those that were no faster without their quotas do not count, by id: until when, ms. What keeps
   * them late is no limit.
   */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Before the first evaluation: limits are in force. */
export const NO_FALL_BACK: FallBackState = {
  level: 0,
  only: null,
  sinceMs: 0,
  judgedAtMs: 0,
  badIntervals: 0,
  violationBefore: 0,
  baselineBefore: 0,
  holdMs: 60_000,
  reserveRatio: 0,
  trustedUntilMs: 0,
  baseline: {},
  baselineReports: 0,
  baselineAtMs: 0,
  loops: NO_LOOPS,
  leftOut: {},
};

/** More violations than plain Docker by this much are not chance: three quarters of one job. */
const VIOLATION_THRESHOLD = 0.75;
const BAD_INTERVALS = 2;
/** A fall-back that removes less than this was no cure. */
const CURE_THRESHOLD = 0.4;
const MAX_HOLD_MS = 960_000;
const TRUSTED_MS = 600_000;
const CALM_MS = 600_000;
const RESERVE_STEP = 0.05;
const MAX_RESERVE = 0.2;
/** Weight of newer measurements under plain Docker. */
const BASELINE_GAIN = 0.5;
/** What plain Docker gives is known from this number of reports, for half an hour. */
const BASELINE_REPORTS = 5;
const BASELINE_VALID_MS = 1_800_000;

/** What the fall-back is judged by. */
export interface FallBackInput {
  readonly node: SnapshotNode;
  readonly members: readonly Member[];
  readonly capacityCores: number;
  readonly nowMs: number;
  readonly intervalMs: number;
  /** What counts: jobs, their weight, or the job that fares worst. */
  readonly fairness: Fairness;
}

/**
 * Limits must not do harm: compares the violations that clients see with those under plain Docker,
 * measured while no limit bound, else forecast. After more violations than plain Docker in two
 * consecutive intervals those that are late have no quotas any more, which leaves the others where
 * they are; where that does not help the node falls back to weights without quotas, and then to
 * plain Docker. Limits return after a minute, twice as long each time, with more CPU in reserve. A
 * trial that shows plain Docker to be no better is trusted for ten minutes. What the host has not
 * dropped after a minute is judged as if it had.
 */
export function updateFallBack(before: FallBackState, input: FallBackInput): FallBackState {
  const { members, nowMs, intervalMs } = input;
  const isDue = nowMs - before.judgedAtMs >= intervalMs * 0.9;
  const isFree = isUncontrolled(input.node);
  if (!isDue && !isFree) return before;
  const hasLimits = before.level === 0;
  const areAsked = members.map(
    ({ allocation }) =>
      (before.leftOut[allocation.id] ?? 0) <= nowMs && isAsked(allocation, intervalMs, hasLimits),
  );
  const seen = members.map((member, i) => (areAsked[i] === true ? violationOf(member) : null));
  const isNews = newestReportMs(input.node.allocations) > before.baselineAtMs;
  const kept = isFree && isNews ? withObservedBaseline(before, input, seen) : before;
  if (!isDue) return kept;
  const judged = { ...kept, judgedAtMs: nowMs };
  const violation = totalViolation(input, seen);
  if (kept.level > 0) return whileFallenBack(judged, input, seen);
  const calm = (): FallBackState => resetAfterCalm({ ...judged, badIntervals: 0 }, nowMs);
  // Plain Docker has none at least: where all are about as fast as asked it is not forecast.
  if (violation <= VIOLATION_THRESHOLD || nowMs < kept.trustedUntilMs) return calm();
  const isKnown =
    kept.baselineReports >= BASELINE_REPORTS && nowMs - kept.baselineAtMs < BASELINE_VALID_MS;
  const measured = isKnown ? kept.baseline : {};
  const baseline = baselinesOf(members, input.capacityCores, { areAsked, seen, measured });
  const expected = totalViolation(input, baseline);
  const isBad = violation - expected > VIOLATION_THRESHOLD && isSettled(members, nowMs, intervalMs);
  if (!isBad) return calm();
  // The same answers do not count twice.
  if (!haveAnswered(members, seen, { sinceMs: before.judgedAtMs, intervalMs }))
    return { ...judged, badIntervals: kept.badIntervals };
  const badIntervals = kept.badIntervals + 1;
  if (badIntervals < BAD_INTERVALS) return { ...judged, badIntervals };
  return {
    ...judged,
    ...suspendedFor(members, seen),
    badIntervals: 0,
    sinceMs: nowMs,
    violationBefore: violation,
    baselineBefore: expected,
  };
}

function totalViolation(
  { members, fairness }: FallBackInput,
  violations: readonly (number | null)[],
): number {
  const each = violations.map((violation) => violation ?? 0);
  if (fairness === 'maxmin') return Math.max(0, ...each);
  if (fairness === 'count') return sum(each);
  const meanWeight =
    sum(members.map(({ allocation }) => allocation.weight)) / Math.max(1, members.length);
  return sum(
    each.map((violation, i) => (violation * (members[i]?.allocation.weight ?? 0)) / meanWeight),
  );
}

// A quota slows down who has it, and nobody else.
function suspendedFor(
  members: readonly Member[],
  violations: readonly (number | null)[],
): Pick<FallBackState, 'level' | 'only'> {
  const held = members.filter(hasQuota);
  if (held.length === 0) return { level: 2, only: null };
  const late = members.filter((member, i) => (violations[i] ?? 0) > 0 && hasQuota(member));
  const isAll = late.length === 0 || late.length === held.length;
  return { level: 1, only: isAll ? null : late.map(suspended) };
}

const hasQuota = ({ allocation: { limit } }: Member): boolean => limit?.cpuCores != null;

/** Whose quotas are suspended; null = nobody's. */
export function suspendedIn({ level, only }: FallBackState): ((id: string) => boolean) | null {
  if (level === 0) return null;
  if (only === null) return () => true;
  const ids = new Set(only.map(({ id }) => id));
  return (id) => ids.has(id);
}

// A container that has just come is not judged by, and neither are those that make room for it.
const isSettled = (members: readonly Member[], nowMs: number, intervalMs: number): boolean =>
  members.every(
    ({ goal, allocation }) =>
      goal !== null || allocation.target === null || allocation.latencyMs === null,
  ) && nowMs > 2 * intervalMs;

function withObservedBaseline(
  fallBack: FallBackState,
  { members, nowMs }: FallBackInput,
  seen: readonly (number | null)[],
): FallBackState {
  const isOld = nowMs - fallBack.baselineAtMs > BASELINE_VALID_MS;
  const baseline: Record<string, number> = {};
  members.forEach(({ allocation: { id } }, i) => {
    const [old, violation] = [isOld ? undefined : fallBack.baseline[id], seen[i] ?? null];
    const now =
      violation === null || old === undefined
        ? (violation ?? old)
        : old + BASELINE_GAIN * (violation - old);
    if (now !== undefined) baseline[id] = now;
  });
  return {
    ...fallBack,
    baseline,
    baselineReports: isOld ? 1 : fallBack.baselineReports + 1,
    baselineAtMs: nowMs,
  };
}

// Judged at every report: a queue that grows under plain Docker is seen late.
function whileFallenBack(
  fallBack: FallBackState,
  input: FallBackInput,
  seen: readonly (number | null)[],
): FallBackState {
  const { node, nowMs, intervalMs } = input;
  const elapsedMs = nowMs - fallBack.sinceMs;
  if (elapsedMs < 2 * intervalMs) return fallBack;
  // Nothing was tried there yet. By its own rules a host may keep a quota for good.
  if (elapsedMs < NO_FALL_BACK.holdMs && isHeldStill(node)) return fallBack;
  const isCured = totalViolation(input, seen) <= fallBack.violationBefore - CURE_THRESHOLD;
  if (!isCured && fallBack.only !== null)
    return afterTrial(fallBack, fallBack.only, { input, seen });
  if (!isCured && fallBack.level === 1) return { ...fallBack, level: 2, sinceMs: nowMs };
  if (!isCured)
    return { ...fallBack, level: 0, sinceMs: nowMs, trustedUntilMs: nowMs + TRUSTED_MS };
  if (elapsedMs < fallBack.holdMs) return fallBack;
  return {
    ...fallBack,
    level: 0,
    only: null,
    sinceMs: nowMs,
    holdMs: Math.min(MAX_HOLD_MS, 2 * fallBack.holdMs),
    reserveRatio: Math.min(MAX_RESERVE, fallBack.reserveRatio + RESERVE_STEP),
  };
}

/**
 * A trial without the quotas of those that are late has not cured them. What had more CPU, or
 * wanted none, and is no faster is late for another reason: it counts no more for ten minutes. Only
 * where others are late without their quotas as well those of all go.
 */
function afterTrial(
  fallBack: FallBackState,
  tried: readonly Suspended[],
  { input, seen }: { readonly input: FallBackInput; readonly seen: readonly (number | null)[] },
): FallBackState {
  const { members, nowMs } = input;
  const were = new Map(tried.map((one) => [one.id, one]));
  const isNoFaster = members.map((member) => wasNoFaster(member, were.get(member.allocation.id)));
  const leftOut = Object.fromEntries([
    ...Object.entries(fallBack.leftOut).filter(([, untilMs]) => untilMs > nowMs),
    ...members.flatMap(({ allocation: { id } }, i) =>
      isNoFaster[i] === true ? [[id, nowMs + TRUSTED_MS] as const] : [],
    ),
  ]);
  const rest = totalViolation(
    input,
    seen.map((violation, i) => (isNoFaster[i] === true ? null : violation)),
  );
  const level = rest > VIOLATION_THRESHOLD ? 1 : 0;
  return { ...fallBack, level, only: null, sinceMs: nowMs, leftOut };
}

// What was done out of caution ends after ten minutes without violations.
function resetAfterCalm(fallBack: FallBackState, nowMs: number): FallBackState {
  if (fallBack.holdMs === NO_FALL_BACK.holdMs || nowMs - fallBack.sinceMs < CALM_MS)
    return fallBack;
  return { ...fallBack, sinceMs: nowMs, holdMs: NO_FALL_BACK.holdMs, reserveRatio: 0 };
}
