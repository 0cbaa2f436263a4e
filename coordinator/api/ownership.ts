import { UNKNOWN_OWNER } from '../../proto/job.js';
import { type Requester, requesterName } from '../../proto/requester.js';
import type { JobName } from '../../shared/ids.js';
import type { Fault } from '../../shared/result.js';
import type { JobRecord } from '../state/model.js';

/** The owner of a job that this requester submits first; undefined = nobody is known. */
export function ownerOf(by: Requester): string | undefined {
  return by.kind === 'unknown' ? undefined : requesterName(by);
}

/**
 * Why a requester may not change or stop these jobs; empty = it may. A submitter, person or token,
 * may change its own jobs and those without an owner, but none whose owner was lost; an operator
 * all. Where NATS does not say which role a key has, nothing is refused.
 */
export function ownerFaults(
  names: Iterable<JobName>,
  known: ReadonlyMap<JobName, JobRecord>,
  by: Requester,
): readonly Fault[] {
  if (by.kind === 'unknown' || by.kind === 'key' || by.role === 'operator') return [];
  const own = requesterName(by);
  const isMine = (owner: string): boolean =>
    owner !== UNKNOWN_OWNER && (owner === own || (by.kind === 'user' && owner === by.publicKey));
  return [...new Set(names)].flatMap((name): readonly Fault[] => {
    const owner = known.get(name)?.owner;
    if (owner === undefined || isMine(owner)) return [];
    if (owner === UNKNOWN_OWNER) return [ownerLost(name)];
    const message =
      `job ${name} belongs to ${owner}, not to ${own}: ask ${owner} or an operator to change ` +
      'or stop it, or give yours another name';
    return [{ code: 'auth.not-owner', field: 'name', message }];
  });
}

const ownerLost = (name: JobName): Fault => ({
  code: 'auth.not-owner',
  field: 'name',
  message:
    `job ${name} was rebuilt after damage and its owner is lost: ask an operator to change it, ` +
    'or to stop it, and submit it again',
});
