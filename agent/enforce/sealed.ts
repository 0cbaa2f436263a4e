import { createHash } from 'node:crypto';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/**
 * A value as text behind a header line with its checksum, so that a torn file is recognised.
 * `kind`: name and version of the format.
 */
export function seal(kind: string, value: unknown): string {
  const body = JSON.stringify(value);
  return `${kind} sha256:${sha256(body)}\n${body}\n`;
}

/**
 * The value of such a text; its shape is not checked. Never throws; the error says what is torn.
 */
export function unseal(kind: string, text: string): Result<unknown, string> {
  const end = text.indexOf('\n');
  const header = text.slice(0, Math.max(0, end));
  const match = /^(.*) sha256:([0-9a-f]{64})$/.exec(header);
  if (match === null || match[1] !== kind) return err('the header is missing or of another format');
  const body = text.slice(end + 1).replace(/\n$/, '');
  if (sha256(body) !== match[2]) return err('the checksum does not match');
  try {
    return ok(JSON.parse(body));
  } catch (cause) {
    return err(messageOf(cause));
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
