import type { Ack, DesiredState } from '../../shared/command.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { specHashOf } from '../../shared/spec-hash.js';
import { cutText } from '../../shared/text.js';
import type { ClusterState, HostRefusal, HostRefusals, NodeRecord } from './model.js';

/** What is kept of an agent's words: they are stored, and go into longer sentences. */
export const MAX_REFUSAL_REASON = 1000;

/** Nothing is refused. */
export const NO_REFUSALS: HostRefusals = new Map();

/**
 * The refusals of a node after an ack, or after the desired state that it answers was stored, which
 * may be known later. Only an answer to the desired state that is stored counts, because it alone
 * says which version of a job was refused. Jobs that are gone are forgotten.
 */
export function refusalsAfter(
  { jobs }: Pick<ClusterState, 'jobs'>,
  { desired, refusals }: NodeRecord,
  ack: Ack,
): HostRefusals {
  const isNews = refusals.size > 0 || ack.allocations.some(({ refused }) => refused === true);
  if (!isNews || desired === null || !isAnswerTo(ack, desired)) return refusals;
  const next = new Map([...refusals].filter(([job]) => jobs.has(job)));
  const wanted = new Map(desired.allocations.map((each) => [each.id, each]));
  for (const { id, ok, refused, reason: said } of ack.allocations) {
    const want = wanted.get(id);
    if (want?.spec === undefined) continue;
    if (ok || refused !== true) {
      // An older version that waits for its turn says nothing of the newest one.
      if (isNewestOf(jobs, want)) next.delete(want.job);
    } else {
      const reason = cutText(said, MAX_REFUSAL_REASON);
      next.set(want.job, { specHash: specHashOf(want.spec), bootId: ack.bootId, reason });
    }
  }
  return isSame(refusals, next) ? refusals : next;
}

function isNewestOf(
  jobs: ClusterState['jobs'],
  { job, spec }: Pick<DesiredState['allocations'][number], 'job' | 'spec'>,
): boolean {
  const newest = jobs.get(job)?.spec;
  return spec === undefined || newest === undefined || specHashOf(spec) === specHashOf(newest);
}

const isAnswerTo = ({ asked }: Ack, desired: DesiredState): boolean =>
  asked.incarnation === desired.incarnation &&
  asked.epoch === desired.epoch &&
  asked.revision === desired.revision;

const isSame = (a: HostRefusals, b: HostRefusals): boolean =>
  a.size === b.size &&
  [...a].every(([job, { bootId, ...fact }]) => {
    const other = b.get(job);
    return other?.bootId === bootId && isSameRefusal(fact, other);
  });

/** Whether both say the same of the same version of the job. */
export const isSameRefusal = (
  a: Pick<HostRefusal, 'specHash' | 'reason'> | undefined,
  b: Pick<HostRefusal, 'specHash' | 'reason'>,
): boolean => a?.specHash === b.specHash && a.reason === b.reason;

/** Why the host does not take the job as it is now; undefined = nothing is known against it. */
export function refusalOn({ refusals, report }: NodeRecord, spec: JobSpec): string | undefined {
  const found = refusals.get(spec.name);
  if (found === undefined || found.bootId !== report?.bootId) return undefined;
  return found.specHash === specHashOf(spec) ? found.reason : undefined;
}

/** A job that a host does not take as it is now, and why. */
export interface RefusedJob {
  readonly job: JobName;
  readonly why: string;
}

/** All of them. */
export function refusedOn(
  { jobs }: Pick<ClusterState, 'jobs'>,
  node: NodeRecord,
): readonly RefusedJob[] {
  if (node.refusals.size === 0) return NONE_REFUSED;
  return [...node.refusals.keys()].flatMap((job): readonly RefusedJob[] => {
    const spec = jobs.get(job)?.spec;
    const why = spec === undefined ? undefined : refusalOn(node, spec);
    return why === undefined ? [] : [{ job, why }];
  });
}

const NONE_REFUSED: readonly RefusedJob[] = [];

/** Whether two states of a node refuse the same. */
export const hasSameRefusals = (a: NodeRecord, b: NodeRecord): boolean =>
  a.refusals === b.refusals && (a.refusals.size === 0 || a.report?.bootId === b.report?.bootId);
