import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { KernelLimits } from '../../../../agent/enforce/kernel-limits.js';
import { intend, parseLedger, serialiseLedger } from '../../../../agent/enforce/ledger.js';
import { entryOf } from '../../../../agent/enforce/ledger-entry.js';
import { seal } from '../../../../agent/enforce/sealed.js';
import type { CpuLimit, DesiredAllocation } from '../../../../shared/command.js';
import { err, ok } from '../../../../shared/result.js';
import type { FakeContainer } from '../../../lib/fake-container.js';
import { FakeEngine } from '../../../lib/fake-engine.js';
import { anAdopted, aSpec, kernelOf, NO_CPU, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

const quota = (cpuCores: number, burstUs?: number, periodUs = 100_000): CpuLimit => ({
  cpuCores,
  periodUs,
  ...(burstUs === undefined ? {} : { burstUs }),
});
const free: CpuLimit = { cpuCores: null, periodUs: 100_000 };

describe('enforcer: burst', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });
  const want = (container: FakeContainer, limit: CpuLimit): DesiredAllocation => ({
    ...world.want(container, 1),
    limit,
  });
  const noted = ({ id }: FakeContainer) => entryOf(world.journal.ledger, id)?.originalBurstUs;
  const updates = (): number =>
    world.engine.calls.filter((call) => call.startsWith('updateCpu')).length;
  const look = async (a: FakeContainer): Promise<void> => {
    await world.relist();
    const seen = {
      ...kernelOf(world.engine.kernelCores(a.id), a.kernelShares, a.kernel.periodUs),
      burstUs: a.burstUs,
    };
    world.enforcer.tick(new Map([[a.id, seen]]));
    await world.lastAck();
  };

  it('is written with its quota and read back', async () => {
    const a = await world.adopted('a');
    const ack = await world.desire([want(a, quota(0.5, 30_000))]);
    assert.equal(a.burstUs, 30_000);
    assert.equal(ack.outcome, 'applied');
    assert.equal(noted(a), 0);
    await look(a);
    assert.equal(updates(), 1, 'nothing is written again');
  });

  it('is at most the quota', async () => {
    const [a, b] = [
      await world.adopted('a'),
      await world.adopted('b', { nanoCpus: 1_000_000_000 }),
    ];
    await world.desire([want(a, quota(0.3, 50_000, 20_000)), want(b, quota(0.25, 50_000))]);
    assert.deepEqual([a.burstUs, b.burstUs], [6000, 25_000]);
  });

  it('goes down before the quota does, and up after it did', async () => {
    const a = await world.adopted('a');
    await world.desire([want(a, quota(0.5, 50_000))]);
    assert.equal((await world.desire([want(a, quota(0.2, 20_000))])).outcome, 'applied');
    assert.deepEqual([world.engine.kernelCores(a.id), a.burstUs], [0.2, 20_000]);
    assert.equal((await world.desire([want(a, quota(0.8, 70_000))])).outcome, 'applied');
    assert.deepEqual([world.engine.kernelCores(a.id), a.burstUs], [0.8, 70_000]);
    assert.equal((await world.desire([want(a, quota(0.1))])).outcome, 'applied');
    assert.deepEqual([world.engine.kernelCores(a.id), a.burstUs], [0.1, 0]);
  });

  it('is noted as found before our first write of it, and never again', async () => {
    const a = await world.adopted('a', { quotaUs: 150_000 });
    a.burstUs = 40_000;
    let before: number | undefined;
    world.engine.onUpdate(() => {
      const ledger = parseLedger(world.files.files.get('journal') ?? '');
      before = ledger.ok ? entryOf(ledger.value, a.id)?.originalBurstUs : undefined;
    });
    await world.desire([want(a, quota(0.3))]);
    assert.deepEqual([a.burstUs, before], [0, 40_000]);
    await world.desire([want(a, quota(0.5, 10_000))]);
    assert.deepEqual([a.burstUs, noted(a)], [10_000, 40_000]);
  });

  for (const [how, putBack] of [
    ['a stop', () => world.enforcer.restore()],
    ['a limit of none', async (a: FakeContainer) => void (await world.desire([want(a, free)]))],
    [
      'a weight',
      async (a: FakeContainer) =>
        void (await world.desire([want(a, { ...free, weightCores: 0.3 })])),
    ],
    ['no longer being wanted', async () => void (await world.desire([]))],
    [
      'the next agent after SIGKILL',
      async () => {
        const next = await EnforceWorld.open({}, world);
        await next.enforcer.restore();
      },
    ],
  ] as const)
    it(`is put back by ${how}, above and below ours`, async () => {
      for (const own of [0, 5000, 90_000]) {
        const a = await world.adopted(`a${own}`, { quotaUs: 150_000 });
        a.burstUs = own;
        await world.desire([want(a, quota(0.5, 30_000))]);
        assert.equal(a.burstUs, 30_000);
        await putBack(a);
        assert.deepEqual([world.engine.kernelCores(a.id), a.burstUs], [1.5, own]);
        world.engine.remove(a.id);
      }
    });

  it('goes away from a container of our own that is let go', async () => {
    await world.desire([{ ...wantOwn(aSpec('web'), 1), limit: quota(0.5, 30_000) }]);
    const [own] = [...world.engine.containers.values()];
    await world.relist();
    await world.desire([{ ...wantOwn(aSpec('web'), 1), limit: quota(0.5, 30_000) }]);
    assert.equal(own?.burstUs, 30_000);
    await world.enforcer.restore();
    assert.deepEqual([own?.kernel.quotaUs, own?.burstUs], [-1, 0]);
  });

  it('is put back again until it is seen to be back', async () => {
    const a = await world.adopted('a');
    await world.desire([want(a, quota(0.5, 30_000))]);
    await world.desire([]);
    a.burstUs = 30_000;
    await world.desire([]);
    assert.equal(a.burstUs, 0);
    await world.desire([]);
    assert.equal(entryOf(world.journal.ledger, a.id), undefined);
  });

  it('is left alone where it was never touched', async () => {
    const a = await world.adopted('a', { quotaUs: 150_000 });
    a.burstUs = 40_000;
    await world.desire([want(a, { ...free, weightCores: 0.3 })]);
    await world.desire([want(a, free)]);
    assert.equal(a.burstUs, 40_000);
    assert.equal(noted(a), undefined);
  });

  it('is written again after a change by others, and after a restart', async () => {
    const a = await world.adopted('a');
    await world.desire([want(a, quota(0.5, 30_000))]);
    a.burstUs = 0;
    await look(a);
    assert.equal(a.burstUs, 30_000);
    assert.match(world.warnings.join(), /burst of .* was changed by others from 30000 µs to 0 µs/);
    world.engine.end(a.id, 1);
    world.engine.start(a.id);
    assert.equal(a.burstUs, 0);
    await look(a);
    assert.equal(a.burstUs, 30_000);
    assert.equal(world.enforcer.drift.count, 1);
  });

  it('is left out by an older kernel, with one warning a life; the limit is in force', async () => {
    world = await EnforceWorld.open(
      {},
      Object.assign(world, { engine: new FakeEngine({ hostCores: 2, hasBurst: false }) }),
    );
    const a = await world.adopted('a');
    assert.equal((await world.desire([want(a, quota(0.5, 30_000))])).outcome, 'applied');
    await world.desire([want(a, quota(0.4, 30_000))]);
    assert.deepEqual(world.warnings.filter((text) => text.includes('burst')).length, 1);
    assert.equal(world.engine.kernelCores(a.id), 0.4);
    world.engine.end(a.id, 1);
    world.engine.start(a.id);
    await world.desire([want(a, quota(0.4, 30_000))]);
    assert.deepEqual(world.warnings.filter((text) => text.includes('burst')).length, 2);
    await world.enforcer.restore();
    assert.equal(world.engine.kernelCores(a.id), null);
  });

  it('is told when the kernel keeps another, and not written for ever', async () => {
    const a = await world.adopted('a');
    Object.defineProperty(a, 'burstUs', { get: () => 0, set: () => undefined });
    const ack = await world.desire([want(a, quota(0.5, 30_000))]);
    assert.deepEqual([ack.allocations[0]?.ok, ack.allocations[0]?.observedCpuCores], [true, 0.5]);
    assert.match(ack.allocations[0]?.reason ?? '', /the kernel keeps a burst of 0 µs$/);
    await look(a);
    assert.equal(updates(), 1);
  });

  it('is told with the cause where it cannot be written', async () => {
    const { engine } = world;
    const open = async (pid: number) => {
      const opened = await engine.open(pid);
      const writeBurst = async () => err('EROFS: read-only file system');
      return opened.ok ? ok({ ...opened.value, writeBurst }) : opened;
    };
    world = await EnforceWorld.open({ kernel: new KernelLimits({ open }) }, world);
    const a = await world.adopted('a');
    const ack = await world.desire([want(a, quota(0.5, 30_000))]);
    assert.match(
      ack.allocations[0]?.reason ?? '',
      /the kernel keeps a burst of 0 µs \(EROFS: read-only file system\)/,
    );
  });

  it('is left out by an agent without rights, which says so once, with what helps', async () => {
    const { engine } = world;
    let fault = 'EINVAL: invalid argument, write';
    const open = async (pid: number) => {
      const opened = await engine.open(pid);
      return opened.ok ? ok({ ...opened.value, writeBurst: async () => err(fault) }) : opened;
    };
    world = await EnforceWorld.open({ kernel: new KernelLimits({ open }) }, world);
    const said = (): readonly string[] => world.warnings.filter((text) => text.includes('burst'));
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([want(a, quota(0.5, 30_000))]);
    assert.deepEqual(said(), [], 'it may write others');
    fault = "EACCES: permission denied, open '/sys/fs/cgroup/a/cpu.max.burst'";
    const ack = await world.desire([want(a, quota(0.4, 30_000)), want(b, quota(0.4, 20_000))]);
    assert.equal(ack.outcome, 'applied');
    assert.equal(world.engine.kernelCores(b.id), 0.4);
    assert.equal(said().length, 1, said().join());
    assert.match(said()[0] ?? '', /^bursts are left out, .* \(EACCES: .*: run the agent as root$/);
    fault = 'EROFS: read-only file system';
    await world.desire([want(a, quota(0.3, 30_000)), want(b, quota(0.3, 20_000))]);
    assert.match(said()[1] ?? '', /EROFS.*: mount \/sys\/fs\/cgroup for writing$/);
    assert.equal(said().length, 2);
  });
});

describe('ledger: burst', () => {
  const touch = { ...anAdopted(1), original: NO_CPU, applied: quota(0.5, 30_000) };
  const { containerId, allocation, origin, original, applied } = touch;
  const entry = { containerId, allocation, origin, original, applied } as const;

  it('reads what the version before wrote', () => {
    const old = seal('dqoes-journal 1', {
      holds: null,
      entries: [{ ...entry, applied: { cpuCores: 0.5, periodUs: 20_000 } }],
    });
    const read = parseLedger(old);
    assert.ok(read.ok);
    assert.equal(read.value.entries[0]?.originalBurstUs, undefined);
  });

  it('reads what it wrote, and refuses what is no amount', () => {
    const ledger = intend({ holds: null, entries: [] }, { ...entry, originalBurstUs: 7 });
    assert.deepEqual(parseLedger(serialiseLedger(ledger)), { ok: true, value: ledger });
    for (const bad of [
      { ...entry, originalBurstUs: -1 },
      { ...entry, promisedCores: 'all' },
      { ...entry, applied: { ...applied, burstUs: null } },
    ])
      assert.equal(parseLedger(seal('dqoes-journal 1', { holds: null, entries: [bad] })).ok, false);
  });

  it('takes the burst that was found when it is first touched later', () => {
    const first = intend({ holds: null, entries: [] }, entry);
    const second = intend(first, { ...entry, originalBurstUs: 9 });
    const third = intend(second, { ...entry, originalBurstUs: 8 });
    assert.equal(entryOf(third, containerId)?.originalBurstUs, 9);
  });
});
