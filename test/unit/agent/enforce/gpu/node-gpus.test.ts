import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ContainerId } from '../../../../../shared/ids.js';
import { desiredGpu, FilesInMemory, GpuWorld, MIB } from './world.js';

describe('agent gpu: what a node knows of its GPUs', () => {
  it('reports a GPU with its ladder, ranges and energy', async () => {
    const world = await GpuWorld.open();
    await world.sample();
    await world.sample({ powerWatts: 300 });
    const [gpu] = await world.collect();
    assert.equal(gpu?.isKnown, true);
    assert.deepEqual(
      [gpu?.clockRange, gpu?.powerRange],
      [
        { min: 600, max: 1410 },
        { min: 100, max: 400 },
      ],
    );
    assert.deepEqual(
      [gpu?.ladder.clock.reach, gpu?.ladder.power.reach, gpu?.ladder.share.reach],
      ['live', 'live', 'none'],
    );
    assert.match(gpu?.ladder.share.reason ?? '', /no MPS server/);
    assert.equal(gpu?.energyJoules, 250);
    assert.equal(gpu?.applied, null);
  });

  it('offers shares only where the host’s policy allows them', async () => {
    for (const [mayShare, reach, says] of [
      [false, 'none', /gpu\.share: allow/],
      [true, 'start', /MPS: fixed/],
    ] as const) {
      const world = await GpuWorld.open({ mayShare });
      world.tool.mps = true;
      await world.sample();
      const [gpu] = await world.collect();
      assert.equal(gpu?.ladder.share.reach, reach);
      assert.match(gpu?.ladder.share.reason ?? '', says);
    }
  });

  it('reports nothing of a stale sample as 0, and keeps what does not change', async () => {
    const world = await GpuWorld.open();
    await world.sample();
    await world.clock.advance(5000);
    const [gpu] = await world.collect();
    assert.equal(gpu?.isKnown, false);
    assert.match(gpu?.reason ?? '', /no sample for 6 s/);
    assert.deepEqual(
      [gpu?.utilisationRatio, gpu?.clockMhz, gpu?.powerWatts, gpu?.memoryUsedBytes],
      [null, null, null, null],
    );
    assert.equal(gpu?.memoryTotalBytes, 40_960 * MIB);
  });

  it('shows one clear line while the tool is in trouble, and logs it once', async () => {
    const world = await GpuWorld.open();
    await world.sample();
    for (let time = 0; time < 5; time += 1)
      world.tool.watching?.onTrouble({
        kind: 'hang',
        message: 'nvidia-smi has printed nothing for 5 s',
      });
    const [gpu] = await world.collect([desiredGpu(900)]);
    assert.deepEqual(
      [gpu?.isKnown, gpu?.reason],
      [false, 'nvidia-smi has printed nothing for 5 s'],
    );
    assert.deepEqual(world.gpus.warnings(), [
      'GPU not known: nvidia-smi has printed nothing for 5 s',
    ]);
    assert.equal(world.logged.filter((line) => line === 'GPUs are not known').length, 1);
    assert.deepEqual(world.tool.orders, []);
    await world.sample();
    assert.deepEqual(world.gpus.warnings(), []);
  });

  it('adds no energy over a gap', async () => {
    const world = await GpuWorld.open();
    await world.sample();
    await world.sample();
    world.tool.watching?.onTrouble({ kind: 'driver', message: 'gone' });
    await world.clock.advance(5000);
    await world.sample();
    await world.sample();
    const [gpu] = await world.collect();
    assert.equal(gpu?.energyJoules, 400);
  });

  it('counts the memory of each container, and not what is not told', async () => {
    const [a, b] = ['a', 'b'].map((letter) => letter.repeat(64) as ContainerId);
    assert.ok(a !== undefined && b !== undefined);
    const owners = new Map([
      [1, a],
      [2, a],
      [3, b],
    ]);
    const world = await GpuWorld.open({ owners });
    const common = { gpu: 'GPU-0', name: 'python' };
    world.tool.running = [
      { ...common, pid: 1, memoryBytes: 100 },
      { ...common, pid: 2, memoryBytes: 50 },
      { ...common, pid: 3, memoryBytes: null },
      { ...common, pid: 4, memoryBytes: 7 },
    ];
    await world.sample();
    await world.sample({}, 6000);
    const containers = [a, b].map((id) => ({ id, gpuInjection: 'cdi' as const }));
    const uses = world.gpus.usesOf(containers as never, new Map());
    assert.deepEqual(uses.get(a), { ids: ['GPU-0'], injection: 'cdi', memoryBytes: 150 });
    assert.deepEqual(uses.get(b), { ids: ['GPU-0'], injection: 'cdi', memoryBytes: null });
  });
});

describe('agent gpu: setting', () => {
  const open = async (...args: Parameters<typeof GpuWorld.open>): Promise<GpuWorld> => {
    const world = await GpuWorld.open(...args);
    await world.sample();
    await world.sample();
    return world;
  };

  it('sets the lowest clock not below the desired one, and power in its range', async () => {
    const world = await open();
    await world.collect([desiredGpu(850, 50)]);
    assert.deepEqual(world.tool.orders, ['set GPU-0 power 100', 'set GPU-0 clock 900']);
    const [gpu] = await world.collect([desiredGpu(850, 50)]);
    assert.deepEqual(gpu?.applied, { clockMhz: 900, powerWatts: 100 });
  });

  it("keeps within the host's own bounds", async () => {
    const bounds = { clockMhz: { min: 1000, max: 1300 }, powerWatts: { min: 150, max: 300 } };
    const world = await open({ bounds });
    await world.collect([desiredGpu(600, 100)]);
    assert.deepEqual(world.tool.orders, ['set GPU-0 power 150', 'set GPU-0 clock 1200']);
  });

  it('changes a GPU at most once in ten seconds', async () => {
    const world = await open();
    await world.collect([desiredGpu(900)]);
    for (let second = 0; second < 8; second += 1) {
      await world.sample({ clockMhz: 900 });
      await world.collect([desiredGpu(1200)]);
    }
    assert.deepEqual(world.tool.orders, ['set GPU-0 clock 900']);
    for (let second = 0; second < 3; second += 1) {
      await world.sample({ clockMhz: 900 });
      await world.collect([desiredGpu(1200)]);
    }
    assert.deepEqual(world.tool.orders, ['set GPU-0 clock 900', 'set GPU-0 clock 1200']);
  });

  it('notes its intent before it acts, with the power limit found first', async () => {
    const world = await open();
    world.tool.hangs = true;
    await world.collect([desiredGpu(null, 250)]);
    const text = world.files.files.get('gpus') ?? '';
    assert.match(text, /"originalPowerWatts":400/);
    assert.match(text, /"powerWatts":250/);
  });

  it('sets nothing when the journal cannot be written', async () => {
    const world = await open();
    world.files.isFull = true;
    await world.collect([desiredGpu(900)]);
    assert.deepEqual(world.tool.orders, []);
  });

  it('sets nothing while nothing is known, nothing is desired or it only observes', async () => {
    const world = await open();
    await world.collect(null);
    world.tool.watching?.onTrouble({ kind: 'hang', message: 'hangs' });
    await world.collect([desiredGpu(900)]);
    const observing = await open({ mayEnforce: false });
    const [gpu] = await observing.collect([desiredGpu(900)]);
    assert.deepEqual([...world.tool.orders, ...observing.tool.orders], []);
    assert.match(gpu?.ladder.clock.reason ?? '', /only observes/);
  });

  it('gives back what is not desired any more', async () => {
    const world = await open();
    await world.collect([desiredGpu(900, 250)]);
    await world.clock.advance(8000);
    for (let second = 0; second < 3; second += 1)
      await world.sample({ clockMhz: 900, powerLimitWatts: 250 });
    await world.collect([]);
    assert.deepEqual(world.tool.orders.slice(2), ['reset GPU-0 power 400', 'reset GPU-0 clock']);
    const [gpu] = await world.collect([]);
    assert.equal(gpu?.applied, null);
  });

  for (const kind of ['permission', 'unsupported', 'range'] as const)
    it(`shows a refusal (${kind}) on the ladder, waits, and has nothing to restore`, async () => {
      const world = await open();
      world.tool.failure = { kind, message: `refused: ${kind}` };
      await world.collect([desiredGpu(900)]);
      for (let second = 0; second < 20; second += 1) {
        await world.sample();
        await world.collect([desiredGpu(900)]);
      }
      const [gpu] = await world.collect([desiredGpu(900)]);
      assert.deepEqual(gpu?.ladder.clock, { reach: 'none', reason: `refused: ${kind}` });
      assert.deepEqual([world.tool.orders.length, gpu?.applied], [1, null]);
    });

  it('tries a refused setting again after 10, 20 and 40 minutes, until it is done', async () => {
    const world = await open();
    world.tool.failure = { kind: 'permission', message: 'refused' };
    const askedAfterMinutes: number[] = [];
    for (let minute = 0; minute < 75; minute += 1) {
      if (minute === 65) world.tool.failure = null;
      const before = world.tool.orders.length;
      await world.sample({ clockMhz: minute > 70 ? 900 : 1410 });
      await world.collect([desiredGpu(900)]);
      await world.clock.advance(59_000);
      if (world.tool.orders.length > before) askedAfterMinutes.push(minute);
    }
    assert.deepEqual(askedAfterMinutes, [0, 10, 30, 70]);
    await world.sample({ clockMhz: 900 });
    const [gpu] = await world.collect([desiredGpu(900)]);
    assert.deepEqual([gpu?.ladder.clock.reach, gpu?.applied?.clockMhz], ['live', 900]);
  });

  it('keeps in the journal what may have been done, though the tool did not say', async () => {
    const world = await open();
    world.tool.failure = { kind: 'hang', message: 'no answer' };
    await world.collect([desiredGpu(900)]);
    const [gpu] = await world.collect([desiredGpu(900)]);
    assert.deepEqual(gpu?.applied, { clockMhz: 900, powerWatts: null });
  });

  it('sets again once what does not hold, then says that it cannot', async () => {
    const world = await open();
    await world.collect([desiredGpu(900)]);
    for (let second = 0; second < 40; second += 1) {
      await world.sample({ clockMhz: 1410 });
      await world.collect([desiredGpu(900)]);
    }
    assert.deepEqual(world.tool.orders, ['set GPU-0 clock 900', 'set GPU-0 clock 900']);
    const [gpu] = await world.collect([desiredGpu(900)]);
    assert.match(gpu?.ladder.clock.reason ?? '', /did not hold/);
  });

  it('restores everything when it stops, and the next agent what a killed one left', async () => {
    const world = await open();
    await world.collect([desiredGpu(900, 250)]);
    await world.gpus.stop(true);
    assert.deepEqual(world.tool.orders.slice(2), ['reset GPU-0 clock', 'reset GPU-0 power 400']);
    assert.match(world.files.files.get('gpus') ?? '', /"entries":\[\]/);

    const killed = await open();
    await killed.collect([desiredGpu(900, 250)]);
    const next = await GpuWorld.open({ files: killed.files });
    await next.sample({ powerLimitWatts: 250, clockMhz: 900 });
    await next.sample({ powerLimitWatts: 250, clockMhz: 900 });
    await next.gpus.stop(true);
    assert.deepEqual(next.tool.orders, ['reset GPU-0 clock', 'reset GPU-0 power 400']);
  });

  it('sets again what a GPU lost while no agent ran, which is no refusal', async () => {
    const before = await open();
    await before.collect([desiredGpu(900)]);
    // As after a reboot of the host: the journal says 900 MHz, and the GPU knows nothing of it.
    const next = await GpuWorld.open({ files: before.files });
    for (let second = 0; second < 6; second += 1) {
      await next.sample({ clockMhz: 1410 });
      await next.collect([desiredGpu(900)]);
    }
    assert.deepEqual(next.tool.orders, ['set GPU-0 clock 900']);
    const [gpu] = await next.collect([desiredGpu(900)]);
    assert.equal(gpu?.ladder.clock.reach, 'live');
  });

  it('keeps what could not be put back for the next try', async () => {
    const world = await open();
    await world.collect([desiredGpu(900)]);
    world.tool.failure = { kind: 'driver', message: 'gone' };
    await world.gpus.stop(true);
    assert.match(world.files.files.get('gpus') ?? '', /"clockMhz":900/);
  });

  it('does not wait for a setting that hangs when it stops', async () => {
    const world = await open();
    world.tool.hangs = true;
    await world.collect([desiredGpu(900)]);
    const stopped = world.gpus.stop(false);
    await world.clock.advance(6000);
    await stopped;
  });

  it('sets a torn journal aside', async () => {
    const files = new FilesInMemory();
    files.files.set('gpus', 'dqoes-gpus 1 sha256:00\n{}');
    await GpuWorld.open({ files });
    assert.equal(files.files.has('gpus.torn'), true);
  });
});
