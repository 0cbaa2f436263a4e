import { availableParallelism } from 'node:os';
import { textOf } from './cgroup-quota.js';

/**
 * How many CPUs of this host this process may run on: those of its affinity that are on line.
 * `atLeast` knows them, too, but from Node.js 22.12 on (libuv 1.49) counts in the CPU quota of the
 * agent itself, which bounds the agent and not the containers it controls; in some containers
 * (lxcfs) the two lists are not of the same numbers. `root`: put before `/proc` and `/sys`; for
 * fixtures.
 */
export function usableCpus(root = '', atLeast: () => number = availableParallelism): number {
  const status = textOf(`${root}/proc/self/status`) ?? '';
  const allowed = cpusIn(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
  const usable = [...(onlineIn(root) ?? [])].filter((cpu) => allowed?.has(cpu) === true).length;
  return Math.max(usable, atLeast());
}

/**
 * How many CPUs of this host are on line, whichever of them this process may run on. `root` and
 * `atLeast`: as of `usableCpus`.
 */
export function onlineCpus(root = '', atLeast: () => number = availableParallelism): number {
  return Math.max(onlineIn(root)?.size ?? 0, atLeast());
}

const onlineIn = (root: string): ReadonlySet<number> | null =>
  cpusIn(textOf(`${root}/sys/devices/system/cpu/online`) ?? '');

/** More CPUs than any kernel is built for. */
const MAX_CPU = 65_535;

/** Numbers of the CPUs in a list such as `0-3,8` (cpuset(7)); null = it is none. */
export function cpusIn(list: string): ReadonlySet<number> | null {
  const cpus = new Set<number>();
  for (const range of list.split(',')) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(range.trim()) ?? [];
    if (from === undefined || Number(to) < Number(from) || Number(to) > MAX_CPU) return null;
    for (let cpu = Number(from); cpu <= Number(to); cpu += 1) cpus.add(cpu);
  }
  return cpus;
}
