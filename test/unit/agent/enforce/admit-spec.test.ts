import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { admitGpu, admitSpec } from '../../../../agent/enforce/admit-spec.js';
import {
  DEFAULT_BOUNDS,
  JOBS_OFF,
  type PolicyBounds,
} from '../../../../agent/enforce/policy-bounds.js';
import type { GpuId } from '../../../../shared/gpu.js';
import type { JobSpec } from '../../../../shared/job.js';
import { aSpec } from './build.js';

/** Why a host with these bounds refuses the job; '' = it does not. */
function refusal(bounds: Partial<PolicyBounds>, job: Partial<JobSpec> = {}): string {
  const admitted = admitSpec(aSpec('web', job), { ...DEFAULT_BOUNDS, ...bounds });
  return admitted.ok ? '' : admitted.error;
}
const resourcesOf = (more: Partial<JobSpec['resources']>): Partial<JobSpec> => ({
  resources: { cpu: { minCores: 0.1 }, ...more },
});

describe('admitSpec', () => {
  it('admits a plain job by default', () => {
    assert.equal(refusal({}), '');
  });

  it('admits images by pattern', () => {
    const images = ['dqoes/*', 'registry.example/**', 'plain:latest'];
    const admits = (image: string): boolean => refusal({ images }, { image }) === '';
    assert.equal(admits('dqoes/tiny:1'), true);
    assert.equal(admits('dqoes/deep/tiny:1'), false);
    assert.equal(admits('registry.example/deep/tiny:1'), true);
    assert.equal(admits('plain'), true);
    assert.equal(admits('not-plain'), false);
    assert.equal(admits('dqoesXtiny'), false);
  });

  it('admits images by the registry that Docker would ask', () => {
    assert.match(
      refusal({ registries: ['docker.io'] }, { image: 'EVIL/web:1' }),
      /^image "EVIL\/web:1" is from the registry EVIL, which this host does not allow/,
    );
  });

  // Each refusal names the field, the value, and the setting that would allow it.
  const cases: readonly [string, Partial<PolicyBounds>, Partial<JobSpec>, RegExp][] = [
    ['any job', { jobsRefused: JOBS_OFF }, {}, /runs no jobs \(jobs: false/],
    ['a weight', { maxWeight: 10 }, { weight: 11 }, /^weight 11 is above the 10 .*weight\.max/],
    [
      'a variable of the linker',
      {},
      { env: { OK: '1', LD_PRELOAD: '/x.so' } },
      /^env LD_PRELOAD is reserved \(LD_\*\).*remove it/,
    ],
    ['a variable of GPUs', {}, { env: { NVIDIA_VISIBLE_DEVICES: 'all' } }, /^env NVIDIA_VISIBLE_/],
    ['a variable of CUDA', {}, { env: { CUDA_MPS_PIPE_DIRECTORY: '/x' } }, /^env CUDA_MPS_PIPE/],
    ['an image', { images: ['a/*'] }, {}, /^image "dqoes\/tiny:1" .*images in policy\.yaml/],
    [
      'a registry',
      { registries: ['r.example'] },
      { image: 'docker.io/a/b' },
      /"docker\.io\/a\/b" is from the registry docker\.io.*use r\.example, or.*registries/,
    ],
    [
      'memory of one container',
      { maxMemoryBytes: 2 ** 20 },
      resourcesOf({ memoryBytes: 2 ** 21 }),
      /^memory 2MiB is above the 1MiB .*memory\.max/,
    ],
    [
      'memory above that of all jobs',
      { maxTotalMemoryBytes: 2 ** 30 },
      {},
      /^memory 2GiB is above the 1GiB that all jobs together.*memory\.total/,
    ],
    [
      'a host port',
      { hostPorts: { from: 9000, to: 9001 } },
      {
        ports: [
          { containerPort: 1, hostPort: 9000 },
          { containerPort: 2, hostPort: 8999 },
        ],
      },
      /^host port 8999 is outside 9000–9001/,
    ],
    [
      'a share of a GPU',
      {},
      resourcesOf({ gpu: { shareRatio: 0.25 } }),
      /^resources\.gpu\.share 25%: .*IPC namespace.*gpu\.share: allow/,
    ],
  ];
  for (const [what, bounds, job, says] of cases)
    it(`refuses ${what} and says what to do`, () => {
      assert.match(refusal(bounds, job), says);
    });

  it('admits what its bounds just allow', () => {
    assert.equal(refusal({ maxWeight: 11 }, { weight: 11 }), '');
    assert.equal(refusal({ registries: ['docker.io'] }), '');
    assert.equal(refusal({ maxTotalMemoryBytes: 2 ** 31 }), '');
    assert.equal(refusal({ gpuShare: 'allow' }, resourcesOf({ gpu: { shareRatio: 0.25 } })), '');
    assert.equal(refusal({}, resourcesOf({ gpu: { count: 1 } })), '');
    const ports = [{ containerPort: 1, hostPort: 9000 }, { containerPort: 2 }];
    assert.equal(refusal({ hostPorts: { from: 9000, to: 9001 } }, { ports }), '');
  });

  it('refuses a share that was assigned and never asked for', () => {
    const gpu = { ids: ['g' as GpuId], shareRatio: 0.5 };
    assert.equal(admitGpu(gpu, DEFAULT_BOUNDS).ok, false);
    assert.equal(admitGpu({ ...gpu, shareRatio: 1 }, DEFAULT_BOUNDS).ok, true);
    assert.equal(admitGpu(gpu, { ...DEFAULT_BOUNDS, gpuShare: 'allow' }).ok, true);
  });
});
