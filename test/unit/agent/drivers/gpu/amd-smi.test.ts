import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  amdProcesses,
  identitiesOf,
  recordsOf,
  samplesOf,
} from '../../../../../agent/drivers/gpu/amd-json.js';
import { AmdSmi } from '../../../../../agent/drivers/gpu/amd-smi.js';
import type { GpuFailure, GpuSample } from '../../../../../agent/ports/gpu.js';
import { fastClock } from '../../../../lib/fast-clock.js';
import { FakeTools } from '../../../../lib/gpu/fake-tools.js';
import { fakeGpu } from '../../../../lib/gpu/state.js';
import { until } from '../../../../lib/until.js';
import { MIB } from '../../enforce/gpu/world.js';

describe('agent gpu: JSON of amd-smi', () => {
  const identities = new Map([[0, { id: 'amd-0', name: 'MI300X' }]]);

  it('takes lists, objects around lists and lines before them, and nothing else', () => {
    const records = [{ gpu: 0 }];
    for (const text of [
      JSON.stringify(records),
      JSON.stringify({ gpu_data: records }),
      `'CTRL' + 'C' to stop\n${JSON.stringify(records)}`,
    ])
      assert.deepEqual(recordsOf(text), records);
    for (const text of ['', 'N/A', '{', '{"gpu_data": 7}', '[1, "a", null]', '"x"'])
      assert.deepEqual(recordsOf(text), []);
  });

  it('reads numbers, texts and values with units, and takes N/A for not known', () => {
    const metric = {
      gpu: 0,
      usage: { gfx_activity: { value: 42, unit: '%' } },
      power: { socket_power: 'N/A' },
      mem_usage: { total_vram: { value: 192, unit: 'GB' }, used_vram: 5 },
      clock: { gfx_0: { clk: '132' } },
    };
    const [sample] = samplesOf(JSON.stringify([metric]), identities);
    assert.deepEqual(
      [
        sample?.utilisationRatio,
        sample?.powerWatts,
        sample?.memoryTotalBytes,
        sample?.memoryUsedBytes,
        sample?.clockMhz,
        sample?.maxClockMhz,
      ],
      [0.42, null, 192 * 1024 * MIB, 5 * MIB, 132, null],
    );
    assert.deepEqual(samplesOf(JSON.stringify([{ gpu: 7 }, { gpu: 'N/A' }]), identities), []);
  });

  it('reads usage "N/A" as a whole for not known', () => {
    const [sample] = samplesOf(
      JSON.stringify([{ gpu: 0, usage: 'N/A', clock: 'N/A' }]),
      identities,
    );
    assert.deepEqual([sample?.utilisationRatio, sample?.clockMhz], [null, null]);
  });

  it('identifies GPUs by uuid, else by bus address', () => {
    const list = JSON.stringify([
      { gpu: 0, uuid: 'u-0', bdf: '0000:01:00.0' },
      { gpu: 1, uuid: 'N/A', bdf: '0000:02:00.0' },
      { gpu: 2 },
    ]);
    const found = identitiesOf(list, JSON.stringify([{ gpu: 0, asic: { market_name: 'MI300X' } }]));
    assert.deepEqual(
      [...found],
      [
        [0, { id: 'u-0', name: 'MI300X' }],
        [1, { id: '0000:02:00.0', name: '' }],
      ],
    );
  });

  it('reads processes in both forms', () => {
    const text = JSON.stringify([
      {
        gpu: 0,
        process_list: [
          { process_info: { name: 'python', pid: 12, mem_usage: { value: 1024, unit: 'B' } } },
          { name: 'x', pid: 13, memory_usage: { vram_mem: 'N/A' } },
          { process_info: 'No running processes detected' },
        ],
      },
    ]);
    assert.deepEqual(
      amdProcesses(text, identities).map(({ pid, memoryBytes }) => [pid, memoryBytes]),
      [
        [12, 1024],
        [13, null],
      ],
    );
  });
});

describe('agent gpu: amd-smi', function () {
  this.timeout(60_000);
  let tools: FakeTools;
  let stopping: AbortController;
  let samples: GpuSample[];
  let troubles: GpuFailure[];

  beforeEach(() => {
    tools = new FakeTools([fakeGpu(0, { utilisation: 0.5 })]);
    stopping = new AbortController();
    [samples, troubles] = [[], []];
  });
  afterEach(() => {
    stopping.abort();
    tools.close();
  });
  const watch = (): AmdSmi => {
    const tool = new AmdSmi({
      clock: fastClock(25),
      environment: { PATH: process.env.PATH ?? '' },
      file: tools.amdSmi,
    });
    tool.watch(
      {
        onSample: (sample) => samples.push(sample),
        onTrouble: (failure) => troubles.push(failure),
      },
      1000,
      stopping.signal,
    );
    return tool;
  };

  for (const form of ['list', 'wrapped'])
    it(`samples GPUs and processes (${form})`, async () => {
      tools.change((state) => {
        state.faults.texts = { form };
        state.processes.push({ gpu: tools.gpu().uuid, pid: 7, name: 'x', memoryMib: 3 });
      });
      const tool = watch();
      await until(
        () => samples.length >= 2,
        () => JSON.stringify(troubles),
      );
      assert.deepEqual(
        [samples[0]?.id, samples[0]?.name, samples[0]?.utilisationRatio],
        [tools.gpu().uuid, 'Fake A100', 0.5],
      );
      const processes = await tool.processes();
      assert.deepEqual(
        processes.ok && processes.value.map(({ pid, memoryBytes }) => [pid, memoryBytes]),
        [[7, 3 * MIB]],
      );
      assert.equal((await tool.set()).ok, false);
    });

  it('takes an answer in an unknown form for trouble, not for idle', async () => {
    tools.change(({ faults }) => {
      faults.garbage = '{"new": "form"}';
    });
    watch();
    await until(() => troubles.length > 0, 'trouble');
    assert.deepEqual(samples, []);
  });

  it('says so when it hangs, and samples again when it does not', async () => {
    watch();
    await until(() => samples.length > 0, 'a sample');
    tools.change(({ faults }) => {
      faults.hang = 'hard';
    });
    await until(() => troubles.some(({ kind }) => kind === 'hang'), 'trouble');
    const { length } = samples;
    tools.change(({ faults }) => {
      delete faults.hang;
    });
    await until(() => samples.length > length, 'another sample');
  });
});
