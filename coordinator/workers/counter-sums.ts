import type { WorkerCounters } from './worker-link.js';

type Sums<T> = { readonly [K in keyof T]: number };

/** What all of them have counted. */
export function sumOf(
  all: readonly WorkerCounters[],
  own: WorkerCounters['events'],
): WorkerCounters {
  const rejected = new Map<string, number>();
  for (const { ingest } of all)
    for (const [code, count] of ingest.rejected)
      rejected.set(code, (rejected.get(code) ?? 0) + count);
  const ingests = all.map(({ ingest: { accepted, superseded, waiting } }) => ({
    ...{ accepted, superseded, waiting },
  }));
  return {
    ingest: { ...sums(ingests, { accepted: 0, superseded: 0, waiting: 0 }), rejected },
    dispatch: sums(
      all.map(({ dispatch }) => dispatch),
      { written: 0, nudged: 0, conflicts: 0, failed: 0 },
    ),
    events: sums(
      all.map(({ events }) => events),
      own,
    ),
    minutes: sums(
      all.map(({ minutes }) => minutes),
      { dropped: 0 },
    ),
  };
}

/** Field by field, of the fields of `start`. */
function sums<T extends Sums<T>>(all: readonly T[], start: T): T {
  const keys = Object.keys(start) as (keyof T)[];
  return Object.fromEntries(
    keys.map((key) => [key, all.reduce<number>((sum, each) => sum + each[key], start[key])]),
  ) as unknown as T;
}
