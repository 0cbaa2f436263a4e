import {
  consumerOpts,
  type JetStreamClient,
  type JetStreamManager,
  type JetStreamSubscription,
  type MsgHdrs,
  type MsgRequest,
  NatsError,
  nanos,
  type StoredMsg,
} from 'nats';
import type { StoredValue } from '../store.js';

const MESSAGE_NOT_FOUND = 10037;

/** The stream of a bucket and what reading it takes. */
export interface Listing {
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly stream: string;
  /** What stands before the key in a subject. */
  readonly prefix: string;
  /** Deadline of one call, ms. */
  readonly timeoutMs: number;
}

/** The newest message of a key. */
export interface Newest {
  readonly stored: StoredValue;
  /** It is a marker. */
  readonly deleted: boolean;
  /** When the server stored it, by its own clock, ms. */
  readonly atMs: number;
}

/** The newest message of each key. */
export type NewestByKey = Map<string, Newest>;

/** Of a marker: a view of no bytes would hold all that was read from the socket with it. */
const NO_BYTES = new Uint8Array();
/** Up to this number of values, each is asked for by itself. */
const MAX_SINGLE_READS = 200;
/** Requests in flight at the same time. */
const MAX_IN_FLIGHT = 100;
/**
 * Longest wait for a consumer to be made, and for its next message, ms. JetStream may place new
 * consumers on a lost server for minutes.
 */
const BULK_PATIENCE_MS = 1_500;

/**
 * Every key of a bucket with its newest message, as the stream's leader has it when this is called.
 * A consumer delivers most of a large bucket, perhaps from a replica that lags; the leader is then
 * asked for what is newer and what was removed. Without an answer from the consumer, the leader is
 * asked for everything. Throws what the calls throw.
 */
export async function readAll(listing: Listing): Promise<NewestByKey> {
  const { manager, stream } = listing;
  const { messages, last_seq: last } = (await manager.streams.info(stream)).state;
  const found: NewestByKey = new Map();
  if (messages === 0) return found;
  if (messages > MAX_SINGLE_READS) {
    if (await hasReadBulk(listing, found)) await readNewer(listing, found, last);
    else found.clear();
  }
  if ((await manager.streams.info(stream)).state.messages !== found.size)
    await compareKeys(listing, found);
  return found;
}

/** False = the consumer was not made in time, or fell silent. */
async function hasReadBulk(listing: Listing, found: NewestByKey): Promise<boolean> {
  const made = bulkOf(listing);
  const subscription = await Promise.race([made.catch(() => null), pause(BULK_PATIENCE_MS)]);
  if (subscription === null) {
    void made.then(forget, () => {});
    return false;
  }
  try {
    const info = await Promise.race([subscription.consumerInfo(), pause(BULK_PATIENCE_MS)]);
    if (info === null) return false;
    if (info.num_pending === 0 && info.delivered.consumer_seq === 0) return true;
    return await hasReadUntilNoneIsPending(listing, subscription, found);
  } catch {
    return false;
  } finally {
    forget(subscription);
  }
}

function bulkOf({ js, stream, prefix, timeoutMs }: Listing): Promise<JetStreamSubscription> {
  const options = consumerOpts();
  options.bindStream(stream);
  options.orderedConsumer();
  options.deliverAll();
  options.inactiveEphemeralThreshold(nanos(2 * timeoutMs));
  return js.subscribe(`${prefix}>`, options);
}

// Its server may be lost; the consumer then ends by its own threshold.
const forget = (subscription: JetStreamSubscription): void =>
  void subscription.destroy().catch(() => {});

const pause = (ms: number): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, null).unref();
  });

async function hasReadUntilNoneIsPending(
  { prefix }: Listing,
  subscription: JetStreamSubscription,
  found: NewestByKey,
): Promise<boolean> {
  const silence = setTimeout(() => subscription.unsubscribe(), BULK_PATIENCE_MS);
  try {
    for await (const message of subscription) {
      silence.refresh();
      const { subject, data, seq, headers, info } = message;
      const deleted = isMarked(headers);
      const value = deleted ? NO_BYTES : data;
      const storedAtMs = info.timestampNanos / 1e6;
      const stored = { key: subject.slice(prefix.length), value, revision: seq, storedAtMs };
      keep(found, { stored, deleted, atMs: storedAtMs });
      if (info.pending === 0) return true;
    }
    return false;
  } finally {
    clearTimeout(silence);
  }
}

// Not beyond what there was at first: while many write, one by one never gets to the end.
async function readNewer(
  { manager, stream, prefix }: Listing,
  found: NewestByKey,
  last: number,
): Promise<void> {
  let newest = 0;
  for (const { stored } of found.values()) newest = Math.max(newest, stored.revision);
  while (newest < last) {
    const next = await messageOrNull(manager, stream, {
      seq: newest + 1,
      next_by_subj: `${prefix}>`,
    } as MsgRequest);
    if (next === null) return;
    keep(found, newestIn(next, next.subject.slice(prefix.length)));
    newest = next.seq;
  }
}

// Keys that are gone leave nothing behind that could be read.
async function compareKeys(
  { manager, stream, prefix }: Listing,
  found: NewestByKey,
): Promise<void> {
  const info = await manager.streams.info(stream, { subjects_filter: `${prefix}>` });
  const keys = new Set(
    Object.keys(info.state.subjects ?? {}).map((subject) => subject.slice(prefix.length)),
  );
  for (const key of [...found.keys()]) if (!keys.has(key)) found.delete(key);
  const missing = [...keys].filter((key) => !found.has(key)).values();
  const asker = async (): Promise<void> => {
    for (const key of missing) {
      const message = await messageOrNull(manager, stream, { last_by_subj: `${prefix}${key}` });
      if (message !== null) keep(found, newestIn(message, key));
    }
  };
  await Promise.all(Array.from({ length: MAX_IN_FLIGHT }, asker));
}

function keep(found: NewestByKey, newest: Newest): void {
  const { key, revision } = newest.stored;
  if ((found.get(key)?.stored.revision ?? 0) < revision) found.set(key, newest);
}

/** A message that was asked for by itself. */
export const newestIn = ({ data, seq, header, time }: StoredMsg, key: string): Newest => ({
  stored: { key, value: data, revision: seq, storedAtMs: time.getTime() },
  deleted: isMarked(header),
  atMs: time.getTime(),
});

const isMarked = (header: MsgHdrs | undefined): boolean => header !== undefined && isMarker(header);

/** Also used for single reads: a key that is not there is no failure. */
export async function messageOrNull(
  manager: JetStreamManager,
  stream: string,
  query: MsgRequest,
): Promise<StoredMsg | null> {
  try {
    return await manager.streams.getMessage(stream, query);
  } catch (cause) {
    if (apiCode(cause) === MESSAGE_NOT_FOUND) return null;
    throw cause;
  }
}

/** A message that says its key was deleted or purged. */
export const isMarker = (header: MsgHdrs): boolean =>
  ['DEL', 'PURGE'].includes(header.get('KV-Operation'));

/** The code of a JetStream API error; undefined = another kind of error. */
export const apiCode = (cause: unknown): number | undefined =>
  cause instanceof NatsError ? cause.api_error?.err_code : undefined;
