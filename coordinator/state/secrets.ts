import { hash64Of } from '../../shared/hash.js';
import type { SecretName } from '../../shared/ids.js';
import { type JobSpec, secretsOf } from '../../shared/job.js';
import { shownKey } from '../../shared/secret.js';
import type { ClusterState, NodeRecord, Secrets } from './model.js';

/** The version of a secret with this box. */
export const secretVersionOf = (box: string): string => hash64Of(box);

/** Why no container of the job may be created now; undefined = its secrets are all there. */
export function secretsAwaited(spec: JobSpec, secrets: Secrets): string | undefined {
  if (spec.secretEnv === undefined) return undefined;
  const reasons = secretsOf(spec).flatMap((name) => {
    const known = secrets.get(name);
    if (known === undefined) return [`secret ${name} is not set: dqoes secret set ${name}`];
    return known.problem === '' ? [] : [`secret ${name} ${known.problem}`];
  });
  return reasons.length === 0 ? undefined : reasons.join('; ');
}

/**
 * Why no secret is sealed to this node; undefined = it has the key it was registered with, or has
 * not reported yet.
 */
export function keyTroubleOf({
  id,
  report,
  sealingKey,
}: Pick<NodeRecord, 'id' | 'report' | 'sealingKey'>): string | undefined {
  if (report === null) return undefined;
  const reported = report.sealingKey;
  if (reported === undefined)
    return (
      'its agent has no key for secrets: it is of an earlier version, or its state folder cannot ' +
      'be written'
    );
  if (sealingKey === null || sealingKey === reported) return undefined;
  return (
    `its agent reports the key ${shownKey(reported)} for secrets and was registered with ` +
    `${shownKey(sealingKey)}: if its state folder was lost, "dqoes node approve ${id}" takes the ` +
    'new one; else find out who reports in its name'
  );
}

/** Whether `keyTroubleOf` says the same of two states of a node. Makes no texts but in doubt. */
export const hasSameKeyTrouble = (a: NodeRecord, b: NodeRecord): boolean =>
  (a.sealingKey === b.sealingKey &&
    (a.report === null) === (b.report === null) &&
    a.report?.sealingKey === b.report?.sealingKey) ||
  keyTroubleOf(a) === keyTroubleOf(b);

/** Jobs that name each secret, in name order. */
export const jobsWith = ({ jobs }: Pick<ClusterState, 'jobs'>, name: SecretName) =>
  [...jobs.values()]
    .filter(({ spec }) => secretsOf(spec).includes(name))
    .map(({ spec }) => spec.name)
    .sort();
