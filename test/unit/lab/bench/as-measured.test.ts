import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { asMeasured, othersAsStolen } from '../../../../lab/bench/as-measured.js';
import { NO_FOREIGN_LOAD } from '../../../../lab/foreign/levels.js';
import { model } from '../sim/build.js';
import { job, scenario, workload } from './build.js';

describe('lab bench: a scenario as it was measured', () => {
  const world = scenario(
    {
      jobs: [
        job('a', { model: model({ noiseRatio: 0.2, workSeconds: 9, overheadSeconds: 1 }) }),
        job('b', {
          workload: workload({
            kind: 'vad',
            threads: 2,
            arrivals: { kind: 'open', ratePerSecond: 4 },
            waitMs: 300,
            concurrency: 8,
          }),
        }),
        job('c', { workload: workload({ kind: 'ocr-cls' }), model: model() }),
      ],
    },
    [
      { kind: 'target', atMs: 5000, job: 'a', targetMs: 2000 },
      { kind: 'stolenCpu', atMs: 5000, forMs: null, node: 'h1', cores: 0.5 },
    ],
  );
  const measured = asMeasured(world, {
    nodeCores: [1.9],
    workSeconds: { 'ocr-det x2, 1 thread': 0.05, 'vad x2, 2 threads': 0.02 },
    targetsMs: { a: 400, b: 90 },
  });

  it('has the work, targets and CPU of the machine', () => {
    assert.deepEqual(measured.nodes, [{ id: 'h1', cpuCores: 1.9 }]);
    const [a, b, c] = measured.jobs;
    assert.deepEqual([a?.targetMs, b?.targetMs, c?.targetMs], [400, 90, 1000]);
    assert.deepEqual(a?.model, {
      workSeconds: 0.05,
      overheadSeconds: 0,
      parallelism: 1,
      noiseRatio: 0.2,
      arrivals: { kind: 'closed' },
    });
    assert.deepEqual(
      [b?.model?.workSeconds, b?.model?.parallelism, b?.model?.noiseRatio, b?.model?.arrivals.kind],
      [0.02, 2, 0.08, 'open'],
    );
    assert.deepEqual([b?.model?.waitSeconds, b?.model?.concurrency], [0.3, 8]);
    assert.deepEqual(c?.model, model());
  });

  it('has the spread of requests that a run showed, where it showed one', () => {
    const block = { nodeCores: [2], workSeconds: { 'ocr-det x2, 1 thread': 1 }, targetsMs: {} };
    const jobs = asMeasured(world, block, new Map([['a', 0.3]])).jobs;
    assert.deepEqual(
      jobs.map((each) => each.model?.noiseRatio),
      [0.3, undefined, 0],
    );
  });

  it('changes targets by the same ratio, and nothing else', () => {
    assert.deepEqual(measured.disturbances, [
      { kind: 'target', atMs: 5000, job: 'a', targetMs: 800 },
      { kind: 'stolenCpu', atMs: 5000, forMs: null, node: 'h1', cores: 0.5 },
    ]);
  });

  it('leaves the nodes of a cluster as the file has them', () => {
    const nodes = [
      { id: 'h1', cpuCores: 0.5 },
      { id: 'h2', cpuCores: 1 },
    ];
    const block = { nodeCores: [0.5, 1], workSeconds: {}, targetsMs: {} };
    assert.deepEqual(asMeasured({ ...world, nodes }, block).nodes, nodes);
  });
});

describe('lab bench: what others took from the jobs of a run', () => {
  const run = {
    repetition: 1,
    othersPerInterval: [0, 0.3, null, 0.005, 9],
    foreign: null,
    machineCores: 2,
  };
  const taken = (world = scenario(), beside: object = {}): readonly (readonly number[])[] =>
    othersAsStolen(world, { ...run, ...beside }).map((each) =>
      each.kind === 'stolenCpu'
        ? [each.atMs, each.forMs ?? 0, Math.round(each.cores * 1e6) / 1e6]
        : [],
    );

  it('is what they used, by interval, never all', () => {
    assert.deepEqual(taken(), [
      [5000, 5000, 0.3],
      [20_000, 5000, 1.9],
    ]);
  });

  it('is without what the bench itself stole or made', () => {
    const own = scenario({}, [
      { kind: 'stolenCpu', atMs: 5000, forMs: 5000, node: 'h1', cores: 0.15 },
    ]);
    assert.deepEqual(taken(own)[0], [5000, 5000, 0.15]);
    const load = { ...NO_FOREIGN_LOAD, steadyRatio: 0.05 };
    const beside = scenario({}, [{ kind: 'foreign', atMs: 0, forMs: null, node: null, load }]);
    // Half of what was asked for: 0.05 cores.
    const foreign = { plannedCpuMs: 3000, usedCpuMs: 1500 };
    assert.deepEqual(taken(beside, { foreign })[0], [5000, 5000, 0.25]);
  });

  it('is nothing where the scenario steals nearly all', () => {
    const all = scenario({}, [
      { kind: 'stolenCpu', atMs: 20_000, forMs: 5000, node: 'h1', cores: 1.95 },
    ]);
    assert.deepEqual(taken(all), [[5000, 5000, 0.3]]);
  });

  it('is not told for several hosts', () => {
    const nodes = ['h1', 'h2'].map((id) => ({ id, cpuCores: 0.9 }));
    assert.deepEqual(taken(scenario({ nodes })), []);
  });
});
