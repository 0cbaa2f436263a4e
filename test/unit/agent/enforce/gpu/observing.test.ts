import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { desiredGpu, GpuWorld } from './world.js';

describe('agent gpu: an agent that only observes', () => {
  it('gives back what an agent before set, where it may not set anything itself', async () => {
    const before = await GpuWorld.open();
    for (let second = 0; second < 2; second += 1) await before.sample();
    await before.collect([desiredGpu(900, 250)]);
    const observing = await GpuWorld.open({ files: before.files, mayEnforce: false });
    for (let second = 0; second < 2; second += 1) {
      await observing.sample({ clockMhz: 900, powerLimitWatts: 250 });
      await observing.collect([desiredGpu(900, 250)]);
    }
    assert.deepEqual(observing.tool.orders, ['reset GPU-0 power 400', 'reset GPU-0 clock']);
    assert.match(observing.files.files.get('gpus') ?? '', /"entries":\[\]/);
  });
});
