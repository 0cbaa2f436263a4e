import { docker } from '../docker-command.js';
import type { Load } from './loads.js';

/** A load by the CPU it is to take on average, instead of by its target. */
export type LoadByShare = Omit<Load, 'targetMs'> & { readonly cores: number };

/** With so much CPU a model is loaded soon. */
const START_CORES = 0.4;
const START_MS = 4000;
const MEASURED_MS = 8000;
const MIN_REQUESTS = 3;

/**
 * Gives each load the target at which it takes its share of CPU on this machine now. Each runs for
 * 8 s on the machine's own Engine, all of them at once, with a quota of its share, and reports the
 * CPU time of each request: how fast the machine is, what else runs on it, and what it costs to be
 * held back by a quota (a fifth to two fifths more with 0.1 CPU than with 0.4) is thereby in the
 * targets.
 */
export const calibrated = (loads: readonly LoadByShare[]): Promise<readonly Load[]> =>
  Promise.all(
    loads.map(async ({ cores, ...load }) => ({
      ...load,
      targetMs: Math.round(((await measure(load, cores)) / cores) * 1000),
    })),
  );

/** CPU time of a request, s: the median of those under the quota. */
async function measure(
  { name, model, batch }: Omit<Load, 'targetMs'>,
  cores: number,
): Promise<number> {
  const command = ['--model', model, '--batch', String(batch)];
  const id = await docker('run', '-d', '--cpus', String(START_CORES), 'dqoes/sample:1', ...command);
  try {
    await sleep(START_MS);
    await docker('update', '--cpus', String(cores), id);
    const before = (await cpuMsIn(id)).length;
    await sleep(MEASURED_MS);
    // The first one began before.
    const settled = (await cpuMsIn(id)).slice(before + 1).sort((a, b) => a - b);
    const median = settled[Math.floor(settled.length / 2)];
    if (median === undefined || settled.length < MIN_REQUESTS)
      throw new Error(`${name} answered ${settled.length} requests with ${cores} CPU`);
    return median / 1000;
  } finally {
    await docker('rm', '-f', id);
  }
}

/** CPU time of each request so far, ms. */
async function cpuMsIn(container: string): Promise<readonly number[]> {
  const log = await docker('logs', container);
  return [...log.matchAll(/"cpuMs":([0-9.]+)/g)].map(([, ms]) => Number(ms));
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
