import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createRequestOf } from '../../../../agent/containers/host-config.js';
import type { GpuId } from '../../../../shared/gpu.js';
import { aSpec, limitOf } from '../enforce/build.js';

const host = {
  defaultMemoryBytes: 2 ** 30,
  pidsLimit: 10,
  init: true,
  hostCores: 2,
  weightRule: 'off' as const,
  gpu: { injectionMode: 'cdi' as const, mpsPipeDirectory: '/run/mps' },
};

describe('environment of a job', () => {
  it('keeps a container without a GPU from one that its image asks for', () => {
    const input = { spec: aSpec(), limit: limitOf(1), labels: {} };
    assert.deepEqual(createRequestOf(input, host).Env, ['A=1', 'NVIDIA_VISIBLE_DEVICES=void']);
    const gpu = { ids: ['GPU-1' as GpuId], shareRatio: 0.25 };
    assert.equal(
      createRequestOf({ ...input, gpu }, host)
        .Env.join()
        .includes('void'),
      false,
    );
  });
});
