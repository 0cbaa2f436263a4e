import { nkeys } from 'nats';
import type { NatsAuth } from './auth.js';
import { seedIn } from './credentials.js';

/** A key of NATS (Ed25519). */
export interface UserKey {
  /** `U…`: what a server knows. */
  readonly publicKey: string;
  /** `SU…`: what its holder keeps secret. */
  readonly seed: string;
}

interface KeyPair {
  getPublicKey(): string;
  getSeed(): Uint8Array;
}

/** A new random key. */
export function createUserKey(): UserKey {
  const pair = nkeys.createUser() as KeyPair;
  return { publicKey: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
}

/**
 * Whether a text is the public key of a user, with its checksum: a server takes no configuration
 * that names another.
 */
export function isUserKey(text: string): boolean {
  if (!/^U[A-Z2-7]{55}$/.test(text)) return false;
  try {
    nkeys.fromPublic(text);
    return true;
  } catch {
    return false;
  }
}

/** The public key of a client that authenticates by one; undefined = by something else. */
export function publicKeyOfAuth(auth: NatsAuth | undefined): string | undefined {
  if (auth?.kind !== 'nkey' && auth?.kind !== 'creds') return undefined;
  const seed = seedIn(auth.kind === 'nkey' ? auth.seed : auth.creds);
  if (seed === undefined) return undefined;
  try {
    return (nkeys.fromSeed(new TextEncoder().encode(seed)) as KeyPair).getPublicKey();
  } catch {
    return undefined;
  }
}
