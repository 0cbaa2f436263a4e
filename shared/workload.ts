import { hash64Of } from './hash.js';
import type { JobSpec } from './job.js';

/**
 * What decides the cost of a request: jobs alike in these run the same program on the same kind of
 * work. 16 hex digits, safe as a key.
 */
export type WorkloadKey = string;

/**
 * The key of a job's workload: image reference, command and environment. A tag that is moved to
 * another image keeps its key, so what was learnt under it is a first guess, no more.
 */
export function workloadKeyOf({
  image,
  command,
  env,
}: Pick<JobSpec, 'image' | 'command' | 'env'>): WorkloadKey {
  const entries = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return hash64Of(JSON.stringify([image, command, entries]));
}
