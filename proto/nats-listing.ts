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
import type { StoredValue } from './store.js';

const MESSAGE_NOT_FOUND = 10037;

export interface Listing {
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly stream: string;
  /** What stands before the key in a subject. */
  readonly prefix: string;
  /** How long the next message may take, ms. */
  readonly timeoutMs: number;
}

/** The newest message of a key. */
interface Newest {
  readonly stored: StoredValue;
  readonly deleted: boolean;
}

type Found = Map<string, Newest>;

/**
 * Every live key of a bucket with its value, as the stream's leader has it when this is called. The bulk comes from a consumer, which may sit with a replica that
 * is behind; what is newer, and what is there no more, is then asked of the leader. Throws what the calls throw.
 */
export async function readAll(listing: Listing): Promise<readonly StoredValue[]> {
  const { manager, stream } = listing;
  if ((await manager.streams.info(stream)).state.messages === 0) return [];
  const found: Found = new Map();
  await readBulk(listing, found);
  await readNewer(listing, found);
  if ((await manager.streams.info(stream)).state.messages !== found.size) await compareKeys(listing, found);
  return [...found.values()].flatMap(({ stored, deleted }) => (deleted ? [] : [stored]));
}

async function readBulk(listing: Listing, found: Found): Promise<void> {
  const { js, stream, prefix, timeoutMs } = listing;
  const options = consumerOpts();
  options.bindStream(stream);
  options.orderedConsumer();
  options.deliverAll();
  options.inactiveEphemeralThreshold(nanos(2 * timeoutMs));
  const subscription = await js.subscribe(`${prefix}>`, options);
  try {
    const { num_pending: pending, delivered } = await subscription.consumerInfo();
    if (pending > 0 || delivered.consumer_seq > 0) await readUntilNoneIsPending(listing, subscription, found);
  } finally {
    await subscription.destroy().catch(() => {});
  }
}

async function readUntilNoneIsPending(
  { prefix, timeoutMs, stream }: Listing,
  subscription: JetStreamSubscription,
  found: Found,
): Promise<void> {
  const silence = setTimeout(() => subscription.unsubscribe(), timeoutMs);
  try {
    for await (const message of subscription) {
      silence.refresh();
      const { subject, data, seq, headers, info } = message;
      keep(found, { key: subject.slice(prefix.length), value: data, revision: seq }, headers);
      if (info.pending === 0) return;
    }
    throw new Error(`the messages of ${stream} stopped coming for ${timeoutMs} ms, or their subscription ended`);
  } finally {
    clearTimeout(silence);
  }
}

async function readNewer({ manager, stream, prefix }: Listing, found: Found): Promise<void> {
  let newest = 0;
  for (const { stored } of found.values()) newest = Math.max(newest, stored.revision);
  for (;;) {
    const next = await messageOrNull(manager, stream, { seq: newest + 1, next_by_subj: `${prefix}>` } as MsgRequest);
    if (next === null) return;
    const { subject, data, seq, header } = next;
    keep(found, { key: subject.slice(prefix.length), value: data, revision: seq }, header);
    newest = seq;
  }
}

// Keys that are gone leave nothing behind that could be read.
async function compareKeys({ manager, stream, prefix }: Listing, found: Found): Promise<void> {
  const info = await manager.streams.info(stream, { subjects_filter: `${prefix}>` });
  const keys = new Set(Object.keys(info.state.subjects ?? {}).map((subject) => subject.slice(prefix.length)));
  for (const key of [...found.keys()]) if (!keys.has(key)) found.delete(key);
  for (const key of keys) {
    if (found.has(key)) continue;
    const message = await messageOrNull(manager, stream, { last_by_subj: `${prefix}${key}` });
    if (message !== null) keep(found, { key, value: message.data, revision: message.seq }, message.header);
  }
}

function keep(found: Found, stored: StoredValue, header: MsgHdrs | undefined): void {
  const { key, revision } = stored;
  if ((found.get(key)?.stored.revision ?? 0) < revision)
    found.set(key, { stored, deleted: header !== undefined && isMarker(header) });
}

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

export const isMarker = (header: MsgHdrs): boolean => ['DEL', 'PURGE'].includes(header.get('KV-Operation'));

export const apiCode = (cause: unknown): number | undefined =>
  cause instanceof NatsError ? cause.api_error?.err_code : undefined;
