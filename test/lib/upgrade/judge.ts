import { MAX_STEP_RATIO } from '../../../coordinator/schedule/policies/adaptive/divide/step-bound.js';

/** A job as Docker and the kernel show it, and its clients' log. */
export interface SeenJob {
  readonly job: string;
  readonly host: string;
  /** Who its container is and since when it runs: changes when it is restarted. */
  readonly life: string;
  /** As the kernel holds it, cores; null = none. */
  readonly limitCores: number | null;
  /** False also where it has not answered yet. */
  readonly isAtTarget: boolean;
}

/** All jobs at one moment. */
export interface Look {
  readonly atMs: number;
  readonly jobs: readonly SeenJob[];
}

/** What was seen in a stretch of time. */
export interface Phase {
  readonly looks: number;
  /** Longest time between two looks, ms. */
  readonly longestGapMs: number;
  /** Jobs at target, mean and least of the looks. */
  readonly meanAtTarget: number;
  readonly leastAtTarget: number;
  /** Largest change of a limit between two looks, as a factor; 1 = none changed. */
  readonly largestStep: number;
  /** Sentences; none = no promise was broken. */
  readonly breaches: readonly string[];
}

/** Kernel quotas are rounded: smaller changes are none, and a factor may be this much larger. */
const ROUNDING_CORES = 0.01;
const ROUNDING_RATIO = 1.01;

/**
 * Judges the looks of a stretch of time, of which the first is the last one before it. `reportMs`:
 * time between two reports of a node; a policy decides once for each at most.
 */
export function judgePhase(looks: readonly Look[], reportMs: number): Phase {
  const own = looks.slice(1);
  const counts = own.map(({ jobs }) => jobs.filter(({ isAtTarget }) => isAtTarget).length);
  const pairs = own.map((after, i) => ({ before: looks[i] as Look, after }));
  return {
    looks: own.length,
    longestGapMs: Math.max(0, ...pairs.map(({ before, after }) => after.atMs - before.atMs)),
    meanAtTarget: counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length),
    leastAtTarget: counts.length === 0 ? 0 : Math.min(...counts),
    largestStep: Math.max(1, ...pairs.flatMap(stepsOf)),
    breaches: pairs.flatMap((pair) => breachesOf(pair, reportMs)),
  };
}

interface Pair {
  readonly before: Look;
  readonly after: Look;
}

/** Factor between two limits; 1 = the same but for rounding, ∞ = one of them is none. */
export function stepBetween(fromCores: number | null, toCores: number | null): number {
  if (fromCores === toCores) return 1;
  if (fromCores === null || toCores === null) return Number.POSITIVE_INFINITY;
  if (Math.abs(fromCores - toCores) <= ROUNDING_CORES) return 1;
  return Math.max(fromCores / toCores, toCores / fromCores);
}

/** The law's own bound over a time: its factor for each decision that fits into it. */
const mostIn = (elapsedMs: number, reportMs: number): number =>
  MAX_STEP_RATIO ** (1 + Math.floor(elapsedMs / reportMs));

function stepsOf({ before, after }: Pair): readonly number[] {
  const were = new Map(before.jobs.map((one) => [one.job, one.limitCores]));
  return after.jobs.map(({ job, limitCores }) => {
    const was = were.get(job);
    return was === undefined ? 1 : stepBetween(was, limitCores);
  });
}

function breachesOf({ before, after }: Pair, reportMs: number): readonly string[] {
  const now = new Map(after.jobs.map((one) => [one.job, one]));
  const most = mostIn(after.atMs - before.atMs, reportMs);
  return before.jobs.flatMap((was): readonly string[] => {
    const is = now.get(was.job);
    if (is === undefined) return [`${was.job} was lost on ${was.host}`];
    if (is.host !== was.host) return [`${was.job} went from ${was.host} to ${is.host}`];
    if (is.life !== was.life) return [`${was.job} was restarted on ${was.host}`];
    const step = stepBetween(was.limitCores, is.limitCores);
    if (step <= most * ROUNDING_RATIO) return [];
    const limits = `${coresText(was.limitCores)} to ${coresText(is.limitCores)}`;
    return [`the limit of ${was.job} went from ${limits}: ${factorText(step)}, at most ×${most}`];
  });
}

/** A factor between two limits, for people. */
export const factorText = (factor: number): string =>
  Number.isFinite(factor) ? `×${factor.toFixed(2)}` : 'set or removed';
const coresText = (cores: number | null): string => (cores === null ? 'none' : cores.toFixed(3));
