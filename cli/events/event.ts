import { NOTHING } from '../output/format.js';
import { visible } from '../output/table.js';

/** A CloudEvents 1.0 message of the event stream, as far as people need it. */
export interface ClusterEvent {
  readonly id: string;
  /** `dqoes.job.submitted` and so on. */
  readonly type: string;
  /** RFC 3339 */
  readonly time: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The message as it came, for `-o json`. */
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
  const data = isObject(raw.data) ? raw.data : {};
  return { id: text(raw.id), type: raw.type, time: text(raw.time), subject: text(raw.subject), data, raw };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True when the event is about the job: it names it, or it is one of its allocations. */
export function isAbout(event: ClusterEvent, job: string): boolean {
  if (event.data.job === job || event.data.name === job) return true;
  return event.type.startsWith('dqoes.job.') && event.subject === job;
}

/** `14:03:07 job.class-changed  face-unlock  from=below to=within  reason…`, in local time. */
export function eventLine(event: ClusterEvent): string {
  const at = new Date(event.time);
  const time = Number.isNaN(at.getTime()) ? NOTHING.padEnd(8) : at.toTimeString().slice(0, 8);
  const { reason, ...facts } = event.data;
  const pairs = Object.entries(facts)
    .filter(([, value]) => value !== event.subject && value !== null && value !== '')
    .map(([key, value]) => `${key}=${factText(value)}`);
  const why = typeof reason === 'string' && reason !== '' ? [reason] : [];
  const what = event.type.replace(/^dqoes\./, '').padEnd(24);
  return visible([time, what, event.subject, ...pairs, ...why].join('  ').trimEnd());
}

function factText(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
