import { realClock } from '../../../cli/clock.js';
import { hostCpuSeconds } from './containers.js';

/** What others may use of a host that is called idle, cores, and for how long that must be so. */
const IDLE_CORES = 0.2;
const WATCH_MS = 1000;
/** Who waits longer than this goes on all the same. */
const PATIENCE_MS = 300_000;

/**
 * Waits until the host is idle, for five minutes at most: figures beside other loads mean nothing.
 */
export async function untilQuiet(
  signal: AbortSignal,
  say: (sentence: string) => void,
): Promise<void> {
  const deadline = realClock.now() + PATIENCE_MS;
  for (let isTold = false; ; ) {
    const usedCores = await usedOf(WATCH_MS, signal);
    if (usedCores <= IDLE_CORES) return;
    if (realClock.now() > deadline)
      return say(`others still use ${usedCores.toFixed(2)} CPU: going on all the same`);
    if (!isTold) say(`waiting until this machine is idle: others use ${usedCores.toFixed(2)} CPU`);
    isTold = true;
  }
}

async function usedOf(ms: number, signal: AbortSignal): Promise<number> {
  const before = hostCpuSeconds();
  const fromMs = realClock.now();
  await realClock.sleep(ms, signal);
  signal.throwIfAborted();
  return (1000 * (hostCpuSeconds() - before)) / (realClock.now() - fromMs);
}
