import fc from 'fast-check';
import type { SealedSecret } from '../../../shared/command.js';
import type { SecretName } from '../../../shared/ids.js';

export const anySecretName = fc
  .stringMatching(/^[A-Za-z0-9_-]{1,20}$/)
  .map((name) => name as SecretName);
/** A public key, as to its form. */
export const anyKey = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);
/** A sealed secret, as to its form. */
export const anyBox = fc.stringMatching(/^[A-Za-z0-9_-]{1,120}$/);

export const sealedSecret: fc.Arbitrary<SealedSecret> = fc.record({
  name: anySecretName,
  version: fc.stringMatching(/^[0-9a-f]{16}$/),
  key: anyKey,
  box: anyBox,
});
