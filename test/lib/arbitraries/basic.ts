import fc from 'fast-check';
import type { CpuLimit, StateVersion } from '../../../shared/command.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../../shared/ids.js';
import { STATISTICS, TARGET_MODES, type Target } from '../../../shared/qoe.js';

/**
 * The same values with the usual prototype: fast-check also makes objects without one, decoders
 * never do.
 */
export const plainly = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  values.map((value) => structuredClone(value));

const idText = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);

export const anyNodeId = idText.map((id) => id as NodeId);
export const anyJobName = idText.map((id) => id as JobName);
export const anyAllocationId = idText.map((id) => id as AllocationId);
export const anyContainerId = fc.stringMatching(/^[0-9a-f]{64}$/).map((id) => id as ContainerId);

/** Up to 20 characters of any kind, also such as no terminal shows. */
export const anyText = fc.string({ maxLength: 20, unit: 'binary' });

/** A value of these, or null. */
export const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(values, { nil: null });

/** A finite number of the range, never -0, which decoders do not tell from 0. */
export const double = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value));

/** A whole number from 0 up, small ones as often as large ones. */
export const counter = fc.oneof(fc.nat(), fc.maxSafeNat());

export const ratio = double(0, 1);
export const milliseconds = double(0, 1e7);
export const cores = double(0.01, 4096);

export const positiveBytes = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

export const port = fc.integer({ min: 1, max: 65_535 });

const labelKey = fc.stringMatching(/^[a-z][a-z0-9./-]{0,15}$/);

/** Up to four labels of a node or a job. */
export const labels = fc.dictionary(labelKey, anyText, { maxKeys: 4, noNullPrototype: true });

export const gpuId = fc.stringMatching(/^GPU-[0-9a-f]{8}$/);

export const anyStateVersion: fc.Arbitrary<StateVersion> = plainly(
  fc.record({
    incarnation: anyText,
    epoch: counter,
    revision: counter,
  }),
);

export const anyTarget: fc.Arbitrary<Target> = plainly(
  fc.record({
    latencyMs: double(0.001, 86_400_000),
    statistic: fc.constantFrom(...STATISTICS),
    toleranceRatio: double(0.001, 0.99),
    mode: fc.constantFrom(...TARGET_MODES),
  }),
);

export const cpuBounds = fc.record(
  { minCores: cores, maxCores: cores },
  { requiredKeys: ['minCores'] },
);

export const anyCpuLimit: fc.Arbitrary<CpuLimit> = plainly(
  fc.record(
    {
      cpuCores: fc.option(cores, { nil: null }),
      periodUs: fc.integer({ min: 1000, max: 1_000_000 }),
      guaranteeCores: fc.oneof(cores, fc.constant(0)),
      weightCores: fc.oneof(cores, fc.constant(0)),
      burstUs: fc.integer({ min: 0, max: 1_000_000_000 }),
    },
    { requiredKeys: ['cpuCores', 'periodUs'] },
  ),
);
