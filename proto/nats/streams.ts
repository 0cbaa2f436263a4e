import {
  DiscardPolicy,
  nanos,
  RetentionPolicy,
  StorageType,
  StoreCompression,
  type StreamConfig,
} from 'nats';
import type { BucketName } from '../store.js';
import { bucketStreamOf, hintSubject, keySubject } from '../subjects.js';

/** The configuration of a stream that is to be made. */
export type StreamPlan = Partial<StreamConfig> & { readonly name: string };

const DAY_MS = 86_400_000;

const MIB = 1024 * 1024;
/**
 * What each bucket holds at most, bytes, markers of deleted keys included: 64 KiB of desired state
 * for each of 2000 nodes, 1.3 KiB for each of 50 000 jobs. The server reserves the sum on its disk,
 * so it is not larger than needed.
 */
export const MAX_BUCKET_BYTES: Readonly<Record<BucketName, number>> = {
  jobs: 64 * MIB,
  desired: 128 * MIB,
  nodes: 16 * MIB,
  profiles: 32 * MIB,
  lease: MIB,
};
/** The same of each stream. */
const MAX_STREAM_BYTES = { events: 256 * MIB, audit: 64 * MIB, history: 384 * MIB };
/** What the buckets and streams of a cluster reserve together, on each server that has a copy. */
export const STORAGE_MIB =
  [...Object.values(MAX_BUCKET_BYTES), ...Object.values(MAX_STREAM_BYTES)].reduce(
    (sum, bytes) => sum + bytes,
    0,
  ) / MIB;

/**
 * A KV bucket as `nats kv add` makes it, plus hints. History of one, file storage. A full one
 * refuses new values and keeps the old.
 */
export function bucketStream(
  bucket: string,
  { replicas, maxBytes }: { readonly replicas: 1 | 3; readonly maxBytes: number },
): StreamPlan {
  return {
    name: bucketStreamOf(bucket),
    subjects: [keySubject(bucket, '>')],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    num_replicas: replicas,
    max_msgs_per_subject: 1,
    max_msg_size: 1024 * 1024,
    max_bytes: maxBytes,
    discard: DiscardPolicy.New,
    allow_rollup_hdrs: true,
    allow_direct: true,
    deny_delete: true,
    republish: { src: keySubject(bucket, '>'), dest: hintSubject(bucket, '>'), headers_only: true },
  };
}

/**
 * Events of the last seven days, at most 256 MiB, de-duplicated by message id within two minutes.
 */
export function eventStream(
  name: string,
  options: { readonly subject: string; readonly replicas: 1 | 3 },
): StreamPlan {
  return {
    name,
    subjects: [options.subject],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    num_replicas: options.replicas,
    max_age: nanos(7 * DAY_MS),
    max_bytes: MAX_STREAM_BYTES.events,
    max_msg_size: 64 * 1024,
    duplicate_window: nanos(120_000),
    discard: DiscardPolicy.Old,
    allow_direct: true,
  };
}

/**
 * Who changed what in the last year, at most 64 MiB, the newest kept. De-duplicated as
 * events are; no message of it can be deleted.
 */
export function auditStream(
  name: string,
  options: { readonly subject: string; readonly replicas: 1 | 3 },
): StreamPlan {
  return {
    ...eventStream(name, options),
    max_age: nanos(365 * DAY_MS),
    max_bytes: MAX_STREAM_BYTES.audit,
    max_msg_size: 16 * 1024,
    deny_delete: true,
    deny_purge: true,
  };
}

/**
 * Minutes of the last 35 days, at most 384 MiB after compression, de-duplicated by message id
 * within ten minutes: that long a new leader may still write a minute that the one before began.
 */
export function historyStream(
  name: string,
  options: { readonly subject: string; readonly replicas: 1 | 3 },
): StreamPlan {
  return {
    ...eventStream(name, options),
    max_age: nanos(35 * DAY_MS),
    max_bytes: MAX_STREAM_BYTES.history,
    max_msg_size: 256 * 1024,
    duplicate_window: nanos(600_000),
    compression: StoreCompression.S2,
    deny_delete: true,
  };
}
