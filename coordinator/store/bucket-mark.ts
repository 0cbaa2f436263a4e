import {
  type BucketName,
  MARK_KEY,
  type StoredValue,
  type StoreFailure,
} from '../../proto/store.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Identity } from './lease.js';
import type { Stores } from './persistence.js';

/**
 * Whose bucket it is, kept in the bucket itself: one that was removed and made anew has none, and
 * is not taken for an empty cluster.
 */
export interface Mark {
  readonly incarnation: string;
  /** Of the leader that wrote it. */
  readonly epoch: number;
}

/** Buckets that carry a mark; the lease is its own. */
export const MARKED = [
  'jobs',
  'desired',
  'nodes',
  'profiles',
] as const satisfies readonly BucketName[];
export type MarkedBucket = (typeof MARKED)[number];
/**
 * Those that nothing else tells of, and without which containers would be stopped: their loss is
 * for an operator to decide on.
 */
export const VITAL: readonly MarkedBucket[] = ['jobs'];

export type Marks = { readonly [Bucket in MarkedBucket]: Mark | null };

/**
 * The mark of each bucket; null = it has none. Fails where one bucket does not answer or is gone.
 */
export async function readMarks(
  stores: Stores,
): Promise<Result<Marks, { bucket: MarkedBucket; failure: StoreFailure }>> {
  const entries: [MarkedBucket, Mark | null][] = [];
  for (const bucket of MARKED) {
    const read = await stores[bucket].get(MARK_KEY);
    if (!read.ok) return err({ bucket, failure: read.error });
    entries.push([bucket, read.value === null ? null : parseMark(read.value)]);
  }
  return ok(Object.fromEntries(entries) as Marks);
}

/**
 * What the buckets know of a lease that is gone: their incarnation, and the highest epoch seen.
 * null = they are as new as it is.
 */
export async function recallFrom(stores: Stores): Promise<Result<Identity | null, StoreFailure>> {
  const marks = await readMarks(stores);
  if (!marks.ok) return err(marks.error.failure);
  const known = MARKED.flatMap((bucket) => marks.value[bucket] ?? []);
  const [first] = known;
  if (first === undefined) return ok(null);
  return ok({
    incarnation: first.incarnation,
    epoch: Math.max(...known.map(({ epoch }) => epoch)),
    isMarked: true,
  });
}

export const writeMark = (stores: Stores, bucket: MarkedBucket, { incarnation, epoch }: Mark) =>
  stores[bucket].put(MARK_KEY, new TextEncoder().encode(JSON.stringify({ incarnation, epoch })));

function parseMark({ value }: StoredValue): Mark | null {
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
