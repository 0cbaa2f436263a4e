import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { DEFAULT_SHARES, SHARES_PER_CORE } from '../../../../agent/containers/weight.js';
import { UNSETTLED_MS } from '../../../../agent/enforce/unsettled.js';
import type { EngineFailureKind } from '../../../../agent/ports/engine.js';
import type { CpuLimit } from '../../../../shared/command.js';
import type { FakeContainer } from '../../../lib/fake-container.js';
import { aSpec, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

const ALLOCATABLE = 1.9;
/** Never the shares of a container that has none. */
const cores = fc.double({ min: 0.12, max: 1.5, noNaN: true });
const quota = fc.record({ cpuCores: cores, periodUs: fc.constantFrom(10_000, 100_000) });
const limit: fc.Arbitrary<CpuLimit> = fc.oneof(
  quota,
  cores.map((guaranteeCores) => ({ cpuCores: null, periodUs: 100_000, guaranteeCores })),
  fc.tuple(quota, cores).map(([bound, guaranteeCores]) => ({
    ...bound,
    guaranteeCores: Math.min(guaranteeCores, bound.cpuCores),
  })),
  fc.constant({ cpuCores: null, periodUs: 100_000 }),
);
const failure = fc.option(
  fc.constantFrom<EngineFailureKind | 'lost'>('timeout', 'refused', 'unavailable', 'lost'),
  {
    nil: null,
    freq: 3,
  },
);
const round = fc.record({
  wishes: fc.array(fc.record({ limit, failure }), { minLength: 4, maxLength: 4 }),
  jobs: fc.array(limit, { maxLength: 2 }),
  isBroken: fc.boolean(),
  isNewAgent: fc.boolean(),
});

describe('guarantees of a node', () => {
  it('never sum above what is allocatable, whatever is asked, fails or dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds) => {
        let world = await EnforceWorld.open({ allocatableCores: ALLOCATABLE });
        const { engine } = world;
        const adopted: FakeContainer[] = [];
        for (let serial = 0; serial < 4; serial += 1)
          adopted.push(await world.adopted(`c${serial}`));
        let worst = 0;
        const watch = (): void => {
          const parts = [...engine.containers.values()].map(({ id, kernelShares }) => {
            const weighs = kernelShares === DEFAULT_SHARES ? 0 : kernelShares / SHARES_PER_CORE;
            return Math.min(engine.kernelCores(id) ?? Number.POSITIVE_INFINITY, weighs);
          });
          worst = Math.max(
            worst,
            parts.reduce((total, part) => total + part, 0),
          );
        };
        engine.onUpdate(watch);
        for (const { wishes, jobs, isBroken, isNewAgent } of rounds) {
          wishes.forEach(({ failure: kind }, index) => {
            const id = adopted[index]?.id;
            if (id === undefined || kind === null) return;
            if (kind === 'lost') engine.loseAnswer(id);
            else engine.failNext('updateCpu', { kind, message: kind }, id);
          });
          world.files.broken = isBroken;
          await world.desire([
            ...adopted.map((one, i) => ({
              ...world.want(one, 1),
              limit: wishes[i]?.limit ?? FREE,
            })),
            ...jobs.map((each, i) => ({ ...wantOwn(aSpec(`job${i}`), 1), limit: each })),
          ]);
          world.files.broken = false;
          watch();
          if (isNewAgent) world = await EnforceWorld.open({ allocatableCores: ALLOCATABLE }, world);
        }
        assert.ok(worst <= ALLOCATABLE + 6 / SHARES_PER_CORE, `the sum was ${worst}`);
      }),
      { numRuns: 300 },
    );
  });

  it('are all given once nothing fails any more, where they fit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 4 }), async (rounds) => {
        const world = await EnforceWorld.open({ allocatableCores: ALLOCATABLE });
        const { engine } = world;
        const adopted: FakeContainer[] = [];
        for (let serial = 0; serial < 4; serial += 1)
          adopted.push(await world.adopted(`c${serial}`));
        for (const { wishes } of rounds) {
          for (const [i, { failure: kind }] of wishes.entries())
            if (kind === 'lost') engine.loseAnswer((adopted[i] as FakeContainer).id);
          await world.desire(
            adopted.map((one, i) => ({ ...world.want(one, 1), limit: wishes[i]?.limit ?? FREE })),
          );
        }
        const last = adopted.map((one) => ({
          ...world.want(one, 1),
          limit: { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.4 },
        }));
        for (let again = 0; again < 3; again += 1) {
          await world.desire(last);
          await world.clock.advance(UNSETTLED_MS + 1);
        }
        assert.deepEqual(
          adopted.map(({ id, kernelShares }) => [engine.kernelCores(id), kernelShares]),
          adopted.map(() => [null, 4096]),
        );
        await world.enforcer.restore();
        assert.deepEqual(
          adopted.map(({ id, kernelShares }) => [engine.kernelCores(id), kernelShares]),
          adopted.map(() => [null, DEFAULT_SHARES]),
        );
      }),
      { numRuns: 100 },
    );
  });
});

const FREE: CpuLimit = { cpuCores: null, periodUs: 100_000 };
