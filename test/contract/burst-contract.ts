import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { weightHolds } from '../../agent/containers/weight.js';
import type { EngineCpuSettings } from '../../agent/ports/engine.js';
import type { CpuLimit } from '../../shared/command.js';
import { type BurstFixture, burstFixture } from './burst-fixture.js';
import { Enforcing } from './enforcing.js';
import { NO_SETTINGS } from './engine-fixture.js';
import type { EngineWorld } from './engine-world.js';

const STYLES = {
  'without a limit': {},
  'in quota style': { quotaUs: 150_000, periodUs: 100_000 },
  'in NanoCpus style': { nanoCpus: 1_500_000_000 },
} as const;

const quota = (cpuCores: number, burstUs = 0): CpuLimit => ({
  cpuCores,
  periodUs: 100_000,
  burstUs,
});

/**
 * What the kernel and the engine make of bursts and weights together, and what enforcement makes of
 * that.
 */
export function describeBurst(title: string, open: () => Promise<EngineWorld>): void {
  describe(`burst and weight: ${title}`, function () {
    this.timeout(20_000);
    const fixture = burstFixture(open);
    testKernelAndEngine(fixture);
    for (const [style, cpu] of Object.entries(STYLES)) {
      testFollowing(fixture, style, cpu);
      testRestoring(fixture, style, cpu);
    }
  });
}

function testKernelAndEngine(fixture: BurstFixture): void {
  const { find, adopt, inForce, writeBurst } = fixture;
  it('the kernel takes a burst up to the quota, which an update by the engine keeps', async () => {
    const { world } = fixture;
    const id = await adopt('takes', { quotaUs: 50_000, periodUs: 100_000 });
    assert.equal((await inForce(id)).burstUs, 0);
    assert.ok((await writeBurst(id, 50_000)).ok);
    const above = await writeBurst(id, 50_001);
    assert.match(above.ok ? '' : above.error, /EINVAL/);
    assert.ok(
      (await world.engine.updateCpu(id, { ...NO_SETTINGS, quotaUs: 80_000, shares: 512 })).ok,
    );
    const { cores, burstUs } = await inForce(id);
    assert.deepEqual([cores, burstUs], [0.8, 50_000]);
  });

  it('the engine is refused a quota below the burst, and changes nothing', async () => {
    const { world } = fixture;
    for (const [style, cpu] of Object.entries({
      quota: { quotaUs: 50_000 },
      nano: { nanoCpus: 500_000_000 },
    })) {
      const id = await adopt(`refuses-${style}`, cpu);
      assert.ok((await writeBurst(id, 30_000)).ok);
      const lower = 'nanoCpus' in cpu ? { nanoCpus: 200_000_000 } : { quotaUs: 20_000 };
      const answer = await world.engine.updateCpu(id, { ...NO_SETTINGS, ...lower });
      assert.match(answer.ok ? '' : answer.error.message, /invalid argument/);
      const { cores, burstUs } = await inForce(id);
      assert.deepEqual([cores, burstUs], [0.5, 30_000]);
      assert.deepEqual((await find(id)).cpu, { ...NO_SETTINGS, ...cpu });
    }
  });

  it('a new life begins without a burst', async () => {
    const { world } = fixture;
    const id = await adopt('lives', { quotaUs: 50_000 });
    assert.ok((await writeBurst(id, 30_000)).ok);
    await world.restart(id);
    assert.equal((await inForce(id)).burstUs, 0);
  });
}

function testFollowing(
  fixture: BurstFixture,
  style: string,
  cpu: Partial<EngineCpuSettings>,
): void {
  const { adopt, inForce, desire } = fixture;
  it(`a burst follows its quota up and down and is written again: ${style}`, async () => {
    const { world } = fixture;
    const id = await adopt('follows', cpu);
    for (const [cores, asked] of [
      [0.5, 30_000],
      [0.2, 20_000],
      [0.8, 70_000],
      [0.1, 0],
    ] as const) {
      await desire(id, quota(cores, asked));
      const now = await inForce(id);
      assert.deepEqual([now.cores, now.burstUs], [cores, asked]);
    }
    await desire(id, quota(0.4, 25_000));
    await world.restart(id);
    await desire(id, quota(0.4, 25_000));
    assert.equal((await inForce(id)).burstUs, 25_000);
  });
}

function testRestoring(
  fixture: BurstFixture,
  style: string,
  cpu: Partial<EngineCpuSettings>,
): void {
  const { adopt, inForce, writeBurst, desire } = fixture;
  it(`burst, limit and weight are put back, also by the next agent: ${style}`, async () => {
    const { world, files } = fixture;
    const id = await adopt('back', cpu);
    if (style !== 'without a limit') assert.ok((await writeBurst(id, 90_000)).ok);
    const before = await inForce(id);
    await desire(id, quota(0.3, 10_000));
    await desire(id, { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.3 });
    await desire(id, quota(0.5, 20_000));
    await fixture.agent.close();
    fixture.agent = await Enforcing.open(world, files);
    const { failed } = await fixture.agent.enforcer.restore();
    assert.deepEqual(failed, []);
    assert.deepEqual(await inForce(id), before);
  });

  it(`a guarantee is a weight beside the container's own limit: ${style}`, async () => {
    const id = await adopt('guarantee', cpu);
    const own = (await inForce(id)).cores;
    await desire(id, quota(0.5));
    await desire(id, {
      cpuCores: null,
      periodUs: 100_000,
      guaranteeCores: 0.3,
      weightCores: 0.4,
    });
    const { cores, weight } = await inForce(id);
    assert.equal(cores, own);
    assert.ok(weight !== null && weightHolds(4096, weight), JSON.stringify(weight));
  });
}
