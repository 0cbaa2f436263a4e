import { err, ok, type Result } from './result.js';

/** A public key (Ed25519, X25519) as it is written: 32 bytes as base64url. */
export const KEY_TEXT = /^[A-Za-z0-9_-]{43}$/;

/** The keys of a list separated by commas; the error is the first that is none. */
export function keyList(text: string): Result<readonly string[], string> {
  const keys = text.split(',').map((key) => key.trim());
  const bad = keys.find((key) => !KEY_TEXT.test(key));
  return bad === undefined ? ok(keys) : err(bad);
}
