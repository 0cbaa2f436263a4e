import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { readScenario } from '../../../../lab/scenario/read.js';
import { boundsOf } from '../../../../lab/sim/bound.js';
import { Judge } from '../../../../lab/sim/judge.js';
import type { Scenario, ScenarioJob } from '../../../../lab/types.js';

// The tests run in dist/test/unit/lab-score; scenario files are not built.
const FOLDER = new URL('../../../../../lab/scenarios/', import.meta.url);
const files = readdirSync(FOLDER).sort();

function scenarioOf(file: string): Scenario {
  const read = readScenario(
    readFileSync(new URL(file, FOLDER), 'utf8'),
    file.replace(/\.yaml$/, ''),
  );
  assert.ok(
    read.ok,
    read.ok ? '' : `${file}: ${read.error.map(({ message }) => message).join('; ')}`,
  );
  assert.deepEqual(read.value.warnings, []);
  return read.value.scenario;
}

/** A percentile ÷ the mean at 8 % noise; open arrivals by their queue, as the file was made. */
const PERCENTILE: Readonly<Record<string, number>> = {
  mean: 1,
  p50: 1,
  p90: 1.1,
  p95: 1.13,
  p99: 1.19,
};
const OPEN_PERCENTILE: Readonly<Record<string, number>> = { mean: 1, p95: 1.9, p99: 2.4 };

/**
 * CPU that brings a job to its target exactly, cores: W/(o − a) for a closed loop, M/D/1 for open
 * arrivals; null = none does.
 */
function needOf({ model, targetMs, statistic }: ScenarioJob): number | null {
  assert.ok(model !== null);
  const { workSeconds, overheadSeconds, waitSeconds = 0, arrivals } = model;
  const ratio = (arrivals.kind === 'closed' ? PERCENTILE : OPEN_PERCENTILE)[statistic] ?? 1;
  const seconds = targetMs / 1000 / ratio - overheadSeconds - waitSeconds;
  if (seconds <= 0) return null;
  if (arrivals.kind === 'closed') return workSeconds / seconds;
  const use = arrivals.ratePerSecond * workSeconds;
  let [low, high] = [use, 64];
  for (let step = 0; step < 60; step += 1) {
    const cores = (low + high) / 2;
    const latency = (workSeconds / cores) * (1 + (0.5 * use) / (cores - use));
    if (latency > seconds) low = cores;
    else high = cores;
  }
  return high;
}

const capacityOf = ({ nodes }: Scenario): number =>
  nodes.reduce((total, { cpuCores }) => total + cpuCores, 0);
const ratioOf = (scenario: Scenario, jobs: readonly ScenarioJob[] = scenario.jobs): number =>
  jobs.reduce((total, job) => total + (needOf(job) ?? 0), 0) / capacityOf(scenario);

/**
 * Demand ÷ capacity of all jobs together as their files say, and the most jobs the oracle satisfies
 * in the last phase.
 */
const SAID: Readonly<Record<string, readonly [ratio: number, mostAtEnd: number]>> = {
  'all-fast': [0.6, 10],
  'all-slightly-slow': [1.27, 8],
  arrivals: [0.95, 10],
  'arrivals-fixed': [0.95, 10],
  'async-servers': [0.83, 5],
  'burst-10': [0.95, 10],
  'calm-then-disturbed': [0.8, 10],
  'ceiling-mix': [0.9, 10],
  churn: [2.12, 2],
  'cluster-40': [0.9, 40],
  departures: [1.35, 7],
  // Nearly all of its work is on GPUs, which are not counted here.
  'gpu-shared': [0.0188, 4],
  'infeasible-1.1': [1.12, 9],
  'infeasible-1.3': [1.3, 8],
  'infeasible-2.0': [2, 5],
  'late-report': [0.92, 10],
  'mixed-time-scales': [0.9, 10],
  'multi-threaded': [0.95, 8],
  'one-unreachable': [0.9, 9],
  'open-step': [0.77, 6],
  'ort-default-6': [0.8, 6],
  percentiles: [0.9, 10],
  rebalance: [0.75, 9],
  'slow-jobs-dominate': [0.97, 10],
  'small-limits': [0.93, 20],
  'spin-mt': [0.517, 4],
  'stale-reports': [0.9, 10],
  'stolen-cpu': [0.85, 10],
  'target-change': [0.8, 10],
  'work-drift': [0.78, 10],
};
/** Those whose containers have threads that stay awake: one request of theirs is as in no model. */
const AWAKE = ['ort-default-6', 'spin-mt'];
const REAL = ['arrivals', 'async-servers', 'burst-10', 'cluster-40', 'infeasible-1.1', 'open-step'];

describe('shipped scenarios', () => {
  it('are the ones this test knows', () => {
    const known = Object.keys(SAID).map((name) => `${name}.yaml`);
    assert.deepEqual(files, known.sort());
  });

  for (const file of files) {
    const name = file.replace(/\.yaml$/, '');

    it(`${name}: parses, says what it shows, and asks what its name says`, () => {
      const text = readFileSync(new URL(file, FOLDER), 'utf8');
      assert.match(text, /^# \S.*\n# \S/);
      const scenario = scenarioOf(file);
      assert.equal(scenario.name, name);
      const [ratio] = SAID[name] ?? [Number.NaN];
      assert.ok(
        Math.abs(ratioOf(scenario) - ratio) <= 0.02 * ratio,
        `${ratioOf(scenario)} against ${ratio}`,
      );
      for (const { model, toleranceRatio } of scenario.jobs) {
        assert.equal(model?.noiseRatio, 0.08);
        assert.equal(toleranceRatio, 0.1);
      }
    });

    it(`${name}: the oracle satisfies at its end what it should`, () => {
      const [, most] = SAID[name] ?? [];
      const bounds = boundsOf(scenarioOf(file), new Judge());
      assert.equal(bounds.at(-1)?.mostJobs, most);
    });
  }

  it('names with a number ask for that many times the capacity', () => {
    for (const file of files) {
      const said = /-(\d\.\d)\.yaml$/.exec(file)?.[1];
      if (said !== undefined) assert.equal(ratioOf(scenarioOf(file)).toFixed(1), said, file);
    }
  });

  for (const name of REAL)
    it(`${name}: runs on real containers too, with the same demand and within minutes`, () => {
      const scenario = scenarioOf(`${name}.yaml`);
      // Hosts cut from two cores leave room for engines and control, and so little CPU each that
      // ten seconds hold a handful of requests.
      const isCluster = scenario.nodes.length > 1;
      assert.ok(scenario.durationMs <= (isCluster ? 240_000 : 120_000));
      assert.equal(scenario.intervalMs, isCluster ? 10_000 : 5000);
      assert.ok(capacityOf(scenario) <= (isCluster ? 1.8 : 2));
      for (const job of scenario.jobs) {
        assert.ok(job.workload !== null && job.demandRatio !== null, job.id);
        const need = (needOf(job) ?? 0) / capacityOf(scenario);
        assert.ok(
          Math.abs(need - job.demandRatio) <= 0.02 * job.demandRatio,
          `${job.id}: ${need}, ${job.demandRatio}`,
        );
        assert.deepEqual(job.workload.arrivals, job.model?.arrivals);
        assert.equal((job.workload.waitMs ?? 0) / 1000, job.model?.waitSeconds ?? 0);
        assert.equal(job.workload.concurrency, job.model?.concurrency);
        assert.equal(job.workload.threads, 1);
      }
    });

  it('only these eight can run on real containers', () => {
    const able = files.filter((file) =>
      scenarioOf(file).jobs.every(({ workload }) => workload !== null),
    );
    assert.deepEqual(able, [...REAL, ...AWAKE].map((name) => `${name}.yaml`).sort());
    for (const name of AWAKE) {
      const { jobs } = scenarioOf(`${name}.yaml`);
      assert.ok(jobs.some(({ workload }) => workload?.spin || workload?.spinning?.blocktimeMs));
    }
  });
});
