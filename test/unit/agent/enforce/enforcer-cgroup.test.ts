import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { aState, kernelOf, NO_CPU } from './build.js';
import { EnforceWorld } from './world.js';

describe('enforcer: what the kernel makes of a limit', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });
  const updates = (): readonly string[] =>
    world.engine.calls.filter((call) => call.startsWith('updateCpu'));
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
      assert.equal(world.enforcer.drift.count, 1);
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
      assert.equal(world.enforcer.drift.count, 0);
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
      assert.equal(world.enforcer.drift.count, 0);
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
      assert.equal(world.enforcer.drift.count, 2);
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
      assert.deepEqual([updates().length - before, world.enforcer.drift.count], [0, 0]);
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
});
