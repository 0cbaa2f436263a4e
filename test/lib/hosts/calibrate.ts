import { docker } from '../docker-command.js';
import type { Load } from './loads.js';

/** A load by the CPU it is to take on average, instead of by its target. */
export type LoadByShare = Omit<Load, 'targetMs'> & { readonly cores: number };

const MEASURED_MS = 8000;
/** As on a host: each with a part of a core, all at once. */
const QUOTA_CORES = 0.4;
const MIN_REQUESTS = 3;

/**
 * Gives each load the target at which it takes its share of CPU on this machine now. Each model
 * runs for 8 s on the machine's own Engine, all of them at once, and reports the CPU time of each
 * request; how fast the machine is, and what else runs on it, is thereby in the targets.
 */
export async function calibrated(loads: readonly LoadByShare[]): Promise<readonly Load[]> {
  const kinds = [...new Set(loads.map(kindOf))];
  const seconds = new Map(
    await Promise.all(
      kinds.map(async (kind): Promise<[string, number]> => [kind, await measure(kind)]),
    ),
  );
  return loads.map(({ cores, ...load }) => ({
    ...load,
    targetMs: Math.round(((seconds.get(kindOf(load)) ?? 0) / cores) * 1000),
  }));
}

const kindOf = ({ model, batch }: Pick<Load, 'model' | 'batch'>): string =>
  `--model ${model} --batch ${batch}`;

/** CPU time of a request, s: the median of those of the second half. */
async function measure(kind: string): Promise<number> {
  const quota = ['--cpus', String(QUOTA_CORES)];
  const id = await docker('run', '-d', ...quota, 'dqoes/sample:1', ...kind.split(' '));
  try {
    await new Promise((resolve) => setTimeout(resolve, MEASURED_MS));
    const lines = (await docker('logs', id)).split('\n');
    const all = lines.flatMap((line) => {
      const found = /"cpuMs":([0-9.]+)/.exec(line)?.[1];
      return found === undefined ? [] : [Number(found)];
    });
    const settled = all.slice(Math.floor(all.length / 2)).sort((a, b) => a - b);
    const median = settled[Math.floor(settled.length / 2)];
    if (median === undefined || settled.length < MIN_REQUESTS)
      throw new Error(`${kind} answered ${all.length} requests in ${MEASURED_MS} ms`);
    return median / 1000;
  } finally {
    await docker('rm', '-f', id);
  }
}
