import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GpuWorld } from './world.js';

describe('agent gpu: one of several', () => {
  it('says that a GPU is lost which its tool no longer lists beside the others', async () => {
    const world = await GpuWorld.open();
    await world.sample({ id: 'GPU-1', index: 1 });
    for (let second = 0; second < 35; second += 1) await world.sample();
    const [first, second] = await world.collect();
    assert.equal(first?.isKnown, true);
    assert.deepEqual(
      [second?.isKnown, second?.reason],
      [false, 'the GPU is lost: no sample for 36 s, and its tool lists the others'],
    );
  });

  it('takes no GPU of one round for lost beside another of it', async () => {
    const world = await GpuWorld.open();
    await world.sample({}, 20);
    await world.sample({ id: 'GPU-1', index: 1 }, 980);
    await world.sample({}, 20);
    await world.sample({ id: 'GPU-1', index: 1 });
    world.tool.watching?.onTrouble({ kind: 'lost', message: 'nvidia-smi: GPU is lost' });
    const known = async (): Promise<readonly boolean[]> =>
      (await world.collect()).map(({ isKnown }) => isKnown);
    await world.clock.advance(1990);
    assert.deepEqual(await known(), [true, true]);
    await world.clock.advance(30);
    assert.deepEqual(await known(), [false, false]);
  });
});
