import type { PageEvent } from '../model/events.js';
import { type Problem, problemOf } from '../model/problem.js';
import { readSse, SSE_START } from '../model/sse.js';
import type { Client } from './client.js';
import { eventIn } from './cloud-event.js';

/** Where events go, and how the stream is doing. */
export interface FollowOptions {
  readonly client: Client;
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onEvents: (events: readonly PageEvent[]) => void;
  readonly onLive: (isLive: boolean) => void;
  /**
   * The place up to which it was read, for who goes on from there; called after its events, and at
   * each sign of life.
   */
  readonly onPlace?: (id: string) => void;
  readonly onRefused: (problem: Problem) => void;
}

const RETRY_MS = 2000;
/** The console sends a sign of life every 15 s. */
const SILENT_MS = 40_000;

/**
 * Follows the events of the cluster until the signal aborts. After a break it goes on where it
 * stopped, so that none is missed and none comes twice. `after`: where it begins; '' = now.
 */
export async function follow(
  options: FollowOptions,
  signal: AbortSignal,
  after = '',
): Promise<void> {
  let last = after;
  while (!signal.aborted) {
    try {
      last = await readOnce(options, last, signal);
    } catch {
      // Cut off: the next try says whether the console is there.
    }
    options.onLive(false);
    await options.sleep(RETRY_MS, signal);
  }
}

/** Reads one connection to its end; returns the place up to which it was read. */
async function readOnce(
  { client, fetch: send, onEvents, onLive, onPlace, onRefused }: FollowOptions,
  after: string,
  signal: AbortSignal,
): Promise<string> {
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  signal.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(stop, SILENT_MS);
  let last = after;
  try {
    const headers = { ...client.headers(), ...(after === '' ? {} : { 'last-event-id': after }) };
    const response = await send('/api/v1/stream', { headers, signal: ending.signal });
    if (!response.ok || response.body === null) {
      onRefused(problemOf(response.status, await response.json().catch(() => undefined)));
      return last;
    }
    onLive(true);
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let state = SSE_START;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return last;
      clearTimeout(timer);
      timer = setTimeout(stop, SILENT_MS);
      const read = readSse(state, decoder.decode(value, { stream: true }));
      state = read.state;
      const events = read.messages.flatMap(({ id, data }) => eventIn(Number(id), data));
      last = read.messages.findLast(({ id }) => id !== '')?.id ?? last;
      if (events.length > 0) onEvents(events);
      if (last !== '') onPlace?.(last);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    ending.abort();
  }
}
