import { readScenario } from '../../../lab/scenario/read.js';
import type { Scenario, ScenarioGpu, ScenarioJob } from '../../../lab/types.js';

export function gpuScenario(text: string, seed = 1): Scenario {
  const read = readScenario(text, 'gpu');
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return { ...read.value.scenario, seed };
}

/** The lowest clock at which most of these jobs, alone on one GPU, are in band: by trying all. Latencies are the model's mean with CPU to spare. */
export function bestClock(jobs: readonly ScenarioJob[], { minMhz, maxMhz, stepMhz }: ScenarioGpu) {
  let best = { mhz: maxMhz, met: -1 };
  for (let mhz = minMhz; mhz <= maxMhz; mhz += stepMhz) {
    const met = jobs.filter((job) => isMet(job, latencyMs(job, mhz / maxMhz))).length;
    if (met > best.met) best = { mhz, met };
  }
  return best;
}

function latencyMs({ model, gpu }: ScenarioJob, clockRatio: number): number {
  const { workSeconds = 0, overheadSeconds = 0, gpuSeconds = 0 } = model ?? {};
  return 1000 * (overheadSeconds + workSeconds + gpuSeconds / (gpu?.shareRatio ?? 1) / clockRatio);
}

const isMet = ({ targetMs, toleranceRatio, mode }: ScenarioJob, ms: number): boolean =>
  ms <= targetMs * (1 + toleranceRatio) && (mode === 'ceiling' || ms >= targetMs * (1 - toleranceRatio));
