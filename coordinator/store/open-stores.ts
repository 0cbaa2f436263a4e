import {
  BUCKETS,
  type BucketName,
  type KeyValueStore,
  MARK_KEY,
  type StoreProvider,
} from '../../proto/store.js';
import type { ErrorCode } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { LeaseFailure } from './lease.js';

/** All buckets of a cluster, by name. */
export type Stores = { readonly [Bucket in BucketName]: KeyValueStore };

const CODES: Readonly<Record<LeaseFailure, ErrorCode>> = {
  'missing-bucket': 'nats.unavailable',
  unknown: 'store.silent',
  conflict: 'store.silent',
  exhausted: 'store.lost',
  'no-jetstream': 'nats.unavailable',
  denied: 'nats.unavailable',
  'too-few-servers': 'nats.unavailable',
  full: 'service.full',
  refused: 'nats.unavailable',
};

/** The fault of a bucket that failed: what is wrong and what to do, in one sentence. */
export function storeFault(bucket: string, failure: LeaseFailure): Fault {
  const sentences: Record<LeaseFailure, string> = {
    'missing-bucket':
      `the bucket ${bucket} does not exist: make it once with "dqoes coordinator --install" ` +
      'and its other options, and if it existed before, find out who removed it (its absence ' +
      'does not mean an empty cluster)',
    unknown:
      `the bucket ${bucket} does not answer: its NATS servers are electing a leader, or more ` +
      'than half of them are down',
    conflict:
      `another process keeps writing to the bucket ${bucket}: is a second coordinator ` +
      'starting?',
    'no-jetstream':
      `the bucket ${bucket} cannot be reached: NATS runs without JetStream, switch it on ` +
      '(nats-server -js, or jetstream {} in its configuration)',
    denied:
      `the bucket ${bucket} may not be used with these credentials: give those of a ` +
      'coordinator (nats.credentials)',
    'too-few-servers':
      `the bucket ${bucket} cannot have nats.replicas copies: run at least that number of NATS ` +
      'servers with JetStream, or lower nats.replicas',
    full:
      `the bucket ${bucket} holds as many bytes as it may, or the disk of NATS does: stop jobs ` +
      'that are not needed, or give the stream more (nats stream edit KV_… --max-bytes)',
    refused:
      `the bucket ${bucket} does not take values of this size: let it take 1 MiB (nats stream ` +
      'edit KV_… --max-msg-size)',
    exhausted:
      `no later epoch is left: marks in the buckets beside ${bucket} were forged; delete the key ` +
      `${MARK_KEY} in each of them`,
  };
  return { code: CODES[failure], field: bucket, message: sentences[failure] };
}

/** Opens all buckets; the faults name every bucket that could not be opened. */
export async function openStores(
  provider: StoreProvider,
  cluster: string,
): Promise<Result<Stores>> {
  const opened = await Promise.all(BUCKETS.map((bucket) => provider.open(cluster, bucket)));
  const faults = opened.flatMap((result, i) =>
    result.ok ? [] : [storeFault(BUCKETS[i] ?? '', result.error)],
  );
  if (faults.length > 0) return err(faults);
  const entries = opened.flatMap((result, i) => (result.ok ? [[BUCKETS[i], result.value]] : []));
  return ok(Object.fromEntries(entries) as Stores);
}
