import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const BENCH_LABEL = 'dqoes-bench';

const docker = (args: readonly string[]): string =>
  execFileSync('docker', [...args], { encoding: 'utf8', timeout: 60_000 }).trim();

/** Starts `count` idle containers that dqoes controls by labels of `prefix`; returns their ids. */
export function startIdleContainers(count: number, prefix: string): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    docker([
      'run',
      '--detach',
      '--network',
      'none',
      '--label',
      BENCH_LABEL,
      '--label',
      `${prefix}enable=true`,
      '--label',
      `${prefix}job=idle-${index}`,
      '--label',
      `${prefix}target=1s`,
      '--label',
      `${prefix}latency.source=log`,
      '--label',
      `${prefix}latency.pattern="ms":(?<value>[0-9.]+)`,
      '--label',
      `${prefix}latency.unit=ms`,
      '--cpu-period',
      '100000',
      '--cpu-quota',
      '50000',
      '--stop-timeout',
      '0',
      'dqoes/tiny:1',
      'sleep',
      '3600',
    ]),
  );
}

/** Removes every container this benchmark started, also those of a run that was killed. */
export function removeBenchContainers(): void {
  const ids = docker(['ps', '--all', '--quiet', '--filter', `label=${BENCH_LABEL}`])
    .split('\n')
    .filter((id) => id !== '');
  if (ids.length > 0) docker(['rm', '--force', ...ids]);
}

/** Pid of the engine's daemon, or undefined when it is not on this host. */
export function enginePid(): number | undefined {
  try {
    return Number(execFileSync('pidof', ['dockerd'], { encoding: 'utf8' }).trim().split(' ')[0]);
  } catch {
    return undefined;
  }
}

/**
 * The file that holds the container's CPU quota: `cpu.cfs_quota_us` (v1) or `cpu.max` (v2); both
 * begin with the quota in µs.
 */
export function quotaFileOf(id: string): string {
  const pid = docker(['inspect', '--format', '{{.State.Pid}}', id]);
  for (const line of readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers?.split(',').includes('cpu'))
      return `/sys/fs/cgroup/${controllers}${path}/cpu.cfs_quota_us`;
  }
  const unified = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1];
  return `/sys/fs/cgroup${unified}/cpu.max`;
}
