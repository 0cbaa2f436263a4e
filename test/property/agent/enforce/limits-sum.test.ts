import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { coresOfQuota, quotaOf } from '../../../../agent/containers/limits.js';
import { intend, parseLedger, serialiseLedger } from '../../../../agent/enforce/ledger.js';
import { EMPTY_LEDGER } from '../../../../agent/enforce/ledger-entry.js';
import { judgeVersion } from '../../../../agent/enforce/version.js';
import type { EngineFailureKind } from '../../../../agent/ports/engine.js';
import type { AllocationId } from '../../../../shared/ids.js';
import type { FakeContainer } from '../../../lib/fake-engine.js';
import { aSpec, idOf, limitOf, NO_CPU, wantOwn } from '../../../unit/agent/enforce/build.js';
import { EnforceWorld } from '../../../unit/agent/enforce/world.js';

const ALLOCATABLE = 1.9;
const cores = fc.option(fc.double({ min: 0.001, max: 3, noNaN: true }), { nil: null });
const periodUs = fc.constantFrom(5000, 10_000, 37_500, 100_000);
const failure = fc.option(
  fc.constantFrom<EngineFailureKind | 'lost'>('timeout', 'refused', 'unavailable', 'lost'),
  {
    nil: null,
    freq: 3,
  },
);
const round = fc.record({
  adopted: fc.array(fc.record({ cores, periodUs, failure }), { minLength: 4, maxLength: 4 }),
  jobs: fc.array(fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: null }), {
    maxLength: 2,
  }),
});

describe('limits of a node', () => {
  it('never sum above what may be given out, whatever is asked and whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 5 }), async (rounds) => {
        const world = await EnforceWorld.open({ allocatableCores: ALLOCATABLE });
        const adopted: FakeContainer[] = [];
        for (let serial = 0; serial < 4; serial += 1)
          adopted.push(await world.adopted(`c${serial}`));
        const sum = (): number =>
          [...world.engine.containers.keys()].reduce(
            (total, id) => total + (world.engine.kernelCores(id) ?? 0),
            0,
          );
        let worst = 0;
        const watch = (): void => {
          worst = Math.max(worst, sum());
        };
        world.engine.onUpdate(watch);
        for (const { adopted: wishes, jobs } of rounds) {
          const wants = adopted.map((container, index) => {
            const { cores: cpuCores, periodUs: period } = wishes[index] ?? {
              cores: null,
              periodUs: 100_000,
            };
            return { ...world.want(container, cpuCores), limit: { cpuCores, periodUs: period } };
          });
          wishes.forEach(({ failure: kind }, index) => {
            const id = adopted[index]?.id;
            if (id === undefined || kind === null) return;
            if (kind === 'lost') world.engine.loseAnswer(id);
            else world.engine.failNext('updateCpu', { kind, message: kind }, id);
          });
          await world.desire([
            ...wants,
            ...jobs.map((limit, index) => wantOwn(aSpec(`job${index}`), limit)),
          ]);
          watch();
        }
        assert.ok(worst <= ALLOCATABLE + 1e-6, `sum of limits was ${worst}`);
      }),
      { numRuns: 100 },
    );
  });

  it('put back leave nothing of ours, whatever was done before', async () => {
    const original = fc.constantFrom(
      {},
      { quotaUs: 70_000 },
      { quotaUs: 30_000, periodUs: 50_000 },
      { nanoCpus: 800_000_000 },
      { shares: 300 },
      { nanoCpus: 800_000_000, shares: 2000 },
    );

    await fc.assert(
      fc.asyncProperty(
        fc.array(original, { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(fc.tuple(cores, periodUs), { minLength: 4, maxLength: 4 }), {
          maxLength: 4,
        }),
        async (originals, rounds) => {
          let world = await EnforceWorld.open();
          const adopted: FakeContainer[] = [];
          for (const [serial, cpu] of originals.entries())
            adopted.push(await world.adopted(`c${serial}`, cpu));
          const kernel = () =>
            adopted.map(({ id, kernel: { periodUs } }) => {
              const limit = world.engine.kernelCores(id);
              return {
                limit,
                period: limit === null ? null : periodUs,
                weight: world.engine.kernelWeight(id),
              };
            });
          const before = kernel();
          for (const wishes of rounds) {
            await world.desire(
              adopted.map((container, index) => {
                const [cpuCores, period] = wishes[index] ?? [null, 100_000];
                return {
                  ...world.want(container, cpuCores),
                  limit: { cpuCores, periodUs: period },
                };
              }),
            );
            world = await EnforceWorld.open({}, world);
          }
          await world.enforcer.restore();
          assert.deepEqual(kernel(), before);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('quotaOf', () => {
  it('stays in the kernel’s range and gives no more than asked, above the smallest quota', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 5000, noNaN: true }),
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.integer({ min: 1, max: 256 }),
        (cpuCores, periodUs, hostCores) => {
          const quota = quotaOf({ cpuCores, periodUs }, hostCores);
          assert.ok(quota.ok);
          assert.ok(Number.isInteger(quota.value.quotaUs) && quota.value.quotaUs >= 1000);
          assert.ok(quota.value.periodUs >= 1000 && quota.value.periodUs <= 1_000_000);
          const given = coresOfQuota(quota.value);
          const least = quota.value.quotaUs === 1000;
          assert.ok(given <= hostCores || least);
          assert.ok(given <= cpuCores + 1e-6 || (least && quota.value.periodUs === 1_000_000));
        },
      ),
    );
  });

  it('refuses or answers in whole numbers for any number at all', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (cpuCores, periodUs) => {
        const quota = quotaOf({ cpuCores, periodUs }, 4);
        if (quota.ok)
          assert.ok(
            Number.isSafeInteger(quota.value.quotaUs) && Number.isSafeInteger(quota.value.periodUs),
          );
      }),
    );
  });
});

describe('ledger', () => {
  it('never trusts any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseLedger(text).ok, false)));
  });

  it('keeps the first original of each container through any sequence', () => {
    const touch = fc.record({
      serial: fc.integer({ min: 0, max: 5 }),
      quotaUs: fc.integer({ min: 1000, max: 1e6 }),
      cores: fc.double({ min: 0.01, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(touch), (touches) => {
        const first = new Map<number, number>();
        let ledger = EMPTY_LEDGER;
        for (const { serial, quotaUs, cores: limit } of touches) {
          if (!first.has(serial)) first.set(serial, quotaUs);
          const allocation = `a-${serial}` as AllocationId;
          ledger = intend(ledger, {
            containerId: idOf(serial),
            allocation,
            origin: 'label',
            original: { ...NO_CPU, quotaUs },
            applied: limitOf(limit),
          });
        }
        const read = parseLedger(serialiseLedger(ledger));
        assert.ok(read.ok);
        for (const [serial, quotaUs] of first)
          assert.equal(
            read.value.entries.find((entry) => entry.containerId === idOf(serial))?.original
              .quotaUs,
            quotaUs,
          );
      }),
    );
  });
});

describe('judgeVersion', () => {
  it('accepts within one incarnation exactly what is greater', () => {
    const version = fc.record({
      incarnation: fc.constant('a'),
      epoch: fc.nat(3),
      revision: fc.nat(3),
    });
    fc.assert(
      fc.property(version, version, (asked, holds) => {
        const verdict = judgeVersion(asked, {
          holds,
          idle: true,
          silentMs: 1e9,
          incarnationHoldMs: 0,
        });
        const isGreater =
          asked.epoch > holds.epoch ||
          (asked.epoch === holds.epoch && asked.revision > holds.revision);
        assert.equal(verdict === 'accept', isGreater);
      }),
    );
  });
});
