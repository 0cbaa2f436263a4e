import type { SealedSecret } from '../../shared/command.js';
import { type JobSpec, secretsOf } from '../../shared/job.js';
import { err, ok, type Result } from '../../shared/result.js';
import { shownKey } from '../../shared/secret.js';
import type { NodeKey } from '../ports/secrets.js';
import type { StartStep } from './types.js';

/**
 * Why a container of the job may not be created with these secrets; undefined = none is missing. A
 * container that runs already is then left as it is.
 */
export function secretsMissing(
  spec: JobSpec,
  secrets: readonly SealedSecret[] = [],
): string | undefined {
  const missing = secretsOf(spec).filter((name) => !secrets.some((each) => each.name === name));
  if (missing.length === 0) return undefined;
  const [names, are] = [missing.join(', '), missing.length === 1 ? 'it is' : 'they are'];
  return (
    `the coordinator sent no value of the secret ${names}: if ${are} not in "dqoes secret ls", ` +
    `dqoes secret set ${missing[0]}`
  );
}

/** Values by variable, of those that `secretEnv` names. */
export type SecretValues = Readonly<Record<string, string>>;

/**
 * Opens the secrets of a container that is about to be created. The values are to go to the engine
 * and nowhere else. The error is the reason why it is not created.
 */
export function openSecrets(
  step: StartStep,
  key: NodeKey | undefined,
): Result<SecretValues | undefined, string> {
  const { spec, secrets = [], allocation } = step;
  if (spec.secretEnv === undefined) return ok(undefined);
  if (key === undefined)
    return err('this agent has no key for secrets: its state folder cannot be written');
  const missing = secretsMissing(spec, secrets);
  if (missing !== undefined) return err(missing);
  const values: Record<string, string> = {};
  const opened = new Map<string, string>();
  for (const { name, box, key: sealedTo } of secrets) {
    const value = key.open(box, { secret: name, job: spec.name, allocation });
    if (value.ok) opened.set(name, value.value);
    else return err(`secret ${name} cannot be opened: ${value.error}${ofKey(sealedTo, key)}`);
  }
  for (const [variable, name] of Object.entries(spec.secretEnv))
    values[variable] = opened.get(name) ?? '';
  return ok(values);
}

const ofKey = (sealedTo: string, { publicKey }: NodeKey): string =>
  sealedTo === publicKey
    ? ''
    : `. It is for the key ${shownKey(sealedTo)}, and this agent has ${shownKey(publicKey)}: if ` +
      'its state folder was lost, dqoes node approve takes the new one';
