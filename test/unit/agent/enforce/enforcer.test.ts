import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { parseLedger } from '../../../../agent/enforce/ledger.js';
import { aSpec, aState, kernelOf, NO_CPU, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

describe('enforcer', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });
  const updates = (): readonly string[] =>
    world.engine.calls.filter((call) => call.startsWith('updateCpu'));

  it('writes limits, reads them back and acknowledges', async () => {
    const a = await world.adopted('a');
    const ack = await world.desire([world.want(a, 0.5)]);
    assert.equal(world.engine.kernelCores(a.id), 0.5);
    assert.equal(ack.outcome, 'applied');
    assert.deepEqual(ack.holds, { incarnation: 'store', epoch: 1, revision: 1 });
    assert.deepEqual(ack.allocations, [
      { id: world.want(a, 0.5).id, ok: true, reason: 'policy', observedCpuCores: 0.5 },
    ]);
  });

  it('writes the intent with the original before it acts', async () => {
    const a = await world.adopted('a', { quotaUs: 80_000 });
    let seen: ReturnType<typeof parseLedger> | undefined;
    world.engine.onUpdate(() => {
      seen ??= parseLedger(world.files.files.get('journal') ?? '');
    });
    await world.desire([world.want(a, 0.5)]);
    assert.ok(seen?.ok);
    assert.equal(seen.value.entries[0]?.original.quotaUs, 80_000);
    assert.equal(seen.value.holds?.revision, 1);
  });

  it('changes nothing when the intent cannot be written', async () => {
    const a = await world.adopted('a');
    world.files.broken = true;
    const ack = await world.desire([world.want(a, 0.5)]);
    assert.equal(ack.outcome, 'refused');
    assert.match(ack.reason, /journal cannot be written/);
    assert.equal(world.engine.kernelCores(a.id), null);
  });

  it('acknowledges the same version again and writes nothing', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    const before = updates().length;
    world.enforcer.offer(aState([world.want(a, 0.5)], { revision: 1 }));
    assert.equal((await world.lastAck()).outcome, 'already');
    assert.equal(updates().length, before);
  });

  it('refuses an older version and says what it holds', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)], { epoch: 3, revision: 7 });
    world.enforcer.offer(aState([world.want(a, 1)], { epoch: 2, revision: 99 }));
    const ack = await world.lastAck();
    assert.equal(ack.outcome, 'stale');
    assert.deepEqual(ack.holds, { incarnation: 'store', epoch: 3, revision: 7 });
    assert.equal(world.engine.kernelCores(a.id), 0.5);
  });

  it('refuses older versions after a restart too', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)], { epoch: 3, revision: 7 });
    const next = await EnforceWorld.open({}, world);
    next.enforcer.offer(aState([next.want(a, 1)], { epoch: 2, revision: 99 }));
    assert.equal((await next.lastAck()).outcome, 'stale');
    assert.equal(next.engine.kernelCores(a.id), 0.5);
  });

  it('holds still before another incarnation, with a warning', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    world.enforcer.offer(aState([], { incarnation: 'new store', revision: 50 }));
    const ack = await world.lastAck();
    assert.equal(ack.outcome, 'refused');
    assert.match(world.warnings.join(), /trustedIncarnation|trusted-incarnation/);
    assert.equal(world.engine.kernelCores(a.id), 0.5);
  });

  it('refuses a state of another node', async () => {
    const a = await world.adopted('a');
    world.enforcer.offer(aState([world.want(a, 0.5)], { node: 'elsewhere' as never }));
    assert.equal((await world.lastAck()).outcome, 'refused');
    assert.deepEqual(updates(), []);
  });

  it('lets the newest of many waiting states win', async () => {
    const a = await world.adopted('a');
    for (let revision = 1; revision <= 20; revision += 1)
      world.enforcer.offer(aState([world.want(a, revision / 20)], { revision }));
    await world.lastAck();
    assert.equal(world.engine.kernelCores(a.id), 1);
    assert.ok(updates().length <= 2, `${updates().length} updates for 20 states`);
  });

  it('goes on with the rest when one container vanishes mid-update', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    world.engine.onUpdate((id) => {
      if (id === a.id && world.engine.containers.has(a.id)) world.engine.remove(a.id);
    });
    const ack = await world.desire([world.want(a, 0.5), world.want(b, 0.5)]);
    assert.equal(ack.outcome, 'partial');
    assert.match(ack.allocations[0]?.reason ?? '', /no longer exists/);
    assert.equal(world.engine.kernelCores(b.id), 0.5);
    assert.equal(
      world.journal.ledger.entries.some((entry) => entry.containerId === a.id),
      false,
    );
  });

  it('says when the kernel holds another limit than the one written', async () => {
    const a = await world.adopted('a');
    const cpu = Object.getOwnPropertyDescriptor(a, 'kernel');
    Object.defineProperty(a, 'kernel', { get: () => cpu?.value, set: () => undefined });
    const ack = await world.desire([world.want(a, 0.5)]);
    assert.equal(ack.outcome, 'partial');
    assert.match(
      ack.allocations[0]?.reason ?? '',
      /wrote 0.5 cores, but the kernel holds no limit/,
    );
  });

  it('makes room before it gives it', async () => {
    const a = await world.adopted('a', { quotaUs: 150_000 });
    const b = await world.adopted('b', { quotaUs: 20_000 });
    const sums: number[] = [];
    world.engine.onUpdate(() => {
      sums.push((world.engine.kernelCores(a.id) ?? 0) + (world.engine.kernelCores(b.id) ?? 0));
    });
    const ack = await world.desire([world.want(b, 1.5), world.want(a, 0.3)]);
    assert.equal(ack.outcome, 'applied');
    assert.deepEqual(
      sums.map((sum) => Number(sum.toFixed(3))),
      [1.7, 0.5],
    );
  });

  it('keeps a raise waiting when the decrease before it failed', async () => {
    const a = await world.adopted('a', { quotaUs: 150_000 });
    const b = await world.adopted('b', { quotaUs: 20_000 });
    world.engine.failNext('updateCpu', { kind: 'timeout', message: 'slow' }, a.id);
    const ack = await world.desire([world.want(b, 1.5), world.want(a, 0.3)]);
    assert.equal(ack.outcome, 'partial');
    assert.match(ack.allocations[0]?.reason ?? '', /must wait/);
    assert.equal(world.engine.kernelCores(b.id), 0.2);
    await world.relist();
    world.enforcer.tick(new Map());
    assert.equal((await world.lastAck()).outcome, 'applied');
    assert.equal(world.engine.kernelCores(b.id), 1.5);
  });

  it('writes a limit again that somebody undid, and counts it', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    a.kernel = { quotaUs: -1, periodUs: 100_000 };
    world.enforcer.tick(new Map([[a.id, kernelOf(null, 512)]]));
    await world.lastAck();
    assert.equal(world.engine.kernelCores(a.id), 0.5);
    assert.equal(world.enforcer.driftCount, 1);
    assert.match(world.warnings.join(), /was changed by others from 0.5 cores to no limit/);
  });

  describe('a quota that systemd rounds up to a hundredth of a core', () => {
    const tick = async (a: Awaited<ReturnType<typeof world.adopted>>): Promise<void> => {
      await world.relist();
      world.enforcer.tick(
        new Map([[a.id, kernelOf(world.engine.kernelCores(a.id), a.kernelShares)]]),
      );
      await world.enforcer.settled();
    };

    it('is written again as it was where a reload brought the rounded one into force', async () => {
      const a = await world.adopted('a');
      await world.desire([world.want(a, 0.475)]);
      a.kernel = { quotaUs: 48_000, periodUs: 100_000 };
      await tick(a);
      assert.equal(world.engine.kernelCores(a.id), 0.475);
      assert.equal(world.enforcer.driftCount, 1);
      assert.match(world.warnings.join(), /was changed by others from 0.475 cores to 0.48 cores/);
    });

    it('is left alone where the kernel never held another', async () => {
      const a = await world.adopted('a');
      let { kernel } = a;
      Object.defineProperty(a, 'kernel', {
        get: () => kernel,
        set: (value: typeof kernel) => {
          kernel = { ...value, quotaUs: Math.ceil(value.quotaUs / 1000) * 1000 };
        },
      });
      const ack = await world.desire([world.want(a, 0.475)]);
      assert.deepEqual([ack.outcome, ack.allocations[0]?.observedCpuCores], ['applied', 0.48]);
      const before = updates().length;
      for (let i = 0; i < 3; i += 1) await tick(a);
      assert.equal(updates().length, before);
      assert.equal(world.enforcer.driftCount, 0);
    });
  });

  describe('period and weight', () => {
    const inPeriod = (
      container: Parameters<typeof world.want>[0],
      cpuCores: number,
      periodUs: number,
    ) => ({
      ...world.want(container, cpuCores),
      limit: { cpuCores, periodUs },
    });
    const observe = (a: Awaited<ReturnType<typeof world.adopted>>) =>
      new Map([
        [
          a.id,
          {
            ...a.kernel,
            burstUs: a.burstUs,
            cores: world.engine.kernelCores(a.id),
            weight: world.engine.kernelWeight(a.id),
          },
        ],
      ]);

    it('writes another period while the cores stay, and the weight with every limit', async () => {
      const a = await world.adopted('a');
      await world.desire([world.want(a, 0.5)]);
      assert.equal(a.kernelShares, 5120);
      const ack = await world.desire([inPeriod(a, 0.5, 10_000)]);
      assert.deepEqual([ack.outcome, a.kernel], ['applied', { quotaUs: 5000, periodUs: 10_000 }]);
      await world.desire([inPeriod(a, 0.25, 5000)]);
      assert.deepEqual([a.kernel, a.kernelShares], [{ quotaUs: 1250, periodUs: 5000 }, 2560]);
    });

    it('applies the cores once to a container in NanoCpus style with another period', async () => {
      const a = await world.adopted('a', { nanoCpus: 1_000_000_000 });
      const ack = await world.desire([inPeriod(a, 0.5, 10_000)]);
      assert.deepEqual([ack.outcome, ack.allocations[0]?.observedCpuCores], ['applied', 0.5]);
      assert.deepEqual([a.kernel.periodUs, a.kernelShares], [100_000, 1024]);
      for (let i = 0; i < 3; i += 1) {
        await world.relist();
        world.enforcer.tick(observe(a));
        await world.enforcer.settled();
      }
      await world.desire([inPeriod(a, 0.5, 20_000)]);
      assert.equal(updates().length, 1, 'another period alone is nothing to write');
      assert.equal(world.enforcer.driftCount, 0);
    });

    it('writes a changed weight and period again, and counts each once', async () => {
      const a = await world.adopted('a');
      await world.desire([inPeriod(a, 0.5, 10_000)]);
      a.kernelShares = 1024;
      world.enforcer.tick(observe(a));
      await world.lastAck();
      assert.equal(a.kernelShares, 5120);
      a.kernel = { quotaUs: 50_000, periodUs: 100_000 };
      world.enforcer.tick(observe(a));
      await world.lastAck();
      assert.deepEqual(a.kernel, { quotaUs: 5000, periodUs: 10_000 });
      assert.equal(world.enforcer.driftCount, 2);
      assert.match(
        world.warnings.join(),
        /CPU weight of .* was changed by others from shares 5120 to shares 1024/,
      );
      assert.match(
        world.warnings.join(),
        /period of .* was changed by others from 10 ms to 100 ms/,
      );
    });

    it('stops writing where the kernel changes the weight or period', async () => {
      const a = await world.adopted('a');
      Object.defineProperty(a, 'kernelShares', { get: () => 100, set: () => undefined });
      const { kernel } = a;
      Object.defineProperty(a, 'kernel', {
        get: () => ({ quotaUs: kernel.quotaUs * 10, periodUs: 100_000 }),
        set: (value: typeof kernel) => {
          kernel.quotaUs = value.quotaUs;
        },
      });
      const ack = await world.desire([inPeriod(a, 0.5, 10_000)]);
      assert.equal(ack.outcome, 'applied', JSON.stringify(ack));
      assert.match(ack.allocations[0]?.reason ?? '', /policy; the kernel keeps a period of 100 ms/);
      const before = updates().length;
      for (let i = 0; i < 5; i += 1) {
        await world.relist();
        world.enforcer.tick(observe(a));
        await world.enforcer.settled();
      }
      assert.deepEqual([updates().length - before, world.enforcer.driftCount], [0, 0]);
    });

    it('puts both back, also from the journal after a crash', async () => {
      const [a, b] = [
        await world.adopted('a', { shares: 700, periodUs: 50_000 }),
        await world.adopted('b'),
      ];
      await world.desire([inPeriod(a, 0.5, 10_000), inPeriod(b, 0.25, 5000)]);
      assert.deepEqual([a.kernelShares, b.kernelShares], [5120, 2560]);
      const next = await EnforceWorld.open({}, world);
      assert.equal((await next.enforcer.restore()).restored.length, 2);
      assert.deepEqual([a.kernelShares, b.kernelShares], [700, 1024]);
      assert.deepEqual([a.kernel.periodUs, b.kernel.periodUs], [50_000, 100_000]);
      assert.deepEqual(
        [world.engine.kernelCores(a.id), world.engine.kernelCores(b.id)],
        [null, null],
      );
    });

    it('puts the weight back though the list at hand is older than the last write', async () => {
      const [a, b] = [await world.adopted('a', { shares: 700 }), await world.adopted('b')];
      world.isBlind = true;
      await world.desire([world.want(a, 0.5), world.want(b, 0.25)]);
      await world.desire([]);
      assert.deepEqual([a.kernelShares, b.kernelShares], [700, 1024]);
    });

    it('leaves the weight alone where told to', async () => {
      world = await EnforceWorld.open({ weightRule: 'off' });
      const a = await world.adopted('a', { shares: 700 });
      await world.desire([inPeriod(a, 0.5, 10_000)]);
      assert.deepEqual([a.kernelShares, a.cpu.shares], [700, 700]);
    });

    it('corrects a weight that an agent which did not set it left behind', async () => {
      const before = await EnforceWorld.open({ weightRule: 'off' });
      const a = await before.adopted('a');
      await before.desire([before.want(a, 0.5)]);
      world = await EnforceWorld.open({}, before);
      await world.desire([world.want(a, 0.5)]);
      assert.equal(a.kernelShares, 5120);
    });
  });

  it('does nothing on a tick when all is in order', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    const calls = world.engine.calls.length;
    world.enforcer.tick(new Map([[a.id, kernelOf(0.5)]]));
    await world.enforcer.settled();
    assert.equal(world.engine.calls.length, calls);
  });

  it('puts an adopted container back that is no longer desired', async () => {
    const a = await world.adopted('a', { nanoCpus: 1_500_000_000 });
    await world.desire([world.want(a, 0.5)]);
    await world.desire([]);
    assert.equal(world.engine.kernelCores(a.id), 1.5);
    await world.desire([]);
    assert.deepEqual(world.journal.ledger.entries, []);
  });

  it('never takes its own limit for the original while the list still shows it', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    await world.relist();
    world.enforcer.offer(aState([], { revision: 2 }));
    await world.lastAck();
    // No list came in between.
    world.enforcer.offer(aState([world.want(a, 0.25)], { revision: 3 }));
    await world.lastAck();
    assert.deepEqual(world.journal.ledger.entries[0]?.original, NO_CPU);
    await world.enforcer.restore();
    assert.equal(world.engine.kernelCores(a.id), null);
  });

  it('does not take a restore with a warning for done', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    world.engine.warnNext(a.id, 'quota discarded');
    await world.desire([]);
    assert.equal(world.journal.ledger.entries.length, 1);
    world.engine.warnNext(a.id, 'quota discarded');
    assert.deepEqual((await world.enforcer.restore()).failed, [
      { allocation: world.want(a, 0.5).id, reason: 'quota discarded' },
    ]);
    assert.equal((await world.enforcer.restore()).restored.length, 1);
    assert.equal(world.engine.kernelCores(a.id), null);
  });

  describe('jobs', () => {
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

  describe('restore', () => {
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

    it('works from the journal after a crash, and takes no value of ours for an original', async () => {
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
});
