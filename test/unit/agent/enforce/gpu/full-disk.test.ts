import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { desiredGpu, GpuWorld } from './world.js';

describe('agent gpu: a disk that is full', () => {
  it('is said once, however often a setting is tried, and again when it was not', async () => {
    const world = await GpuWorld.open();
    await world.sample();
    const isFull = async (is: boolean, mhz: number, passes: number): Promise<void> => {
      world.files.isFull = is;
      for (let pass = 0; pass < passes; pass += 1) {
        for (let second = 0; second < 11; second += 1) await world.sample();
        await world.collect([desiredGpu(mhz)]);
      }
    };
    await isFull(true, 900, 5);
    assert.equal(said(world), 1);
    await isFull(false, 900, 1);
    assert.deepEqual(world.tool.orders, ['set GPU-0 clock 900']);
    await isFull(true, 1200, 3);
    assert.equal(said(world), 2);
  });
});

const said = ({ logged }: GpuWorld): number =>
  logged.filter((line) => line.includes('its journal cannot be written')).length;
