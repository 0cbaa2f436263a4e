import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { energyBetween, energyCountersOf } from '../../../../coordinator/view/energy.js';
import type { ContainerGpuReport } from '../../../../shared/gpu.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { container, report } from '../build.js';
import { gpuReport } from '../schedule/gpu/build.js';

const use = (...ids: readonly string[]): ContainerGpuReport =>
  ({ ids, injection: 'hook', memoryBytes: null, isLost: null }) as ContainerGpuReport;
const gpus = (...joules: readonly (number | null)[]) =>
  joules.map((energyJoules, index) => gpuReport(index, { energyJoules }));

function between(
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  containers: readonly ContainerReport[],
): Readonly<Record<string, number | null>> {
  const counters = energyCountersOf(report('h1', { gpus: gpus(...before) }));
  const told = report('h1', { gpus: gpus(...after), containers });
  return Object.fromEntries(energyBetween(counters, told));
}

describe('the energy of an allocation', () => {
  it('is that of its GPUs, in equal parts with those who share them', () => {
    const containers = [
      container('a-1', { gpuUse: use('GPU-0') }),
      container('b-1', { gpuUse: use('GPU-0', 'GPU-1') }),
      container('c-1'),
    ];
    assert.deepEqual(between([100, 50], [160, 90], containers), { 'a-1': 30, 'b-1': 70 });
  });

  it('is nobody’s where nothing runs on the GPU', () => {
    const exited = container('a-1', { gpuUse: use('GPU-0'), state: 'exited' });
    assert.deepEqual(between([100], [160], [exited]), {});
  });

  it('is not known where that of one GPU is not', () => {
    const containers = [container('a-1', { gpuUse: use('GPU-0', 'GPU-1') })];
    assert.deepEqual(between([100, null], [160, 90], containers), { 'a-1': null });
    assert.deepEqual(between([100], [160, 90], containers), { 'a-1': null });
    assert.deepEqual(between([100, 50], [160, null], containers), { 'a-1': null });
  });

  it('goes on where a counter began again', () => {
    const containers = [container('a-1', { gpuUse: use('GPU-0') })];
    assert.deepEqual(between([100], [7], containers), { 'a-1': 7 });
  });
});
