import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Client } from '../../../../../console/page/io/client.js';
import {
  type Channel,
  followTogether,
  type Sharing,
} from '../../../../../console/page/io/share.js';
import { until } from '../../../../lib/until.js';

const cloudEvent = { type: 'dqoes.job.stopped', time: '2026-11-26T20:00:00Z', data: { job: 'a' } };
const message = (id: number): string => `id: ${id}\ndata: ${JSON.stringify(cloudEvent)}\n\n`;

/** Locks and channels of one browser. */
function browser(): Sharing {
  const held = new Set<string>();
  const waiting: (() => void)[] = [];
  const request = async (
    name: string,
    { signal }: { readonly signal: AbortSignal },
    work: () => Promise<void>,
  ): Promise<void> => {
    while (held.has(name)) {
      if (signal.aborted) throw new DOMException('aborted', 'AbortError');
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    held.add(name);
    await work().finally(() => {
      held.delete(name);
      for (const wake of waiting.splice(0)) wake();
    });
  };
  const ears = new Map<object, { readonly name: string; hear: (message: unknown) => void }>();
  const open = (name: string): Channel => {
    const own = { name, hear: (_: unknown): void => {} };
    ears.set(own, own);
    return {
      say: (message) => {
        for (const other of ears.values())
          if (other !== own && other.name === name)
            queueMicrotask(() => other.hear(structuredClone(message)));
      },
      onHeard: (listener) => {
        own.hear = listener;
      },
      close: () => ears.delete(own),
    };
  };
  return { locks: { request }, open };
}

/** A console whose streams are written by the test, and which stores events up to `last`. */
class Streams {
  readonly open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly places: (string | undefined)[] = [];
  last = 0;
  /** Questions for stored events. */
  asked = 0;
  isRefusing = false;

  readonly fetch = (async (url: string, init: RequestInit = {}) => {
    const path = new URL(url, 'http://h').pathname;
    if (path === '/api/v1/events') {
      this.asked += 1;
      const after = Number(new URL(url, 'http://h').searchParams.get('after') ?? this.last);
      const events = Array.from({ length: Math.max(0, this.last - after) }, (_, i) => ({
        sequence: after + i + 1,
        event: cloudEvent,
      }));
      return new Response(JSON.stringify({ events, last: this.last }));
    }
    if (this.isRefusing) return new Response('{}', { status: 503 });
    this.places.push((init.headers as Record<string, string>)['last-event-id']);
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.open.add(controller);
        controller.enqueue(new TextEncoder().encode(`id: ${this.last}\n\n`));
      },
    });
    // As the console does: what is silent may be suspended.
    const beat = setInterval(() => own?.enqueue(new TextEncoder().encode(':\n\n')), 5);
    init.signal?.addEventListener('abort', () => {
      clearInterval(beat);
      if (own !== undefined && this.open.delete(own)) own.error(new Error('aborted'));
    });
    return new Response(body);
  }) as unknown as typeof fetch;

  say(id: number): void {
    this.last = id;
    for (const controller of this.open) controller.enqueue(new TextEncoder().encode(message(id)));
  }
}

interface Tab {
  readonly seen: number[];
  readonly live: boolean[];
  readonly stop: AbortController;
  hide(isHidden: boolean): void;
}

function tab(console: Streams, sharing: Sharing, token: string | null = null): Tab {
  const stop = new AbortController();
  const made = { seen: [] as number[], live: [] as boolean[], stop };
  const listeners = new Set<() => void>();
  let isHidden = false;
  void followTogether(
    {
      client: new Client(console.fetch, token),
      fetch: console.fetch,
      // A wait of seconds is one of milliseconds here.
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const done = (): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, ms / 500);
          signal.addEventListener('abort', done);
          if (signal.aborted) done();
        }),
      onEvents: (events) => made.seen.push(...events.map(({ sequence }) => sequence)),
      onLive: (isLive) => made.live.push(isLive),
      onRefused: () => {},
      sharing,
      visibility: {
        isHidden: () => isHidden,
        onChange: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    },
    stop.signal,
  );
  return {
    ...made,
    hide: (next) => {
      isHidden = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

describe('one stream for all windows of a browser', () => {
  it('is read by one of them, and all of them get what it says', async () => {
    const [console, sharing] = [new Streams(), browser()];
    const tabs = Array.from({ length: 9 }, () => tab(console, sharing));
    await until(() => tabs.every(({ live }) => live.at(-1) === true), 'that all are live');
    console.say(1);
    console.say(2);
    await until(() => tabs.every(({ seen }) => seen.length === 2), 'the events');
    assert.equal(console.open.size, 1);
    for (const { seen } of tabs) assert.deepEqual(seen, [1, 2]);
    for (const { stop } of tabs) stop.abort();
    await until(() => console.open.size === 0, 'the end');
  });

  it('is gone on with by another one, at the same place, when that one is closed', async () => {
    const [console, sharing] = [new Streams(), browser()];
    const first = tab(console, sharing);
    await until(() => first.live.at(-1) === true, 'the first');
    const second = tab(console, sharing);
    await until(() => second.live.at(-1) === true, 'the second');
    console.say(5);
    await until(() => second.seen.length === 1, 'the event');
    first.stop.abort();
    await until(() => console.places.length === 2, 'the next stream');
    assert.deepEqual(console.places, [undefined, '5']);
    console.say(6);
    await until(() => second.seen.length === 2, 'the next event');
    assert.deepEqual([first.seen, second.seen], [[5], [5, 6]]);
    second.stop.abort();
  });

  it('is not that of another caller', async () => {
    const [console, sharing] = [new Streams(), browser()];
    const tabs = [null, 'a'.repeat(20), 'b'.repeat(20)].map((token) =>
      tab(console, sharing, token),
    );
    await until(() => console.open.size === 3, 'a stream each');
    for (const { stop } of tabs) stop.abort();
  });

  it('where none can be had, events are asked for', async () => {
    const [console, sharing] = [new Streams(), browser()];
    console.isRefusing = true;
    console.last = 3;
    const tabs = [tab(console, sharing), tab(console, sharing)];
    // The first question finds out where now is.
    await until(() => console.asked >= 4, 'questions');
    console.last = 5;
    await until(() => tabs.every(({ seen }) => new Set(seen).size === 2), 'the events');
    for (const { seen, stop } of tabs) {
      assert.deepEqual([...new Set(seen)], [4, 5]);
      stop.abort();
    }
  });

  it('is held only while it is seen where a browser cannot share', async () => {
    const console = new Streams();
    const only = tab(console, { locks: undefined, open: undefined });
    await until(() => console.open.size === 1, 'the stream');
    console.say(1);
    await until(() => only.seen.length === 1, 'the event');
    only.hide(true);
    await until(() => console.open.size === 0, 'its end');
    console.last = 2;
    await until(() => only.seen.length === 2, 'the event that was asked for');
    only.hide(false);
    await until(() => console.open.size === 1, 'the stream again');
    assert.equal(console.places.at(-1), '2');
    assert.deepEqual(only.seen, [1, 2]);
    only.stop.abort();
  });

  it('is not called live where the window that reads it is suspended', async () => {
    const sharing = browser();
    let isSuspended = false;
    const suspended: Sharing = {
      locks: sharing.locks,
      open: (name) => {
        const channel = sharing.open?.(name) as Channel;
        return { ...channel, say: (message) => isSuspended || channel.say(message) };
      },
    };
    const [first, second] = [new Streams(), new Streams()];
    const reader = tab(first, suspended);
    await until(() => reader.live.at(-1) === true, 'the one that reads');
    const other = tab(second, sharing);
    await until(() => other.live.at(-1) === true, 'the other one');
    isSuspended = true;
    await until(() => other.live.at(-1) === false, 'that it is not live');
    second.last = 3;
    await until(() => second.asked > 1, 'questions');
    second.last = 5;
    await until(() => other.seen.includes(5), 'the events that were asked for');
    isSuspended = false;
    first.say(6);
    await until(() => other.live.at(-1) === true, 'that it is live again');
    for (const { stop } of [reader, other]) stop.abort();
  });

  it('is held by browsers of 2023 too, which cannot join two signals', async () => {
    const { any } = AbortSignal;
    Reflect.deleteProperty(AbortSignal, 'any');
    try {
      const console = new Streams();
      const only = tab(console, { locks: undefined, open: undefined });
      await until(() => console.open.size === 1, 'the stream');
      only.stop.abort();
      await until(() => console.open.size === 0, 'its end');
    } finally {
      Object.defineProperty(AbortSignal, 'any', { value: any, configurable: true, writable: true });
    }
  });
});
