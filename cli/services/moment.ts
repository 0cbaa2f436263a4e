import { err, ok, type Result } from '../../shared/result.js';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const CALENDAR = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::[0-5]\d)?Z?)?$/;

/**
 * A moment as it is written: a day or a minute of UTC (`2026-11-26`, `2026-11-26T14:00`), or how
 * long ago (`90m`, `36h`, `7d`); Unix time, ms.
 */
export function parseMoment(text: string, nowMs: number): Result<number, string> {
  const shown = JSON.stringify(text.slice(0, 40));
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined) return ok(nowMs - Number(amount) * (UNITS[unit ?? ''] ?? 0));
  const [, day, time = '00:00'] = CALENDAR.exec(text) ?? [];
  if (day === undefined)
    return err(
      `${shown} is no time: write a day or a minute of UTC, such as 2026-11-26 or ` +
        '2026-11-26T14:00, or how long ago, such as 90m, 36h or 7d',
    );
  const ms = Date.parse(`${day}T${time}Z`);
  // A day that a month does not have would be one of the next month.
  const isThere = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(`${day}T${time}`);
  return isThere ? ok(ms) : err(`${shown} is no time: there is no such day or minute`);
}
