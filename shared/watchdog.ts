/** How often each loop of a program has finished a pass, by the name of the loop. */
export type LoopPasses = Readonly<Record<string, number>>;

/** When a watchdog was fed last, and how far the loops were then. */
export interface Feed {
  readonly atMs: number;
  readonly passes: LoopPasses;
}

/** What `mayFeed` decides by. */
export interface FeedQuestion {
  readonly passes: LoopPasses;
  /** null = never fed. */
  readonly last: Feed | null;
  readonly nowMs: number;
  /** Least time between two feeds, ms: each costs a process. */
  readonly everyMs: number;
}

/**
 * Whether a watchdog may be fed: every loop has finished a pass since the last time, and that is
 * long enough ago. A loop that hangs stops the food, however well the others and the timers run.
 */
export function mayFeed({ passes, last, nowMs, everyMs }: FeedQuestion): boolean {
  if (last !== null && nowMs - last.atMs < everyMs) return false;
  return Object.entries(passes).every(([loop, count]) => count > (last?.passes[loop] ?? 0));
}

/** A healthy loop may take this many of its longest pauses for one pass. */
const PAUSES_PER_WATCHDOG = 4;
/** How often a watchdog is fed within its time. */
const FEEDS_PER_WATCHDOG = 3;

/** The time of a watchdog, ms: longer than configured where passes are rare. */
export const watchdogMsFor = (configuredMs: number, pauseMs: number): number =>
  Math.max(configuredMs, PAUSES_PER_WATCHDOG * pauseMs);

/** Least time between two feeds of a watchdog of that time, ms. */
export const feedEveryMs = (watchdogMs: number): number => watchdogMs / FEEDS_PER_WATCHDOG;
