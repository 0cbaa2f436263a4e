import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { GpuMemory } from '../../../../../coordinator/schedule/gpu/gpu-control.js';
import { forecastGpus } from '../../../../../coordinator/schedule/gpu/gpu-forecast.js';
import { EMPTY_GPU_MODEL } from '../../../../../coordinator/schedule/gpu/gpu-model.js';
import type { SnapshotAllocation } from '../../../../../coordinator/schedule/types.js';
import { allocation, target } from '../../build.js';
import { gpu, gpuNode } from './build.js';

/** L = 20 + 84600/f on half a GPU, known to the bone. */
const levels = [1410, 1000, 800].map((value) => ({
  value,
  count: 10_000,
  meanMs: 20 + 84_600 / value,
  ratePerMs: 0,
}));
const memory: ReadonlyMap<string, GpuMemory> = new Map([
  [
    'GPU-0',
    {
      ...{
        actuator: 'clock',
        value: 1410,
        sinceMs: 0,
        orderedAtMs: 0,
        occupants: '',
        searchSinceMs: 0,
      },
      model: { 'a-1': { ...EMPTY_GPU_MODEL, noiseRatio: 0.02, levels } },
    } as const,
  ],
]);

describe('what GPUs will be set to', () => {
  const on = (id: string, change: Partial<SnapshotAllocation> = {}): SnapshotAllocation =>
    allocation(id, { target: target(120), gpu: { ids: ['GPU-0'], shareRatio: 0.5 }, ...change });
  const foresee = (allocations: readonly SnapshotAllocation[], workload = 'w') =>
    forecastGpus({
      nodes: [gpuNode('h1', [gpu(0)], { allocations })],
      memory,
      workloadOf: () => workload,
    });

  it('tells clock, response time and class from what was learnt', () => {
    const a = foresee([on('a-1')]).get('a-1' as never);
    assert.equal(a?.expectedClass, 'within');
    assert.ok((a?.expectedMs ?? 0) > 120 && (a?.expectedMs ?? 0) < 132, `${a?.expectedMs} ms`);
    assert.ok(Math.abs((a?.reachableMs ?? 0) - 80) < 1, `${a?.reachableMs} ms`);
    assert.match(a?.reason ?? '', /^12\d(\.\d)?ms expected for 120ms at 7\d\d MHz$/);
  });

  it('takes a newcomer for its like, with the share it gets, and tells whose class changes', () => {
    // Half the share: 20 + 169200/f, 140 ms at best; needs 1041 MHz for 182 ms.
    const both = foresee([
      on('a-1'),
      on('b-1', { target: target(170), gpu: { ids: ['GPU-0'], shareRatio: 0.25 } }),
    ]);
    const b = both.get('b-1' as never);
    assert.equal(b?.expectedClass, 'within');
    assert.ok(Math.abs((b?.reachableMs ?? 0) - 140) < 2, `${b?.reachableMs} ms`);
    // a-1 is faster than its band then.
    assert.equal(both.get('a-1' as never)?.expectedClass, 'faster');
  });

  it('says that nothing is measured yet', () => {
    const other = forecastGpus({
      ...{
        nodes: [gpuNode('h1', [gpu(0)], { allocations: [on('c-1')] })],
        memory,
        workloadOf: () => 'another',
      },
    });
    const c = other.get('c-1' as never);
    assert.deepEqual([c?.expectedMs, c?.expectedClass], [null, null]);
    assert.match(c?.reason ?? '', /^unknown: nothing measured yet/);
  });
});
