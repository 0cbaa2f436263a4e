import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type EngineFixture, NO_SETTINGS, OPT_IN } from './engine-fixture.js';

/** What `updateCpu` of a container engine promises. Call it inside a `describe`. */
export function describeUpdateCpu(fixture: EngineFixture): void {
  describe('updateCpu', () => {
    testQuotas(fixture);
    testWeights(fixture);
    testRefusals(fixture);
    testContainerStates(fixture);
  });
}

function testQuotas(fixture: EngineFixture): void {
  const { find, optedIn, kernelCores, update } = fixture;
  it('writes quota and period, which the cgroup then holds', async () => {
    const id = await optedIn('quota');
    const written = await update(id, { quotaUs: 10_000, periodUs: 20_000 });
    assert.deepEqual(written, { ok: true, value: [] });
    assert.equal(await kernelCores(await find(id)), 0.5);
    assert.equal((await find(id)).cpu.quotaUs, 10_000);
  });

  it('writes a quota alone, leaving no period behind', async () => {
    const id = await optedIn('quota-alone');
    assert.ok((await update(id, { quotaUs: 30_000 })).ok);
    const shown = await find(id);
    assert.equal(await kernelCores(shown), 0.3);
    assert.equal(shown.cpu.periodUs, 0);
    assert.ok((await update(id, { quotaUs: -1 })).ok);
    assert.equal(await kernelCores(await find(id)), null);
    assert.ok((await update(id, { nanoCpus: 400_000_000 })).ok, 'NanoCpus are still possible');
  });

  it('changes nothing with 0', async () => {
    const id = await optedIn('zero');
    assert.ok((await update(id, { quotaUs: 25_000 })).ok);
    assert.ok((await update(id, {})).ok);
    assert.equal(await kernelCores(await find(id)), 0.25);
  });

  it('lifts the limit with -1 and keeps the period', async () => {
    const id = await optedIn('lift');
    assert.ok((await update(id, { quotaUs: 10_000, periodUs: 50_000 })).ok);
    assert.ok((await update(id, { quotaUs: -1 })).ok);
    const shown = await find(id);
    assert.equal(await kernelCores(shown), null);
    assert.equal(shown.cpu.periodUs, 50_000);
  });

  it('writes short periods', async () => {
    const { world } = fixture;
    const id = await optedIn('short');
    for (const [quotaUs, periodUs] of [
      [5000, 10_000],
      [1000, 5000],
      [25_000, 50_000],
    ] as const) {
      assert.deepEqual(await update(id, { quotaUs, periodUs }), { ok: true, value: [] });
      const { limit } = await world.kernelCpu(await find(id));
      assert.deepEqual(limit, { cpuCores: quotaUs / periodUs, periodUs });
    }
  });
}

function testWeights(fixture: EngineFixture): void {
  const { find, optedIn, kernelCores, hasShares, update } = fixture;
  it('writes the weight along, and alone', async () => {
    const id = await optedIn('weight');
    assert.ok(await hasShares(id, 1024));
    assert.ok((await update(id, { quotaUs: 5000, periodUs: 10_000, shares: 512 })).ok);
    assert.ok(await hasShares(id, 512));
    assert.equal((await find(id)).cpu.shares, 512);
    assert.ok((await update(id, { shares: 1024 })).ok);
    assert.ok(await hasShares(id, 1024));
    assert.equal(await kernelCores(await find(id)), 0.5);
  });

  it('writes the weight alone in either style, and leaves the limit', async () => {
    const nano = await optedIn('nano-weight', { nanoCpus: 500_000_000 });
    const quota = await optedIn('quota-weight', { quotaUs: 50_000, periodUs: 100_000 });
    for (const [id, limit] of [
      [nano, { nanoCpus: 500_000_000 }],
      [quota, { quotaUs: 50_000, periodUs: 100_000 }],
    ] as const) {
      assert.deepEqual(await update(id, { shares: 3072 }), { ok: true, value: [] });
      assert.ok(await hasShares(id, 3072));
      assert.equal(await kernelCores(await find(id)), 0.5);
      assert.deepEqual(await update(id, { ...limit, shares: 512 }), { ok: true, value: [] });
      assert.ok(await hasShares(id, 512));
      const shown = await find(id);
      assert.deepEqual(shown.cpu, { ...NO_SETTINGS, ...limit, shares: 512 });
      assert.equal(await kernelCores(shown), 0.5);
    }
  });
}

function testRefusals(fixture: EngineFixture): void {
  const { find, optedIn, kernelCores, update } = fixture;
  it('is refused below 1 ms', async () => {
    const id = await optedIn('least');
    const answer = await update(id, { quotaUs: 999 });
    assert.ok(!answer.ok);
    assert.equal(answer.error.kind, 'refused');
    assert.match(answer.error.message, /can not be less than 1ms/);
  });

  it('is refused for what is not a number', async () => {
    const id = await optedIn('nan');
    const answer = await update(id, { quotaUs: Number.NaN });
    assert.ok(!answer.ok);
    assert.equal(answer.error.kind, 'refused');
  });

  it('keeps the two styles apart', async () => {
    const nano = await optedIn('nano', { nanoCpus: 500_000_000 });
    const quota = await optedIn('quota-style', { quotaUs: 50_000, periodUs: 100_000 });
    for (const answer of [
      await update(nano, { quotaUs: 20_000 }),
      await update(quota, { nanoCpus: 200_000_000 }),
    ]) {
      assert.ok(!answer.ok);
      assert.equal(answer.error.kind, 'refused');
      assert.match(answer.error.message, /Conflicting options/);
    }
    assert.ok((await update(nano, { nanoCpus: 250_000_000 })).ok);
    assert.equal(await kernelCores(await find(nano)), 0.25);
  });

  it('is refused for more NanoCpus than the host has', async () => {
    const { world } = fixture;
    const id = await optedIn('too-many', { nanoCpus: 500_000_000 });
    const answer = await update(id, { nanoCpus: (world.hostCores + 1) * 1e9 });
    assert.ok(!answer.ok);
    assert.match(answer.error.message, /range of CPUs/i);
  });
}

function testContainerStates(fixture: EngineFixture): void {
  const { find, optedIn, update } = fixture;
  it('takes a quota above the host', async () => {
    const { world } = fixture;
    const id = await optedIn('above');
    assert.ok((await update(id, { quotaUs: (world.hostCores + 8) * 100_000 })).ok);
  });

  it('stores for a container that does not run', async () => {
    const { world } = fixture;
    const id = await world.create({
      name: `${world.prefix}-stored`,
      labels: OPT_IN,
      run: false,
    });
    assert.ok((await update(id, { quotaUs: 20_000 })).ok);
    assert.equal((await find(id)).cpu.quotaUs, 20_000);
  });

  it('says gone for a removed container', async () => {
    const { world } = fixture;
    const id = await optedIn('vanishes');
    await world.remove(id);
    const answer = await update(id, { quotaUs: 20_000 });
    assert.ok(!answer.ok);
    assert.equal(answer.error.kind, 'gone');
  });
}
