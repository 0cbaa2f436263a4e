import { IDLE_CORES } from '../../limits/idle.js';
import type { SnapshotAllocation } from '../../types.js';
import type { Member } from './member.js';

/** Whether one is asked now, so that it counts: it has answered lately, or works unanswered. */
export const isAsked = (
  allocation: SnapshotAllocation,
  intervalMs: number,
  hasLimits: boolean,
): boolean =>
  hasAnswered(allocation, intervalMs, MAX_ANSWER_AGE) ||
  worksUnanswered(allocation, intervalMs, hasLimits);

/**
 * Answers that are older than this number of intervals, and of times they took, are history. Who
 * is asked once a minute, or tells of it as rarely, is not forgotten between two answers.
 */
const MAX_ANSWER_AGE = { intervals: 24, answers: 2 } as const;
/** One that works for so long without an answer is late in any case. */
const MAX_WORK_AGE = { intervals: 4, answers: 2 } as const;

// The last answers of one that nobody asks stay in its reports: they say nothing of its limit now,
// and no trial can make them faster.
function hasAnswered(
  { latencyMs, newestSampleAgeMs }: SnapshotAllocation,
  intervalMs: number,
  { intervals, answers }: { readonly intervals: number; readonly answers: number },
): boolean {
  return (
    latencyMs === null || newestSampleAgeMs <= Math.max(intervals * intervalMs, answers * latencyMs)
  );
}

/** From this share of its limit on a container works as fast as it may. */
const WHOLE_LIMIT = 0.9;

/** Whether its answers stay away although it works: its clients may wait no more. */
function worksUnanswered(
  allocation: SnapshotAllocation,
  intervalMs: number,
  hasLimits: boolean,
): boolean {
  const { limit, report } = allocation;
  const quotaCores = limit?.cpuCores ?? null;
  if (report?.cpu == null || hasAnswered(allocation, intervalMs, MAX_WORK_AGE)) return false;
  if (quotaCores === null) return !hasLimits && report.cpu.usageCores > IDLE_CORES;
  return report.cpu.usageCores > Math.max(IDLE_CORES, WHOLE_LIMIT * quotaCores);
}

/** Whether one that is slower than asked has answered since, or cannot for want of CPU. */
export const haveAnswered = (
  members: readonly Member[],
  violations: readonly (number | null)[],
  { sinceMs, intervalMs }: { readonly sinceMs: number; readonly intervalMs: number },
): boolean =>
  members.some(({ allocation }, i) => {
    if ((violations[i] ?? 0) === 0) return false;
    const { observedAtMs, newestSampleAgeMs } = allocation;
    return (
      observedAtMs - newestSampleAgeMs > sinceMs || worksUnanswered(allocation, intervalMs, true)
    );
  });
