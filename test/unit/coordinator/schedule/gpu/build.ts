import type { SnapshotGpu, SnapshotNode } from '../../../../../coordinator/schedule/types.js';
import type { DesiredGpu, GpuReport } from '../../../../../shared/gpu.js';
import { node } from '../../build.js';

export const GIB = 2 ** 30;
const live = { reach: 'live', reason: '' } as const;

export const gpuReport = (index: number, change: Partial<GpuReport> = {}): GpuReport => ({
  id: `GPU-${index}`,
  index,
  name: 'A100',
  vendor: 'nvidia',
  isKnown: true,
  reason: '',
  memoryTotalBytes: 40 * GIB,
  memoryUsedBytes: 0,
  utilisationRatio: 0.5,
  clockMhz: 1410,
  maxClockMhz: 1410,
  powerWatts: 200,
  powerLimitWatts: 400,
  temperatureCelsius: 50,
  isMig: false,
  hasMps: true,
  clockRange: { min: 210, max: 1410 },
  powerRange: { min: 100, max: 400 },
  ladder: { clock: live, power: live, share: { reach: 'start', reason: 'MPS' } },
  applied: null,
  energyJoules: null,
  savedJoules: null,
  ...change,
});

export const gpu = (
  index: number,
  change: Partial<GpuReport> = {},
  desired: DesiredGpu | null = null,
): SnapshotGpu => ({
  report: gpuReport(index, change),
  desired,
});

export const gpuNode = (
  id: string,
  gpus: readonly SnapshotGpu[],
  change: Partial<SnapshotNode> = {},
): SnapshotNode => node(id, { allocatableCpuCores: 16, gpus, ...change });
