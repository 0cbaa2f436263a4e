import { randomUUID } from 'node:crypto';
import type { Bus } from '../../proto/bus.js';
import { eventStreamOf } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from './event.js';
import { jetstreamApi, noEventStream } from './jetstream.js';

/** The stream counts as silent after this, ms. */
const SILENCE_MS = 2000;
/** The server removes the consumer of a client that went away after this. */
const FORGOTTEN_AFTER_NS = 30e9;
/**
 * Bits per second that a terminal program can take, so that the server never drops it as too slow.
 */
const RATE_BPS = 400e6;

/** Which events are asked for. */
export interface SinceQuestion {
  readonly cluster: string;
  /** The server sends only these subjects. */
  readonly subjects: readonly string[];
  /** Unix time of the oldest event asked for, ms. */
  readonly fromMs: number;
  readonly wanted: (event: ClusterEvent) => boolean;
}
/** The events found, and whether they are all. */
export interface Since {
  readonly events: readonly ClusterEvent[];
  /** False when the stream stopped before all events had arrived. */
  readonly complete: boolean;
}

/**
 * The events since a moment that `wanted` accepts, oldest first. The server filters by subject and
 * time and sends them through a consumer that lives as long as this call.
 */
export async function eventsSince(
  bus: Bus,
  clock: Clock,
  asked: SinceQuestion,
): Promise<Result<Since>> {
  const stream = eventStreamOf(asked.cluster);
  const inbox = `_INBOX.dqoes.${randomUUID()}`;
  const events: ClusterEvent[] = [];
  const arrivals = new EventCounter(clock);
  const subscription = bus.subscribe(inbox, ({ data }) => {
    const event = readEvent(data);
    if (event !== undefined && asked.wanted(event)) events.push(event);
    arrivals.count();
  });
  try {
    await bus.flush();
    const consumer = consumerOf(
      await jetstreamApi(bus, `CONSUMER.CREATE.${stream}`, requestOf(stream, inbox, asked)),
    );
    if (consumer === undefined) return err([noEventStream(stream)]);
    const complete = await arrivals.reach(consumer.total);
    await jetstreamApi(bus, `CONSUMER.DELETE.${stream}.${consumer.name}`, {});
    return ok({ events, complete });
  } finally {
    subscription.unsubscribe();
  }
}

const requestOf = (stream: string, inbox: string, { subjects, fromMs }: SinceQuestion) => ({
  stream_name: stream,
  config: {
    deliver_subject: inbox,
    deliver_policy: 'by_start_time',
    opt_start_time: new Date(fromMs).toISOString(),
    filter_subjects: subjects,
    ack_policy: 'none',
    replay_policy: 'instant',
    rate_limit_bps: RATE_BPS,
    inactive_threshold: FORGOTTEN_AFTER_NS,
    mem_storage: true,
    num_replicas: 1,
  },
});

/** Name of the new consumer, and how many events it has in all, sent ones included. */
function consumerOf(
  answer: unknown,
): { readonly name: string; readonly total: number } | undefined {
  const { name, num_pending, delivered } = (answer ?? {}) as {
    name?: unknown;
    num_pending?: unknown;
    delivered?: { consumer_seq?: unknown };
  };
  if (typeof name !== 'string' || typeof num_pending !== 'number') return undefined;
  const sent = delivered?.consumer_seq;
  return { name, total: num_pending + (typeof sent === 'number' ? sent : 0) };
}

/** Counts events and waits for a number of them. */
class EventCounter {
  readonly #clock: Clock;
  #seen = 0;
  #total = Number.POSITIVE_INFINITY;
  readonly #all = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count(): void {
    this.#seen += 1;
    if (this.#seen >= this.#total) this.#all.abort();
  }

  /** True once `total` events have arrived; false when none arrived for a while before that. */
  async reach(total: number): Promise<boolean> {
    this.#total = total;
    while (this.#seen < total) {
      const before = this.#seen;
      await this.#clock.sleep(SILENCE_MS, this.#all.signal);
      if (this.#seen === before) return false;
    }
    return true;
  }
}
