import { type LatencyUnit, msPerUnit } from '../../shared/job.js';
import { MAX_LINE_LENGTH } from '../../shared/log-pattern.js';
import { parseDurationMs } from '../../shared/units.js';
import type { LatencyObservation } from '../ports/push.js';
import { isLatencyMs } from './push/observations.js';

/**
 * What one log line holds. `other`: it is not about a request. `rejected`: it looks like one, but
 * holds no usable number or is too long.
 */
export type LineReading =
  | { readonly kind: 'observation'; readonly observation: LatencyObservation }
  | { readonly kind: 'other' }
  | { readonly kind: 'rejected' };

const OTHER: LineReading = { kind: 'other' };
const REJECTED: LineReading = { kind: 'rejected' };

/**
 * Reads one log line with a compiled pattern that has a group `value`: a number in `unit`, or a
 * duration that says its units itself (`1m2.5s`).
 */
export function readLine(line: string, pattern: RegExp, unit: LatencyUnit): LineReading {
  if (line.length > MAX_LINE_LENGTH) return REJECTED;
  const match = pattern.exec(line);
  if (match === null) return OTHER;
  const text = match.groups?.value ?? '';
  const latencyMs = timeIn(text, unit);
  return isLatencyMs(latencyMs)
    ? { kind: 'observation', observation: { latencyMs, weight: 1 } }
    : REJECTED;
}

/**
 * The same of a line that lost its end. A match that reaches it is rejected: what stands there may
 * be the beginning of a longer number.
 */
export function readCutLine(line: string, pattern: RegExp, unit: LatencyUnit): LineReading {
  const match = pattern.exec(line);
  const isAtEnd = match !== null && match.index + match[0].length === line.length;
  return isAtEnd ? REJECTED : readLine(line, pattern, unit);
}

/** ms; NaN = neither a number nor a duration. */
function timeIn(text: string, unit: LatencyUnit): number {
  if (text === '') return Number.NaN;
  const number = Number(text);
  if (!Number.isNaN(number)) return number * msPerUnit(unit);
  const duration = parseDurationMs(text);
  return duration.ok ? duration.value : Number.NaN;
}
