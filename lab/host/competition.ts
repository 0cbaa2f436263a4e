/** What containers and other programs of a host compete with. */
export interface Competition {
  /** CPU of the host that both can have, cores. */
  readonly hostCores: number;
  /** Weight of the cgroup that holds all containers, shares. */
  readonly groupShares: number;
  /** Threads of other programs that want a core each, all in one group of default weight. */
  readonly otherThreads: number;
  /** How many of these have just woken. */
  readonly freshThreads: number;
}

/**
 * A thread that has just woken weighs this many times as much: the kernel lets it run for a slice
 * before it counts what it had. This and the next one come from what the load of the bench used of
 * what it asked for, with 1024 and with 7782 shares beside it (docs/lab.md).
 */
const FRESH_TIMES = 4;
/** How far load balancing comes: 0 = the weight of containers is the same on each CPU. */
const BALANCED_RATIO = 0.5;

/** Weight of a cgroup that nobody gave one, shares. */
export const DEFAULT_GROUP_SHARES = 1024;
const MAX_SHARES = 262_144;
/** Weight of a cgroup of containers for each allocatable core, in defaults of the kernel. */
const MOST_TIMES_DEFAULT = 4;

/**
 * CPU that containers can have together while other programs run, cores; what one side leaves the
 * other may use. The kernel divides the weight of a group over the CPUs on which it runs. Where the
 * containers run on all CPUs and m threads on m of them, each thread has 1024 ÷ m against their
 * shares ÷ CPUs: with 1024 shares one thread takes two thirds of one of two CPUs. Where containers
 * move away from it until all CPUs have the same load, the threads have their part of the whole
 * host, at most a CPU each. The kernel does something between.
 */
export function coresForContainers(beside: Competition): number {
  const { hostCores, groupShares, otherThreads, freshThreads } = beside;
  if (otherThreads <= 0) return hostCores;
  const takenCores = Math.min(otherThreads, hostCores);
  const times = 1 + ((FRESH_TIMES - 1) * freshThreads) / otherThreads;
  const shares = DEFAULT_GROUP_SHARES * times;
  const wherever = Math.min(takenCores, (hostCores * shares) / (shares + groupShares));
  const own = shares / takenCores;
  const there = (takenCores * own) / (own + groupShares / hostCores);
  return hostCores - (BALANCED_RATIO * wherever + (1 - BALANCED_RATIO) * there);
}

/** CPU of a host and what containers may have of it, cores. */
export interface HostRoom {
  readonly hostCores: number;
  readonly allocatableCores: number;
}

/**
 * Weight that the agent gives the cgroup of containers that together have `heldShares`, as in
 * agent/containers/weight.ts; a test holds the two against each other.
 */
export function groupSharesOf(heldShares: number, room: HostRoom): number {
  const { hostCores, allocatableCores } = room;
  const keptCores = Math.max(0, hostCores - allocatableCores);
  const times = Math.min(MOST_TIMES_DEFAULT * allocatableCores, allocatableCores / keptCores);
  const most = Math.min(MAX_SHARES, DEFAULT_GROUP_SHARES * times);
  return Math.round(Math.max(DEFAULT_GROUP_SHARES, Math.min(heldShares, most)));
}
