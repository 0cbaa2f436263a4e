import { stringify } from 'yaml';
import type { Disturbance, ForeignLoad } from '../disturbance.js';
import type { JobModel, Scenario, ScenarioJob } from '../types.js';

/**
 * The text of a scenario file, for a scenario without workloads. `readScenario` returns the same
 * scenario as long as times and works have at most twelve significant digits (`fitRecording` rounds
 * them).
 */
export function scenarioText(scenario: Scenario, comment: readonly string[] = []): string {
  const { name, seed, intervalMs, durationMs, nodes, jobs, disturbances } = scenario;
  const document = {
    name,
    seed,
    interval: ms(intervalMs),
    duration: ms(durationMs),
    nodes: nodes.map(({ id, cpuCores }) => ({ id, cpu: cpuCores })),
    jobs: jobs.map(jobOf),
    disturbances: disturbances.map(disturbanceOf),
  };
  const lines = comment.map((line) => `# ${line.replace(/\s+/g, ' ')}\n`).join('');
  return lines + stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Shortest text without an exponent. */
const plain = (value: number): string => {
  const short = Number(value.toPrecision(12));
  return Math.abs(short) < 1e-6
    ? short.toFixed(15).replace(/0+$/, '').replace(/\.$/, '')
    : String(short);
};
const ms = (value: number): string => `${plain(value)}ms`;

const jobOf = (job: ScenarioJob) => ({
  id: job.id,
  at: ms(job.atMs),
  ...(job.untilMs === null ? {} : { until: ms(job.untilMs) }),
  target: ms(job.targetMs),
  ...(job.demandRatio === null ? {} : { demand: job.demandRatio }),
  statistic: job.statistic,
  tolerance: job.toleranceRatio,
  mode: job.mode,
  weight: job.weight,
  ...(job.model === null ? {} : { model: modelOf(job.model) }),
});

const modelOf = ({
  workSeconds,
  overheadSeconds,
  parallelism,
  noiseRatio,
  arrivals,
}: JobModel) => ({
  work: ms(workSeconds * 1000),
  overhead: ms(overheadSeconds * 1000),
  parallelism,
  noise: noiseRatio,
  arrivals: arrivals.kind === 'closed' ? 'closed' : { rate: arrivals.ratePerSecond },
});

function disturbanceOf(disturbance: Disturbance): Readonly<Record<string, unknown>> {
  const at = ms(disturbance.atMs);
  if (disturbance.kind === 'target')
    return { at, job: disturbance.job, target: ms(disturbance.targetMs) };
  const span = disturbance.forMs === null ? { at } : { at, for: ms(disturbance.forMs) };
  switch (disturbance.kind) {
    case 'stolenCpu':
      return { ...span, node: disturbance.node, stolenCpu: disturbance.cores };
    case 'foreign':
      return {
        ...span,
        ...(disturbance.node === null ? {} : { node: disturbance.node }),
        foreign: foreignOf(disturbance.load),
      };
    case 'workFactor':
      return { ...span, job: disturbance.job, workFactor: disturbance.factor };
    case 'rateFactor':
      return { ...span, job: disturbance.job, rateFactor: disturbance.factor };
    case 'silence':
      return {
        ...span,
        ...(disturbance.node === null ? { job: disturbance.job } : { node: disturbance.node }),
        silence: true,
      };
  }
}

function foreignOf(load: ForeignLoad): Readonly<Record<string, unknown>> {
  // A share of nothing is left out, as a file has none.
  const share = (key: string, value: number) => (value > 0 ? { [key]: plain(value) } : {});
  return {
    ...share('steady', load.steadyRatio),
    ...share('bursts', load.burstRatio),
    shortest: ms(load.shortestMs),
    longest: ms(load.longestMs),
    ...share('lowest', load.lowestRatio),
    ...share('highest', load.highestRatio),
    ...(load.changeMs === null ? {} : { changes: ms(load.changeMs) }),
    ...share('memory', load.memoryRatio),
    ...share('steal', load.stealRatio),
  };
}
