import { check } from '../../proto/codec/check.js';
import { flag, integer, objectOf, optional } from '../../proto/codec/words.js';
import { jobOwner } from '../../proto/schemas/job.js';
import { box } from '../../proto/schemas/secret.js';
import type { StoredValue } from '../../proto/store.js';
import { parseSecretName, type SecretName } from '../../shared/ids.js';
import type { SecretRecord } from '../state/model.js';
import { secretVersionOf } from '../state/secrets.js';

/** What the `nodes` bucket holds under `secret.<name>`, as JSON: nothing in clear. */
type StoredSecret = Pick<SecretRecord, 'box' | 'setAtMs' | 'owner' | 'isShared'>;

const storedSecret = objectOf({
  box,
  setAtMs: integer(0, Number.MAX_SAFE_INTEGER),
  owner: optional(jobOwner),
  isShared: optional(flag),
});

const PREFIX = 'secret.';

/** Key of a secret in the `nodes` bucket. */
export const secretKey = (name: SecretName): string => `${PREFIX}${name}`;

/** The secret whose key it is; undefined for all other keys. */
export function secretOfKey(key: string): SecretName | undefined {
  const parsed = key.startsWith(PREFIX) ? parseSecretName(key.slice(PREFIX.length)) : undefined;
  return parsed?.ok === true ? parsed.value : undefined;
}

/** The stored form of a secret. */
export const encodeSecret = ({ box: sealed, setAtMs, owner, isShared }: StoredSecret): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ box: sealed, setAtMs, owner, isShared }));

/** Says why a sealed secret cannot be given out; undefined = it can. */
export type TroubleOf = (name: SecretName, box: string) => string | undefined;

/** A stored secret; undefined where the key is another, or the value is damaged. */
export function decodeSecret(
  { key, value, revision }: StoredValue,
  troubleOf: TroubleOf,
): SecretRecord | undefined {
  const name = secretOfKey(key);
  if (name === undefined) return undefined;
  const read = check(storedSecret, parse(value));
  if (!read.ok) return { name, box: '', version: '', revision, setAtMs: 0, problem: DAMAGED };
  const trouble = troubleOf(name, read.value.box);
  const problem = trouble === undefined ? '' : `${trouble}: set it again, or ${GIVE_KEY}`;
  return { name, ...read.value, version: secretVersionOf(read.value.box), revision, problem };
}

const DAMAGED = 'is stored damaged: set it again';
const GIVE_KEY = 'give the coordinator the key it was sealed to';

/** Of a coordinator that has no key for secrets. */
export const withoutKey: TroubleOf = () => 'cannot be opened: this coordinator has no secrets-key';

function parse(value: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(value));
  } catch {
    return undefined;
  }
}
