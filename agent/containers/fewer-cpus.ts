import type { EngineCpuSettings } from '../ports/engine.js';

/**
 * What of an original the engine takes now: it refuses NanoCpus above the CPUs that are on line, as
 * those of a container with `--cpus 4` in a virtual machine that has two by now. `hostCpus`: absent
 * = not known.
 */
export const withinCpus = (
  original: EngineCpuSettings,
  hostCpus = Number.POSITIVE_INFINITY,
): EngineCpuSettings =>
  original.nanoCpus > hostCpus * 1e9 ? { ...original, nanoCpus: hostCpus * 1e9 } : original;

/** NanoCpus to write for an original; 0, which leaves them, where the engine holds them still. */
export function nanoCpusBack(
  original: EngineCpuSettings,
  current: EngineCpuSettings,
  hostCpus?: number,
): number {
  const { nanoCpus } = withinCpus(original, hostCpus);
  const isHeld = current.nanoCpus === original.nanoCpus;
  return nanoCpus < original.nanoCpus && isHeld ? 0 : nanoCpus;
}

/** Whether the engine takes no more of an original before there are more CPUs. */
export const hasAllCpus = (
  original: EngineCpuSettings,
  current: EngineCpuSettings,
  hostCpus?: number,
): boolean =>
  current.nanoCpus < original.nanoCpus &&
  current.nanoCpus >= withinCpus(original, hostCpus).nanoCpus;
