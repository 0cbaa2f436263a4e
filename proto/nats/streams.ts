import { DiscardPolicy, nanos, RetentionPolicy, StorageType, type StreamConfig } from 'nats';
import { bucketStreamOf, hintSubject, keySubject } from '../subjects.js';

/** The configuration of a stream that is to be made. */
export type StreamPlan = Partial<StreamConfig> & { readonly name: string };

const DAY_MS = 86_400_000;

/** A KV bucket as `nats kv add` makes it, plus hints. History of one, file storage. */
export function bucketStream(bucket: string, replicas: 1 | 3): StreamPlan {
  return {
    name: bucketStreamOf(bucket),
    subjects: [keySubject(bucket, '>')],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    num_replicas: replicas,
    max_msgs_per_subject: 1,
    max_msg_size: 1024 * 1024,
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
    max_bytes: 256 * 1024 * 1024,
    max_msg_size: 64 * 1024,
    duplicate_window: nanos(120_000),
    discard: DiscardPolicy.Old,
    allow_direct: true,
  };
}
