import { LongRuns } from '../../../../lab/host/long-runs.js';
import type { Scenario } from '../../../../lab/types.js';
import { seededRandom } from '../../../../shared/random.js';
import { gpuScenario, longRunMs } from './gpu-build.js';

/**
 * `closed`: clients that wait for each answer; `open`: requests that come by themselves,
 * `open-fast`: ten times shorter and more of them; `tail`, `tail-open`: the first and the third
 * with percentile targets; `power`: the first where only the power limit can be set.
 */
export type GpuCaseKind = 'closed' | 'open' | 'open-fast' | 'tail' | 'tail-open' | 'power';

const MAX_MHZ = 1410;

/**
 * One to four jobs on one GPU, with targets that one clock serves give or take 7 %. Same seed, same
 * case.
 */
export function randomGpuCase(kind: GpuCaseKind, seed: number, durationSeconds: number): Scenario {
  const random = seededRandom(seed);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const count = 1 + Math.floor(random() * 4);
  const commonMhz = between(300, 1380);
  const scale = kind === 'open-fast' || kind === 'tail-open' ? 0.1 : 1;
  const isOpen = kind.includes('open');
  const jobs = Array.from({ length: count }, (_, i) => {
    const share = Math.max(5, Math.floor((100 / count) * between(0.6, 1)));
    const [gpu, overhead, work] = [
      between(2, 60) * scale,
      between(0, 40) * scale,
      between(1, 8) * scale,
    ];
    const serviceMs = overhead + work + ((100 * gpu) / share) * (MAX_MHZ / commonMhz);
    const spread = between(0.93, 1.07);
    const mode = random() < 0.3 ? 'ceiling' : 'band';
    const noise = between(0.02, 0.15);
    const statistic = kind.startsWith('tail')
      ? (['p90', 'p95', 'p99'][Math.floor(random() * 3)] ?? 'p95')
      : 'mean';
    const arrivals = isOpen
      ? `arrivals: { rate: ${((1000 * between(0.15, 0.75)) / serviceMs).toFixed(4)} }, `
      : '';
    const times = `work: ${work}ms, overhead: ${overhead}ms, gpu: ${gpu}ms`;
    const model = `${arrivals}${times}, noise: ${noise}`;
    return { id: `j${i}`, mode, statistic, share, model, spread };
  });
  const text = (targets: readonly number[]): string => {
    const lines = jobs.map(({ id, mode, statistic, share, model }, i) => {
      const target = (targets[i] ?? 1).toFixed(2);
      return (
        `{ id: ${id}, target: ${target}ms, mode: ${mode}, statistic: ${statistic}, gpu: { ` +
        `share: ${share}% }, model: { ${model} } }`
      );
    });
    const node =
      'nodes: [{ id: h1, cpu: 32, gpu: [{ id: g0, memory: ' +
      `80GiB${kind === 'power' ? ', minPower: 60' : ''} }] }]`;
    return `duration: ${durationSeconds}s\n${node}\njobs: [${lines.join(', ')}]`;
  };
  const runs = new LongRuns();
  const blank = gpuScenario(text(jobs.map(() => 100)), seed);
  const targets = blank.jobs.map(
    (job, i) => longRunMs(runs, job, commonMhz / MAX_MHZ) * (jobs[i]?.spread ?? 1),
  );
  return gpuScenario(text(targets), seed);
}
