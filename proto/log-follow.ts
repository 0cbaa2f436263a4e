import { type AllocationId, isSafeId } from '../shared/ids.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';

/**
 * Reading the log of a container of a node piece by piece, at the subject `logs.<node>`: each
 * request asks for what comes after the cursor of the last answer, and waits a while for it. Who
 * asks no more gets no more, and an answer that was lost is asked for again.
 */

/** A place in a log: after the first `seen` lines with this time. */
export interface LogCursor {
  /** RFC 3339 in UTC with nine digits, as the Docker Engine writes it. */
  readonly time: string;
  readonly seen: number;
}

/** A request for the next lines. */
export interface LogFollowRequest {
  readonly allocation: AllocationId;
  /** Its container, as reports name it: the log of another one is another log. */
  readonly container: string;
  /** The reader: the agent keeps the log open for it between two requests. */
  readonly session: string;
  /** Waits for lines to come; false = ends with what is there. */
  readonly live: boolean;
  /** Without a cursor: number of last lines; absent = all. */
  readonly tail?: number;
  /** Without a cursor: from this time on, or from that number of ms ago by the node's clock. */
  readonly since?: string | number;
  /** After this place; absent = the first request. */
  readonly cursor?: LogCursor;
  /** Ends the session; the answer holds nothing. */
  readonly stop?: true;
}

/** The lines that come next. */
export interface LogFollowReply {
  /** Time and text of each. */
  readonly lines: readonly (readonly [time: string, text: string])[];
  /** To be sent with the next request. */
  readonly cursor: LogCursor;
  /** The log ends here: the container has ended, or `live` is false. */
  readonly isEnd: boolean;
  /** More is there already. */
  readonly isMore: boolean;
  /** The line at the cursor of the request is gone: lines after it may be missing. */
  readonly isGap: boolean;
  /** How old the newest line sent is by the clock of the node, ms; 0 = none was sent. */
  readonly lagMs: number;
}

/** How long an agent waits for a line before it answers that there is none, ms. */
export const LOG_WAIT_MS = 5000;
/** Most lines that `tail` may ask for. */
export const MAX_FOLLOW_TAIL = 100_000;
const MAX_AGO_MS = 366 * 86_400_000;
const MAX_SEEN = 1_000_000;

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;
/** Whether a text is such a time. */
export const isLogTime = (text: unknown): text is string =>
  typeof text === 'string' && TIME.test(text) && !Number.isNaN(Date.parse(text));
/** Unix time → such a time. */
export const logTimeOf = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 23)}000000Z`;
/** Such a time → Unix time, ms. */
export const msOfLogTime = (time: string): number => Date.parse(`${time.slice(0, 23)}Z`);

/** Whether a request is of this kind. */
export const isFollow = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'session');

/** Checks a request that came off the wire. The error says what is expected. */
export function readFollowRequest(value: unknown): Result<LogFollowRequest, string> {
  const { allocation, container, session, live, tail, since, cursor, stop } = value as Partial<
    Record<string, unknown>
  >;
  if (typeof allocation !== 'string' || !isSafeId(allocation)) return err('allocation: a name');
  if (typeof container !== 'string' || !/^[\w.-]{1,128}$/.test(container))
    return err('container: an id');
  if (typeof session !== 'string' || !/^[A-Za-z0-9]{8,40}$/.test(session))
    return err('session: 8 to 40 letters and digits');
  const reader = { allocation: allocation as AllocationId, container, session };
  if (stop === true) return ok({ ...reader, live: false, stop });
  if (typeof live !== 'boolean') return err('live: true or false');
  if (tail !== undefined && !isWhole(tail, MAX_FOLLOW_TAIL))
    return err(`tail: 0 to ${MAX_FOLLOW_TAIL}`);
  if (since !== undefined && !isLogTime(since) && !isWhole(since, MAX_AGO_MS))
    return err('since: a time in UTC with nine digits, or ms');
  const at = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && at === undefined) return err('cursor: a time and a number of lines');
  return ok({
    ...reader,
    live,
    ...(tail === undefined ? {} : { tail }),
    ...(since === undefined ? {} : { since }),
    ...(at === undefined ? {} : { cursor: at }),
  });
}

const isWhole = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

function readCursor(value: unknown): LogCursor | undefined {
  const { time, seen } = (value ?? {}) as Partial<Record<string, unknown>>;
  return isLogTime(time) && isWhole(seen, MAX_SEEN) ? { time, seen } : undefined;
}

/** Reads an answer; undefined = it is none of this kind, as of an agent that knows none. */
export function readFollowReply(data: Uint8Array): Result<LogFollowReply, Fault> | undefined {
  let parsed: Partial<Record<string, unknown>> | null;
  try {
    parsed = JSON.parse(new TextDecoder().decode(data)) as typeof parsed;
  } catch {
    return undefined;
  }
  const { fault, lines, cursor, isEnd, isMore, isGap, lagMs } = parsed ?? {};
  const { code, message } = (fault ?? {}) as Partial<Fault>;
  if (typeof code === 'string' && typeof message === 'string')
    return err({ code, field: 'allocation', message });
  const at = readCursor(cursor);
  if (at === undefined || !Array.isArray(lines)) return undefined;
  if (!lines.every(isLine)) return undefined;
  return ok({
    lines: lines.map(([time, text]): [string, string] => [time, text]),
    cursor: at,
    isEnd: isEnd === true,
    isMore: isMore === true,
    isGap: isGap === true,
    lagMs: typeof lagMs === 'number' && lagMs > 0 ? lagMs : 0,
  });
}

const isLine = (line: unknown): line is [string, string] =>
  Array.isArray(line) && typeof line[0] === 'string' && typeof line[1] === 'string';
