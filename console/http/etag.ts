import { createHash } from 'node:crypto';

/**
 * The tag of an answer. Weak, because the same answer is sent under several codings, whose bytes
 * differ (RFC 9110, 8.8.1).
 */
export const etagOf = (content: string | Buffer): string =>
  `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;

/** Whether a client has the answer of that tag, by its header If-None-Match (RFC 9110, 13.1.2). */
export function isHeld(known: string | undefined, tag: string): boolean {
  const opaque = opaqueIn(tag);
  const tags = (known ?? '').split(',').map((each) => each.trim());
  return tags.some((each) => opaqueIn(each) === opaque) || (known ?? '').trim() === '*';
}

/** Tags are compared without their weakness: a proxy may have added or removed it. */
const opaqueIn = (tag: string): string => tag.replace(/^W\//, '');
