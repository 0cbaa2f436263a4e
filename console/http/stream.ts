import type { ServerResponse } from 'node:http';
import type { Clock } from '../../shared/clock.js';
import type { EventFeed } from '../cluster/event-feed.js';
import type { ConsoleLimits } from '../contract.js';
import type { ConsoleMeter } from '../monitoring/meter.js';

/** What the streams read, and what they may cost. */
export interface StreamsOptions {
  readonly feed: EventFeed;
  readonly clock: Clock;
  readonly limits: Pick<ConsoleLimits, 'streams' | 'heartbeatMs' | 'stalledMs'>;
  readonly meter?: ConsoleMeter | undefined;
}

/** One client of the stream. */
export interface StreamClient {
  /** Whose it is: streams of one client give way to those of others. */
  readonly key: string;
  /** Sequence of the last event that it has; undefined = it wants those that come from now on. */
  readonly after: number | undefined;
  /** Of the answer, beside its own. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it may read on; absent = nothing takes that away. Never rejects. */
  readonly mayRead?: () => Promise<boolean>;
}

interface OpenStream {
  readonly key: string;
  readonly ending: AbortController;
}

/** How often it is asked whether a client may read on, ms. */
const MAY_READ_MS = 1000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/**
 * Server-sent events. Each client reads at its own pace from its own place; one that takes nothing
 * for long is cut, and finds where it was by `Last-Event-ID`.
 */
export class EventStreams {
  readonly #options: StreamsOptions;
  /** In the order in which they were opened. */
  readonly #open = new Map<ServerResponse, OpenStream>();

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  /**
   * Whether one more of this client may be opened. Where all places are taken, the client that has
   * the most loses its newest to one that has fewer: one client may have all places while no other
   * wants any, and shuts none out.
   */
  makeRoomFor(key: string): boolean {
    if (this.#open.size < this.#options.limits.streams) return true;
    const counts = new Map<string, number>();
    for (const { key: of } of this.#open.values()) counts.set(of, (counts.get(of) ?? 0) + 1);
    const [most, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
    if (count <= (counts.get(key) ?? 0) + 1) return false;
    const newest = [...this.#open].findLast(([, stream]) => stream.key === most);
    if (newest === undefined) return false;
    const [response, { ending }] = newest;
    this.#open.delete(response);
    ending.abort();
    return true;
  }

  /** Answers with events until either side ends it, or the client may read no more. */
  async serve(response: ServerResponse, client: StreamClient): Promise<void> {
    const { key, after, headers, mayRead } = client;
    const ending = new AbortController();
    this.#open.set(response, { key, ending });
    this.#options.meter?.stream(1);
    response.once('close', () => ending.abort());
    response.on('error', () => ending.abort());
    try {
      response.writeHead(200, { ...headers, ...HEADERS });
      // Not waited for at the end: a coordinator that is away answers late.
      if (mayRead !== undefined) void this.#watch(mayRead, ending);
      const beat = this.#beat(response, ending.signal);
      await this.#pump(response, after, ending.signal);
      ending.abort();
      await beat;
    } finally {
      ending.abort();
      this.#open.delete(response);
      this.#options.meter?.stream(-1);
      response.destroy();
    }
  }

  async #watch(mayRead: () => Promise<boolean>, ending: AbortController): Promise<void> {
    const { clock } = this.#options;
    while (!ending.signal.aborted) {
      await clock.sleep(MAY_READ_MS, ending.signal);
      if (!ending.signal.aborted && !(await mayRead())) ending.abort();
    }
  }

  /** Ends all of them. */
  stop(): void {
    for (const { ending } of this.#open.values()) ending.abort();
  }

  async #pump(
    response: ServerResponse,
    after: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { feed } = this.#options;
    while (!feed.isKnown && !signal.aborted) await feed.waitForMore(signal);
    // One who knows more than there is was with another cluster.
    let at = Math.min(after ?? feed.last, feed.last);
    let { begun } = feed;
    if (!(await this.#write(response, `retry: 3000\nid: ${at}\n\n`, signal))) return;
    while (!signal.aborted) {
      // All that the new stream holds came after what the client has.
      if (feed.begun !== begun) [at, begun] = [0, feed.begun];
      const event = await feed.after(at);
      if (event === undefined) return;
      if (event === null) {
        await feed.waitForMore(signal);
        continue;
      }
      at = event.sequence;
      const text = `id: ${event.sequence}\ndata: ${event.json}\n\n`;
      if (!(await this.#write(response, text, signal))) return;
    }
  }

  /** False = the client takes nothing, or is gone. */
  async #write(response: ServerResponse, text: string, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (response.write(text)) return true;
    const { clock, limits, meter } = this.#options;
    const waiting = new AbortController();
    const stop = (): void => waiting.abort();
    response.once('drain', stop);
    signal.addEventListener('abort', stop, { once: true });
    await clock.sleep(limits.stalledMs, waiting.signal);
    response.off('drain', stop);
    signal.removeEventListener('abort', stop);
    if (!waiting.signal.aborted) meter?.cut();
    return waiting.signal.aborted && !signal.aborted;
  }

  async #beat(response: ServerResponse, signal: AbortSignal): Promise<void> {
    const { clock, limits } = this.#options;
    for (;;) {
      await clock.sleep(limits.heartbeatMs, signal);
      if (signal.aborted) return;
      // What waits already says that we live; a comment more would only fill the memory.
      if (!response.writableNeedDrain) response.write(':\n\n');
    }
  }
}
