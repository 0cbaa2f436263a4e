import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { KEY_TEXT } from '../../shared/key-text.js';
import { err, type Fault } from '../../shared/result.js';
import { decodeCommand, encodeCommand, type Leave } from '../command.js';
import type { CommandCodec } from '../command-codec.js';

/** Whose signatures count, and the key to sign with. */
export interface CommandKeys {
  readonly cluster: string;
  /** Absent = it only reads. */
  readonly signingKey?: KeyObject;
  /** Of `publicTextOf`; more than one while keys are changed. */
  readonly trusted: readonly string[];
}

/** Field 100 of the message, 64 bytes, written last: readers that know no signatures skip it. */
const SIGNATURE_TAG = Uint8Array.from([0xa2, 0x06, 64]);
const SIGNATURE_BYTES = 64;
const SUFFIX_BYTES = SIGNATURE_TAG.length + SIGNATURE_BYTES;

/**
 * Desired states with an Ed25519 signature over the cluster's name and all bytes before it, node,
 * incarnation, epoch and revision among them. A state that none of the trusted keys signed is
 * refused (`wire.unsigned`), so that a server that is not the cluster's, or a client that may write
 * to the store, commands no agent. The same holds for the message that asks an agent to end, which
 * names one start: played again it says nothing new.
 */
export function signedCommands({ cluster, signingKey, trusted }: CommandKeys): CommandCodec {
  const domain = new TextEncoder().encode(`dqoes desired state 1\0${cluster}\0`);
  const keys = trusted.flatMap((text) => publicKeyOf(text) ?? []);
  const covered = (bytes: Uint8Array): Uint8Array => concat(domain, bytes);
  const isSigned = (bytes: Uint8Array, signature: Uint8Array): boolean =>
    keys.some((key) => verify(null, bytes, key, signature));
  const leaveBytes = ({ node, bootId }: Leave): Uint8Array =>
    new TextEncoder().encode(`dqoes leave 1\0${cluster}\0${node}\0${bootId}`);
  return {
    encode: (state) => {
      const bytes = encodeCommand(state);
      if (signingKey === undefined) return bytes;
      return concat(bytes, SIGNATURE_TAG, sign(null, covered(bytes), signingKey));
    },
    decode: (bytes) => {
      const parts = split(bytes);
      if (parts === undefined) return err(unsigned('a desired state has no signature'));
      const { signed, signature } = parts;
      return isSigned(covered(signed), signature)
        ? decodeCommand(signed)
        : err(unsigned('a desired state was signed by a key not trusted here'));
    },
    signLeave: (leave) =>
      signingKey === undefined ? new Uint8Array() : sign(null, leaveBytes(leave), signingKey),
    refuseLeave: (leave, body) =>
      isSigned(leaveBytes(leave), body)
        ? undefined
        : unsigned('a request to end was signed by no key that is trusted here'),
  };
}

/** The public half of a private or public Ed25519 key, as settings hold it: 43 characters. */
export function publicTextOf(key: KeyObject): string {
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return x ?? '';
}

/** Reads what `publicTextOf` wrote; undefined = it is no Ed25519 key. */
export function publicKeyOf(text: string): KeyObject | undefined {
  if (!KEY_TEXT.test(text)) return undefined;
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: text };
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function split(
  bytes: Uint8Array,
): { readonly signed: Uint8Array; readonly signature: Uint8Array } | undefined {
  const at = bytes.length - SUFFIX_BYTES;
  if (at < 0 || SIGNATURE_TAG.some((byte, i) => bytes[at + i] !== byte)) return undefined;
  return {
    signed: bytes.subarray(0, at),
    signature: bytes.subarray(at + SIGNATURE_TAG.length),
  };
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const unsigned = (what: string): Fault => ({
  code: 'wire.unsigned',
  field: 'signature',
  message:
    `${what}: give the agent the public key of its coordinators ` +
    '(coordinator-keys), or find out who writes to this NATS',
});
