import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { aSpec, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

describe('enforcer: a container that is wanted no more', () => {
  it('is told to be still there, and why, until it is gone', async () => {
    const world = await EnforceWorld.open();
    await world.desire([wantOwn(aSpec('web'), 0.5)]);
    world.engine.failNext('stop', { kind: 'timeout', message: 'late' });
    await world.desire([]);
    const why = (): string => world.enforcer.failures().get('web-0' as never) ?? '';
    assert.match(why(), /^the engine did not answer in time: late/);
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    await world.enforcer.settled();
    assert.deepEqual([world.engine.containers.size, why()], [0, '']);
  });
});
