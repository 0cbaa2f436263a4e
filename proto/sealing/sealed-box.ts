import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { AllocationId, JobName, NodeId, SecretName } from '../../shared/ids.js';
import { KEY_TEXT } from '../../shared/key-text.js';
import { err, ok, type Result } from '../../shared/result.js';

/**
 * What a box is bound to: it opens for the same only. `place` = it is for one allocation on one
 * node; absent = for the coordinators, as it is stored.
 */
export interface BoxContext {
  readonly cluster: string;
  readonly secret: SecretName;
  readonly place?: {
    readonly node: NodeId;
    readonly job: JobName;
    readonly allocation: AllocationId;
  };
}

const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';
const HEAD_BYTES = 1 + KEY_BYTES;

/**
 * Seals to an X25519 public key (of `publicTextOf`): a key pair for this box alone, X25519 with the
 * receiver's, HKDF-SHA256 over both public keys and the context, AES-256-GCM with the context as
 * associated data. The box is version, public key, ciphertext and tag in base64url. It hides the
 * value, not its length, and does not say who sealed it. The error is a sentence.
 */
export function seal(plain: Uint8Array, to: string, context: BoxContext): Result<string, string> {
  const receiver = publicKeyOf(to);
  if (receiver === undefined) return err('the key to seal to is no X25519 key');
  const own = generateKeyPairSync('x25519');
  const ownPublic = rawOf(own.publicKey);
  const keys = keysOf({ mine: own.privateKey, theirs: receiver }, [ownPublic, rawOf(receiver)], {
    context,
  });
  if (keys === undefined) return err('the key to seal to is one that hides nothing');
  const cipher = createCipheriv(CIPHER, keys.key, keys.nonce);
  cipher.setAAD(bytesOf(context));
  const head = Buffer.concat([Buffer.of(VERSION), ownPublic]);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return ok(Buffer.concat([head, sealed]).toString('base64url'));
}

/**
 * Opens what `seal` made for this private key in this context. The error is a sentence and never
 * holds anything of the box.
 */
export function open(
  box: string,
  privateKey: KeyObject,
  context: BoxContext,
): Result<Uint8Array, string> {
  const bytes = Buffer.from(box, 'base64url');
  if (bytes.length < HEAD_BYTES + TAG_BYTES) return err('it is too short to be a sealed secret');
  if (bytes[0] !== VERSION) return err(`its version is ${bytes[0]}, and ${VERSION} is known here`);
  const theirPublic = bytes.subarray(1, HEAD_BYTES);
  const theirs = publicKeyOf(theirPublic.toString('base64url'));
  const ownPublic = rawOf(createPublicKey(privateKey));
  const keys =
    theirs && keysOf({ mine: privateKey, theirs }, [theirPublic, ownPublic], { context });
  if (keys === undefined) return err(NOT_OPENED);
  const decipher = createDecipheriv(CIPHER, keys.key, keys.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bytesOf(context));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES));
    return ok(Buffer.concat([plain, decipher.final()]));
  } catch {
    return err(NOT_OPENED);
  }
}

const NOT_OPENED =
  'it was sealed to another key or for something else (cluster, node, allocation or name), or ' +
  'was changed since';

/** The public half of an X25519 key, in base64url: 43 characters. */
export const publicTextOf = (key: KeyObject): string =>
  rawOf(key.type === 'private' ? createPublicKey(key) : key).toString('base64url');

function rawOf(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function publicKeyOf(text: string): KeyObject | undefined {
  if (!KEY_TEXT.test(text)) return undefined;
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: text }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** undefined = the other key is one of the few with which everybody gets the same (RFC 7748, 6). */
function keysOf(
  { mine, theirs }: { readonly mine: KeyObject; readonly theirs: KeyObject },
  publicKeys: readonly [sender: Uint8Array, receiver: Uint8Array],
  { context }: { readonly context: BoxContext },
): { readonly key: Uint8Array; readonly nonce: Uint8Array } | undefined {
  let shared: Buffer;
  try {
    shared = diffieHellman({ privateKey: mine, publicKey: theirs });
  } catch {
    return undefined;
  }
  if (shared.every((byte) => byte === 0)) return undefined;
  const derived = Buffer.from(
    hkdfSync(
      'sha256',
      shared,
      Buffer.concat(publicKeys),
      bytesOf(context),
      KEY_BYTES + NONCE_BYTES,
    ),
  );
  return { key: derived.subarray(0, KEY_BYTES), nonce: derived.subarray(KEY_BYTES) };
}

/** JSON, so that no two contexts have the same bytes. */
function bytesOf({ cluster, secret, place }: BoxContext): Uint8Array {
  const purpose = place === undefined ? 'stored' : 'allocation';
  const parts = place === undefined ? [] : [place.node, place.job, place.allocation];
  return new TextEncoder().encode(
    `dqoes secret ${VERSION}\0${JSON.stringify([purpose, cluster, secret, ...parts])}`,
  );
}
