import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import { EnforceWorld } from './world.js';

const CAPPED = { bounds: { ...DEFAULT_BOUNDS, maxCpuCores: 1.5 } };
const HOUR_MS = 3_600_000;

describe('enforcer: a host that caps containers', () => {
  it('gives limits back up to the cap when no coordinator is heard for long', async () => {
    const world = await EnforceWorld.open({ ...CAPPED, driftAfterMs: HOUR_MS, driftStepMs: 1000 });
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.3)]);
    assert.equal(world.engine.kernelCores(a.id), 0.3);
    await world.relist();
    await world.clock.advance(HOUR_MS);
    world.enforcer.tick(null);
    await world.clock.advance(1000);
    world.enforcer.tick(null);
    await world.lastAck();
    assert.equal(world.engine.kernelCores(a.id), 1.5);
    assert.equal(world.engine.kernelWeight(a.id).value, 1024);
  });

  it('drops the limits of all containers of a full host, up to the cap', async () => {
    const world = await EnforceWorld.open(CAPPED);
    const all = [await world.adopted('a'), await world.adopted('b'), await world.adopted('c')];
    await world.desire(all.map((one) => world.want(one, 0.6)));
    const ack = await world.desire(all.map((one) => world.want(one, null)));
    assert.equal(ack.outcome, 'applied', ack.allocations.map(({ reason }) => reason).join());
    assert.deepEqual(
      all.map(({ id }) => world.engine.kernelCores(id)),
      [1.5, 1.5, 1.5],
    );
  });

  it('leaves a container the lower limit that it came with', async () => {
    const world = await EnforceWorld.open(CAPPED);
    const a = await world.adopted('a', { quotaUs: 70_000 });
    await world.desire([world.want(a, 0.3)]);
    await world.desire([world.want(a, null)]);
    assert.equal(world.engine.kernelCores(a.id), 0.7);
  });
});
