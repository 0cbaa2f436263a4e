import { Container, type ContainerOptions, type Sample } from '../../../../lab/host/container.js';
import { JobDraws } from '../../../../lab/host/draws.js';
import { HostNode } from '../../../../lab/host/node.js';
import type { JobModel, Scenario, ScenarioJob } from '../../../../lab/types.js';
import type { CpuLimit } from '../../../../shared/command.js';

/** Builders: a valid value with what a test cares about replaced. */
export const model = (change: Partial<JobModel> = {}): JobModel => ({
  workSeconds: 0.1,
  overheadSeconds: 0,
  parallelism: 1,
  noiseRatio: 0,
  arrivals: { kind: 'closed' },
  ...change,
});

export const open = (ratePerSecond: number): JobModel['arrivals'] => ({
  kind: 'open',
  ratePerSecond,
});

export const limit = (cpuCores: number | null, periodUs = 100_000): CpuLimit => ({
  cpuCores,
  periodUs,
});

export const simJob = (id: string, change: Partial<ScenarioJob> = {}): ScenarioJob => ({
  id,
  atMs: 0,
  untilMs: null,
  targetMs: 1000,
  demandRatio: null,
  statistic: 'mean',
  toleranceRatio: 0.1,
  mode: 'band',
  weight: 1,
  model: model(),
  workload: null,
  ...change,
});

export const scenario = (
  jobs: readonly ScenarioJob[],
  change: Partial<Scenario> = {},
): Scenario => ({
  name: 'test',
  seed: 1,
  intervalMs: 5000,
  durationMs: 60_000,
  nodes: [{ id: 'h1', cpuCores: 2 }],
  jobs,
  disturbances: [],
  ...change,
});

export interface Running {
  readonly container: Container;
  readonly samples: Sample[];
}

/** Starts containers on a host at time 0; their samples are kept. */
export function hostWith(
  cores: number,
  wanted: readonly { readonly model: JobModel; readonly limit: CpuLimit }[],
  seed = 1,
): { readonly host: HostNode; readonly running: readonly Running[] } {
  const host = new HostNode(cores, 0);
  const running = wanted.map((each, i) => {
    const samples: Sample[] = [];
    const options: ContainerOptions = {
      ...each,
      draws: new JobDraws(seed, `j${i}`, each.model.noiseRatio),
      nowMs: 0,
      onSample: (sample) => samples.push(sample),
    };
    const container = new Container(options);
    host.add(container);
    return { container, samples };
  });
  return { host, running };
}

export const meanOf = (samples: readonly Sample[]): number =>
  samples.reduce((total, { latencyMs }) => total + latencyMs, 0) / samples.length;

/** Nearest-rank percentile. */
export function percentileOf(samples: readonly Sample[], q: number): number {
  const sorted = samples.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

export function assertNear(actual: number, expected: number, ratio: number, what = ''): void {
  if (Math.abs(actual - expected) <= ratio * Math.abs(expected)) return;
  throw new Error(`${what} ${actual} is not within ${ratio * 100} % of ${expected}`);
}
