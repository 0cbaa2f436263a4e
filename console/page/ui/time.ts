import { MAX_DATE_MS } from '../../../shared/units.js';
import { NONE } from '../model/words.js';

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const YEAR = new Intl.DateTimeFormat(undefined, { year: 'numeric' });
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** Of a moment after all dates, which an agent may say, no text is made. */
const inDates = (ms: number): boolean => Math.abs(ms) <= MAX_DATE_MS;

/** `20:14`. */
export const clockText = (ms: number): string => (inDates(ms) ? CLOCK.format(ms) : NONE);

/** `Nov 27`. */
export const dayText = (ms: number): string => (inDates(ms) ? DAY.format(ms) : NONE);

/** `20:14:05`, with the day where it is not today, and the year where it is not this one. */
export function momentText(ms: number, nowMs: number): string {
  if (!inDates(ms)) return NONE;
  const time = SECONDS.format(ms);
  if (!inDates(nowMs) || YEAR.format(ms) !== YEAR.format(nowMs))
    return `${dayText(ms)} ${YEAR.format(ms)}, ${time}`;
  return dayText(ms) === dayText(nowMs) ? time : `${dayText(ms)}, ${time}`;
}
