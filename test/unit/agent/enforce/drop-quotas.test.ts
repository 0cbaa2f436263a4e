import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { DesiredAllocation } from '../../../../shared/command.js';
import type { FakeContainer } from '../../../lib/fake-container.js';
import { settle } from '../../../lib/manual-clock.js';
import { EnforceWorld } from './world.js';

const HOUR_MS = 3_600_000;

describe('enforcer: a disk that is full', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });
  const cores = ({ id }: FakeContainer): number | null => world.engine.kernelCores(id);
  const updates = (): number =>
    world.engine.calls.filter((call) => call.startsWith('updateCpu')).length;
  /** As in a fall-back: no quota, and a weight. */
  const byWeight = (one: FakeContainer, weightCores: number): DesiredAllocation => ({
    ...world.want(one, null),
    limit: { cpuCores: null, periodUs: 100_000, weightCores },
  });

  it('keeps no fall-back from taking quotas away, nor its end from setting them', async () => {
    const [a, b] = [await world.adopted('a'), await world.adopted('b')];
    await world.desire([world.want(a, 0.5), world.want(b, 0.4)]);
    const shares = a.kernelShares;
    world.files.broken = true;
    const ack = await world.desire([byWeight(a, 0.9), world.want(b, 0.3)]);
    assert.deepEqual([cores(a), cores(b)], [null, 0.4]);
    assert.equal(a.kernelShares, shares, 'its weight is as the journal says');
    assert.equal(ack.outcome, 'refused');
    assert.match(ack.reason, /nothing is changed but quotas that are to go: no space left/);
    const said = world.warnings.filter((text) => text.startsWith('the quota of'));
    assert.deepEqual(said, [
      `the quota of ${world.want(a, 1).id} was taken away, though that cannot be noted: what it ` +
        'had before is noted',
    ]);
    const before = updates();
    await world.desire([byWeight(a, 0.9), world.want(b, 0.3)]);
    assert.equal(updates(), before, 'once');
    world.files.broken = false;
    await world.desire([world.want(a, 0.6), world.want(b, 0.3)]);
    assert.deepEqual([cores(a), cores(b)], [0.6, 0.3]);
    assert.equal(world.enforcer.drift.count, 0, 'nobody else changed it');
  });

  it('leaves a container the quota that it came with, also after a crash', async () => {
    const a = await world.adopted('a', { quotaUs: 70_000 });
    await world.desire([world.want(a, 0.3)]);
    world.files.broken = true;
    await world.desire([world.want(a, null)]);
    assert.equal(cores(a), 0.7);
    world.files.broken = false;
    const next = await EnforceWorld.open({}, world);
    await next.desire([next.want(a, 0.4)]);
    assert.equal(cores(a), 0.4);
    await next.enforcer.close(0);
    assert.equal((await next.enforcer.restore()).restored.length, 1);
    assert.equal(cores(a), 0.7);
  });

  it('gives one back that is controlled no more, once', async () => {
    const a = await world.adopted('a', { quotaUs: 70_000 });
    await world.desire([world.want(a, 0.3)]);
    world.files.broken = true;
    await world.desire([]);
    assert.deepEqual([cores(a), a.kernelShares], [0.7, 1024]);
    const before = updates();
    await world.desire([]);
    assert.equal(updates(), before);
    world.files.broken = false;
    await world.desire([]);
    await world.desire([]);
    assert.equal(world.journal.ledger.entries.length, 0);
  });

  it('sets and touches nothing that is not noted', async () => {
    const [a, b] = [await world.adopted('a', { quotaUs: 70_000 }), await world.adopted('b')];
    world.files.broken = true;
    await world.desire([byWeight(a, 0.9), world.want(b, 0.3)]);
    assert.deepEqual([cores(a), cores(b), updates()], [0.7, null, 0]);
  });

  it('keeps no limits for ever that nobody corrects', async () => {
    world = await EnforceWorld.open({ driftAfterMs: HOUR_MS });
    const a = await world.adopted('a');
    await world.desire([world.want(a, 0.3)]);
    world.files.broken = true;
    for (const ms of [HOUR_MS, 31_000]) {
      await world.clock.advance(ms);
      world.enforcer.tick(null);
      await world.clock.advance(1000);
      await settle();
    }
    assert.equal(cores(a), null);
  });
});
