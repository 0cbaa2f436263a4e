import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { cutText } from '../../shared/text.js';
import { withoutValues } from '../containers/hidden-values.js';
import type { EngineFailure, EngineFailureKind } from '../ports/engine.js';

/** Deadlines of engine calls, ms. */
export const READ_DEADLINE_MS = 2_000;
/** Deadline of a change of settings, ms. */
export const UPDATE_DEADLINE_MS = 10_000;
/** One stuck container can hold up calls to others (moby#33870), so few are in flight at a time. */
const MAX_IN_FLIGHT = 4;
const MAX_TEXT = 400;
const STOPPING: EngineFailure = { kind: 'unavailable', message: 'the agent is stopping' };
const LEFT: EngineFailure = { kind: 'refused', message: 'it is not wanted any more' };

/** Runs engine calls: bounded in number, each with a deadline, failures as values. */
export class DockerCalls {
  readonly #running = new Set<AbortController>();
  readonly #waiting: (() => void)[] = [];
  readonly #maxInFlight: number;
  #inFlight = 0;
  #closed = false;

  constructor(maxInFlight = MAX_IN_FLIGHT) {
    this.#maxInFlight = maxInFlight;
  }

  /**
   * `call` gets the signal that ends it; its deadline starts when it gets a place, and again with
   * each `isAlive`. It holds also where the call does not hear the signal. The failure holds none
   * of the values in `hidden`. `left` ends it when it is aborted, also while it waits for a place.
   */
  async run<T>(
    deadlineMs: number,
    call: (signal: AbortSignal, isAlive: () => void) => Promise<T>,
    hidden: readonly string[] = [],
    left?: AbortSignal,
  ): Promise<Result<T, EngineFailure>> {
    if (!(await this.#enter(left))) return err(LEFT);
    const controller = new AbortController();
    const leave = (): void => controller.abort();
    this.#running.add(controller);
    left?.addEventListener('abort', leave);
    const timer = setTimeout(leave, deadlineMs);
    try {
      if (this.#closed) return err(STOPPING);
      if (left?.aborted === true) return err(LEFT);
      const { signal } = controller;
      const isAlive = (): void => {
        if (this.#running.has(controller)) timer.refresh();
      };
      return ok(await Promise.race([call(signal, isAlive), whenAborted(signal)]));
    } catch (cause) {
      if (this.#closed) return err(STOPPING);
      if (left?.aborted === true) return err(LEFT);
      if (controller.signal.aborted)
        return err({
          kind: 'timeout',
          message: `the Docker Engine did not answer within ${deadlineMs / 1000} s`,
        });
      return err(failureOf(cause, hidden));
    } finally {
      clearTimeout(timer);
      left?.removeEventListener('abort', leave);
      this.#running.delete(controller);
      this.#leave();
    }
  }

  /** Ends every call, now and later. */
  close(): void {
    this.#closed = true;
    for (const controller of this.#running) controller.abort();
  }

  /** False = it was left before it got a place. */
  async #enter(left: AbortSignal | undefined): Promise<boolean> {
    if (left?.aborted === true) return false;
    if (this.#inFlight < this.#maxInFlight) {
      this.#inFlight += 1;
      return true;
    }
    return new Promise<boolean>((resolve) => {
      const enter = (): void => {
        left?.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        resolve(false);
      };
      left?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(enter);
    });
  }

  /** Hands the place on directly, so that no other call takes it in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inFlight -= 1;
    else next();
  }
}

/**
 * Rejects when the signal aborts. The client never settles a call whose connection broke in the
 * middle of the answer, as when the engine is restarted, and does not hear the signal any more.
 */
const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'EPERM',
  'ECONNRESET',
  'EPIPE',
  'ENOTSOCK',
  'ETIMEDOUT',
]);

/**
 * The failure that an error of the client stands for, with the engine's own words, cut; without the
 * values in `hidden`, which is why nobody else cuts them first.
 */
export function failureOf(cause: unknown, hidden: readonly string[] = []): EngineFailure {
  const { statusCode, code, json } = (cause ?? {}) as {
    statusCode?: number;
    code?: string;
    json?: { message?: unknown };
  };
  if (statusCode !== undefined) {
    const said = typeof json?.message === 'string' ? json.message : withoutStatus(messageOf(cause));
    const kind = isDying(statusCode, said) ? 'gone' : kindOfStatus(statusCode);
    return { kind, message: shown(said, hidden) };
  }
  const isUnreachable = code !== undefined && UNREACHABLE.has(code);
  return {
    kind: isUnreachable ? 'unavailable' : 'refused',
    message: shown(messageOf(cause), hidden),
  };
}

/** The client writes status and kind before what the engine said of a call that is a stream. */
const withoutStatus = (message: string): string =>
  message.replace(/^\(HTTP code \d+\) [a-z ]+ - /, '');

const shown = (said: string, hidden: readonly string[]): string =>
  cutText(withoutValues(said, hidden).trim(), MAX_TEXT);

// While the engine removes a container it answers no more about it, and it never comes back. It
// refuses logs with 409 then, and updates with 500.
const isDying = (status: number, said: string): boolean =>
  (status === 409 || status === 500) && said.includes('marked for removal');

function kindOfStatus(status: number): EngineFailureKind {
  if (status === 404) return 'gone';
  return status === 502 || status === 503 ? 'unavailable' : 'refused';
}

/** The engine's status of a failed call; undefined when there was no answer. */
export const statusOf = (cause: unknown): number | undefined =>
  (cause as { statusCode?: number } | null)?.statusCode;
