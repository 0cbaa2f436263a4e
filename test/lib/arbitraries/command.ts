import fc from 'fast-check';
import type {
  Ack,
  AllocationAck,
  DesiredAllocation,
  DesiredState,
  EndedAllocation,
} from '../../../shared/command.js';
import type { DesiredGpu } from '../../../shared/gpu.js';
import {
  anyAllocationId,
  anyContainerId,
  anyCpuLimit,
  anyJobName,
  anyNodeId,
  anyStateVersion,
  anyText,
  cores,
  counter,
  gpuId,
  plainly,
  positiveBytes,
} from './basic.js';
import { anyJobSpec, shareRatio } from './job.js';
import { sealedSecret } from './secret.js';

const gpuAssignment = fc.record(
  { ids: fc.array(gpuId, { maxLength: 3 }), shareRatio, memoryBytes: positiveBytes },
  { requiredKeys: ['ids', 'shareRatio'] },
);

/** Clock and power of a GPU; null = as the driver chooses. */
export const settingFields = {
  clockMhz: fc.option(fc.integer({ min: 1, max: 5000 }), { nil: null }),
  powerWatts: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
};

const desiredGpu: fc.Arbitrary<DesiredGpu> = fc.record({
  id: gpuId,
  ...settingFields,
  reason: anyText,
});

const requester = fc.constantFrom('sue', 'token:ci', `U${'A'.repeat(55)}`);

const ended: fc.Arbitrary<EndedAllocation> = fc.record(
  { id: anyAllocationId, requestedBy: requester, reason: anyText },
  { requiredKeys: ['id', 'reason'] },
);

export const anyDesiredAllocation: fc.Arbitrary<DesiredAllocation> = plainly(
  fc
    .record({
      id: anyAllocationId,
      job: anyJobName,
      limit: anyCpuLimit,
      reason: anyText,
      what: fc.oneof(
        anyJobSpec.map((spec) => ({ spec })),
        fc.tuple(anyJobSpec, anyAllocationId).map(([spec, replaces]) => ({ spec, replaces })),
        fc.tuple(anyJobSpec, gpuAssignment).map(([spec, gpu]) => ({ spec, gpu })),
        fc.tuple(anyJobSpec, requester).map(([spec, requestedBy]) => ({ spec, requestedBy })),
        fc
          .tuple(anyJobSpec, fc.array(sealedSecret, { minLength: 1, maxLength: 3 }))
          .map(([spec, secrets]) => ({ spec, secrets })),
        anyContainerId.map((containerId) => ({ containerId })),
      ),
    })
    .map(({ what, ...rest }) => ({ ...rest, ...what })),
);

export const anyDesiredState: fc.Arbitrary<DesiredState> = plainly(
  fc
    .record({
      version: anyStateVersion,
      node: anyNodeId,
      validForMs: counter,
      allocations: fc.array(anyDesiredAllocation, { maxLength: 4 }),
      gpus: fc.array(desiredGpu, { maxLength: 2 }),
      gone: fc.array(ended, { maxLength: 2 }),
    })
    .map(({ version, gpus, gone, ...rest }) => ({
      ...version,
      ...rest,
      ...(gpus.length > 0 ? { gpus } : {}),
      ...(gone.length > 0 ? { ended: gone } : {}),
    })),
);

const allocationAck: fc.Arbitrary<AllocationAck> = fc.record(
  {
    id: anyAllocationId,
    ok: fc.boolean(),
    observedCpuCores: fc.option(cores, { nil: null }),
    reason: anyText,
    refused: fc.boolean(),
  },
  { requiredKeys: ['id', 'ok', 'reason'] },
);

export const anyAck: fc.Arbitrary<Ack> = plainly(
  fc.record({
    node: anyNodeId,
    bootId: anyText,
    outcome: fc.constantFrom('applied' as const, 'already', 'stale', 'refused', 'partial'),
    asked: anyStateVersion,
    holds: anyStateVersion,
    allocations: fc.array(allocationAck, { maxLength: 5 }),
    reason: anyText,
  }),
);
