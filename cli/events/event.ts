import { decodeEvent } from '../../proto/event.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import { NO_VALUE, timeText } from '../output/format.js';
import { printable } from '../output/table.js';
import { sentenceOf } from './sentence.js';

/** A CloudEvents 1.0 message of the event stream. */
export interface ClusterEvent {
  readonly id: string;
  /**
   * Such as `dqoes.job.submitted`. A newer coordinator may send types that this version does not
   * know.
   */
  readonly type: string;
  /** RFC 3339 */
  readonly time: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The decoded event, where this version knows its type. */
  readonly known: DqoesEvent | undefined;
  /** The message as received, for `-o json`. */
  readonly raw: unknown;
}

/** Reads one message; `undefined` when it is no CloudEvent. Never throws. */
export function readEvent(bytes: Uint8Array): ClusterEvent | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  if (!isObject(raw) || typeof raw.type !== 'string') return undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const decoded = decodeEvent(bytes);
  return {
    id: text(raw.id),
    type: raw.type,
    time: text(raw.time),
    subject: text(raw.subject),
    data: isObject(raw.data) ? raw.data : {},
    known: decoded.ok ? decoded.value : undefined,
    raw,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True when the event is about the job or one of its allocations. */
export const isAbout = (event: ClusterEvent, job: string): boolean => event.data.job === job;

/**
 * `14:03:07 job.class-changed face-unlock-1 within → slower: 950ms, target 800ms`, in local time;
 * with its day where that is not today (`nowMs`: Unix time, ms).
 */
export function eventLine(event: ClusterEvent, nowMs: number): string {
  const atMs = Date.parse(event.time);
  const time = Number.isNaN(atMs) ? NO_VALUE.padEnd(8) : timeText(atMs, nowMs);
  const what = event.type.replace(/^dqoes\./, '').padEnd(24);
  const story =
    event.known === undefined
      ? `${event.subject} ${JSON.stringify(event.data)}`
      : sentenceOf(event.known);
  return printable(`${time}  ${what}  ${story}`).trimEnd();
}
