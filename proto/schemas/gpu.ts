import {
  type ContainerGpuReport,
  type DesiredGpu,
  GPU_INJECTIONS,
  type GpuAssignment,
  type GpuCapability,
  type GpuLadder,
  type GpuRange,
  type GpuReport,
  type GpuRequest,
  type GpuSetting,
} from '../../shared/gpu.js';
import {
  array,
  flag,
  integer,
  nullable,
  number,
  object,
  oneOf,
  optional,
  text,
} from '../codec/words.js';

/** GPUs of one node, and of one container. */
export const MAX_GPUS = 64;
const MAX_MHZ = 100_000;
const MAX_WATTS = 100_000;
const bytesValue = integer(0, 2 ** 53 - 1);
const ratio = number(0, 1);
const gpuId = text(128, { of: /^[A-Za-z0-9._:/-]{1,128}$/, words: 'the id of a GPU' });
const reason = text(4096);

export const gpuRequest = object<GpuRequest>({
  count: optional(integer(1, MAX_GPUS)),
  shareRatio: optional(number(0.01, 1)),
  memoryBytes: optional(integer(1, 2 ** 53 - 1)),
  onLost: optional(oneOf(['restart'])),
});

export const gpuAssignment = object<GpuAssignment>({
  ids: array(gpuId, MAX_GPUS),
  shareRatio: number(0.01, 1),
  memoryBytes: optional(integer(1, 2 ** 53 - 1)),
});

export const desiredGpu = object<DesiredGpu>({
  id: gpuId,
  clockMhz: nullable(integer(1, MAX_MHZ)),
  powerWatts: nullable(integer(1, MAX_WATTS)),
  reason,
});

const capability = object<GpuCapability>({ reach: oneOf(['live', 'start', 'none']), reason });
const ladder = object<GpuLadder>({ clock: capability, power: capability, share: capability });
const range = object<GpuRange>({ min: number(0, MAX_MHZ), max: number(0, MAX_MHZ) });
const setting = object<GpuSetting>({
  clockMhz: nullable(integer(1, MAX_MHZ)),
  powerWatts: nullable(integer(1, MAX_WATTS)),
});

export const gpuReport = object<GpuReport>({
  id: gpuId,
  index: integer(0, 1024),
  name: text(128),
  vendor: oneOf(['nvidia', 'amd']),
  isKnown: flag,
  reason,
  memoryTotalBytes: nullable(bytesValue),
  memoryUsedBytes: nullable(bytesValue),
  utilisationRatio: nullable(ratio),
  clockMhz: nullable(number(0, MAX_MHZ)),
  maxClockMhz: nullable(number(0, MAX_MHZ)),
  powerWatts: nullable(number(0, MAX_WATTS)),
  powerLimitWatts: nullable(number(0, MAX_WATTS)),
  temperatureCelsius: nullable(number(-273, 1000)),
  isMig: nullable(flag),
  hasMps: nullable(flag),
  clockRange: nullable(range),
  powerRange: nullable(range),
  ladder,
  applied: nullable(setting),
  energyJoules: nullable(number(0, 2 ** 53)),
  savedJoules: nullable(number(-(2 ** 53), 2 ** 53)),
});

export const containerGpuReport = object<ContainerGpuReport>({
  ids: array(gpuId, MAX_GPUS),
  injection: oneOf(GPU_INJECTIONS),
  memoryBytes: nullable(bytesValue),
  isLost: nullable(flag),
});
