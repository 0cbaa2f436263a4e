import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { weightHolds } from '../../agent/containers/weight.js';
import type { EngineContainer, EngineCpuSettings } from '../../agent/ports/engine.js';
import type { CpuLimit } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import type { EngineWorld } from './docker-contract.js';
import { Enforcing, memoryFiles } from './enforcing.js';

const NONE: EngineCpuSettings = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
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
    let world: EngineWorld;
    let agent: Enforcing;
    let files: ReturnType<typeof memoryFiles>;
    beforeEach(async () => {
      world = await open();
      files = memoryFiles();
      agent = await Enforcing.open(world, files);
    });
    afterEach(async () => {
      await agent.close();
      await world.close();
    });
    const find = async (id: ContainerId): Promise<EngineContainer> => {
      const listed = await world.engine.list();
      const found = listed.ok ? listed.value.find((container) => container.id === id) : undefined;
      assert.ok(found, 'the container is listed');
      return found;
    };
    const adopt = (name: string, cpu: Partial<EngineCpuSettings> = {}): Promise<ContainerId> =>
      world.create({
        name: `${world.prefix}-${name}`,
        labels: { 'dqoes.enable': 'true', 'dqoes.target': '1s' },
        cpu,
      });
    const handleOf = async (id: ContainerId) => {
      const opened = await world.cgroups.open((await find(id)).pid, id);
      assert.ok(opened.ok, opened.ok ? '' : opened.error);
      return opened.value;
    };
    const inForce = async (id: ContainerId) => {
      const handle = await handleOf(id);
      const [limit, weight] = [await handle.readLimit(), await handle.readWeight()];
      const burst = await handle.readBurst();
      await handle.close();
      assert.ok(limit.ok && weight.ok && burst.ok);
      return { cores: limit.value.cpuCores, burstUs: burst.value, weight: weight.value };
    };
    const writeBurst = async (id: ContainerId, burstUs: number) => {
      const handle = await handleOf(id);
      const written = await handle.writeBurst(burstUs);
      await handle.close();
      return written;
    };
    const desire = async (id: ContainerId, limit: CpuLimit): Promise<void> => {
      const ack = await agent.desire(new Map([[id, limit]]));
      assert.equal(ack.outcome, 'applied', JSON.stringify(ack));
    };

    it('the kernel takes a burst up to the quota, and the engine keeps it over an update', async () => {
      const id = await adopt('takes', { quotaUs: 50_000, periodUs: 100_000 });
      assert.equal((await inForce(id)).burstUs, 0);
      assert.ok((await writeBurst(id, 50_000)).ok);
      const above = await writeBurst(id, 50_001);
      assert.match(above.ok ? '' : above.error, /EINVAL/);
      assert.ok((await world.engine.updateCpu(id, { ...NONE, quotaUs: 80_000, shares: 512 })).ok);
      const { cores, burstUs } = await inForce(id);
      assert.deepEqual([cores, burstUs], [0.8, 50_000]);
    });

    it('the engine is refused a quota below the burst, and changes nothing', async () => {
      for (const [style, cpu] of Object.entries({
        quota: { quotaUs: 50_000 },
        nano: { nanoCpus: 500_000_000 },
      })) {
        const id = await adopt(`refuses-${style}`, cpu);
        assert.ok((await writeBurst(id, 30_000)).ok);
        const lower = 'nanoCpus' in cpu ? { nanoCpus: 200_000_000 } : { quotaUs: 20_000 };
        const answer = await world.engine.updateCpu(id, { ...NONE, ...lower });
        assert.match(answer.ok ? '' : answer.error.message, /invalid argument/);
        const { cores, burstUs } = await inForce(id);
        assert.deepEqual([cores, burstUs], [0.5, 30_000]);
        assert.deepEqual((await find(id)).cpu, { ...NONE, ...cpu });
      }
    });

    it('a new life begins without a burst', async () => {
      const id = await adopt('lives', { quotaUs: 50_000 });
      assert.ok((await writeBurst(id, 30_000)).ok);
      await world.restart(id);
      assert.equal((await inForce(id)).burstUs, 0);
    });

    for (const [style, cpu] of Object.entries(STYLES)) {
      it(`a burst follows its quota up and down and is written again: ${style}`, async () => {
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

      it(`burst, limit and weight are put back, also by the next agent: ${style}`, async () => {
        const id = await adopt('back', cpu);
        if (style !== 'without a limit') assert.ok((await writeBurst(id, 90_000)).ok);
        const before = await inForce(id);
        await desire(id, quota(0.3, 10_000));
        await desire(id, { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.3 });
        await desire(id, quota(0.5, 20_000));
        await agent.close();
        agent = await Enforcing.open(world, files);
        const { failed } = await agent.enforcer.restore();
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
  });
}
