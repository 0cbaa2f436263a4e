import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gpuPartsOf, withGpuEnvironment } from '../../../../../agent/containers/gpu.js';
import { createRequestOf, fixedPartsHashOf } from '../../../../../agent/containers/host-config.js';
import { readInspect } from '../../../../../agent/drivers/docker-inspect.js';
import { gpuViewOf } from '../../../../../agent/enforce/gpu/gpu-view.js';
import { Journal } from '../../../../../agent/enforce/journal.js';
import { KernelLimits } from '../../../../../agent/enforce/kernel-limits.js';
import { intend } from '../../../../../agent/enforce/ledger.js';
import { restoreAll } from '../../../../../agent/enforce/restore.js';
import { planSteps } from '../../../../../agent/enforce/steps.js';
import type { AllocationId, ContainerId, NodeId } from '../../../../../shared/ids.js';
import { FakeEngine } from '../../../../lib/fake-engine.js';
import { ManualClock } from '../../../../lib/manual-clock.js';
import {
  anAdopted,
  anOwn,
  aPlanInput,
  aSpec,
  aState,
  limitOf,
  wantAdopted,
  wantOwn,
} from '../build.js';
import { FilesInMemory } from './world.js';

const GIB = 2 ** 30;
const share = { ids: ['GPU-1'], shareRatio: 0.25, memoryBytes: 4 * GIB };
const cdi = { injectionMode: 'cdi', mpsPipeDirectory: '/run/mps' } as const;

const NO_GPU = { NVIDIA_VISIBLE_DEVICES: 'void' };
const OPTIONS = {
  defaultMemoryBytes: GIB,
  pidsLimit: 10,
  init: true,
  hostCores: 2,
  weightRule: 'off' as const,
};

describe('agent gpu: how a container is given a GPU', () => {
  it('asks by CDI for a share, with MPS percentage and memory limit', () => {
    assert.deepEqual(gpuPartsOf(share, cdi), {
      hostConfig: {
        DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=GPU-1'] }],
        Binds: ['/run/mps:/run/mps'],
        IpcMode: 'host',
      },
      environment: {
        CUDA_MPS_PIPE_DIRECTORY: '/run/mps',
        CUDA_MPS_ACTIVE_THREAD_PERCENTAGE: '25',
        CUDA_MPS_PINNED_DEVICE_MEM_LIMIT: '0=4096M',
      },
    });
  });

  it('asks for whole GPUs without MPS, and by the runtime where there is no CDI', () => {
    const whole = { ids: ['GPU-1', 'GPU-2'], shareRatio: 1 };
    assert.deepEqual(gpuPartsOf(whole, { ...cdi, injectionMode: 'hook' }), {
      hostConfig: {
        DeviceRequests: [
          {
            Driver: 'nvidia',
            DeviceIDs: ['GPU-1', 'GPU-2'],
            Capabilities: [['gpu', 'compute', 'utility']],
          },
        ],
      },
      environment: {},
    });
    for (const [gpu, host] of [
      [undefined, cdi],
      [whole, undefined],
      [whole, { ...cdi, injectionMode: 'none' as const }],
    ] as const)
      assert.deepEqual(gpuPartsOf(gpu, host), { hostConfig: {}, environment: NO_GPU });
  });

  it('lets no job widen its share by its own environment', () => {
    const own = { A: '1', CUDA_MPS_ACTIVE_THREAD_PERCENTAGE: '100', NVIDIA_VISIBLE_DEVICES: 'all' };
    const { environment } = gpuPartsOf(share, cdi);
    assert.deepEqual(withGpuEnvironment(own, environment), { A: '1', ...environment });
    assert.deepEqual(withGpuEnvironment(own, {}), { A: '1' });
  });

  it('adds nothing to the request of a job without a GPU', () => {
    const options = OPTIONS;
    const input = { spec: aSpec(), limit: limitOf(1), labels: {} };
    assert.deepEqual(
      createRequestOf(input, { ...options, gpu: cdi }),
      createRequestOf(input, options),
    );
    const given = createRequestOf({ ...input, gpu: share }, { ...options, gpu: cdi });
    assert.deepEqual(given.HostConfig.DeviceRequests?.[0]?.DeviceIDs, ['nvidia.com/gpu=GPU-1']);
    assert.ok(given.Env.includes('CUDA_MPS_ACTIVE_THREAD_PERCENTAGE=25'));
    assert.deepEqual(given.HostConfig.CapDrop, ['ALL']);
  });

  it('starts a container anew when its job asks for other GPUs, and only then', () => {
    const spec = aSpec();
    const asking = (gpu: object) =>
      fixedPartsHashOf({ ...spec, resources: { ...spec.resources, gpu } });
    assert.notEqual(fixedPartsHashOf(spec), asking({ count: 1 }));
    assert.notEqual(asking({ shareRatio: 0.25 }), asking({ shareRatio: 0.5 }));
    assert.equal(asking({ shareRatio: 0.25 }), asking({ shareRatio: 0.25, onLost: 'restart' }));
  });
});

describe('agent gpu: how a container was given its GPU', () => {
  const inspected = (HostConfig: object, Env: readonly string[] = []) =>
    readInspect({
      Id: 'a'.repeat(64),
      State: { Running: true },
      Config: { Env },
      HostConfig,
    } as never).container.gpuInjection;

  it('tells the legacy hook, CDI, devices and none', () => {
    assert.equal(inspected({ DeviceRequests: [{ Driver: '', Capabilities: [['gpu']] }] }), 'hook');
    assert.equal(inspected({ DeviceRequests: [{ Driver: 'nvidia' }] }), 'hook');
    assert.equal(inspected({ Runtime: 'nvidia' }, ['NVIDIA_VISIBLE_DEVICES=all']), 'hook');
    assert.equal(inspected({ Runtime: 'nvidia' }, ['NVIDIA_VISIBLE_DEVICES=void']), undefined);
    assert.equal(inspected({ Runtime: 'nvidia' }), undefined);
    assert.equal(
      inspected({ DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=0'] }] }),
      'cdi',
    );
    assert.equal(
      inspected({ DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['vendor.com/net=0'] }] }),
      undefined,
    );
    assert.equal(inspected({ Devices: [{ PathOnHost: '/dev/nvidia0' }] }), 'device');
    assert.equal(inspected({ Devices: [{ PathOnHost: '/dev/fuse' }] }), undefined);
    assert.equal(inspected({}), undefined);
  });
});

describe('agent gpu: containers that a CPU limit could cut off', () => {
  const hooked = anAdopted(1, { gpuInjection: 'hook' });
  const plan = (change: object = {}) =>
    planSteps(
      aPlanInput({ managed: [hooked], desired: aState([wantAdopted(hooked, 0.5)]), ...change }),
    );

  it('are not limited, and the ack says why', () => {
    const { steps, verdicts } = plan();
    assert.deepEqual(steps, []);
    assert.match(
      verdicts[0]?.reason ?? '',
      /could cut this container off its GPU, which came in by --gpus: give it by CDI/,
    );
    assert.equal(verdicts[0]?.ok, false);
  });

  it('are not lifted either, but are in order while their limit is as wished', () => {
    const own = anOwn(1, aSpec(), { gpuInjection: 'hook' });
    const limited = {
      ...own,
      cpu: { ...own.cpu, quotaUs: 50_000, periodUs: 100_000, shares: 5120 },
    };
    const of = (cores: number | null) =>
      plan({ managed: [limited], desired: aState([wantOwn(aSpec(), cores)]) });
    assert.deepEqual([of(null).steps, of(null).verdicts[0]?.ok], [[], false]);
    assert.deepEqual([of(0.5).steps, of(0.5).verdicts[0]?.ok], [[], true]);
  });

  it('are no containers to plan limits for, where they are not ours', () => {
    const guard = { isLost: () => null };
    const id = 'a'.repeat(64) as ContainerId;
    const workload = { id: 'a-1', container: { id, running: true, gpuInjection: 'hook' } };
    const told = {
      allocation: 'a-1',
      containerId: id,
      origin: 'label',
      control: 'enforce',
      reason: '',
    };
    const view = (limitHooked: boolean, origin = 'label') =>
      gpuViewOf([workload] as never, [{ ...told, origin }] as never, {
        gpus: undefined,
        guard,
        limitHooked,
        desired: null,
      }).reports[0];
    assert.equal(view(false)?.control, 'observe');
    assert.match(view(false)?.reason ?? '', /could cut this container off its GPU/);
    assert.equal(view(true)?.control, 'enforce');
    assert.equal(view(false, 'dqoes')?.control, 'enforce');
    assert.equal(view(false)?.gpuUse?.injection, 'hook');
  });

  it('are limited where the host allows it, or where CDI gave them their GPU', () => {
    assert.equal(plan({ limitHooked: true }).steps.length, 1);
    const byCdi = { ...hooked, gpuInjection: 'cdi' as const };
    assert.equal(plan({ managed: [byCdi] }).steps.length, 1);
  });
});

describe('agent gpu: restore', () => {
  it('leaves a limit whose lifting could cut off our container', async () => {
    const engine = new FakeEngine();
    const journal = await Journal.open(new FilesInMemory());
    const make = (name: string, origin: 'dqoes' | 'label') => {
      const labels: Record<string, string> =
        origin === 'dqoes' ? { 'dqoes.allocation': name } : { 'dqoes.enable': 'true' };
      const { id: containerId } = engine.create({
        name,
        labels,
        gpuInjection: 'hook',
        cpu: { quotaUs: 50_000 },
      });
      const original = { nanoCpus: 0, quotaUs: -1, periodUs: 0, shares: 0 };
      return {
        containerId,
        allocation: name as AllocationId,
        origin,
        original,
        applied: limitOf(0.5),
      };
    };
    const [ours, others] = [make('a-1', 'dqoes'), make('b-1', 'label')];
    await journal.update([ours, others].reduce(intend, journal.ledger));
    const owner = { node: 'here' as NodeId, cluster: 'main' };
    await restoreAll(
      { engine, kernel: new KernelLimits(engine), clock: new ManualClock() },
      journal,
      [owner],
    );
    assert.deepEqual(
      [engine.kernelCores(ours.containerId), engine.kernelCores(others.containerId)],
      [0.5, null],
    );
    assert.deepEqual(journal.ledger.entries, []);
  });
});
