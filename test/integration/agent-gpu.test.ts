import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { DesiredGpu, GpuReport } from '../../shared/gpu.js';
import { FakeTools } from '../lib/gpu/fake-tools.js';
import { type FakeFaults, fakeGpu } from '../lib/gpu/state.js';
import { until } from '../lib/until.js';
import { AgentWorld } from './agent-world.js';

/** A real agent on real NATS and Docker, over a nvidia-smi that has one fault after the other. */
describe('agent: faults of nvidia-smi', function () {
  this.timeout(60_000);
  let tools: FakeTools;
  let world: AgentWorld;
  let revision = 100;

  before(async () => {
    tools = new FakeTools([fakeGpu(0, { utilisation: 0.5 })]);
    world = await AgentWorld.open({
      'gpu.nvidia-smi': tools.nvidiaSmi,
      'gpu.amd-smi': join(tools.folder, 'none'),
      'gpu.interval': '200ms',
      'gpu.min-change': '1s',
    });
    await world.start();
    await untilGpu((gpu) => gpu.ladder.clock.reach === 'live', 'a GPU that can be set');
  });
  after(async () => {
    tools.change((state) => {
      state.faults = {};
    });
    await world.close();
    tools.close();
  });

  const gpuNow = (): GpuReport | undefined => world.reports.at(-1)?.gpus?.[0];
  const untilGpu = (holds: (gpu: GpuReport) => boolean, what: string): Promise<void> =>
    until(
      () => {
        const gpu = gpuNow();
        return gpu !== undefined && holds(gpu);
      },
      () => `${what}; it is ${JSON.stringify(gpuNow())}`,
      30_000,
    );
  const settings = (): number =>
    tools.calls.filter((args) => args.some((arg) => ['-lgc', '-rgc', '-pl'].includes(arg))).length;
  const desire = async (clockMhz: number | null): Promise<void> => {
    revision += 1;
    const id = tools.gpu().uuid;
    const gpus: readonly DesiredGpu[] =
      clockMhz === null ? [] : [{ id, clockMhz, powerWatts: null, reason: 'test' }];
    await world.put({ ...world.state([], revision), ...(gpus.length === 0 ? {} : { gpus }) });
  };
  const lines = (): readonly string[] =>
    (world.reports.at(-1)?.warnings ?? []).filter((line) => line.startsWith('GPU'));
  /** Reports go on, each the next one. */
  const inRhythm = async (): Promise<void> => {
    const from = world.reports.length;
    await until(() => world.reports.length >= from + 8, 'reports to go on');
    const sequences = world.reports.slice(from).map(({ sequence }) => sequence);
    assert.deepEqual(
      sequences,
      sequences.map((_, i) => (sequences[0] ?? 0) + i),
    );
  };

  const away: readonly (readonly [string, () => void, RegExp])[] = [
    [
      'the driver does not answer',
      () => fault({ hasNoDriver: true }),
      /communicate with the NVIDIA driver/,
    ],
    [
      'the GPU is lost',
      () =>
        tools.change(({ gpus: [gpu] }) => {
          if (gpu !== undefined) gpu.isLost = true;
        }),
      /GPU is lost/,
    ],
  ];
  const fault = (faults: FakeFaults): void =>
    tools.change((state) => {
      state.faults = faults;
    });
  const heal = (): void =>
    tools.change((state) => {
      state.faults = {};
      for (const gpu of state.gpus) gpu.isLost = false;
    });

  for (const [what, strike, says] of away)
    it(`${what}: reports go on, the GPU is unknown, nothing is set, one line says so`, async () => {
      strike();
      await untilGpu(({ isKnown }) => !isKnown, 'an unknown GPU');
      const before = settings();
      await desire(900);
      await until(
        () => lines().some((line) => says.test(line)),
        () => `the line; there is ${lines()}`,
        20_000,
      );
      await inRhythm();
      const { clockMhz, powerWatts, utilisationRatio, memoryUsedBytes } = gpuNow() ?? {};
      assert.deepEqual(
        [clockMhz, powerWatts, utilisationRatio, memoryUsedBytes],
        [null, null, null, null],
      );
      assert.equal(lines().length, 1, lines().join('\n'));
      assert.equal(settings(), before);
      await desire(null);
      heal();
      await untilGpu(({ isKnown }) => isKnown, 'a GPU that is known again');
    });

  it('texts instead of values: those are unknown, and nothing else', async () => {
    const texts = {
      'clocks.sm': '[Unknown Error]',
      'power.draw': '[N/A]',
      'utilization.gpu': '[Insufficient Permissions]',
      'memory.used': 'ERR!',
    };
    fault({ texts });
    await untilGpu(({ powerWatts }) => powerWatts === null, 'unknown power');
    const { isKnown, clockMhz, utilisationRatio, memoryUsedBytes, temperatureCelsius } =
      gpuNow() ?? {};
    assert.deepEqual(
      [isKnown, clockMhz, utilisationRatio, memoryUsedBytes],
      [true, null, null, null],
    );
    assert.equal(temperatureCelsius, 41);
    heal();
    await untilGpu(({ powerWatts }) => powerWatts !== null, 'known power');
  });

  for (const [name, faults, says] of [
    ['no right', { isDenied: true }, /does not have permission.*run the agent as root/],
    ['no support', { isUnsupported: true }, /not supported/],
  ] as const)
    it(`${name}: the ladder says so, and nothing is in force`, async () => {
      fault(faults);
      await desire(900);
      await untilGpu(({ ladder }) => ladder.clock.reach === 'none', 'a shut rung');
      await inRhythm();
      assert.match(gpuNow()?.ladder.clock.reason ?? '', says);
      assert.equal(gpuNow()?.applied, null);
      assert.equal(tools.gpu().lockedMhz, null);
      await desire(null);
      heal();
      if (name === 'no right') await restart();
    });

  // A refusal is remembered for ten minutes; an agent that is started again knows nothing of it.
  const restart = async (): Promise<void> => {
    await world.agent.stop({ restore: true, stopJobs: false });
    await world.start();
    await untilGpu((gpu) => gpu.ladder.clock.reach === 'live', 'a GPU that can be set');
  };
});
