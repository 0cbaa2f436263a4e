import type { PageEvent } from '../model/events.js';
import { type FollowOptions, follow } from './follow.js';
import { readAfter } from './read-after.js';

/** What windows of one browser share a stream by; absent where the browser has it not. */
export interface Sharing {
  /** Of the Web Locks API: one window at a time holds a name. Only on loopback or with TLS. */
  readonly locks: Locks | undefined;
  readonly open: ((name: string) => Channel) | undefined;
}

/** What is used of a `LockManager`: `work` runs while the name is held, one at a time. */
export interface Locks {
  request(
    name: string,
    options: { readonly signal: AbortSignal },
    work: () => Promise<void>,
  ): Promise<unknown>;
}

/** What is used of a `BroadcastChannel`: what one says, all others hear. */
export interface Channel {
  say(message: unknown): void;
  onHeard(listener: (message: unknown) => void): void;
  close(): void;
}

/** Whether anybody looks at the window. */
export interface Visibility {
  isHidden(): boolean;
  /** Calls at each change; returns what ends that. */
  onChange(listener: () => void): () => void;
}

export interface ShareOptions extends FollowOptions {
  readonly sharing: Sharing;
  readonly visibility: Visibility;
}

/** Between two questions of a window that gets nothing by a stream, ms. */
const POLL_MS = 5000;
const HIDDEN_POLL_MS = 15_000;
/**
 * After that many turns in which it heard nothing of the one that reads, a window does not call
 * itself live: the console gives a sign of life every 15 s, and a browser may suspend that window.
 */
const MAX_SILENT_POLLS = 8;

type Message =
  | { readonly kind: 'hello' }
  | { readonly kind: 'state'; readonly isLive: boolean; readonly place: string }
  | { readonly kind: 'events'; readonly events: readonly PageEvent[]; readonly place: string };

/**
 * Follows the events of the cluster until the signal aborts, over one connection for all windows of
 * this browser and caller: one of them reads the stream and passes it on, and another one goes on
 * at the same place when that one is closed. A browser opens only six connections to an address
 * without TLS. Where it cannot share, a window holds a stream only while it is seen. A window that
 * gets nothing by a stream asks for events every few seconds.
 */
export function followTogether(options: ShareOptions, signal: AbortSignal): Promise<void> {
  const { locks, open } = options.sharing;
  return locks === undefined || open === undefined
    ? followWhileSeen(options, signal)
    : new SharedStream(options, locks).run(open, signal);
}

/** One window among those that share a stream. */
class SharedStream {
  readonly #options: ShareOptions;
  readonly #locks: Locks;
  #place = '';
  #isLive = false;
  #isReader = false;
  #isCatchingUp = false;
  /** Turns of the questions since something was heard of the window that reads. */
  #silentPolls = 0;

  constructor(options: ShareOptions, locks: Locks) {
    this.#options = options;
    this.#locks = locks;
  }

  async run(open: (name: string) => Channel, signal: AbortSignal): Promise<void> {
    const name = `dqoes-events-${fingerprint(this.#options.client.headers().authorization ?? '')}`;
    const channel = open(name);
    channel.onHeard((message) => this.#hear(message as Message, channel));
    channel.say({ kind: 'hello' } satisfies Message);
    const polling = this.#pollWhileSilent(signal);
    try {
      // Held until this window ends; the others wait here for their turn.
      await this.#locks.request(name, { signal }, () => this.#read(channel, signal));
    } catch {
      // An aborted wait is the usual end of a window that never had its turn. Anything else: the
      // browser lets it share nothing.
      if (!signal.aborted) await followWhileSeen(this.#options, signal);
    }
    await polling;
    channel.close();
  }

  #hear(message: Message, channel: Channel): void {
    if (message.kind === 'hello') {
      if (this.#isReader) channel.say(this.#state());
      return;
    }
    if (this.#isReader) return;
    this.#silentPolls = 0;
    if (message.kind === 'events') {
      this.#options.onEvents(message.events);
      this.#place = later(this.#place, message.place);
      return;
    }
    this.#note(message.isLive);
    // What was before is read by what is shown; from here on nothing may be missed.
    if (this.#place === '') this.#place = message.place;
    else if (Number(message.place) > Number(this.#place)) void this.#catchUp();
  }

  async #read(channel: Channel, signal: AbortSignal): Promise<void> {
    this.#isReader = true;
    const pass = (message: Message): void => channel.say(message);
    await follow(
      {
        ...this.#options,
        onPlace: (place) => {
          this.#place = later(this.#place, place);
          pass(this.#state());
        },
        onEvents: (events) => {
          this.#options.onEvents(events);
          pass({ kind: 'events', events, place: String(events.at(-1)?.sequence ?? '') });
        },
        onLive: (isLive) => {
          this.#note(isLive);
          pass(this.#state());
        },
      },
      signal,
      this.#place,
    );
  }

  #state(): Message {
    return { kind: 'state', isLive: this.#isLive, place: this.#place };
  }

  #note(isLive: boolean): void {
    this.#isLive = isLive;
    this.#options.onLive(isLive);
  }

  async #pollWhileSilent(signal: AbortSignal): Promise<void> {
    const { sleep } = this.#options;
    while (!signal.aborted) {
      await sleep(POLL_MS, signal);
      if (signal.aborted) return;
      this.#silentPolls += 1;
      const isSilent = !this.#isReader && this.#silentPolls > MAX_SILENT_POLLS;
      if (isSilent && this.#isLive) this.#note(false);
      if (!this.#isLive) await this.#catchUp();
    }
  }

  /** An event may come twice by this: who gets them knows them by their sequence. */
  async #catchUp(): Promise<void> {
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    this.#place = later(this.#place, await readAfter(this.#options, this.#place));
    this.#isCatchingUp = false;
  }
}

async function followWhileSeen(options: ShareOptions, signal: AbortSignal): Promise<void> {
  const { visibility, sleep } = options;
  let place = '';
  const noted = { ...options, onPlace: (next: string) => (place = later(place, next)) };
  while (!signal.aborted) {
    // Of two signals one: browsers of 2023 have no `AbortSignal.any`.
    const over = new AbortController();
    const end = (): void => over.abort();
    const stop = visibility.onChange(end);
    signal.addEventListener('abort', end, { once: true });
    const until = over.signal;
    if (visibility.isHidden()) {
      place = later(place, await readAfter(options, place));
      await sleep(HIDDEN_POLL_MS, until);
    } else await follow(noted, until, place);
    stop();
    signal.removeEventListener('abort', end);
  }
}

const later = (known: string, next: string): string =>
  next !== '' && Number(next) > Number(known === '' ? -1 : known) ? next : known;

/** Names who asks without saying the token (FNV-1a): windows of others share nothing with these. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36);
}
