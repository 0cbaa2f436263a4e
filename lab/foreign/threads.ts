import type { ForeignStep } from './steps.js';

/** Length of the cycles in which a thread computes for its share and sleeps for the rest, ms. */
const CYCLE_MS = 10;
/**
 * For so long a thread has just woken, ms: a slice of the kernel's scheduler on two CPUs (Linux
 * kernel/sched/fair.c, `sysctl_sched_base_slice` times 1 + log2 of the CPUs).
 */
const FRESH_MS = 1.4;
const NEGLIGIBLE = 1e-9;

/** Threads of other programs that want a core each, until something of it changes. */
export interface WantedThreads {
  readonly threads: number;
  /** How many of these have just woken. */
  readonly fresh: number;
  /** ms; Infinity = as long as the step lasts. */
  readonly untilMs: number;
}

/** Nobody wants anything. */
export const NO_THREADS: WantedThreads = {
  threads: 0,
  fresh: 0,
  untilMs: Number.POSITIVE_INFINITY,
};

/**
 * The threads that are awake at `nowMs`, as those of the bench's load
 * (cli/bench/foreign-worker.ts): all but the last want their core all the time, the last one for
 * its share of each cycle of 10 ms. What one did not get meanwhile it does not ask for again.
 */
export function threadsAt(
  step: ForeignStep | undefined,
  hostCores: number,
  nowMs: number,
): WantedThreads {
  if (step === undefined) return NO_THREADS;
  const wantedCores = step.loadRatio * hostCores;
  const whole = Math.floor(wantedCores + NEGLIGIBLE);
  const share = wantedCores - whole;
  if (share <= NEGLIGIBLE) return { threads: whole, fresh: 0, untilMs: Number.POSITIVE_INFINITY };
  const cycles = Math.floor((nowMs - step.atMs) / CYCLE_MS + NEGLIGIBLE);
  const wokeMs = step.atMs + cycles * CYCLE_MS;
  const restsAtMs = step.atMs + (cycles + share) * CYCLE_MS;
  const isBefore = (atMs: number): boolean => nowMs < atMs - NEGLIGIBLE;
  if (!isBefore(restsAtMs))
    return { threads: whole, fresh: 0, untilMs: step.atMs + (cycles + 1) * CYCLE_MS };
  const isFresh = isBefore(wokeMs + FRESH_MS);
  const untilMs = isFresh ? Math.min(restsAtMs, wokeMs + FRESH_MS) : restsAtMs;
  return { threads: whole + 1, fresh: isFresh ? 1 : 0, untilMs };
}
