import { err, ok, type Result } from './result.js';

/** The latest time that has a date (ECMA-262), Unix time, ms. */
export const MAX_DATE_MS = 8.64e15;

const MS_PER_UNIT: Readonly<Record<string, number>> = {
  us: 0.001,
  µs: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const DURATION = /^(?:\d+(?:\.\d+)?(?:us|µs|ms|s|m|h))+$/;
const DURATION_PART = /(\d+(?:\.\d+)?)(us|µs|ms|s|m|h)/g;

/** Compose duration syntax (`1m30s`, `250ms`, `400us`) → milliseconds, > 0 and at most 24 h. */
export function parseDurationMs(text: string): Result<number, string> {
  const shown = JSON.stringify(text.slice(0, 40));
  if (!DURATION.test(text))
    return err(
      `${shown} is not a duration: write a number with a unit, such as 250ms, 2s or 1m30s`,
    );
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(DURATION_PART))
    ms += Number(amount) * (MS_PER_UNIT[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0) || ms > 86_400_000)
    return err(`${shown} is out of range: use more than 0 and at most 24h`);
  return ok(ms);
}

/**
 * Milliseconds → the shortest Compose duration with about three significant figures, for people.
 */
export function formatDurationMs(ms: number): string {
  if (!Number.isFinite(ms)) return '-';
  // What three digits round up to the next unit is written in that: 1m, not 60s.
  const rounded = threeDigits(ms);
  if (rounded >= 60_000) {
    const whole = Math.round(ms / 1000);
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return withUnit(hours, 'h') + withUnit(minutes, 'm') + withUnit(whole % 60, 's');
  }
  if (rounded >= 1000) return `${threeDigits(ms / 1000)}s`;
  if (rounded >= 1) return `${threeDigits(ms)}ms`;
  return `${threeDigits(ms * 1000)}us`;
}
const withUnit = (value: number, unit: string): string => (value === 0 ? '' : `${value}${unit}`);
const threeDigits = (value: number): number => Number(value.toPrecision(3));

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  kb: 1024,
  kib: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  mib: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
  gib: 1024 ** 3,
};

/**
 * Compose byte syntax (`512MiB`, `64m`, `1gb`; all binary multiples as in Compose) → bytes, a
 * positive integer.
 */
export function parseBytes(text: string): Result<number, string> {
  const shown = JSON.stringify(text.slice(0, 40));
  const match = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text);
  const factor = match === null ? undefined : BYTES_PER_UNIT[(match[2] ?? '').toLowerCase()];
  if (match === null || factor === undefined)
    return err(`${shown} is not a size: write a number with a unit, such as 512MiB or 2g`);
  const bytes = Math.round(Number(match[1]) * factor);
  if (!(bytes > 0) || bytes > 2 ** 50)
    return err(`${shown} is out of range: use more than 0 and at most 1PiB`);
  return ok(bytes);
}

/** Bytes with about three significant figures, for people; `-` when not finite. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return '-';
  if (bytes >= 1024 ** 3) return `${threeDigits(bytes / 1024 ** 3)}GiB`;
  if (bytes >= 1024 ** 2) return `${threeDigits(bytes / 1024 ** 2)}MiB`;
  if (bytes >= 1024) return `${threeDigits(bytes / 1024)}KiB`;
  return `${Math.round(bytes)}B`;
}

/** `10%` or `0.1` → ratio in (0, 1). */
export function parseRatio(text: string): Result<number, string> {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  const ratio = match === null ? Number.NaN : Number(match[1]) / (match[2] === '%' ? 100 : 1);
  if (!(ratio > 0 && ratio < 1))
    return err(
      `${JSON.stringify(text.slice(0, 40))} is not a share between 0 and 100 %: write 10% or 0.1`,
    );
  return ok(ratio);
}

/** `0.5`, `2` → CPU cores, > 0 and at most 4096. */
export function parseCpuCores(text: string): Result<number, string> {
  const cores = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(cores > 0 && cores <= 4096))
    return err(
      `${JSON.stringify(text.slice(0, 40))} is not a number of CPU cores: write a number ` +
        'such as 0.5',
    );
  return ok(cores);
}
