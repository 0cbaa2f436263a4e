import { createHash } from 'node:crypto';
import { fixedPartsOf } from './fixed-parts.js';
import type { JobSpec } from './job.js';

/** Of specifications hashed before: they are asked for with each report, and never change. */
const known = new WeakMap<JobSpec, string>();

/**
 * Hash of what cannot be changed on a running container (`fixedPartsOf`): the first 16 hex digits
 * of its SHA-256. Agents write it on each container they make and report it, and the coordinator
 * compares it with that of the version it wants. Two versions with the same hash are the same
 * container.
 */
export function fixedPartsHashOf(spec: JobSpec): string {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const text = JSON.stringify(fixedPartsOf(spec));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  known.set(spec, hash);
  return hash;
}
