import type { CommandCodec } from '../../proto/command-codec.js';
import { isWithinReach } from '../../shared/command.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import {
  type BucketMarks,
  MARKED_BUCKETS,
  type MarkedBucket,
  readable,
  readMarks,
  VITAL_BUCKETS,
  writeMark,
} from './bucket-mark.js';
import type { Lease } from './lease.js';
import { type Stores, storeFault } from './open-stores.js';
import { type LastKnown, refill } from './refill.js';

/** The lease in whose name the buckets are claimed, and what to refill lost ones with. */
export interface ReclaimOptions {
  readonly lease: Lease;
  /** From our last term; absent where there was none or another coordinator has led since. */
  readonly lastKnown?: LastKnown;
  /** Buckets that an operator allows to be used as they are (`--accept-lost`). */
  readonly acceptLost: readonly MarkedBucket[];
  readonly log: Log;
  readonly commands: CommandCodec;
  /** Asked before each write, because a process that stood still may have been replaced. */
  readonly leads: () => boolean;
}

/** A lost bucket and the number of values it was refilled with. */
export interface RefilledBucket {
  readonly bucket: MarkedBucket;
  readonly values: number;
}

/**
 * Marks all buckets as ours before anything is read from them. A lost bucket (one without a mark
 * although the cluster is not new) is refilled from `lastKnown`. Without that, a lost bucket of
 * jobs is the fault `store.lost`, because acting on it would stop containers; the content of other
 * buckets is learnt again from what runs. A bucket of another cluster is a fault in any case.
 */
export async function reclaim(
  stores: Stores,
  options: ReclaimOptions,
): Promise<Result<readonly RefilledBucket[]>> {
  const marks = await readMarks(stores);
  if (!marks.ok) return err([storeFault(marks.error.bucket, marks.error.failure)]);
  const { lease, lastKnown, acceptLost, log, commands, leads } = options;
  // A candidate that could not read the marks believed the lease; the next one rebuilds it.
  if (!isLedFrom(lease, marks.value)) return err([storeFault('lease', 'conflict')]);
  const foreign = MARKED_BUCKETS.flatMap((bucket) => foreignFault(bucket, lease, marks.value));
  if (foreign.length > 0) return err(foreign);
  const lost =
    lease.isMarked === true ? MARKED_BUCKETS.filter((bucket) => marks.value[bucket] === null) : [];
  const refused = lost.filter(
    (bucket) =>
      lastKnown === undefined && VITAL_BUCKETS.includes(bucket) && !acceptLost.includes(bucket),
  );
  if (refused.length > 0) return err(refused.map(lostFault));
  const refilled: RefilledBucket[] = [];
  for (const bucket of lastKnown === undefined ? [] : lost) {
    const filled = await refill(stores, bucket, {
      lastKnown: lastKnown as LastKnown,
      epoch: lease.epoch,
      commands,
      leads,
    });
    if (!filled.ok) return err([storeFault(bucket, filled.error)]);
    refilled.push({ bucket, values: filled.value });
  }
  if (lastKnown === undefined)
    for (const bucket of lost)
      log.error('coordinator: a bucket was lost; it is used as it is', { bucket });
  return (await markAll(stores, { lease, leads, marks: marks.value })) ?? ok(refilled);
}

/** Whether the epoch of the lease is within reach of that of any mark of its cluster. */
function isLedFrom({ incarnation, epoch }: Lease, marks: BucketMarks): boolean {
  const own = readable(marks).filter((mark) => mark.incarnation === incarnation);
  return own.length === 0 || own.some((mark) => isWithinReach(epoch, mark.epoch));
}

interface Marking extends Pick<ReclaimOptions, 'lease' | 'leads'> {
  /** As they were. */
  readonly marks: BucketMarks;
}

// A bucket that is full keeps the mark it has: that it is ours is what counts, and who leads is the
// one that makes room.
async function markAll(
  stores: Stores,
  { lease, leads, marks }: Marking,
): Promise<Result<never> | undefined> {
  for (const bucket of MARKED_BUCKETS) {
    if (!leads()) return err([storeFault(bucket, 'conflict')]);
    const put = await writeMark(stores, bucket, lease);
    const isKept = !put.ok && put.error === 'full' && isMarkedBy(marks[bucket], lease);
    if (!put.ok && !isKept) return err([storeFault(bucket, put.error)]);
  }
  return undefined;
}

const isMarkedBy = (mark: BucketMarks[MarkedBucket], { incarnation }: Lease): boolean =>
  mark !== null && mark !== 'damaged' && mark.incarnation === incarnation;

const lostFault = (bucket: MarkedBucket): Fault => ({
  code: 'store.lost',
  field: bucket,
  message:
    `the bucket ${bucket} was created again although the cluster is not new: restore it from a ` +
    'backup, or accept the loss (containers without a job are stopped) by starting a coordinator ' +
    `once with --accept-lost ${bucket} beside its other options`,
});

/** The fault of a bucket that is marked as another cluster's; none = it is not. */
function foreignFault(
  bucket: MarkedBucket,
  { incarnation }: Lease,
  marks: BucketMarks,
): readonly Fault[] {
  const mark = marks[bucket];
  if (mark === null || mark === 'damaged' || mark.incarnation === incarnation) return [];
  const message =
    `the bucket ${bucket} belongs to the cluster ${mark.incarnation}, the lease to ` +
    `${incarnation}: restore both from the same backup`;
  return [{ code: 'store.lost', field: bucket, message }];
}
