import { UNKNOWN_OWNER } from '../../proto/job.js';
import { APPROVAL_VERBS, type Requester, requesterName } from '../../proto/requester.js';
import { ACTIONS, type Verb } from '../../proto/schemas/verbs.js';
import type { JobName, NodeId, SecretName } from '../../shared/ids.js';
import { type JobSpec, MAX_WEIGHT, secretsOf } from '../../shared/job.js';
import type { Fault } from '../../shared/result.js';
import type { JobRecord, SecretRecord, Secrets } from '../state/model.js';

/** The owner of a job that this requester submits first; undefined = nobody is known. */
export function ownerOf(by: Requester): string | undefined {
  return by.kind === 'unknown' ? undefined : requesterName(by);
}

/** The same as part of an event, for the log of the hosts that it concerns. */
export function requestedBy(by: Requester): { readonly by?: string } {
  const name = ownerOf(by);
  return name === undefined ? {} : { by: name };
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
  if (mayAll(by)) return [];
  const own = requesterName(by);
  return [...new Set(names)].flatMap((name): readonly Fault[] => {
    const owner = known.get(name)?.owner;
    if (owner === undefined || isOwn(by, owner)) return [];
    if (owner === UNKNOWN_OWNER) return [ownerLost(name)];
    const message =
      `job ${name} belongs to ${owner}, not to ${own}: ask ${owner} or an operator to change ` +
      'or stop it, or give yours another name';
    return [{ code: 'auth.not-owner', field: 'name', message }];
  });
}

/** Whether this requester is bound to what is its own: submitters are, where NATS knows them. */
export const mayAll = (by: Requester): boolean =>
  by.kind === 'unknown' || by.kind === 'key' || ('role' in by && by.role === 'operator');

/** Whether a job is this requester's own; where nobody has a key, it is everybody's. */
export const isOwner = ({ owner }: Pick<JobRecord, 'owner'>, by: Requester): boolean =>
  by.kind === 'unknown' || (owner !== undefined && isOwn(by, owner));

/** Whether this owner of a job or a secret is the requester. */
export const isOwn = (by: Requester, owner: string): boolean =>
  owner !== UNKNOWN_OWNER &&
  (owner === requesterName(by) || (by.kind === 'user' && owner === by.publicKey));

/**
 * Why who answers a join token, or revokes the key of an agent, may not make this call: it may say
 * whether the node of that key is approved, and nothing else; empty = it may, or is somebody else.
 */
export function welcomingFaults(by: Requester, verb: Verb, asked: unknown): readonly Fault[] {
  if (by.kind !== 'welcoming') return [];
  const isApproval = APPROVAL_VERBS.some((each) => each === verb);
  if (isApproval && (asked as { readonly id: NodeId }).id === by.node) return [];
  const message = `not allowed to ${ACTIONS[verb]}: the keys of ${by.node} approve it only`;
  return [{ code: 'auth.denied', field: '', message }];
}

/** Who gives a weight, and the largest that a submitter may give; absent = any. */
export interface WeightRule {
  readonly by: Requester;
  readonly weightMax: number | undefined;
}

/**
 * Why jobs weigh more than their submitter may give; empty = they do not. One may keep the weight
 * that it has, which an operator may have given it.
 */
export function weightFaults(
  jobs: readonly JobSpec[],
  known: ReadonlyMap<JobName, Pick<JobRecord, 'spec'>>,
  { by, weightMax = MAX_WEIGHT }: WeightRule,
): readonly Fault[] {
  if (mayAll(by)) return [];
  return jobs.flatMap(({ name, weight }, i): readonly Fault[] => {
    if (weight <= Math.max(weightMax, known.get(name)?.spec.weight ?? 0)) return [];
    const message =
      `job ${name} has weight ${weight}, and a submitter may give at most ${weightMax} here: ` +
      'lower it, or ask an operator to submit it (submitter.weight-max in coordinator.yaml)';
    return [{ code: 'auth.weight', field: `jobs[${i}].weight`, message }];
  });
}

/**
 * Why jobs of this requester may not name secrets of others; empty = they may. A secret that is not
 * set yet belongs to nobody: `newSecretFaults` looks at who names it.
 */
export function foreignSecretFaults(
  jobs: readonly JobSpec[],
  secrets: Secrets,
  by: Requester,
): readonly Fault[] {
  if (mayAll(by)) return [];
  return jobs.flatMap(({ name: job, secretEnv = {} }) =>
    Object.entries(secretEnv).flatMap(([variable, name]): readonly Fault[] => {
      const secret = secrets.get(name);
      if (secret === undefined || isUsableBy(secret, by)) return [];
      const message =
        `job ${job} names the secret ${name}, which belongs to ${secret.owner}: ask for it to be ` +
        'shared (dqoes secret set --shared), or set one of your own under another name';
      return [{ code: 'auth.not-owner', field: `env.${variable}`, message }];
    }),
  );
}

const isUsableBy = ({ owner, isShared }: SecretRecord, by: Requester): boolean =>
  owner === undefined || isShared === true || isOwn(by, owner);

/** Why this requester may not change or remove a secret; empty = it may. */
export function secretOwnerFaults(
  secret: SecretRecord | undefined,
  by: Requester,
): readonly Fault[] {
  if (secret?.owner === undefined || mayAll(by) || isOwn(by, secret.owner)) return [];
  const { name, owner } = secret;
  const message =
    `secret ${name} belongs to ${owner}, not to ${requesterName(by)}: ask ${owner} or an ` +
    'operator to change or remove it, or give yours another name';
  return [{ code: 'auth.not-owner', field: 'name', message }];
}

/** Why a new secret would reach jobs of others, which named it before; empty = it would not. */
export function newSecretFaults(
  name: SecretName,
  jobs: Iterable<JobRecord>,
  by: Requester,
): readonly Fault[] {
  if (mayAll(by)) return [];
  const others = [...jobs].flatMap(({ spec, owner }) =>
    owner !== undefined && !isOwn(by, owner) && secretsOf(spec).includes(name)
      ? [`${spec.name} of ${owner}`]
      : [],
  );
  if (others.length === 0) return [];
  const named = others.slice(0, MAX_NAMED).join(', ');
  const message =
    `the secret ${name} is named already by ${named}${others.length > MAX_NAMED ? ', …' : ''}: ` +
    'share it with all jobs (--shared), or give it another name';
  return [{ code: 'auth.not-owner', field: 'name', message }];
}
const MAX_NAMED = 5;

const ownerLost = (name: JobName): Fault => ({
  code: 'auth.not-owner',
  field: 'name',
  message:
    `job ${name} was rebuilt after damage and its owner is lost: ask an operator to change it, ` +
    'or to stop it, and submit it again',
});
