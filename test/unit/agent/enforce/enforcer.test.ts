import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { parseLedger } from '../../../../agent/enforce/ledger.js';
import { aState, kernelOf } from './build.js';
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

  it('says on its host, once, that the intent cannot be written', async () => {
    const a = await world.adopted('a');
    const said = () => world.warnings.filter((text) => text.includes('journal')).length;
    world.files.broken = true;
    await world.desire([world.want(a, 0.5)]);
    await world.desire([world.want(a, 0.5)]);
    assert.equal(said(), 1);
    world.files.broken = false;
    await world.desire([world.want(a, 0.5)]);
    world.files.broken = true;
    await world.desire([world.want(a, 0.6)]);
    assert.equal(said(), 2);
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

  it('says once why it does not obey, until it has obeyed again', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    const refuse = async (revision: number): Promise<void> => {
      world.enforcer.offer(aState([], { incarnation: 'new store', revision }));
      assert.equal((await world.lastAck()).outcome, 'refused');
    };
    for (const revision of [50, 51, 52]) await refuse(revision);
    assert.equal(world.warnings.length, 1, world.warnings.join());
    await world.desire([world.want(a, 0.4)]);
    await refuse(53);
    assert.equal(world.warnings.length, 2, world.warnings.join());
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
    assert.equal(world.enforcer.drift.count, 1);
    assert.match(world.warnings.join(), /was changed by others from 0.5 cores to no limit/);
    const [drift] = [...world.enforcer.drift.drifts.values()];
    assert.ok(drift);
    const { foundAtMs, rewrittenAtMs, ...change } = drift;
    assert.deepEqual(change, { count: 1, setting: 'limit', from: '0.5 cores', to: 'no limit' });
    assert.ok(rewrittenAtMs !== null && rewrittenAtMs >= foundAtMs, `${rewrittenAtMs}`);
  });

  it('notices what others change of a limit that it found in force', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.5)]);
    const next = await EnforceWorld.open({}, world);
    await next.desire([next.want(a, 0.5)]);
    assert.equal(updates().length, 1);
    a.kernel = { quotaUs: 2000, periodUs: 100_000 };
    next.enforcer.tick(new Map([[a.id, kernelOf(0.02, 512)]]));
    await next.lastAck();
    assert.equal(world.engine.kernelCores(a.id), 0.5);
    assert.match(next.warnings.join(), /was changed by others from 0.5 cores to 0.02 cores/);
    assert.equal(next.enforcer.drift.count, 1);
  });

  it('takes no container without a limit of ours for one that others changed', async () => {
    const a = await world.adopted('a');
    await world.desire([world.want(a, null)]);
    await world.engine.updateCpu(a.id, { ...a.cpu, quotaUs: 50_000, periodUs: 100_000 });
    await world.desire([world.want(a, null)]);
    assert.deepEqual([world.warnings, world.enforcer.drift.count], [[], 0]);
  });

  it('says once that the engine confirms a limit which the kernel does not hold', async () => {
    const a = await world.adopted('a');
    const said = (): readonly string[] =>
      world.warnings.filter((text) => text.includes('not in force'));
    world.engine.isLying = true;
    await world.desire([world.want(a, 0.5)]);
    // The kernel may follow late.
    assert.deepEqual(said(), []);
    for (let i = 0; i < 3; i += 1) await world.desire([world.want(a, 0.5)]);
    assert.equal(said().length, 1);
    assert.match(said().join(), /the limit of \S+ is not in .* the kernel holds no limit$/);
    world.engine.isLying = false;
    await world.desire([world.want(a, 0.5)]);
    assert.equal(world.engine.kernelCores(a.id), 0.5);
    world.engine.isLying = true;
    for (let i = 0; i < 2; i += 1) await world.desire([world.want(a, 0.3)]);
    assert.equal(said().length, 2);
  });
});
