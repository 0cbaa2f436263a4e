import type { JobStatus } from '../../proto/schemas/status.js';

/** Beyond it a client refuses the whole answer (`reason` in `proto/schemas/job`). */
export const MAX_REASON = 4096;

/** Few enough to fit into a message (`SERVICE_MAX_BYTES`), however long their texts are. */
const ALWAYS_SHOWN = 8;
const MAX_ALLOCATIONS_BYTES = 400 * 1024;
const MAX_REASONS_BYTES = 200 * 1024;

/**
 * The status as it fits into a message: what hosts say of one job must not keep the others from
 * being listed.
 */
export function fitting<T extends Pick<JobStatus, 'allocations' | 'reasons'>>(job: T): T {
  if (job.allocations.length <= ALWAYS_SHOWN) return job;
  const allocations = firstWithin(job.allocations, MAX_ALLOCATIONS_BYTES);
  const all = job.allocations.length;
  const hidden = all - allocations.length;
  const note = `${hidden} of its ${all} containers are not listed here: too many`;
  const reasons = firstWithin(job.reasons, MAX_REASONS_BYTES);
  return { ...job, allocations, reasons: hidden === 0 ? reasons : [note, ...reasons] };
}

const UTF8 = new TextEncoder();

/** As many of the first as have at most `maxBytes` as JSON. */
function firstWithin<T>(items: readonly T[], maxBytes: number): readonly T[] {
  let left = maxBytes;
  const end = items.findIndex((each) => {
    left -= UTF8.encode(JSON.stringify(each)).length;
    return left < 0;
  });
  return end < 0 ? items : items.slice(0, end);
}
