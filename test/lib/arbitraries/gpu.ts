import fc from 'fast-check';
import type { GpuReport } from '../../../shared/gpu.js';
import { anyText, counter, double, gpuId, orNull, plainly, ratio } from './basic.js';
import { settingFields } from './command.js';

const capability = fc.record({
  reach: fc.constantFrom('live' as const, 'start', 'none'),
  reason: anyText,
});

const gpuRange = fc.record({ min: double(0, 5000), max: double(0, 5000) });

export const anyGpuReport: fc.Arbitrary<GpuReport> = plainly(
  fc.record({
    id: gpuId,
    index: fc.nat({ max: 63 }),
    name: anyText,
    vendor: fc.constantFrom('nvidia' as const, 'amd'),
    isKnown: fc.boolean(),
    reason: anyText,
    memoryTotalBytes: orNull(counter),
    memoryUsedBytes: orNull(counter),
    utilisationRatio: orNull(ratio),
    clockMhz: orNull(double(0, 5000)),
    maxClockMhz: orNull(double(0, 5000)),
    powerWatts: orNull(double(0, 1000)),
    powerLimitWatts: orNull(double(0, 1000)),
    temperatureCelsius: orNull(double(0, 120)),
    isMig: orNull(fc.boolean()),
    hasMps: orNull(fc.boolean()),
    clockRange: orNull(gpuRange),
    powerRange: orNull(gpuRange),
    ladder: fc.record({ clock: capability, power: capability, share: capability }),
    applied: orNull(fc.record(settingFields)),
    energyJoules: orNull(double(0, 1e9)),
    savedJoules: orNull(double(-1e6, 1e9)),
  }),
);
