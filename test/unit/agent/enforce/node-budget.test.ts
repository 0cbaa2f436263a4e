import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { settle } from '../../../lib/manual-clock.js';
import { aSpec, aState, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

const [web, other] = [aSpec('web'), aSpec('other')];

/** Sums of limits seen after every change of the engine, cores. */
function watchSum(world: EnforceWorld): { most: number } {
  const seen = { most: 0 };
  const look = (): void => {
    const running = [...world.engine.containers.values()].filter(
      ({ state }) => state === 'running',
    );
    seen.most = Math.max(
      seen.most,
      running.reduce((sum, { id }) => sum + (world.engine.kernelCores(id) ?? 0), 0),
    );
  };
  world.engine.events(look, new AbortController().signal);
  return seen;
}

describe('room on a node of 1.9 cores', () => {
  let world: EnforceWorld;
  let sum: { most: number };
  const ownOf = (job: string) => {
    const found = [...world.engine.containers.values()].find(
      ({ name }) => name === `dqoes-${job}-0`,
    );
    assert.ok(found, job);
    return found;
  };
  beforeEach(async () => {
    world = await EnforceWorld.open();
    sum = watchSum(world);
  });

  it('is taken by an ended container until the limit of its next start is lower', async () => {
    await world.desire([wantOwn(web, 1.5), wantOwn(other, 0.4)]);
    world.engine.end(ownOf('web').id, 1);
    await world.desire([wantOwn(web, 0.05), wantOwn(other, 1.8)]);
    assert.equal(world.engine.kernelCores(ownOf('other').id), 1.8);
    world.engine.start(ownOf('web').id);
    assert.equal(world.engine.kernelCores(ownOf('web').id), 0.05);
    assert.ok(sum.most <= 1.9, `${sum.most}`);
  });

  it('is not taken by original limits: two containers do not wait for each other', async () => {
    const cpu = { quotaUs: 150_000, periodUs: 100_000 };
    const [a, b] = [await world.adopted('a', cpu), await world.adopted('b', cpu)];
    const ack = await world.desire([world.want(a, 0.5), world.want(b, 0.5), wantOwn(web, 0.9)]);
    assert.deepEqual([world.engine.kernelCores(a.id), world.engine.kernelCores(b.id)], [0.5, 0.5]);
    assert.ok(
      ack.allocations.every(({ ok }, i) => ok || i === 2),
      JSON.stringify(ack.allocations),
    );
    await world.desire([world.want(a, 0.5), world.want(b, 0.5), wantOwn(web, 0.9)]);
    assert.equal(world.engine.kernelCores(ownOf('web').id), 0.9);
  });

  it('is taken by a created container with a larger limit, which may be starting', async () => {
    await world.desire([wantOwn(other, 1.5)]);
    const made = ownOf('other');
    const { pid, startedAt } = made;
    Object.assign(made, { state: 'created', pid: 0, startedAt: '0001-01-01T00:00:00Z' });
    world = await EnforceWorld.open({}, world);
    world.isBlind = true;
    Object.assign(made, { state: 'running', pid, startedAt });
    const run = world.engine.run.bind(world.engine);
    world.engine.run = (request) => {
      world.isBlind = false;
      return run(request);
    };
    await world.desire([wantOwn(other, 0.5), wantOwn(web, 1.2)]);
    await world.desire([wantOwn(other, 0.5), wantOwn(web, 1.2)]);
    assert.deepEqual(
      [made, ownOf('web')].map(({ id }) => world.engine.kernelCores(id)),
      [0.5, 1.2],
    );
    assert.ok(sum.most <= 1.9, `${sum.most}`);
  });

  it('is not freed by a lower limit while a start with a larger one is in progress', async () => {
    await world.desire([wantOwn(other, 1.5)]);
    const made = ownOf('other');
    Object.assign(made, { state: 'created', pid: 0, startedAt: '0001-01-01T00:00:00Z' });
    world = await EnforceWorld.open({}, world);
    let begin = (): void => {};
    const began = new Promise<void>((resolve) => {
      begin = resolve;
    });
    world.engine.onRun(({ name }) => (name === made.name ? began : undefined));
    const desiring = world.desire([wantOwn(other, 1.5)]);
    await settle();
    const wanted = [wantOwn(other, 0.5), wantOwn(web, 1.2)];
    world.enforcer.offer(aState(wanted, { revision: 3 }));
    await settle();
    assert.equal(made.cpu.quotaUs, 50_000);
    begin();
    await desiring;
    assert.equal(made.state, 'running');
    assert.ok(sum.most <= 1.9, `${sum.most}`);
    world.enforcer.tick(null);
    await world.lastAck();
    assert.deepEqual(
      [made, ownOf('web')].map(({ id }) => world.engine.kernelCores(id)),
      [0.5, 1.2],
    );
  });

  it('is not taken by a raise that was refused, once Docker says nothing new', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([world.want(a, 0.95), world.want(b, 0.3)]);
    await world.relist();
    world.isBlind = true;
    let revision = 1;
    const desire = async (aCores: number, bCores: number): Promise<void> => {
      revision += 1;
      world.enforcer.offer(aState([world.want(a, aCores), world.want(b, bCores)], { revision }));
      await world.lastAck();
    };
    await desire(0.26, 1.6);
    world.engine.isUnreadable = true;
    world.engine.failNext('updateCpu', { kind: 'timeout', message: 'slow' }, a.id);
    await desire(0.1, 1.6);
    await desire(0.9, 1.6);
    world.enforcer.tick(null);
    await world.lastAck();
    world.enforcer.tick(null);
    await world.lastAck();
    assert.ok(sum.most <= 1.9 + 1e-9, `${sum.most}`);
  });

  it('is not freed by an older container of the same name that is gone', async () => {
    await world.desire([wantOwn(web, 0.9), wantOwn(other, 0.9)]);
    world.engine.remove(ownOf('web').id);
    await world.desire([wantOwn(web, 0.9), wantOwn(other, 0.9)]);
    await world.relist();
    // The stop of the new one takes its time; the journal still knows the old one.
    world.engine.failNext('stop', { kind: 'unavailable', message: 'connect ECONNREFUSED' });
    await world.desire([wantOwn(other, 1.8)]);
    assert.ok(sum.most <= 1.9, `${sum.most}`);
  });

  it('counts the last write where the kernel cannot be read and the list is old', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([world.want(a, 0.4)]);
    world.isBlind = true;
    world.enforcer.offer(aState([world.want(a, 1.2)], { revision: 2 }));
    await world.lastAck();
    world.engine.isUnreadable = true;
    world.engine.failNext('updateCpu', { kind: 'refused', message: 'server error' });
    world.enforcer.offer(aState([world.want(a, 0.8), world.want(b, 1.1)], { revision: 3 }));
    await world.lastAck();
    assert.ok(sum.most <= 1.9, `${sum.most}`);
  });
});
