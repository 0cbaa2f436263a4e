import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  energyBetween,
  energyCountersOf,
  processorJoules,
  withProcessors,
} from '../../../../coordinator/view/energy.js';
import type { ContainerGpuReport } from '../../../../shared/gpu.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { allocationId, container, report } from '../build.js';
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

  it('of processors falls to those who used CPU, and to nobody for the rest of the use', () => {
    const [a, b] = [allocationId('a-1'), allocationId('b-1')];
    const seconds = new Map([
      [a, 3],
      [b, 1],
    ]);
    const parts = withProcessors(new Map(), 80, { hostSeconds: 8, seconds });
    assert.deepEqual(Object.fromEntries(parts), { 'a-1': 30, 'b-1': 10 });
    // Measured a moment earlier than its containers, a host may have used less than they.
    const late = withProcessors(new Map(), 80, { hostSeconds: 2, seconds });
    assert.deepEqual(Object.fromEntries(late), { 'a-1': 60, 'b-1': 20 });
    const idle = withProcessors(new Map(), 80, { hostSeconds: 0, seconds: new Map([[a, 0]]) });
    assert.deepEqual(Object.fromEntries(idle), { 'a-1': 0 });
  });

  it('of processors comes to that of GPUs; where that is not known, neither is the sum', () => {
    const [a, b] = [allocationId('a-1'), allocationId('b-1')];
    const onGpus = new Map([
      [a, 5],
      [b, null],
    ]);
    const used = { hostSeconds: 4, seconds: new Map([a, b].map((id) => [id, 1])) };
    const parts = withProcessors(onGpus, 80, used);
    assert.deepEqual(Object.fromEntries(parts), { 'a-1': 25, 'b-1': null });
  });

  it('of processors is a difference of counters, null where one is missing', () => {
    const at = (energyJoules?: number) => {
      const told = report('h1');
      return energyJoules === undefined ? told : { ...told, host: { ...told.host, energyJoules } };
    };
    const joules = (before?: number, after?: number) =>
      processorJoules(energyCountersOf(at(before)), at(after));
    assert.deepEqual(
      [joules(10, 30), joules(10, 4), joules(undefined, 30), joules(10)],
      [20, 4, null, null],
    );
  });

  it('goes on where a counter began again', () => {
    const containers = [container('a-1', { gpuUse: use('GPU-0') })];
    assert.deepEqual(between([100], [7], containers), { 'a-1': 7 });
  });
});
