/**
 * Whether what was read at a time is younger than `ms`. What is of the future is not: the clock was
 * put back, and would have it shown as new for as long as that.
 */
export const isYounger = (atMs: number, nowMs: number, ms: number): boolean =>
  nowMs >= atMs && nowMs - atMs < ms;
