import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { entryOf } from '../../../../agent/enforce/ledger-entry.js';
import type { CpuLimit, DesiredAllocation } from '../../../../shared/command.js';
import { aSpec, kernelOf, NO_CPU, wantOwn } from './build.js';
import { byWeight, free, quota } from './limit-build.js';
import { EnforceWorld } from './world.js';

describe('enforcer: guarantees', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });
  type Container = Awaited<ReturnType<EnforceWorld['adopted']>>;
  const want = (container: Container, limit: CpuLimit): DesiredAllocation => ({
    ...world.want(container, 1),
    limit,
  });
  const sharesOf = ({ id }: Container): number => world.engine.kernelWeight(id).value;
  const ledgerOf = ({ id }: Container) => entryOf(world.journal.ledger, id);

  it('gives a weight without a quota, and takes it back', async () => {
    const a = await world.adopted('a');
    const ack = await world.desire([want(a, byWeight(0.3))]);
    assert.deepEqual(ack.allocations, [
      { id: want(a, free).id, ok: true, reason: 'policy', observedCpuCores: null },
    ]);
    assert.equal(world.engine.kernelCores(a.id), null);
    assert.equal(sharesOf(a), 3072);
    await world.desire([want(a, free)]);
    assert.equal(sharesOf(a), 1024);
  });

  it('takes our quota away for a weight', async () => {
    const a = await world.adopted('a');
    await world.desire([want(a, quota(0.5))]);
    await world.desire([want(a, byWeight(0.3, { weightCores: 0.6 }))]);
    assert.equal(world.engine.kernelCores(a.id), null);
    assert.equal(sharesOf(a), 6144);
  });

  for (const [style, cpu] of [
    ['quota', { quotaUs: 150_000, periodUs: 100_000, shares: 700 }],
    ['NanoCpus', { nanoCpus: 1_500_000_000, shares: 700 }],
    ['NanoCpus without shares', { nanoCpus: 1_500_000_000 }],
  ] as const)
    it(`leaves a limit of its own in force under a weight: ${style}`, async () => {
      const a = await world.adopted('a', cpu);
      await world.desire([want(a, quota(0.5))]);
      await world.desire([want(a, byWeight(0.3))]);
      assert.equal(world.engine.kernelCores(a.id), 1.5);
      assert.equal(sharesOf(a), 3072);
      await world.enforcer.restore();
      assert.equal(world.engine.kernelCores(a.id), 1.5);
      assert.equal(sharesOf(a), 'shares' in cpu ? 700 : 1024);
    });

  it('leaves the weight in NanoCpus style under a quota, also after one of ours', async () => {
    const a = await world.adopted('a', { nanoCpus: 1_500_000_000, shares: 700 });
    await world.desire([want(a, byWeight(0.3))]);
    await world.desire([want(a, quota(0.5))]);
    assert.equal(world.engine.kernelCores(a.id), 0.5);
    assert.equal(sharesOf(a), 700);
  });

  it('makes room before it is given', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([want(a, byWeight(1.5)), want(b, byWeight(0.3))]);
    const order: string[] = [];
    world.engine.onUpdate((id) => void order.push(id === a.id ? 'a' : 'b'));
    await world.desire([want(b, quota(1.5)), want(a, byWeight(0.3))]);
    assert.deepEqual(order, ['a', 'b']);
  });

  it('keeps a guarantee waiting that finds no room, and does not note it', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([want(a, byWeight(1.5)), want(b, byWeight(0.2))]);
    world.engine.failNext('updateCpu', { kind: 'refused', message: 'no' }, a.id);
    const ack = await world.desire([want(a, byWeight(0.3)), want(b, byWeight(1.5))]);
    assert.match(ack.allocations[1]?.reason ?? '', /must wait/);
    assert.equal(sharesOf(b), 2048);
    assert.equal(ledgerOf(b)?.applied?.guaranteeCores, 0.2);
    assert.equal(ledgerOf(a)?.promisedCores, 1.5);
    await world.desire([want(a, byWeight(0.3)), want(b, byWeight(1.5))]);
    assert.deepEqual([sharesOf(a), sharesOf(b)], [3072, 15_360]);
    assert.equal(ledgerOf(a)?.promisedCores, undefined);
  });

  it('counts a guarantee that an earlier agent gave', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([want(a, byWeight(1.5))]);
    const next = await EnforceWorld.open({}, world);
    next.engine.failNext('updateCpu', { kind: 'timeout', message: 'late' }, a.id);
    const ack = await next.desire([want(a, byWeight(0.2)), want(b, byWeight(1))]);
    assert.equal(ack.allocations[1]?.ok, false);
    assert.equal(next.engine.kernelWeight(b.id).value, 1024);
  });

  it('counts our own container that is not desired or journalled, until it is gone', async () => {
    await world.desire([{ ...wantOwn(aSpec('web'), 1), limit: byWeight(1.5) }]);
    world.files.files.clear();
    const next = await EnforceWorld.open({}, world);
    const a = await next.adopted('a');
    next.engine.failNext('stop', { kind: 'timeout', message: 'late' });
    await next.desire([want(a, quota(1))]);
    assert.equal(next.engine.kernelCores(a.id), 0.4);
  });

  it('counts a weight of ours that no journal knows any more', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([want(a, byWeight(1.5))]);
    world.files.files.clear();
    const next = await EnforceWorld.open({}, world);
    await next.desire([want(b, quota(1.2)), want(a, byWeight(0.3))]);
    assert.equal(next.engine.kernelCores(b.id), 0.4);
    await next.desire([want(b, quota(1.2)), want(a, byWeight(0.3))]);
    assert.equal(next.engine.kernelCores(b.id), 1.2);
  });

  it('counts what an earlier agent has asked for, which may come late', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([want(a, quota(0.2))]);
    world.engine.failNext('updateCpu', { kind: 'timeout', message: 'late' }, a.id);
    await world.desire([want(a, quota(0.8))]);
    const next = await EnforceWorld.open({}, world);
    const ack = await next.desire([want(a, quota(0.2)), want(b, byWeight(1.2))]);
    assert.equal(ack.allocations[1]?.ok, false);
  });

  it('counts a guarantee of our own that an earlier agent started and did not note', async () => {
    await world.desire([{ ...wantOwn(aSpec('web'), 1), limit: byWeight(1.5) }]);
    world.files.files.clear();
    const next = await EnforceWorld.open({}, world);
    const b = await next.adopted('b');
    const [own] = [...next.engine.containers.values()];
    next.engine.failNext('updateCpu', { kind: 'timeout', message: 'late' }, own?.id);
    const wants = [{ ...wantOwn(aSpec('web'), 1), limit: byWeight(0.2) }, want(b, byWeight(1))];
    const ack = await next.desire(wants);
    assert.equal(ack.allocations[1]?.ok, false);
  });

  it('writes a weight again that others changed, and says so', async () => {
    const a = await world.adopted('a');
    await world.desire([want(a, byWeight(0.3))]);
    await world.engine.updateCpu(a.id, { ...NO_CPU, shares: 512 });
    await world.relist();
    world.enforcer.tick(new Map([[a.id, kernelOf(null, 512)]]));
    await world.lastAck();
    assert.equal(sharesOf(a), 3072);
    assert.match(world.warnings.join(), /CPU weight of .* from shares 3072 to shares 512/);
  });

  it('restores the weight when the container is released, and trusts no older list', async () => {
    const a = await world.adopted('a', { nanoCpus: 1_500_000_000 });
    await world.desire([want(a, byWeight(0.3))]);
    await world.relist();
    world.isBlind = true;
    await world.desire([]);
    assert.equal(sharesOf(a), 1024);
    await world.desire([]);
    await world.desire([want(a, byWeight(0.4))]);
    assert.equal(ledgerOf(a)?.original.shares, 0);
    world.isBlind = false;
    await world.desire([]);
    await world.desire([]);
    assert.equal(sharesOf(a), 1024);
    assert.equal(ledgerOf(a), undefined);
  });

  it('counts beside an equally large original limit, and leaves no room for others', async () => {
    const [a, b] = [
      await world.adopted('a', { quotaUs: 150_000 }),
      await world.adopted('b', { quotaUs: 190_000 }),
    ];
    await world.desire([want(a, byWeight(1.5)), want(b, free)]);
    const ack = await world.desire([want(a, byWeight(1.5)), want(b, quota(0.8))]);
    assert.equal(ack.allocations[1]?.ok, false);
    assert.equal(world.engine.kernelCores(b.id), 0.4);
  });

  it('gives the weight back although the list is older than it', async () => {
    const a = await world.adopted('a', { nanoCpus: 1_500_000_000, shares: 700 });
    await world.relist();
    world.isBlind = true;
    await world.desire([want(a, byWeight(0.3))]);
    await world.desire([want(a, free)]);
    assert.equal(sharesOf(a), 700);
  });

  it('lets go of containers of our own that the journal does not know', async () => {
    await world.desire([{ ...wantOwn(aSpec('web'), 1), limit: byWeight(0.5) }]);
    const [own] = [...world.engine.containers.values()];
    assert.equal(own?.kernelShares, 5120);
    world.files.files.clear();
    const next = await EnforceWorld.open({}, world);
    assert.equal((await next.enforcer.restore()).restored.length, 1);
    assert.equal(own?.kernelShares, 1024);
    assert.equal((await next.enforcer.restore()).restored.length, 0);
  });

  it('knows the start limit when more is desired before the container is listed', async () => {
    const a = await world.adopted('a');
    const own = (guaranteeCores: number) => ({
      ...wantOwn(aSpec('web'), 1),
      limit: byWeight(guaranteeCores, { weightCores: 0.1 }),
    });
    await world.desire([want(a, byWeight(1.5))]);
    world.isBlind = true;
    await world.desire([want(a, byWeight(1.5)), own(0.2)]);
    world.isBlind = false;
    const ack = await world.desire([want(a, byWeight(1.5)), own(1)]);
    assert.equal(ack.allocations[1]?.ok, false);
  });

  it('is nothing but a note where the host keeps weights to itself', async () => {
    world = await EnforceWorld.open({ weightRule: 'off' });
    const a = await world.adopted('a', { shares: 700 });
    const ack = await world.desire([want(a, byWeight(0.3))]);
    assert.equal(ack.outcome, 'applied');
    assert.equal(sharesOf(a), 700);
    assert.equal(ledgerOf(a)?.applied?.guaranteeCores, 0.3);
  });
});
