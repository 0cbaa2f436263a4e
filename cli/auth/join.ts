import { isUserKey } from '../../proto/nats/user-key.js';
import { isSafeId, type NodeId } from '../../shared/ids.js';
import { KEY_TEXT } from '../../shared/key-text.js';
import { err, ok, type Result } from '../../shared/result.js';

/** What a host needs to ask for the key of a node; the one that uses it first gets it. */
export interface JoinToken {
  /** Address of NATS, as the host reaches it. */
  readonly url: string;
  readonly cluster: string;
  readonly node: NodeId;
  /** Secret key that may ask for this node, and nothing else. */
  readonly seed: string;
  /** Public keys of the coordinators that its agent shall obey; absent = none were known. */
  readonly coordinatorKeys?: readonly string[];
  /**
   * Certificates, base64 of DER, by which the host knows the server; absent = those of its system.
   * Hosts of 0.1.0 pass this over.
   */
  readonly ca?: readonly string[];
}

/** What the host asks with: the public part of the key that it made. */
export interface JoinRequest {
  readonly publicKey: string;
}
/** The answer; a refusal says why. */
export type JoinReply = { readonly joined: true } | { readonly refused: string };

const PREFIX = 'dqoes-join.';
const MAX_TEXT = 4096;
const MAX_COORDINATOR_KEYS = 16;
const MAX_CERTIFICATES = 8;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const SEED = /^SU[A-Z2-7]{56}$/;

/** The token as one word, to be copied. */
export const tokenText = (token: JoinToken): string =>
  PREFIX + Buffer.from(JSON.stringify({ v: 1, ...token })).toString('base64url');

/** Whether it can be read again, also from one line of a terminal, which takes less than 4096. */
export const isReadableToken = (text: string): boolean => text.length < MAX_TEXT;

/** Reads a token. The error is a sentence that does not show it. */
export function parseToken(text: string): Result<JoinToken, string> {
  const bad = err('is no token of dqoes auth add-agent --token: copy it whole');
  const word = text.trim();
  if (!word.startsWith(PREFIX) || word.length > MAX_TEXT) return bad;
  const value = parseJson(Buffer.from(word.slice(PREFIX.length), 'base64url').toString('utf8'));
  const { v, url, cluster, node, seed, coordinatorKeys, ca } = value;
  if (v !== 1 || typeof url !== 'string' || url === '') return bad;
  if (typeof cluster !== 'string' || !isSafeId(cluster)) return bad;
  if (typeof node !== 'string' || !isSafeId(node)) return bad;
  if (typeof seed !== 'string' || !SEED.test(seed)) return bad;
  if (coordinatorKeys !== undefined && !areKeys(coordinatorKeys)) return bad;
  if (ca !== undefined && !areCertificates(ca)) return bad;
  return ok({
    ...{ url, cluster, node: node as NodeId, seed },
    ...(coordinatorKeys === undefined ? {} : { coordinatorKeys }),
    ...(ca === undefined ? {} : { ca }),
  });
}

const areKeys = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= MAX_COORDINATOR_KEYS &&
  value.every((key) => typeof key === 'string' && KEY_TEXT.test(key));

const areCertificates = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= MAX_CERTIFICATES &&
  value.every((body) => typeof body === 'string' && BASE64.test(body));

/** Reads a request; undefined = it is none. */
export function parseJoinRequest(data: Uint8Array): JoinRequest | undefined {
  if (data.length > MAX_TEXT) return undefined;
  const { publicKey } = parseJson(new TextDecoder().decode(data));
  return typeof publicKey === 'string' && isUserKey(publicKey) ? { publicKey } : undefined;
}

/** Reads an answer; undefined = it is none. */
export function parseJoinReply(data: Uint8Array): JoinReply | undefined {
  if (data.length > MAX_TEXT) return undefined;
  const { joined, refused } = parseJson(new TextDecoder().decode(data));
  if (joined === true) return { joined: true };
  return typeof refused === 'string' ? { refused } : undefined;
}

/** A request or an answer as it is sent. */
export const encodeJoin = (message: JoinRequest | JoinReply): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(message));

function parseJson(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
