import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { settle } from '../../../lib/manual-clock.js';
import { aSpec, aState, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

const HOUR_MS = 3_600_000;
const ALONE = { driftAfterMs: HOUR_MS, driftStepMs: 60_000 };

/** An agent that was started again and hears nobody, so that it knows no desired state. */
async function startedAlone(before: EnforceWorld): Promise<EnforceWorld> {
  const world = await EnforceWorld.open(ALONE, before);
  await world.clock.advance(HOUR_MS);
  return world;
}

/** A tick, and what follows from it. */
async function tick(world: EnforceWorld): Promise<void> {
  world.enforcer.tick(null);
  await world.clock.advance(1000);
  await settle();
}

describe('enforcer: an agent that was started while nobody was heard', () => {
  it('gives limits back one by one, the tightest first', async () => {
    const before = await EnforceWorld.open();
    const [a, b] = [await before.adopted('a', { quotaUs: 70_000 }), await before.adopted('b')];
    await before.desire([before.want(a, 0.3), before.want(b, 0.2), wantOwn(aSpec('web'), 0.5)]);
    const web = [...before.engine.containers.values()].find(({ name }) => name === 'dqoes-web-0');
    assert.ok(web);
    const world = await startedAlone(before);
    const limits = () => [a, b, web].map(({ id }) => world.engine.kernelCores(id));
    await tick(world);
    assert.deepEqual(limits(), [0.3, 0.2, 0.5]);
    await world.clock.advance(30_000);
    await tick(world);
    assert.deepEqual(limits(), [0.3, null, 0.5]);
    assert.match(world.enforcer.disconnectedNotice, /1 container has their own limits again/);
    assert.deepEqual(world.enforcer.inForce?.allocations, []);
    for (let step = 0; step < 2; step += 1) {
      await world.clock.advance(60_000);
      await tick(world);
    }
    assert.deepEqual(limits(), [0.7, null, null]);
    assert.equal(world.engine.containers.size, 3, 'jobs run on');
  });

  it('never takes what it gave back for another original, and obeys again', async () => {
    const before = await EnforceWorld.open();
    const a = await before.adopted('a', { quotaUs: 70_000 });
    await before.desire([before.want(a, 0.3)]);
    const world = await startedAlone(before);
    // Its list is from before the limit was put back.
    world.isBlind = true;
    await tick(world);
    await world.clock.advance(30_000);
    await tick(world);
    assert.equal(world.engine.kernelCores(a.id), 0.7);
    world.enforcer.offer(aState([world.want(a, 0.4)], { revision: 2 }));
    await world.lastAck();
    assert.equal(world.engine.kernelCores(a.id), 0.4);
    await world.enforcer.close(0);
    assert.equal((await world.enforcer.restore()).restored.length, 1);
    assert.equal(world.engine.kernelCores(a.id), 0.7);
  });

  it('tries again what could not be given back', async () => {
    const before = await EnforceWorld.open();
    const a = await before.adopted('a');
    await before.desire([before.want(a, 0.3)]);
    const world = await startedAlone(before);
    await tick(world);
    await world.clock.advance(30_000);
    world.engine.failNext('updateCpu', { kind: 'unavailable', message: 'down' }, a.id);
    await tick(world);
    assert.equal(world.engine.kernelCores(a.id), 0.3);
    assert.deepEqual(world.warnings, [
      `the limit of ${world.want(a, 1).id} cannot be put back, and is tried again: down`,
    ]);
    await tick(world);
    assert.equal(world.engine.kernelCores(a.id), null);
  });

  it('gives all back where the disk takes no note of it, and says so once', async () => {
    const before = await EnforceWorld.open();
    const [a, b] = [await before.adopted('a'), await before.adopted('b')];
    await before.desire([before.want(a, 0.2), before.want(b, 0.3)]);
    const world = await startedAlone(before);
    world.files.broken = true;
    for (let step = 0; step < 4; step += 1) {
      await tick(world);
      await world.clock.advance(90_000);
    }
    assert.deepEqual(
      [a, b].map(({ id }) => world.engine.kernelCores(id)),
      [null, null],
    );
    assert.deepEqual(world.warnings, [
      'limits are given back, which the journal cannot be told: no space left on the disk',
    ]);
  });

  it('tells of each try, however many fail: it has not come to a stand', async () => {
    const before = await EnforceWorld.open();
    const [a, b] = [await before.adopted('a'), await before.adopted('b')];
    await before.desire([before.want(a, 0.2), before.want(b, 0.3)]);
    const steps: string[] = [];
    const world = await EnforceWorld.open(
      { ...ALONE, onStep: (kind, ok) => steps.push(`${kind} ${ok}`) },
      before,
    );
    await world.clock.advance(HOUR_MS);
    await tick(world);
    await world.clock.advance(90_000);
    world.engine.failNext('updateCpu', { kind: 'timeout', message: 'late' }, a.id);
    await tick(world);
    await world.clock.advance(120_000);
    await tick(world);
    await tick(world);
    assert.deepEqual(steps, ['restore false', 'restore true', 'restore true']);
  });
});
