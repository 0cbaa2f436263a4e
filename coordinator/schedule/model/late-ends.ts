/** A mean number of requests under way this near to a whole number is one, as a ratio. */
const WHOLE_WITHIN = 0.06;
/**
 * Ends of requests are noted late on a busy host, by hardly more than this, s: 0.18 s in one of a
 * hundred reports (docs/decisions/013).
 */
const LATE_SECONDS = 0.2;

/**
 * Whether the mean number of requests under way, `waitingSeconds` ÷ `elapsedSeconds`, is that of
 * `clients` that wait for each answer. An end that was noted late makes one report too long and the
 * next too short by as much; the mean over both stays what it was, but for the first end and the
 * last. These are much of the first seconds and nothing later. The mean of a queue seldom stays a
 * whole number.
 */
export const isWholeOnAverage = (
  waitingSeconds: number,
  elapsedSeconds: number,
  clients: number,
): boolean =>
  Math.abs(waitingSeconds - clients * elapsedSeconds) <=
  clients * Math.max(WHOLE_WITHIN * elapsedSeconds, LATE_SECONDS);
