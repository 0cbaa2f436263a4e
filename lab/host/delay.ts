/** Mean time that an agent waits for CPU before it has done something small, ms. */
export interface AgentDelay {
  /** Where no core of the host is free. */
  readonly fullMs: number;
  /** Added to that, times the share of the host that other programs want. */
  readonly besideMs: number;
}

/** It never waits. */
export const NO_DELAY: AgentDelay = { fullMs: 0, besideMs: 0 };

/** CPU of a host, and who wants it now, cores. */
export interface WantedCpu {
  readonly hostCores: number;
  /** What containers could use at once. */
  readonly containerCores: number;
  /** What others take or want, on average over some milliseconds. */
  readonly otherCores: number;
}

/**
 * Mean delay now, ms. An agent computes for moments, so what matters is whether a core is free for
 * it: then it does not wait. Containers alone hardly hold it up, as a thread that wakes goes before
 * those that have run; programs like itself do.
 */
export function meanDelayMs({ fullMs, besideMs }: AgentDelay, wanted: WantedCpu): number {
  const { hostCores, containerCores, otherCores } = wanted;
  if (containerCores + otherCores <= hostCores - 1) return 0;
  return fullMs + besideMs * Math.min(1, otherCores / hostCores);
}
