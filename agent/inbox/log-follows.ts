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

/**
 * Logs open for readers, one for each session: a request goes on where the answer before ended.
 * Where the cursor is another one, as after an answer that was lost, or the log is no longer open,
 * it is opened again at the cursor.
 */
export class LogFollows {
  readonly #engine: Pick<ContainerEngine, 'openLog'>;
  readonly #clock: Clock;
  readonly #open = new Map<string, LogFollow>();
  /** What ends each that is being opened. */
  readonly #opening = new Set<AbortController>();

  constructor(engine: Pick<ContainerEngine, 'openLog'>, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** The next lines of the container that the request names. */
  async next(request: LogFollowRequest): Promise<Result<LogFollowReply, FollowRefusal>> {
    const container = request.container as ContainerId;
    const key = `${request.session} ${container}`;
    if (request.stop === true) {
      this.#close(key);
      return ok({ ...NOTHING, cursor: beginOf(request, this.#clock.wall()) });
    }
    if (this.#open.get(key)?.isBusy === true) return err('twice');
    const follow = await this.#continued(key, container, request);
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
    for (const own of this.#opening) own.abort();
    for (const key of [...this.#open.keys()]) this.#close(key);
  }

  async #continued(
    key: string,
    container: ContainerId,
    request: LogFollowRequest,
  ): Promise<Result<LogFollow, FollowRefusal>> {
    const open = this.#open.get(key);
    if (open !== undefined && isSame(open.cursor, request.cursor)) return ok(open);
    this.#close(key);
    if (this.#open.size + this.#opening.size >= MAX_FOLLOWS) return err('full');
    const begin = beginOf(request, this.#clock.wall());
    const own = new AbortController();
    this.#opening.add(own);
    const stream = await this.#engine.openLog(container, startOf(request, begin), own.signal);
    this.#opening.delete(own);
    if (!stream.ok) return stream;
    const follow = new LogFollow(this.#clock, begin, { stream: stream.value, own });
    this.#close(key);
    this.#open.set(key, follow);
    void this.#closeWhenIdle(key, follow, own.signal);
    return ok(follow);
  }

  async #closeWhenIdle(key: string, follow: LogFollow, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const idleMs = follow.isBusy ? 0 : this.#clock.now() - follow.usedMs;
      if (idleMs >= IDLE_MS) this.#close(key);
      else await this.#clock.sleep(IDLE_MS - idleMs, signal);
    }
  }

  #close(key: string): void {
    this.#open.get(key)?.close();
    this.#open.delete(key);
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
