import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Policy } from '../../../../coordinator/schedule/types.js';
import { boundsOf, oraclePerInterval } from '../../../../lab/sim/bound.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { runScenario } from '../../../../lab/sim/run-scenario.js';
import { model, scenario, simJob } from './build.js';

const judge = new Judge();

describe('the bound', () => {
  it('holds: the demands, set as limits, satisfy every chosen job', () => {
    const jobs = [
      simJob('a', { targetMs: 900, model: model({ workSeconds: 0.3, noiseRatio: 0.08 }) }),
      simJob('b', {
        targetMs: 400,
        model: model({ workSeconds: 0.2, noiseRatio: 0.08 }),
        statistic: 'p95',
      }),
      simJob('c', {
        targetMs: 2000,
        mode: 'ceiling',
        model: model({ workSeconds: 1, parallelism: 2, overheadSeconds: 0.1 }),
      }),
      simJob('d', { targetMs: 50 }),
    ];
    const given = scenario(jobs);
    const [phase] = boundsOf(given, judge);
    assert.deepEqual(
      phase?.jobs.map(({ id, chosen }) => [id, chosen]),
      [
        ['a', true],
        ['b', true],
        ['c', true],
        ['d', false],
      ],
    );
    const needs = new Map(phase?.jobs.map((job) => [job.id, job]));
    const asNeeded: Policy = {
      name: 'oracle',
      start: null,
      decide: ({ node }, memory) => ({
        limits: node.allocations.map(({ id, job }) => {
          const need = needs.get(job);
          const cores = need?.chosen === true ? need.cores * 1.001 : 0.01;
          return {
            allocation: id,
            limit: { cpuCores: cores, periodUs: need?.periodUs ?? 100_000 },
            reason: '',
          };
        }),
        memory,
      }),
    };
    const [scored] = runScenario(given, [asNeeded], judge);
    assert.equal(scored?.score.summary.ratioToOracle, 1);
    assert.equal(scored?.score.oracle, 3);
  });

  it('follows the phases: an interval has the bound in force at its end', () => {
    const given = scenario([simJob('a'), simJob('b', { atMs: 20_000 })], {
      disturbances: [{ kind: 'target', atMs: 42_000, job: 'a', targetMs: 10 }],
    });
    assert.deepEqual(
      oraclePerInterval(given, boundsOf(given, judge)),
      [1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1],
    );
  });
});
