import { UNLIMITED } from '../../../../coordinator/schedule/limits/fit.js';
import { LongRuns } from '../../../../lab/host/long-runs.js';
import { readScenario } from '../../../../lab/scenario/read.js';
import { onGpu } from '../../../../lab/sim/judge.js';
import type { Scenario, ScenarioGpu, ScenarioJob } from '../../../../lab/types.js';

export function gpuScenario(text: string, seed = 1): Scenario {
  const read = readScenario(text, 'gpu');
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return { ...read.value.scenario, seed };
}

/**
 * The lowest clock at which most of these jobs, alone on one GPU, are in band: by trying all, each
 * in a long run with CPU to spare.
 */
export function bestClock(
  jobs: readonly ScenarioJob[],
  { minMhz, maxMhz, stepMhz }: ScenarioGpu,
  runs = new LongRuns(),
) {
  let best = { mhz: maxMhz, met: -1 };
  for (let mhz = minMhz; mhz <= maxMhz; mhz += stepMhz) {
    const met = jobs.filter((job) => isMet(job, longRunMs(runs, job, mhz / maxMhz))).length;
    if (met > best.met) best = { mhz, met };
  }
  return best;
}

const NO_LOAD = { workFactor: 1, rateFactor: 1 };

/** The statistic of a job's target under a clock for ever, ms. */
export function longRunMs(
  runs: LongRuns,
  { model, gpu, statistic }: ScenarioJob,
  clockRatio: number,
): number {
  if (model === null) return Number.NaN;
  return runs.of(onGpu(model, NO_LOAD, (gpu?.shareRatio ?? 1) * clockRatio), UNLIMITED)[statistic];
}

const isMet = ({ targetMs, toleranceRatio, mode }: ScenarioJob, ms: number): boolean =>
  ms <= targetMs * (1 + toleranceRatio) &&
  (mode === 'ceiling' || ms >= targetMs * (1 - toleranceRatio));
