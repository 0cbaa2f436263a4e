import { parseSecretName, type SecretName } from '../../shared/ids.js';
import { envTrouble, MAX_ENV_LENGTH, MAX_ENV_VALUES } from '../../shared/job-env.js';
import { refined, unsafe } from '../../shared/schema/build.js';
import type { FileSchema } from '../../shared/schema/types.js';
import { TEXT_SCHEMA } from '../../shared/schema/units.js';
import { dictionary } from '../../shared/schema/words.js';
import { nameTrouble } from './values.js';

/** The value of a variable: a text, or the name of a secret. */
export type EnvValue = string | { readonly secret: SecretName };

const SHAPE = 'write one value, or { secret: NAME }';

/** What is wrong with a value as written; '' = nothing. */
function faultOf(written: unknown): string {
  if (typeof written === 'string') return envTrouble(written);
  if (written === null) return `has no value: ${SHAPE}`;
  if (typeof written !== 'object' || Array.isArray(written)) return `is a list: ${SHAPE}`;
  const { secret, ...rest } = written as Readonly<Record<string, unknown>>;
  const [other] = Object.keys(rest);
  if (other !== undefined) return `unknown key ${JSON.stringify(other.slice(0, 40))}: ${SHAPE}`;
  if (typeof secret !== 'string') return `has no secret: ${SHAPE}`;
  const name = parseSecretName(secret);
  return name.ok ? '' : name.error;
}

const SECRET_SCHEMA = {
  type: 'object',
  properties: { secret: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,63}$' } },
  required: ['secret'],
  additionalProperties: false,
};

const envValue: FileSchema<EnvValue> = refined<EnvValue>(
  unsafe<EnvValue>({
    published: { anyOf: [{ ...TEXT_SCHEMA, maxLength: MAX_ENV_LENGTH }, SECRET_SCHEMA] },
    kind: 'text or `{ secret: NAME }`',
    decode: (written: unknown) => written,
  }),
  (written: unknown) => faultOf(written) === '',
  faultOf,
);

const variables = dictionary(
  '^(?!__proto__$)[A-Za-z_][A-Za-z0-9_.-]{0,127}$',
  'use letters, digits and _',
  envValue,
  'mapping of texts and `{ secret: NAME }`',
);

/** What is wrong with variables that are good one by one; '' = nothing. */
function wholeFault(written: Readonly<Record<string, unknown>>): string {
  const count = Object.values(written).filter((value) => typeof value === 'string').length;
  return count > MAX_ENV_VALUES
    ? `has ${count} values: write at most ${MAX_ENV_VALUES}`
    : nameTrouble(written);
}

/** Environment variables by name. */
export const environment = refined<Readonly<Record<string, EnvValue>>>(
  variables,
  (written: Readonly<Record<string, unknown>>) => wholeFault(written) === '',
  wholeFault,
);

/** The variables with values of their own, and those that get a secret. */
export function partsOf(env: Readonly<Record<string, EnvValue>>): {
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv?: Readonly<Record<string, SecretName>>;
} {
  const entries = Object.entries(env);
  const plain = entries.flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const secrets = entries.flatMap(([name, value]) =>
    typeof value === 'string' ? [] : [[name, value.secret] as const],
  );
  return {
    env: Object.fromEntries(plain),
    ...(secrets.length === 0 ? {} : { secretEnv: Object.fromEntries(secrets) }),
  };
}
