import type { JobSpec } from './job.js';

/**
 * What decides the cost of a request: jobs alike in these run the same program on the same kind of
 * work. 16 hex digits, safe as a key.
 */
export type WorkloadKey = string;

/**
 * The key of a job's workload: image reference, command and environment. Two FNV-1a hashes of 32
 * bits side by side; a tag that is moved to another image keeps its key, so what was learnt under
 * it is a first guess, no more.
 */
export function workloadKeyOf({
  image,
  command,
  env,
}: Pick<JobSpec, 'image' | 'command' | 'env'>): WorkloadKey {
  const entries = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = JSON.stringify([image, command, entries]);
  return hex(fnv1a(text, 0x811c9dc5)) + hex(fnv1a(text, 0x01234567));
}

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');
