import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { settle } from '../../../lib/manual-clock.js';
import { aSpec, aState, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

const FREE = { cpuCores: null, periodUs: 100_000 } as const;

describe('enforcer: jobs', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });

  const web = aSpec('web');

  it('starts a job with its limit, and stops it when it is not desired any more', async () => {
    const ack = await world.desire([wantOwn(web, 0.5)]);
    assert.equal(ack.outcome, 'applied');
    const [own] = [...world.engine.containers.values()];
    assert.ok(own);
    assert.equal(own.name, 'dqoes-web-0');
    assert.equal(world.engine.kernelCores(own.id), 0.5);
    assert.equal(own.labels['dqoes.cluster'], 'test');
    await world.desire([]);
    assert.equal(world.engine.containers.size, 0);
  });

  it('says how far the pull of its image is, until that is done', async () => {
    let pulled = (): void => {};
    world.engine.onRun(async ({ onPull }) => {
      await Promise.resolve();
      onPull?.('1MiB of 4MiB, 0 of 2 layers');
      await new Promise<void>((resolve) => {
        pulled = resolve;
      });
    });
    const desiring = world.desire([wantOwn(web, 0.5)]);
    await settle();
    const said = new Map([['web-0', 'pulling dqoes/tiny:1: 1MiB of 4MiB, 0 of 2 layers']]);
    assert.deepEqual(world.enforcer.pulls(), said);
    pulled();
    await desiring;
    assert.equal(world.enforcer.pulls().size, 0);
  });

  /** Begins a job whose image is pulled until the returned function is called. */
  const beginPull = async (cores: number): Promise<() => void> => {
    let pulled = (): void => {};
    world.engine.onRun(({ spec }) =>
      spec.name === 'web'
        ? new Promise<void>((resolve) => {
            pulled = resolve;
          })
        : undefined,
    );
    world.enforcer.offer(aState([wantOwn(web, cores)]));
    await settle();
    return () => {
      world.engine.onRun(() => undefined);
      pulled();
    };
  };
  const offer = async (revision: number, ...wanted: Parameters<typeof aState>[0]) => {
    world.enforcer.offer(aState(wanted, { revision }));
    await settle();
  };
  const calls = (name: string) => world.engine.calls.filter((call) => call.startsWith(name));

  it('looks once whether the engine still answers when a start takes more than 2 s', async () => {
    let looks = 0;
    world = await EnforceWorld.open({
      refresh: async () => {
        looks += 1;
      },
    });
    await beginPull(0.5);
    await world.clock.advance(1900);
    assert.equal(looks, 0);
    await world.clock.advance(200);
    assert.equal(looks, 1);
    await world.clock.advance(60_000);
    assert.equal(looks, 1);
  });

  it('makes no container of a job that was stopped while its image was pulled', async () => {
    const pulled = await beginPull(1.5);
    await offer(2);
    await world.clock.advance(70_000);
    pulled();
    await world.lastAck();
    assert.equal(world.engine.containers.size, 0);
    assert.deepEqual(calls('stop'), [], 'there was none to be stopped');
  });

  it('makes none of a job that was changed meanwhile, but of what it is now', async () => {
    const pulled = await beginPull(0.5);
    const changed = aSpec('web', { env: { A: '2' } });
    await offer(2, wantOwn(changed, 0.5));
    pulled();
    await world.lastAck();
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    assert.equal((await world.lastAck()).outcome, 'applied');
    assert.deepEqual([world.engine.containers.size, calls('stop')], [1, []]);
  });

  it('of one that was stopped for a minute and is wanted again, with its new limit', async () => {
    const pulled = await beginPull(1.5);
    await offer(2);
    await world.clock.advance(61_000);
    // Its room is given to another.
    await offer(3, wantOwn(aSpec('other'), 1.5));
    await offer(4, wantOwn(aSpec('other'), 1.5), wantOwn(web, 0.3));
    pulled();
    await world.lastAck();
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    assert.equal((await world.lastAck()).outcome, 'applied');
    const cores = [...world.engine.containers.values()].map(
      ({ id, name }) => `${name} ${world.engine.kernelCores(id)}`,
    );
    assert.deepEqual(cores.sort(), ['dqoes-other-0 1.5', 'dqoes-web-0 0.3']);
    assert.deepEqual(calls('updateCpu'), [], 'none was made with another limit');
  });

  for (const [what, of] of [
    ['quota', (cores: number) => ({ cpuCores: cores, periodUs: 10_000, weightCores: 3 })],
    ['guarantee', (cores: number) => ({ ...FREE, guaranteeCores: cores, weightCores: 3 })],
  ] as const)
    it(`lowers a ${what} by a little, where another one was promised that`, async () => {
      const tight = await EnforceWorld.open({ allocatableCores: 1.9 });
      const a = await tight.adopted('a');
      await tight.desire([{ ...tight.want(a, 1), limit: of(1.5) }]);
      const ack = await tight.desire([
        { ...tight.want(a, 1), limit: of(1.4991) },
        wantOwn(web, 0.4009),
      ]);
      assert.equal(ack.outcome, 'applied', JSON.stringify(ack.allocations));
    });

  it('tries a failed start again, later and later, and tells why it waits', async () => {
    const ack = await world.desire([wantOwn(aSpec('web', { image: 'none:1' }), 0.5)]);
    assert.equal(ack.outcome, 'partial');
    assert.match(ack.allocations[0]?.reason ?? '', /image none:1 is not on this host/);
    assert.match(world.enforcer.failures().get('web-0' as never) ?? '', /none:1/);
    const runs = (): number => world.engine.calls.filter((call) => call.startsWith('run')).length;
    const before = runs();
    world.enforcer.tick(new Map());
    await world.enforcer.settled();
    assert.equal(runs(), before, 'not at once');
    world.engine.images.add('none:1');
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    assert.equal((await world.lastAck()).outcome, 'applied');
    assert.equal(world.enforcer.failures().size, 0);
  });

  it('remembers no failure of a job that was removed', async () => {
    const bad = wantOwn(aSpec('web', { image: 'none:1' }), 0.5);
    await world.desire([bad]);
    await world.desire([]);
    world.engine.images.add('none:1');
    const ack = await world.desire([bad]);
    assert.equal(ack.outcome, 'applied', ack.allocations[0]?.reason);
  });

  it('does not start again and again what the list at hand does not show yet', async () => {
    world.isBlind = true;
    const runs = (): number => world.engine.calls.filter((call) => call.startsWith('run')).length;
    const ack = await world.desire([wantOwn(web, 0.5)]);
    assert.match(ack.allocations[0]?.reason ?? '', /not listed yet/);
    world.enforcer.tick(new Map());
    await world.enforcer.settled();
    assert.equal(runs(), 1);
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    await world.lastAck();
    assert.equal(runs(), 2);
    world.isBlind = false;
    await world.relist();
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    assert.equal((await world.lastAck()).outcome, 'applied');
    assert.deepEqual([runs(), world.engine.containers.size], [2, 1]);
  });

  it('replaces a container whose job was changed', async () => {
    await world.desire([wantOwn(web, 0.5)]);
    const [before] = [...world.engine.containers.keys()];
    const ack = await world.desire([wantOwn(aSpec('web', { env: { B: '2' } }), 0.5)]);
    const [after] = [...world.engine.containers.keys()];
    assert.equal(ack.outcome, 'applied');
    assert.equal(world.engine.containers.size, 1);
    assert.notEqual(after, before);
  });

  it('runs on in its older version while the image of the new one cannot be had', async () => {
    await world.desire([wantOwn(web, 0.5)]);
    const [before] = [...world.engine.containers.keys()];
    const changed = wantOwn(aSpec('web', { image: 'none:1' }), 0.5);
    const ack = await world.desire([changed]);
    const [said] = ack.allocations;
    assert.equal(said?.ok, false);
    assert.match(said?.reason ?? '', /^runs on as it was: .* image none:1 is not on this host/);
    assert.deepEqual([[...world.engine.containers.keys()], calls('stop')], [[before], []]);
    world.engine.images.add('none:1');
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    assert.equal((await world.lastAck()).outcome, 'applied');
    assert.deepEqual(calls('stop').length, 1);
    const [now] = [...world.engine.containers.values()];
    assert.deepEqual([world.engine.containers.size, now?.image], [1, 'none:1']);
  });

  it('is stopped at once where it is wanted no more while that image is pulled', async () => {
    await world.desire([wantOwn(web, 0.5)]);
    world.engine.onFetch(() => new Promise(() => {}));
    await offer(2, wantOwn(aSpec('web', { image: 'large:1' }), 0.5));
    await world.clock.advance(60_000);
    assert.deepEqual(calls('stop'), []);
    await offer(3);
    await world.clock.advance(2000);
    assert.deepEqual([world.engine.containers.size, calls('stop').length], [0, 1]);
  });

  it('is left alone where it is wanted as it was again while that image is pulled', async () => {
    await world.desire([wantOwn(web, 0.5)]);
    let fetched: () => void = () => {};
    world.engine.onFetch(
      () =>
        new Promise((resolve) => {
          fetched = resolve;
        }),
    );
    await offer(2, wantOwn(aSpec('web', { image: 'large:1' }), 0.5));
    await offer(3, wantOwn(web, 0.5));
    world.engine.images.add('large:1');
    fetched();
    await world.clock.advance(5000);
    assert.deepEqual([world.engine.containers.size, calls('stop')], [1, []]);
  });

  it('replaces a container that was made and never started, too', async () => {
    await world.desire([wantOwn(web, 0.5)]);
    const [made] = [...world.engine.containers.values()];
    assert.ok(made);
    // As after a start that Docker did not answer, or an agent that was killed before it.
    Object.assign(made, { state: 'created', startedAt: '0001-01-01T00:00:00Z', pid: 0 });
    const ack = await world.desire([wantOwn(aSpec('web', { env: { B: '2' } }), 0.5)]);
    assert.equal(ack.outcome, 'applied', ack.allocations[0]?.reason);
    const [now] = [...world.engine.containers.values()];
    assert.equal(world.engine.containers.size, 1);
    assert.notEqual(now?.id, made.id);
    assert.equal(now?.state, 'running');
  });

  it('starts again what ended with the Docker Engine, and not by itself', async () => {
    let returns = 0;
    const restarted = await EnforceWorld.open({ engineReturns: () => returns });
    const idNow = (): string | undefined => [...restarted.engine.containers.keys()][0];
    const endNow = (): void => {
      for (const id of restarted.engine.containers.keys()) restarted.engine.end(id, 0);
    };
    await restarted.desire([wantOwn(web, 0.5)]);
    const first = idNow();
    endNow();
    const ack = await restarted.desire([wantOwn(web, 0.5)]);
    assert.match(ack.allocations[0]?.reason ?? '', /ended with exit code 0/);
    await restarted.clock.advance(31_000);
    returns = 1;
    await restarted.desire([wantOwn(web, 0.5)]);
    assert.equal(idNow(), first, 'it had ended long before the engine was away');
    // As by hand.
    restarted.engine.start(first as never);
    await restarted.desire([wantOwn(web, 0.5)]);
    endNow();
    returns = 2;
    const again = await restarted.desire([wantOwn(web, 0.5)]);
    assert.equal(again.outcome, 'applied', again.allocations[0]?.reason);
    assert.notEqual(idNow(), first);
    assert.equal([...restarted.engine.containers.values()][0]?.state, 'running');
  });

  it('starts nothing that there is no room for', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 1.5)]);
    const ack = await world.desire([world.want(a, 1.5), wantOwn(web, 1)]);
    assert.match(ack.allocations[1]?.reason ?? '', /1 cores must wait/);
    assert.equal(world.engine.containers.size, 1);
  });

  it('leaves job containers of other agents alone', async () => {
    await world.desire([wantOwn(web, 0.5)]);
    assert.equal(world.engine.containers.size, 1);
    const ack = await world.desire([wantOwn(web, 0.5)]);
    assert.equal(ack.outcome, 'applied');
    assert.equal(world.engine.calls.filter((call) => call.startsWith('stop')).length, 0);
  });
});
