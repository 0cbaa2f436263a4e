import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { settle } from '../../../lib/manual-clock.js';
import { aSpec, aState, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

describe('enforcer: restore', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });

  it('puts originals back and lifts the limits of our own', async () => {
    const a = await world.adopted('a', { quotaUs: 70_000 });
    const b = await world.adopted('b');
    await world.desire([world.want(a, 0.3), world.want(b, 0.3), wantOwn(aSpec('web'), 0.5)]);
    const own = [...world.engine.containers.values()].find(
      (container) => container.name === 'dqoes-web-0',
    );
    assert.ok(own);
    await world.enforcer.close(0);
    const report = await world.enforcer.restore();
    assert.equal(report.restored.length, 3);
    assert.equal(world.engine.kernelCores(a.id), 0.7);
    assert.equal(world.engine.kernelCores(b.id), null);
    assert.equal(world.engine.kernelCores(own.id), null);
    assert.deepEqual(world.journal.ledger.entries, []);
    assert.equal(world.journal.ledger.holds?.revision, 1, 'fencing outlives a restore');
  });

  it('leaves a copy of the container of a job alone, as that job ends and at its own', async () => {
    await world.desire([wantOwn(aSpec('web'), 0.5)]);
    const [own] = [...world.engine.containers.values()];
    assert.ok(own);
    // As a person makes it from a compose file with all labels of that one.
    const { labels, cpu } = own;
    const copy = world.engine.create({ name: 'web-try', labels, cpu });
    await world.desire([wantOwn(aSpec('web'), 0.25)]);
    assert.equal(world.engine.kernelCores(own.id), 0.25);
    assert.equal(world.engine.kernelCores(copy.id), 0.5);
    await world.desire([]);
    assert.deepEqual([...world.engine.containers.keys()], [copy.id]);
    await world.enforcer.close(0);
    await world.enforcer.restore();
    assert.equal(world.engine.kernelCores(copy.id), 0.5);
  });

  it('lets the next agent know the container of a job that a person renamed', async () => {
    await world.desire([wantOwn(aSpec('web'), 0.5)]);
    await world.desire([wantOwn(aSpec('web'), 0.25)]);
    const [own] = [...world.engine.containers.values()];
    assert.ok(own);
    Object.assign(own, { name: 'web-old' });
    await world.enforcer.close(0);
    assert.equal((await world.enforcer.restore()).restored.length, 1);
    assert.equal(world.engine.kernelCores(own.id), null);
    const next = await EnforceWorld.open({}, world);
    await next.desire([wantOwn(aSpec('web'), 0.5)]);
    assert.deepEqual([...next.engine.containers.keys()], [own.id]);
    assert.equal(next.engine.kernelCores(own.id), 0.5);
    await next.desire([]);
    assert.equal(next.engine.containers.size, 0);
    await next.enforcer.close(0);
    await next.enforcer.restore();
    assert.deepEqual(next.journal.ledger.entries, []);
  });

  it('says once why a limit cannot be put back, and tries again', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.3)]);
    const refused = { kind: 'refused', message: 'no such controller' } as const;
    for (let time = 0; time < 2; time += 1) world.engine.failNext('updateCpu', refused, a.id);
    await world.desire([]);
    world.enforcer.tick(new Map());
    await world.lastAck();
    assert.deepEqual(
      world.warnings.filter((text) => text.includes('put back')),
      [
        `the limit of ${world.want(a, 1).id} cannot be put back, and is tried again: ` +
          'the engine refused: no such controller [docker.refused]',
      ],
    );
    assert.equal(world.engine.kernelCores(a.id), 0.3);
    world.enforcer.tick(new Map());
    await world.lastAck();
    assert.equal(world.engine.kernelCores(a.id), null);
  });

  it('writes no limit after the originals, however late the engine answers', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b', { quotaUs: 70_000 })];
    await world.desire([world.want(a, 1), world.want(b, 0.4)]);
    const late: (() => void)[] = [];
    world.engine.onUpdate((id) =>
      id === a.id ? new Promise<void>((answer) => void late.push(answer)) : undefined,
    );
    // What is lowered makes room for what is raised, which waits for the answer.
    const next = [world.want(a, 0.5), world.want(b, 1.2)];
    world.enforcer.offer(aState(next, { revision: 2 }));
    await settle();
    assert.equal(late.length, 1);
    const closing = world.enforcer.close(5000);
    await world.clock.advance(5000);
    await closing;
    const restoring = world.enforcer.restore().then((report) => report.restored.length);
    await settle();
    world.engine.onUpdate(() => undefined);
    for (const answer of late) answer();
    await world.clock.advance(1000);
    assert.equal(await restoring, 2);
    assert.equal(world.engine.kernelCores(a.id), null);
    assert.equal(world.engine.kernelCores(b.id), 0.7);
    assert.deepEqual(world.journal.ledger.entries, []);
  });

  it('starts no job after it was closed, though its image comes then', async () => {
    let pulled = (): void => {};
    world.engine.onRun(
      () =>
        new Promise<void>((resolve) => {
          pulled = resolve;
        }),
    );
    world.enforcer.offer(aState([wantOwn(aSpec('web'), 0.5)]));
    await settle();
    const closing = world.enforcer.close(5000);
    await world.clock.advance(5000);
    await closing;
    assert.deepEqual((await world.enforcer.restore()).restored, []);
    pulled();
    await world.enforcer.settled();
    assert.equal(world.engine.containers.size, 0);
  });

  it('restores from the journal after a crash, never to a limit of ours', async () => {
    const a = await world.adopted('a', { quotaUs: 70_000 });
    await world.desire([world.want(a, 0.3)]);
    const second = await EnforceWorld.open({}, world);
    await second.desire([second.want(a, 0.2)]);
    const third = await EnforceWorld.open({}, second);
    const report = await third.enforcer.restore();
    assert.equal(report.restored.length, 1);
    assert.equal(world.engine.kernelCores(a.id), 0.7);
  });

  it('lifts the limit of an own container that the journal lost', async () => {
    await world.desire([wantOwn(aSpec('web'), 0.5)]);
    world.files.files.clear();
    const next = await EnforceWorld.open({}, world);
    const report = await next.enforcer.restore();
    assert.deepEqual(report.restored, ['web-0']);
    const [own] = [...world.engine.containers.values()];
    assert.ok(own);
    assert.equal(world.engine.kernelCores(own.id), null);
  });

  it('lists again for those of our own, and says where that fails, too', async () => {
    const busy = { kind: 'timeout', message: 'the Docker Engine is busy' } as const;
    await world.desire([wantOwn(aSpec('web'), 0.5)]);
    world.files.files.clear();
    const next = await EnforceWorld.open({}, world);
    for (let time = 0; time < 2; time += 1) world.engine.failNext('list', busy);
    const first = await next.enforcer.restore();
    assert.deepEqual([first.restored, first.notListed], [[], busy.message]);
    world.engine.failNext('list', busy);
    const second = await next.enforcer.restore();
    assert.deepEqual([second.restored, second.notListed], [['web-0'], '']);
    const [own] = [...world.engine.containers.values()];
    assert.ok(own);
    assert.equal(world.engine.kernelCores(own.id), null);
  });

  it('says what is back and what is not, also where the disk takes no note of it', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([world.want(a, 0.3), world.want(b, 0.3)]);
    world.engine.failNext('updateCpu', { kind: 'unavailable', message: 'down' }, a.id);
    world.files.broken = true;
    const { restored, failed, notForgotten } = await world.enforcer.restore();
    assert.deepEqual([restored.length, failed.map(({ reason }) => reason)], [1, ['down']]);
    assert.deepEqual(notForgotten, ['no space left on the disk']);
    world.files.broken = false;
    assert.deepEqual((await world.enforcer.restore()).notForgotten, []);
    assert.deepEqual(world.journal.ledger.entries, []);
  });

  it('keeps in the journal what could not be put back, and forgets what is gone', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([world.want(a, 0.3), world.want(b, 0.3)]);
    world.engine.failNext('updateCpu', { kind: 'unavailable', message: 'down' }, a.id);
    world.engine.remove(b.id);
    const report = await world.enforcer.restore();
    assert.equal(report.failed.length, 1);
    assert.equal(report.gone.length, 1);
    assert.deepEqual(
      world.journal.ledger.entries.map((entry) => entry.containerId),
      [a.id],
    );
    assert.equal((await world.enforcer.restore()).restored.length, 1);
  });
});
