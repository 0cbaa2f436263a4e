const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const YEAR = new Intl.DateTimeFormat(undefined, { year: 'numeric' });
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** `20:14`. */
export const clockText = (ms: number): string => CLOCK.format(ms);

/** `Nov 27`. */
export const dayText = (ms: number): string => DAY.format(ms);

/** `20:14:05`, with the day where it is not today, and the year where it is not this one. */
export function momentText(ms: number, nowMs: number): string {
  if (YEAR.format(ms) !== YEAR.format(nowMs))
    return `${dayText(ms)} ${YEAR.format(ms)}, ${SECONDS.format(ms)}`;
  const isToday = dayText(ms) === dayText(nowMs);
  return isToday ? SECONDS.format(ms) : `${dayText(ms)}, ${SECONDS.format(ms)}`;
}
