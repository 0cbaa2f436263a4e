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
  secretEnv,
}: Pick<JobSpec, 'image' | 'command' | 'env' | 'secretEnv'>): WorkloadKey {
  const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
    a < b ? -1 : a > b ? 1 : 0;
  const entries = Object.entries(env).sort(byName);
  // Jobs without secrets keep the key from before there were any.
  const secrets = secretEnv === undefined ? [] : [Object.entries(secretEnv).sort(byName)];
  return hash64Of(JSON.stringify([image, command, entries, ...secrets]));
}
