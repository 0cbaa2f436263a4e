import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UNSIGNED } from '../../../proto/command-codec.js';
import { heldStill } from '../../lib/held-still.js';
import { job } from './build.js';
import { World } from './world.js';

/** Desired states that coordinators read from now on, and the specifications in them. */
function watchReads(world: World): readonly WeakRef<object>[] {
  const read: WeakRef<object>[] = [];
  world.commands = {
    ...UNSIGNED,
    decode: (bytes) => {
      const decoded = UNSIGNED.decode(bytes);
      if (!decoded.ok) return decoded;
      read.push(new WeakRef(decoded.value));
      for (const { spec } of decoded.value.allocations)
        if (spec !== undefined) read.push(new WeakRef(spec));
      return decoded;
    },
  };
  return read;
}

describe('coordinator: what it has loaded', () => {
  it('is let go once what it decides has taken its place', async () => {
    const world = await World.make();
    const first = await world.start('c1');
    await world.live(1);
    assert.ok((await world.call('job-submit', { jobs: [job('a')] })).ok);
    await world.live(2);
    await first.stop();
    const read = watchReads(world);
    await world.start('c2');
    await world.live(3);
    assert.equal(read.length, 2);
    assert.deepEqual(await heldStill(read), []);
    await world.stop();
  });
});
