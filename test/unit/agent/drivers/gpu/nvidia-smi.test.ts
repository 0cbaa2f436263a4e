import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { NvidiaSmi } from '../../../../../agent/drivers/gpu/nvidia-smi.js';
import type { GpuFailure, GpuSample } from '../../../../../agent/ports/gpu.js';
import { fastClock } from '../../../../lib/fast-clock.js';
import { FakeTools } from '../../../../lib/gpu/fake-tools.js';
import { fakeGpu } from '../../../../lib/gpu/state.js';
import { until } from '../../../../lib/until.js';

/** Deadlines of seconds become twentieths of it. */
const clock = fastClock(20);
const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };

describe('agent gpu: nvidia-smi', function () {
  this.timeout(30_000);
  let tools: FakeTools;
  let stopping: AbortController;
  let samples: GpuSample[];
  let troubles: GpuFailure[];

  const makeTool = (setter: 'direct' | 'none' = 'direct'): NvidiaSmi =>
    new NvidiaSmi({ clock, environment, file: tools.nvidiaSmi, setter, hasMps: () => false });
  const watch = (tool: NvidiaSmi, intervalMs = 100): void =>
    tool.watch(
      {
        onSample: (sample) => samples.push(sample),
        onTrouble: (failure) => troubles.push(failure),
      },
      intervalMs,
      stopping.signal,
    );
  const sampled = (count = 1): Promise<void> => {
    const before = samples.length;
    return until(() => samples.length >= before + count, 'samples', 15_000);
  };
  const troubled = (kind: GpuFailure['kind']): Promise<void> =>
    until(
      () => troubles.some((failure) => failure.kind === kind),
      () => `trouble ${kind}: ${JSON.stringify(troubles)}`,
      15_000,
    );
  const id = (): string => tools.gpu().uuid;

  beforeEach(() => {
    tools = new FakeTools([fakeGpu(0), fakeGpu(1)]);
    stopping = new AbortController();
    samples = [];
    troubles = [];
  });
  afterEach(() => {
    stopping.abort();
    tools.close();
  });

  it('samples every GPU by one long-running query', async () => {
    watch(makeTool());
    await sampled(6);
    assert.deepEqual(new Set(samples.map(({ index }) => index)), new Set([0, 1]));
    assert.equal(samples[0]?.powerLimitWatts, 400);
    assert.equal(tools.calls.length, 1);
    assert.deepEqual(troubles, []);
  });

  it('asks by older field names where the driver needs them, or without the field', async () => {
    tools.change(({ faults }) => {
      faults.unknownFields = ['clocks_event_reasons.active', 'mig.mode.current'];
    });
    const tool = makeTool();
    watch(tool);
    await sampled();
    assert.equal(samples[0]?.isThrottled, false);
    assert.equal(samples[0]?.isMig, null);
    assert.ok(!tool.fields.includes('mig.mode.current'));
    // A busy machine can take 5 s to start one of the tool's programs.
    assert.deepEqual(
      troubles.filter(({ kind }) => kind !== 'hang'),
      [],
    );
  });

  it('sets and gives back clock and power, and tells the clocks that may be set', async () => {
    const tool = makeTool();
    const clocks = await tool.clocks(id());
    assert.deepEqual(
      clocks.ok && [clocks.value[0], clocks.value.at(-1), clocks.value.length],
      [210, 1410, 81],
    );
    assert.deepEqual(await tool.set(id(), { knob: 'clock', value: 900 }), {
      ok: true,
      value: undefined,
    });
    assert.deepEqual(await tool.set(id(), { knob: 'power', value: 250 }), {
      ok: true,
      value: undefined,
    });
    assert.deepEqual(
      [tools.gpu().lockedMhz, tools.gpu().powerLimit, tools.gpu(1).lockedMhz],
      [900, 250, null],
    );
    assert.equal((await tool.reset(id(), 'clock', null)).ok, true);
    assert.equal((await tool.reset(id(), 'power', 400)).ok, true);
    assert.deepEqual([tools.gpu().lockedMhz, tools.gpu().powerLimit], [null, 400]);
  });

  it('lists the GPUs that are here, and none where one might be left out', async () => {
    const tool = makeTool();
    const [first, second] = [id(), tools.gpu(1).uuid];
    assert.deepEqual(await tool.list(), { ok: true, value: [first, second] });
    tools.change(({ gpus }) => void gpus.pop());
    assert.deepEqual(await tool.list(), { ok: true, value: [first] });
    const kindOf = async (): Promise<string> => {
      const listed = await tool.list();
      return listed.ok ? listed.value.join() : listed.error.kind;
    };
    tools.change(({ faults }) => {
      faults.texts = { uuid: '[Unknown Error]' };
    });
    assert.equal(await kindOf(), 'unknown');
    tools.change(({ gpus, faults }) => {
      faults.texts = {};
      for (const gpu of gpus) gpu.isLost = true;
    });
    assert.equal(await kindOf(), 'lost');
    tools.change(({ faults }) => {
      faults.hasNoDevices = true;
    });
    assert.equal(await kindOf(), 'absent');
    tools.change(({ faults }) => {
      faults.hasNoDriver = true;
    });
    assert.equal(await kindOf(), 'driver');
  });

  it('lists processes', async () => {
    tools.change(({ processes }) =>
      processes.push({ gpu: id(), pid: 4711, name: 'python, with comma', memoryMib: null }),
    );
    const processes = await makeTool().processes();
    assert.deepEqual(processes, {
      ok: true,
      value: [{ gpu: id(), pid: 4711, name: 'python, with comma', memoryBytes: null }],
    });
  });

  for (const [fault, kind] of [
    ['isDenied', 'permission'],
    ['isUnsupported', 'unsupported'],
    ['hasNoDriver', 'driver'],
    ['hasNoDevices', 'absent'],
  ] as const)
    it(`says ${kind} where settings meet ${fault}`, async () => {
      tools.change(({ faults }) => {
        faults[fault] = true;
      });
      const done = await makeTool().set(id(), { knob: 'clock', value: 900 });
      assert.equal(!done.ok && done.error.kind, kind, JSON.stringify(done));
      assert.equal(tools.gpu().lockedMhz, null);
    });

  it('says range where a power limit is outside what the GPU allows', async () => {
    const done = await makeTool().set(id(), { knob: 'power', value: 9000 });
    assert.equal(!done.ok && done.error.kind, 'range');
  });

  it('sets nothing without the right, and does not even ask', async () => {
    const done = await makeTool('none').set(id(), { knob: 'clock', value: 900 });
    assert.equal(!done.ok && done.error.kind, 'permission');
    assert.deepEqual(tools.calls, []);
  });

  it('tells a lost GPU, and its neighbour goes on being sampled', async () => {
    watch(makeTool());
    await sampled();
    tools.change(({ gpus }) => {
      if (gpus[0] !== undefined) gpus[0].isLost = true;
    });
    await troubled('lost');
    const before = samples.length;
    await sampled(3);
    assert.deepEqual(new Set(samples.slice(before + 2).map(({ index }) => index)), new Set([1]));
  });

  it('tells a driver that went away, and samples again when it is back', async () => {
    watch(makeTool());
    await sampled();
    tools.change(({ faults }) => {
      faults.hasNoDriver = true;
    });
    await troubled('driver');
    tools.change(({ faults }) => {
      faults.hasNoDriver = false;
    });
    await sampled(2);
  });

  it('ends a query that says nothing any more, and begins anew', async () => {
    watch(makeTool());
    await sampled();
    tools.change(({ faults }) => {
      faults.hang = 'soft';
    });
    await troubled('hang');
    tools.change(({ faults }) => {
      delete faults.hang;
    });
    await sampled(2);
  });

  it('leaves a query that does not end, and starts again when it has ended', async () => {
    const tool = makeTool();
    watch(tool);
    await sampled();
    tools.change(({ faults }) => {
      faults.hang = 'hard';
    });
    await until(
      () => troubles.some(({ message }) => message.includes('neither answers nor ends')),
      'it to be left',
      15_000,
    );
    const { length } = tools.calls;
    const asked = await tool.processes();
    assert.equal(!asked.ok && asked.error.kind, 'hang');
    assert.equal((await tool.set(id(), { knob: 'clock', value: 900 })).ok, false);
    assert.equal(tools.calls.length, length);
    tools.change(({ faults }) => {
      delete faults.hang;
    });
    await sampled(2);
  });

  it('gives up a call that takes too long', async () => {
    tools.change(({ faults }) => {
      faults.lagMs = 60_000;
    });
    const asked = await makeTool().processes();
    assert.equal(!asked.ok && asked.error.kind, 'hang', JSON.stringify(asked));
  });

  it('takes no line that nobody expects for a sample', async () => {
    tools.change(({ faults }) => {
      faults.garbage = 'WARNING: infoROM is corrupted at gpu 0000:01:00.0';
    });
    watch(makeTool());
    await sampled(4);
    // On a busy machine the fake itself may be late.
    const others = troubles.filter(({ kind }) => kind !== 'hang');
    assert.deepEqual(others, []);
  });
});
