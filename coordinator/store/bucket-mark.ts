import {
  type BucketName,
  MARK_KEY,
  type StoredValue,
  type StoreFailure,
} from '../../proto/store.js';
import { isWithinReach } from '../../shared/command.js';
import { err, ok, type Result } from '../../shared/result.js';
import { isEpoch, type RecalledIdentity } from './lease.js';
import type { Stores } from './open-stores.js';

/**
 * The owner of a bucket, kept in the bucket itself. A bucket that was removed and created again has
 * none, and so is not mistaken for that of an empty cluster.
 */
export interface BucketMark {
  readonly incarnation: string;
  /** Epoch of the leader that wrote it. */
  readonly epoch: number;
}

/** Buckets that carry a mark; the lease is a mark itself. */
export const MARKED_BUCKETS = [
  'jobs',
  'desired',
  'nodes',
  'profiles',
] as const satisfies readonly BucketName[];
/** Name of a bucket that carries a mark. */
export type MarkedBucket = (typeof MARKED_BUCKETS)[number];
/**
 * Buckets whose content cannot be learnt from what runs and without which containers would be
 * stopped: an operator decides what to do about their loss.
 */
export const VITAL_BUCKETS: readonly MarkedBucket[] = ['jobs'];

/** The mark of each bucket; null = it has none, as one that was created again. */
export type BucketMarks = { readonly [Bucket in MarkedBucket]: BucketMark | 'damaged' | null };

/** The marks that can be read. */
export const readable = (marks: BucketMarks): readonly BucketMark[] =>
  MARKED_BUCKETS.flatMap((bucket) => {
    const mark = marks[bucket];
    return mark === null || mark === 'damaged' ? [] : [mark];
  });

/** Reads all marks. Fails with the first bucket that does not answer or is gone. */
export async function readMarks(
  stores: Stores,
): Promise<Result<BucketMarks, { bucket: MarkedBucket; failure: StoreFailure }>> {
  const all = await Promise.all(MARKED_BUCKETS.map((bucket) => stores[bucket].get(MARK_KEY)));
  const entries: [MarkedBucket, BucketMarks[MarkedBucket]][] = [];
  for (const [i, bucket] of MARKED_BUCKETS.entries()) {
    const read = all[i];
    if (read === undefined) continue;
    if (!read.ok) return err({ bucket, failure: read.error });
    entries.push([bucket, read.value === null ? null : parseMark(read.value)]);
  }
  return ok(Object.fromEntries(entries) as BucketMarks);
}

/**
 * What the marks tell of a lease that is gone: the incarnation of most of them, and the highest of
 * their epochs that is within reach of the one before it: a single forged mark is not believed.
 * null = no bucket carries a mark, so the cluster is new.
 */
export async function identityFromMarks(
  stores: Stores,
): Promise<Result<RecalledIdentity | null, StoreFailure>> {
  const marks = await readMarks(stores);
  if (!marks.ok) return err(marks.error.failure);
  const known = readable(marks.value);
  const incarnation = mostFrequent(known.map((mark) => mark.incarnation));
  if (incarnation === undefined) return ok(null);
  const epochs = known.flatMap((mark) => (mark.incarnation === incarnation ? [mark.epoch] : []));
  return ok({
    incarnation,
    epoch: highestWithinReach(epochs),
    isMarked: true,
    ...(2 * epochs.length > MARKED_BUCKETS.length ? { isAgreed: true as const } : {}),
  });
}

/** The most frequent text, of equally frequent ones the first; undefined = there is none. */
function mostFrequent(texts: readonly string[]): string | undefined {
  const countOf = (text: string): number => texts.filter((each) => each === text).length;
  return texts.reduce<string | undefined>(
    (best, text) => (best !== undefined && countOf(best) >= countOf(text) ? best : text),
    undefined,
  );
}

const highestWithinReach = (epochs: readonly number[]): number =>
  [...epochs]
    .sort((a, b) => a - b)
    .reduce((highest, epoch, i) => (i === 0 || isWithinReach(epoch, highest) ? epoch : highest));

/** Writes the mark of a bucket, whatever it held before. */
export const writeMark = (
  stores: Stores,
  bucket: MarkedBucket,
  { incarnation, epoch }: BucketMark,
) => stores[bucket].put(MARK_KEY, new TextEncoder().encode(JSON.stringify({ incarnation, epoch })));

function parseMark({ value }: StoredValue): BucketMark | 'damaged' {
  try {
    const { incarnation, epoch } = JSON.parse(new TextDecoder().decode(value)) as Readonly<
      Record<string, unknown>
    >;
    if (typeof incarnation !== 'string' || incarnation === '' || !isEpoch(epoch)) return 'damaged';
    return { incarnation, epoch };
  } catch {
    return 'damaged';
  }
}
