import {
  LOG_WAIT_MS,
  type LogCursor,
  type LogFollowReply,
  type LogFollowRequest,
  logTimeOf,
} from '../../proto/log-follow.js';
import type { Clock } from '../../shared/clock.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { ContainerEngine, EngineFailure } from '../ports/engine.js';
import type { LogStart } from '../ports/logs.js';
import { LogFollow } from './log-follow.js';

/** Logs that an agent keeps open for readers at a time. */
export const MAX_FOLLOWS = 16;
/** A log that nobody asks for any more is closed after this time, ms. */
export const IDLE_MS = 15_000;

/** Why there is no answer: too many readers, one that asks twice, or the engine's reason. */
export type FollowRefusal = 'full' | 'twice' | EngineFailure;

/** A log that is open, or being opened, and the key of who reads it. */
interface Place {
  readonly by: string;
  /** Ends the opening, or the reading. */
  readonly own: AbortController;
  /** Absent while it is being opened. */
  follow?: LogFollow;
}

/**
 * Logs open for readers, one for each session: a request goes on where the answer before ended.
 * Where the cursor is another one, as after an answer that was lost, or the log is no longer open,
 * it is opened again at the cursor. Where as many are open as may be, a key that has fewer gets the
 * place of one that has more. A reader that leaves while its log is being opened leaves the queue
 * of the engine, too.
 */
export class LogFollows {
  readonly #engine: Pick<ContainerEngine, 'openLog'>;
  readonly #clock: Clock;
  /** By reader and container. What is taken out of it is ended. */
  readonly #places = new Map<string, Place>();

  constructor(engine: Pick<ContainerEngine, 'openLog'>, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** How many are open, or being opened. */
  get size(): number {
    return this.#places.size;
  }

  /** The next lines of the container that the request names; `by`: the key of who asks. */
  async next(request: LogFollowRequest, by = ''): Promise<Result<LogFollowReply, FollowRefusal>> {
    const key = `${by} ${request.session} ${request.container}`;
    if (request.stop === true) {
      this.#close(key);
      return ok({ ...NOTHING, cursor: beginOf(request, this.#clock.wall()) });
    }
    const held = this.#places.get(key);
    if (held !== undefined && held.follow?.isBusy !== false) return err('twice');
    const follow = await this.#continued(key, by, request);
    if (!follow.ok) return follow;
    const { value } = follow;
    value.isBusy = true;
    const reply = await value.take(LOG_WAIT_MS);
    value.isBusy = false;
    value.usedMs = this.#clock.now();
    if (reply.isEnd) this.#close(key);
    return ok(reply);
  }

  /** Closes all. */
  close(): void {
    for (const key of [...this.#places.keys()]) this.#close(key);
  }

  async #continued(
    key: string,
    by: string,
    request: LogFollowRequest,
  ): Promise<Result<LogFollow, FollowRefusal>> {
    const open = this.#places.get(key)?.follow;
    if (open !== undefined && isSame(open.cursor, request.cursor)) return ok(open);
    this.#close(key);
    if (this.#places.size >= MAX_FOLLOWS && !this.#makeRoom(by)) return err('full');
    const begin = beginOf(request, this.#clock.wall());
    const container = request.container as ContainerId;
    const own = new AbortController();
    const place: Place = { by, own };
    this.#places.set(key, place);
    const stream = await this.#engine.openLog(container, startOf(request, begin), own.signal);
    // Another has its place, or nobody waits for the answer any more.
    if (own.signal.aborted) return err('full');
    if (!stream.ok) {
      this.#close(key);
      return stream;
    }
    const follow = new LogFollow(this.#clock, begin, { stream: stream.value, own });
    place.follow = follow;
    void this.#closeWhenIdle(key, follow, own.signal);
    return ok(follow);
  }

  /** Closes the log that was opened last of the key that has most, if it has more than this one. */
  #makeRoom(by: string): boolean {
    const places = new Map<string, number>();
    for (const { by: holder } of this.#places.values())
      places.set(holder, (places.get(holder) ?? 0) + 1);
    let most = (places.get(by) ?? 0) + 1;
    let last: string | undefined;
    for (const [key, place] of this.#places) {
      const held = places.get(place.by) ?? 0;
      if (held < most || (held === most && last === undefined)) continue;
      most = held;
      last = key;
    }
    if (last !== undefined) this.#close(last);
    return last !== undefined;
  }

  async #closeWhenIdle(key: string, follow: LogFollow, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const idleMs = follow.isBusy ? 0 : this.#clock.now() - follow.usedMs;
      if (idleMs >= IDLE_MS) this.#close(key);
      else await this.#clock.sleep(IDLE_MS - idleMs, signal);
    }
  }

  #close(key: string): void {
    this.#places.get(key)?.own.abort();
    this.#places.delete(key);
  }
}

const NOTHING = { lines: [], isEnd: true, isMore: false, isGap: false, lagMs: 0 } as const;

const isSame = (one: LogCursor, other: LogCursor | undefined): boolean =>
  one.time === other?.time && one.seen === other.seen;

/** Before anything was sent: no line is older than this that the reader wants. */
function beginOf({ cursor, since, tail }: LogFollowRequest, wallMs: number): LogCursor {
  if (cursor !== undefined) return cursor;
  if (typeof since === 'string') return { time: since, seen: 0 };
  if (since !== undefined) return { time: logTimeOf(wallMs - since), seen: 0 };
  return { time: logTimeOf(tail === 0 ? wallMs : 0), seen: 0 };
}

/** The last lines are asked for once; from then on the cursor says where to go on. */
function startOf({ cursor, since, tail, live }: LogFollowRequest, begin: LogCursor): LogStart {
  const from = cursor === undefined && since === undefined ? {} : { since: begin.time };
  return {
    follow: live,
    ...from,
    ...(cursor === undefined && tail !== undefined ? { tail } : {}),
  };
}
