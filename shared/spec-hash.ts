import { hash64Of } from './hash.js';
import type { JobSpec } from './job.js';

/**
 * Hash of what a host judges of a job: what its container is and may use. Two versions of a job
 * with the same hash are refused by the same hosts. Name, target, replicas, constraints, moves and
 * credit are not part of it. 16 hex digits.
 */
export function specHashOf(spec: JobSpec): string {
  const { image, command, env, secretEnv, weight, resources, ports } = spec;
  const { cpu, memoryBytes = 0, gpu = {} } = resources;
  const published = ports.map(({ containerPort, hostPort = 0 }) => [containerPort, hostPort]);
  const used = [weight, cpu.minCores, cpu.maxCores ?? 0, memoryBytes, sorted({ ...gpu })];
  const secrets = secretEnv === undefined ? [] : [sorted(secretEnv)];
  return hash64Of(JSON.stringify([image, command, sorted(env), used, published, ...secrets]));
}

const sorted = (entries: Readonly<Record<string, unknown>>): readonly (readonly unknown[])[] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
