import { readFileSync } from 'node:fs';
import type { ContainerId } from '../../../shared/ids.js';
import type { ProcessOwner } from '../../ports/gpu.js';

/**
 * Which container a host process belongs to, by `/proc/<pid>/cgroup`; null = none, or the process
 * is gone. `root` is for tests.
 */
export function createProcessOwner(root = '/proc'): ProcessOwner {
  return (pid) => {
    try {
      const ids = readFileSync(`${root}/${pid}/cgroup`, 'utf8').match(/[0-9a-f]{64}/g);
      return (ids?.at(-1) as ContainerId | undefined) ?? null;
    } catch {
      return null;
    }
  };
}
