import type { JobSpec } from './job.js';

/**
 * What cannot be changed on a running container: where two versions of a job differ in it, its
 * containers are started again. Target, weight and CPU are not part of it. Agents hash it, and a
 * container with another hash is replaced: what is written here never changes for a job as it is.
 */
export function fixedPartsOf(spec: JobSpec): readonly unknown[] {
  const env = sortedEntries(spec.env);
  const ports = spec.ports.map((port) => [port.containerPort, port.hostPort ?? 0]);
  const { memoryBytes, gpu } = spec.resources;
  // Jobs without a GPU keep the hash from before GPUs were supported.
  const asked =
    gpu === undefined ? [] : [[gpu.count ?? 0, gpu.shareRatio ?? 0, gpu.memoryBytes ?? 0]];
  // The same for those without secrets. Which secret counts, not its value: a new value reaches a
  // container when it is next created.
  const secrets = spec.secretEnv === undefined ? [] : [{ secrets: sortedEntries(spec.secretEnv) }];
  return [spec.image, spec.command, env, memoryBytes ?? 0, ports, ...asked, ...secrets];
}

const sortedEntries = (entries: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

/** Whether a container of one version of a job goes on as a container of the other. */
export const isSameContainer = (a: JobSpec, b: JobSpec): boolean =>
  a === b ||
  (a.image === b.image && JSON.stringify(fixedPartsOf(a)) === JSON.stringify(fixedPartsOf(b)));
