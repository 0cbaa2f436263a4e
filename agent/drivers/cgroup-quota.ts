import { existsSync, readFileSync } from 'node:fs';

/** CPU quota on one cgroup folder, cores; Infinity = none, or not to be read. */
export function quotaIn(folder: string, version: 1 | 2): number {
  const [quota, period] =
    version === 2
      ? (textOf(`${folder}/cpu.max`) ?? '').split(' ')
      : [textOf(`${folder}/cpu.cfs_quota_us`), textOf(`${folder}/cpu.cfs_period_us`)];
  const cores = Number(quota) / Number(period);
  return cores > 0 ? cores : Number.POSITIVE_INFINITY;
}

/** A small file without the blanks around it; undefined when it cannot be read. */
export function textOf(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  } catch {
    return undefined;
  }
}
