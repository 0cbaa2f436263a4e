import { Empty, type NatsConnection } from 'nats';
import type { StoredValue } from '../store.js';
import { directGetSubject } from '../subjects.js';
import { isMarker } from './listing.js';

/** Which key is read, over which connection. */
export interface DirectGet {
  readonly connection: NatsConnection;
  readonly bucket: string;
  readonly key: string;
  /** Deadline, ms. */
  readonly timeoutMs: number;
}

const NOT_FOUND = 404;

/**
 * Reads one key by a request whose subject ends in the key, so that permissions can tell keys apart
 * (NATS ADR-31). Any replica answers. null = no such key, or it was deleted. Throws what the
 * request throws.
 */
export async function directGet(asked: DirectGet): Promise<StoredValue | null> {
  const { connection, bucket, key, timeoutMs } = asked;
  const subject = directGetSubject(bucket, key);
  const { headers, data } = await connection.request(subject, Empty, { timeout: timeoutMs });
  if (headers?.code === NOT_FOUND) return null;
  const revision = Number(headers?.get('Nats-Sequence'));
  if (headers === undefined || !Number.isSafeInteger(revision) || revision < 1)
    throw new Error(`a direct get was refused: ${headers?.status ?? 'it has no headers'}`);
  return isMarker(headers) ? null : { key, value: data, revision };
}
