import { type KeyObject, sign, verify } from 'node:crypto';
import { publicKeyOf, publicTextOf } from '../signing/signed-commands.js';

/** Who signed the key to which secrets are sealed, and the signature, base64url. */
export interface KeySignature {
  /** Public key of a coordinator (`dqoes coordinator key`). */
  readonly by: string;
  readonly signature: string;
}

/** Signs the key to which secrets of a cluster are sealed, with the key of its coordinators. */
export const signKey = (key: string, cluster: string, signingKey: KeyObject): KeySignature => ({
  by: publicTextOf(signingKey),
  signature: sign(null, covered(key, cluster), signingKey).toString('base64url'),
});

/** Whether one of the trusted public keys signed it for this cluster. */
export function isSignedBy(
  { by, signature }: KeySignature,
  { key, cluster, trusted }: KeyClaim,
): boolean {
  const signer = trusted.includes(by) ? publicKeyOf(by) : undefined;
  if (signer === undefined) return false;
  return verify(null, covered(key, cluster), signer, Buffer.from(signature, 'base64url'));
}

/** A key that is said to be that of a cluster, and who may say so. */
export interface KeyClaim {
  readonly key: string;
  readonly cluster: string;
  readonly trusted: readonly string[];
}

const covered = (key: string, cluster: string): Uint8Array =>
  new TextEncoder().encode(`dqoes key for secrets 1\0${cluster}\0${key}`);
