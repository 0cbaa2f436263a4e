import type { Requester } from '../../proto/requester.js';
import { requesterName } from '../../proto/requester.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Fault } from '../../shared/result.js';
import type { JobRecord } from '../state/model.js';
import { isOwn, mayAll } from './ownership.js';

/** What one submitter may have of a kind at a time. */
export interface QuotaBound {
  readonly max: number;
  /** Of single ones, by the name that jobs show as their owner. */
  readonly maxOf: ReadonlyMap<string, number>;
}

/** How many jobs, and replicas of them all, one submitter may have at a time. */
export interface Quota {
  readonly jobs: QuotaBound;
  readonly replicas: QuotaBound;
}

/** Who submits, and what such a one may have; absent = any. */
export interface QuotaRule {
  readonly by: Requester;
  readonly quota: Quota | undefined;
}

/**
 * Why a submitter, person or token, would have more jobs or replicas than it may; empty = it would
 * not. Who has more already, as by a bound that was lowered, may change and shrink what it has.
 */
export function quotaFaults(
  jobs: readonly JobSpec[],
  known: ReadonlyMap<JobName, Pick<JobRecord, 'spec' | 'owner'>>,
  { by, quota }: QuotaRule,
): readonly Fault[] {
  if (quota === undefined || mayAll(by)) return [];
  const before = new Map<JobName, number>();
  for (const [name, { owner, spec }] of known)
    if (owner !== undefined && isOwn(by, owner)) before.set(name, spec.replicas);
  const after = new Map(before);
  for (const { name, replicas } of jobs) {
    const owner = known.get(name)?.owner;
    // Of the jobs of others is said that they are not its own.
    if (owner === undefined || isOwn(by, owner)) after.set(name, replicas);
  }
  const who = requesterName(by);
  return (['jobs', 'replicas'] as const).flatMap((kind): readonly Fault[] => {
    const count = (of: ReadonlyMap<JobName, number>): number =>
      kind === 'jobs' ? of.size : [...of.values()].reduce((sum, each) => sum + each, 0);
    const [has, { max, maxOf }] = [count(after), quota[kind]];
    const most = maxOf.get(who) ?? max;
    if (has <= most || has <= count(before)) return [];
    const message =
      `${who} would have ${has} ${kind} at a time, and may have ${most} here: stop jobs that are ` +
      `not needed, or ask an operator for more (submitter.${kind}-max in coordinator.yaml)`;
    return [{ code: 'auth.quota', field: kind, message }];
  });
}
