import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { NodeForecast } from '../../../../../coordinator/schedule/forecast.js';
import { nodeBudgetsOf } from '../../../../../coordinator/schedule/placement/reconcile-replicas.js';
import { adaptivePolicy } from '../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import { NO_MEMORY } from '../../../../../coordinator/schedule/policies/adaptive/memory.js';
import type { SnapshotJob, SnapshotNode } from '../../../../../coordinator/schedule/types.js';
import { atOnce } from '../../../../../shared/steps.js';
import { allocation, job, node, snapshot, wantedJob } from '../../build.js';
import { EMPTY_CONTEXT, forecastOf } from '../../cluster-build.js';

describe('place: budgets of nodes', () => {
  const jobs = [wantedJob(job('a'))];
  const nodes = [node('h1', { allocations: [allocation('a-1')] }), node('h2')];
  const forecast = forecastOf(2, { 'a-1': 0.5 });

  const budgetsOf = (
    of: readonly SnapshotNode[],
    wanted: readonly SnapshotJob[],
    said: NodeForecast = forecast,
  ) => {
    const context = { ...EMPTY_CONTEXT, forecastOf: () => said };
    return atOnce(nodeBudgetsOf({ ...snapshot([...of], []), jobs: wanted }, of, context));
  };

  it('are made again only for nodes of which something is new', () => {
    const [first, other] = budgetsOf(nodes, jobs);
    assert.equal(budgetsOf(nodes, jobs)[0], first);
    const [, again] = budgetsOf([nodes[0] as SnapshotNode, node('h2')], jobs);
    assert.notEqual(again, other);
    assert.deepEqual(again?.promised, other?.promised);
  });

  it('follow the jobs and what the policy forecasts', () => {
    const [first] = budgetsOf(nodes, jobs);
    const larger = [wantedJob(job('a', { resources: { cpu: { minCores: 1 }, memoryBytes: 7 } }))];
    assert.equal(budgetsOf(nodes, larger)[0]?.promised.memoryBytes, 7);
    assert.notEqual(first?.promised.memoryBytes, 7);
    assert.equal(budgetsOf(nodes, jobs, forecastOf(1, {}))[0]?.capacityCores, 1);
    assert.equal(budgetsOf(nodes, jobs)[0]?.capacityCores, 2);
  });

  it('look at what runs there at once, or only when that is asked for', () => {
    let looks = 0;
    const looked = { ...jobs[0] } as SnapshotJob;
    Object.defineProperty(looked, 'spec', {
      get: () => {
        looks += 1;
        return jobs[0]?.spec;
      },
    });
    const asked = (sumsLater: boolean): number => {
      const context = { ...EMPTY_CONTEXT, forecastOf: () => forecast, sumsLater };
      const of = [node('h1', { allocations: [allocation('a-1')] })];
      const wanted = { ...snapshot(of, []), jobs: [looked] };
      const [budget] = atOnce(nodeBudgetsOf(wanted, of, context));
      const [before, promised] = [looks, budget?.promised];
      assert.equal(promised?.cpuCores, budgetsOf(nodes, jobs)[0]?.promised.cpuCores);
      const seen = looks - before;
      assert.equal(budget?.promised, promised);
      return seen;
    };
    assert.equal(asked(false), 0);
    assert.ok(asked(true) > 0);
  });

  it('rest on forecasts that stay the same while nothing is learnt', () => {
    const { forecaster } = adaptivePolicy;
    const memory = { ...NO_MEMORY, capacityCores: 4 };
    assert.equal(forecaster?.forecast(memory), forecaster?.forecast(memory));
    assert.deepEqual(forecaster?.forecast({ ...memory }), forecaster?.forecast(memory));
    assert.equal(forecaster?.forecast({ ...memory, capacityCores: 3 }).capacityCores, 3);
  });
});
