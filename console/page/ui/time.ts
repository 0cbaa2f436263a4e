const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** `20:14`. */
export const clockText = (ms: number): string => CLOCK.format(ms);

/** `20:14:05`, with the day where it is not today. */
export function momentText(ms: number, nowMs: number): string {
  const isToday = DAY.format(ms) === DAY.format(nowMs);
  return isToday ? SECONDS.format(ms) : `${DAY.format(ms)}, ${SECONDS.format(ms)}`;
}
