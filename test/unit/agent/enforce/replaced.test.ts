import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { EnforcerOptions } from '../../../../agent/enforce/enforcer-options.js';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import { planSteps } from '../../../../agent/enforce/steps.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { settle } from '../../../lib/manual-clock.js';
import { anOwn, aPlanInput, aSpec, aState, quotaOfCores, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

const web = aSpec('web');
const changed = aSpec('web', { image: 'large:1' });
const GIB = 2 ** 30;

describe('a container that is to be replaced', () => {
  let world: EnforceWorld;
  let revision = 1;
  const open = async (overrides: Partial<EnforcerOptions> = {}): Promise<void> => {
    world = await EnforceWorld.open(overrides);
    await world.desire([wantOwn(web, 0.5)]);
    revision = 1;
  };
  beforeEach(() => open());

  const offer = async (...wanted: Parameters<typeof aState>[0]): Promise<void> => {
    revision += 1;
    world.enforcer.offer(aState(wanted, { revision }));
    await world.clock.advance(100);
  };
  const calls = (name: string) => world.engine.calls.filter((call) => call.startsWith(name));
  const coresOf = (name: string): number | null => {
    const found = [...world.engine.containers.values()].find((one) => one.name === name);
    assert.ok(found, name);
    return world.engine.kernelCores(found.id);
  };
  const said = (id = 'web-0') => world.acks.at(-1)?.allocations.find((each) => each.id === id);
  /** Fetches no image until the returned function is called. */
  const holdPull = (): (() => void) => {
    let fetched = (): void => {};
    world.engine.onFetch(
      () =>
        new Promise((resolve) => {
          fetched = resolve;
        }),
    );
    return () => fetched();
  };

  it('has the limit that is desired now while its image is fetched', async () => {
    const fetched = holdPull();
    await offer(wantOwn(changed, 0.3));
    assert.deepEqual([coresOf('dqoes-web-0'), calls('stop')], [0.3, []]);
    assert.deepEqual([said()?.ok, said()?.reason], [false, 'runs until large:1 is here']);
    await offer(wantOwn(changed, 0.8));
    assert.equal(coresOf('dqoes-web-0'), 0.8);
    assert.equal(said()?.reason, 'pulling large:1');
    world.engine.images.add('large:1');
    fetched();
    await world.clock.advance(500);
    assert.equal(world.acks.at(-1)?.outcome, 'applied', said()?.reason);
    const [now] = [...world.engine.containers.values()];
    assert.deepEqual([now?.image, coresOf('dqoes-web-0')], ['large:1', 0.8]);
  });

  it('is being stopped from when its image is there until it is gone', async () => {
    const isEnding = (): boolean => world.enforcer.isEnding('web-0' as AllocationId);
    const fetched = holdPull();
    await offer(wantOwn(changed, 0.3));
    assert.equal(isEnding(), false, 'it may run on');
    const { engine } = world;
    const stop = engine.stop.bind(engine);
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    engine.stop = async (...args) => {
      await held;
      return stop(...args);
    };
    engine.images.add('large:1');
    fetched();
    await world.clock.advance(500);
    assert.equal(isEnding(), true);
    goOn();
    await world.clock.advance(500);
    assert.equal(isEnding(), false);
    await offer();
    await world.clock.advance(500);
    assert.deepEqual([[...engine.containers.values()].length, isEnding()], [0, false]);
  });

  it('is not being stopped where it has ended, and is only made again', async () => {
    const [own] = [...world.engine.containers.values()];
    assert.ok(own);
    world.engine.end(own.id, 1);
    const next = await EnforceWorld.open({}, world);
    const stop = next.engine.stop.bind(next.engine);
    let goOn = (): void => {};
    const removal = new Promise<void>((began) => {
      next.engine.stop = async (...args) => {
        began();
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        return stop(...args);
      };
    });
    next.enforcer.offer(aState([wantOwn(web, 0.5)], { revision: 2 }));
    const isBegun = removal.then(() => true);
    while (!(await Promise.race([isBegun, next.clock.advance(100).then(() => false)])));
    assert.equal(next.enforcer.isEnding('web-0' as AllocationId), false);
    goOn();
    await next.lastAck();
    const [again] = [...next.engine.containers.values()];
    assert.deepEqual([again?.state, again?.id === own.id], ['running', false]);
  });

  it('gives its room to others meanwhile', async () => {
    await world.desire([wantOwn(web, 1.5), wantOwn(aSpec('other'), 0.3)]);
    revision += 1;
    holdPull();
    await offer(wantOwn(changed, 0.5), wantOwn(aSpec('other'), 1.3));
    assert.deepEqual([coresOf('dqoes-web-0'), coresOf('dqoes-other-0')], [0.5, 1.3]);
    assert.equal(said('other-0')?.ok, true, said('other-0')?.reason);
  });

  it('keeps to it where the image cannot be had, and where others change it', async () => {
    await offer(wantOwn(changed, 0.3));
    assert.match(said()?.reason ?? '', /^runs on as it was: .* image large:1/);
    assert.equal(coresOf('dqoes-web-0'), 0.3);
    const [container] = [...world.engine.containers.values()];
    assert.ok(container);
    await world.engine.updateCpu(container.id, quotaOfCores(1));
    await world.relist();
    world.enforcer.tick(null);
    await world.clock.advance(100);
    assert.equal(coresOf('dqoes-web-0'), 0.3);
  });

  it('keeps to it under an agent that begins meanwhile', async () => {
    holdPull();
    await offer(wantOwn(changed, 0.3));
    const again = await EnforceWorld.open({}, world);
    again.enforcer.offer(aState([wantOwn(changed, 0.7)], { revision: revision + 1 }));
    await again.clock.advance(100);
    assert.equal(coresOf('dqoes-web-0'), 0.7);
  });

  it('keeps to it where the rules of the host forbid what is wanted, which is said', async () => {
    await open({ bounds: { ...DEFAULT_BOUNDS, images: ['dqoes/tiny:1'] } });
    await offer(wantOwn(changed, 0.3));
    assert.deepEqual([coresOf('dqoes-web-0'), said()?.refused], [0.3, true]);
    assert.match(said()?.reason ?? '', /image "large:1" is not in the list/);
  });

  it('is said to run on as it was while nothing can be noted, until that is mended', async () => {
    world.engine.images.add('large:1');
    world.files.broken = true;
    await offer(wantOwn(changed, 0.3), wantOwn(aSpec('other'), 0.3));
    assert.equal(world.acks.at(-1)?.outcome, 'refused');
    assert.match(said()?.reason ?? '', /^runs on as it was: the journal cannot be written, .*disk/);
    assert.match(said('other-0')?.reason ?? '', /^the journal cannot be written, .*disk/);
    assert.deepEqual([said()?.ok, said('other-0')?.ok, calls('stop')], [false, false, []]);
    world.files.broken = false;
    world.enforcer.tick(null);
    await world.clock.advance(2000);
    world.enforcer.tick(null);
    assert.equal((await world.lastAck()).outcome, 'applied', said()?.reason);
  });

  it('keeps to it where a secret of what is wanted is missing', async () => {
    const secretEnv = { KEY: { secret: 'key' } } as never;
    await offer(wantOwn(aSpec('web', { secretEnv }), 0.3));
    assert.deepEqual([coresOf('dqoes-web-0'), said()?.ok, calls('stop')], [0.3, false, []]);
  });

  it('is not stopped for what has no memory here, until it has', async () => {
    const bounds = { ...DEFAULT_BOUNDS, maxTotalMemoryBytes: 3 * GIB };
    await open({ bounds });
    const resources = { cpu: { minCores: 0.05 }, memoryBytes: 2 * GIB };
    const other = aSpec('other', { resources });
    const larger = aSpec('web', { resources });
    await offer(wantOwn(web, 0.5), wantOwn(other, 0.5));
    await offer(wantOwn(larger, 0.3), wantOwn(other, 0.5));
    assert.match(said()?.reason ?? '', /^runs on as it was: memory 2GiB must wait/);
    assert.deepEqual([coresOf('dqoes-web-0'), calls('stop')], [0.3, []]);
    await offer(wantOwn(larger, 0.3));
    await world.clock.advance(2000);
    world.enforcer.tick(null);
    assert.equal((await world.lastAck()).outcome, 'applied', said()?.reason);
    assert.equal([...world.engine.containers.values()][0]?.memoryBytes, 2 * GIB);
  });

  it('gets no limit once it is being stopped', () => {
    const old = anOwn(1, web, { cpu: quotaOfCores(1) });
    const input = { desired: aState([wantOwn(changed, 0.3)]), managed: [old] };
    const kinds = (isStopping: boolean): readonly string[] =>
      planSteps(aPlanInput({ ...input, isStopping: () => isStopping })).steps.map(
        ({ kind }) => kind,
      );
    assert.deepEqual([kinds(false), kinds(true)], [['stop', 'lower'], ['stop']]);
  });

  it('lowers what is kept for one that ended while its image is fetched', () => {
    const ended = anOwn(1, web, { state: 'exited', pid: 0, exitCode: 1, cpu: quotaOfCores(1) });
    const input = { desired: aState([wantOwn(changed, 0.3)]), managed: [ended] };
    assert.deepEqual(
      planSteps(aPlanInput(input)).steps.map(({ kind }) => kind),
      ['stop', 'lower'],
    );
  });
});

describe('a job that is changed while its first container is not there', () => {
  const hanging = async (): Promise<EnforceWorld> => {
    const world = await EnforceWorld.open();
    world.engine.onRun(({ spec }) =>
      spec.image === 'large:1' ? new Promise(() => {}) : undefined,
    );
    return world;
  };

  it('keeps no more room while its image is pulled than is wanted of it by now', async () => {
    const world = await EnforceWorld.open();
    let pulled = (): void => {};
    world.engine.onRun(({ spec }) =>
      spec.name === 'web'
        ? new Promise((resolve) => {
            pulled = resolve;
          })
        : undefined,
    );
    const other = aSpec('other');
    const offer = async (revision: number, own: number, others: number): Promise<void> => {
      const wanted = [wantOwn(web, own), wantOwn(other, others)];
      world.enforcer.offer(aState(wanted, { revision }));
      await world.clock.advance(200);
    };
    const coresOf = (name: string): number | null => {
      const found = [...world.engine.containers.values()].find((one) => one.name === name);
      return found === undefined ? null : world.engine.kernelCores(found.id);
    };
    await offer(1, 1.5, 0.3);
    await offer(2, 0.4, 1.4);
    assert.deepEqual([coresOf('dqoes-web-0'), coresOf('dqoes-other-0')], [null, 1.4]);
    pulled();
    await world.clock.advance(1000);
    assert.deepEqual([coresOf('dqoes-web-0'), coresOf('dqoes-other-0')], [0.4, 1.4]);
    assert.equal(world.acks.at(-1)?.outcome, 'applied');
    const updates = world.engine.calls.filter((call) => call.startsWith('updateCpu'));
    assert.equal(updates.length, 1, 'web was made with what is wanted now');
  });

  it('has the pull of its older image left, which is no failure', async () => {
    const world = await hanging();
    world.enforcer.offer(aState([wantOwn(changed, 0.5)]));
    await settle();
    const other = aSpec('web', { image: 'large:1', env: { A: '2' } });
    world.enforcer.offer(aState([wantOwn(other, 0.5)], { revision: 2 }));
    await world.clock.advance(3000);
    assert.equal(world.enforcer.failures().size, 0);
    world.enforcer.offer(aState([wantOwn(web, 0.5)], { revision: 3 }));
    await world.clock.advance(3000);
    const images = [...world.engine.containers.values()].map(({ image }) => image);
    assert.deepEqual(images, ['dqoes/tiny:1']);
  });

  it('has not failed any more while its newer image is pulled', async () => {
    const world = await hanging();
    await world.desire([wantOwn(aSpec('web', { image: 'none:1' }), 0.5)]);
    assert.equal(world.enforcer.failures().size, 1);
    world.enforcer.offer(aState([wantOwn(changed, 0.5)], { revision: 2 }));
    await world.clock.advance(100);
    assert.equal(world.enforcer.failures().size, 0);
    assert.equal(world.acks.at(-1)?.allocations[0]?.reason, 'starting large:1');
  });
});
