import {
  type BucketName,
  MARK_KEY,
  type StoredValue,
  type StoreFailure,
} from '../../proto/store.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { ClusterIdentity } from './lease.js';
import type { Stores } from './persistence.js';

/**
 * Whose bucket it is, kept in the bucket itself: one that was removed and made anew has none, and
 * is not taken for an empty cluster.
 */
export interface BucketMark {
  readonly incarnation: string;
  /** Of the leader that wrote it. */
  readonly epoch: number;
}

/** Buckets that carry a mark; the lease is its own. */
export const MARKED_BUCKETS = [
  'jobs',
  'desired',
  'nodes',
  'profiles',
] as const satisfies readonly BucketName[];
export type MarkedBucket = (typeof MARKED_BUCKETS)[number];
/**
 * Those that nothing else tells of, and without which containers would be stopped: their loss is
 * for an operator to decide on.
 */
export const VITAL_BUCKETS: readonly MarkedBucket[] = ['jobs'];

export type BucketMarks = { readonly [Bucket in MarkedBucket]: BucketMark | null };

/**
 * The mark of each bucket; null = it has none. Fails where one bucket does not answer or is gone.
 */
export async function readMarks(
  stores: Stores,
): Promise<Result<BucketMarks, { bucket: MarkedBucket; failure: StoreFailure }>> {
  const entries: [MarkedBucket, BucketMark | null][] = [];
  for (const bucket of MARKED_BUCKETS) {
    const read = await stores[bucket].get(MARK_KEY);
    if (!read.ok) return err({ bucket, failure: read.error });
    entries.push([bucket, read.value === null ? null : parseMark(read.value)]);
  }
  return ok(Object.fromEntries(entries) as BucketMarks);
}

/**
 * What the buckets know of a lease that is gone: their incarnation, and the highest epoch seen.
 * null = they are as new as it is.
 */
export async function identityFromMarks(
  stores: Stores,
): Promise<Result<ClusterIdentity | null, StoreFailure>> {
  const marks = await readMarks(stores);
  if (!marks.ok) return err(marks.error.failure);
  const known = MARKED_BUCKETS.flatMap((bucket) => marks.value[bucket] ?? []);
  const [first] = known;
  if (first === undefined) return ok(null);
  return ok({
    incarnation: first.incarnation,
    epoch: Math.max(...known.map(({ epoch }) => epoch)),
    isMarked: true,
  });
}

export const writeMark = (
  stores: Stores,
  bucket: MarkedBucket,
  { incarnation, epoch }: BucketMark,
) => stores[bucket].put(MARK_KEY, new TextEncoder().encode(JSON.stringify({ incarnation, epoch })));

function parseMark({ value }: StoredValue): BucketMark | null {
  try {
    const { incarnation, epoch } = JSON.parse(new TextDecoder().decode(value)) as Readonly<
      Record<string, unknown>
    >;
    if (typeof incarnation !== 'string' || incarnation === '' || !Number.isSafeInteger(epoch))
      return null;
    return { incarnation, epoch: epoch as number };
  } catch {
    return null;
  }
}
