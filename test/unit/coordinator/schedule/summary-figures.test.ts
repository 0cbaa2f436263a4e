import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { NodeForecast } from '../../../../coordinator/schedule/forecast.js';
import { factsOf } from '../../../../coordinator/schedule/summary-facts.js';
import {
  figuresOf,
  forecastFrom,
  hasSameFigures,
  summaryFrom,
} from '../../../../coordinator/schedule/summary-figures.js';
import type { SnapshotNode } from '../../../../coordinator/schedule/types.js';
import { allocation, allocationId, container, latency, limit, node } from '../build.js';
import { gpu, gpuReport } from './gpu/build.js';

/** As through the port of a worker. */
const sent = (its: SnapshotNode, forecast?: NodeForecast) =>
  structuredClone([factsOf(its), figuresOf(its, forecast)] as const);

const read = (its: SnapshotNode) => summaryFrom(...sent(its));

const CPU = {
  ...{ usageCores: 0.4, usageTotalSeconds: 9, throttledRatio: 0.25 },
  ...{ pressureRatio: null },
};
const MEMORY = { currentBytes: 3e6, workingSetBytes: 2e6, oomKills: 0 };

describe('the summary of a node from its facts and figures', () => {
  it('says of the host what was seen', () => {
    const labels = { zone: 'a' };
    const its = node('h1', { labels, schedulable: false, unschedulableReason: 'cordoned' });
    const { idleCpuCores: _, reportIntervalMs: __, ...seen } = its;
    assert.deepEqual({ ...read(its) }, seen);
    assert.equal(read({ ...its, isDraining: true }).isDraining, true);
    assert.equal(read({ ...its, leavesOut: true }).leavesOut, true);
  });

  it('says of allocations what was measured, and what was not', () => {
    const measures = { cpu: CPU, memory: MEMORY, latency: latency(80) };
    const allocations = [
      allocation('a-1', { report: null }),
      allocation('b-1', { report: container('b-1') }),
      allocation('c-1', {
        limit: limit(1),
        latencyMs: 80,
        report: container('c-1', { ...measures, ports: { 80: 8080 }, reason: 'said' }),
      }),
      allocation('d-1', { gpu: { ids: [gpuReport(0).id], shareRatio: 0.5 } }),
    ];
    const [a, b, c, d] = read(node('h1', { allocations })).allocations;
    assert.equal(a?.report, null);
    assert.deepEqual([a?.limit, a?.latencyMs, a?.target], [null, null, allocations[0]?.target]);
    const none = { cpu: null, memory: null, latency: null };
    assert.deepEqual(b?.report, { image: 'dqoes/tiny:1', reason: '', ports: {}, ...none });
    assert.notEqual(c?.limit, null);
    assert.equal(c?.latencyMs, 80);
    assert.deepEqual(c?.report, {
      ...{ image: 'dqoes/tiny:1', reason: 'said', ports: { 80: 8080 } },
      cpu: { usageCores: 0.4, throttledRatio: 0.25 },
      memory: { workingSetBytes: 2e6 },
      latency: { newestAgeMs: 10 },
    });
    assert.deepEqual(d?.gpu, { ids: [gpuReport(0).id], shareRatio: 0.5 });
    assert.deepEqual('gpu' in (a ?? {}), false);
  });

  it('says of GPUs how much of their memory is used', () => {
    const gpus = [gpu(0, { memoryUsedBytes: 5e8 }), gpu(1, { memoryUsedBytes: null })];
    const its = node('h1', { gpus, allocations: [allocation('a-1')] });
    const used = read(its).gpus?.map(({ report }) => report.memoryUsedBytes);
    assert.deepEqual(used, [5e8, null]);
  });

  it('has a copy with what runs there', () => {
    const its = read(node('h1', { allocations: [allocation('a-1')] }));
    assert.deepEqual({ ...its, isDraining: true }.allocations, its.allocations);
    assert.equal(its.allocations, its.allocations);
  });

  it('comes with the forecast of the policy', () => {
    const demands = [
      { aimCores: 0.5, edgeCores: 0.4, isMet: true },
      { aimCores: Number.POSITIVE_INFINITY, edgeCores: null, isMet: false },
      { aimCores: null, edgeCores: 0, isMet: true },
    ].map((each, i) => ({ allocation: allocationId(`a-${i}`), ...each }));
    const its = node('h1', { gpus: [gpu(0)], allocations: [allocation('a-1')] });
    const demanded = demands.map((each) => each.allocation);
    for (const said of [{ slowerRatio: 1.2 }, {}]) {
      const forecast: NodeForecast = { capacityCores: 3.5, demands, ...said };
      const [facts, figures] = sent(its, forecast);
      assert.deepEqual(forecastFrom(facts, demanded, figures), forecast);
    }
  });
});

describe('figures', () => {
  it('are the same where all numbers are, those that are not known too', () => {
    const its = (latencyMs: number | null) =>
      figuresOf(node('h1', { allocations: [allocation('a-1', { latencyMs })] }), undefined);
    assert.ok(hasSameFigures(its(null), its(null)));
    assert.ok(hasSameFigures(its(5), its(5)));
    assert.equal(hasSameFigures(its(5), its(6)), false);
    assert.equal(hasSameFigures(its(null), its(0)), false);
    assert.equal(hasSameFigures(its(5), new Float64Array(0)), false);
  });
});
