import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { capacityOf } from '../../../../agent/observe/capacity.js';
import { COLLECTORS, type ContainerView, measure } from '../../../../agent/observe/collectors.js';
import { cpuBetween, type StampedCounters } from '../../../../agent/observe/container-cpu.js';
import { collectHost } from '../../../../agent/observe/host.js';
import type { CgroupCounters } from '../../../../agent/ports/cgroup.js';

const counters = (over: Partial<CgroupCounters> = {}): CgroupCounters => ({
  cpuUsageSeconds: 10,
  periods: 100,
  throttledPeriods: 50,
  pressureTotalUs: 1_000_000,
  memory: { currentBytes: 100, workingSetBytes: 80, oomKills: 0 },
  limit: { cpuCores: 0.5, periodUs: 100_000 },
  weight: { version: 1, value: 512 },
  burstUs: 0,
  ...over,
});
const at = (atMs: number, over: Partial<CgroupCounters> = {}): StampedCounters => ({
  atMs,
  counters: counters(over),
});
const later = {
  cpuUsageSeconds: 11,
  periods: 120,
  throttledPeriods: 55,
  pressureTotalUs: 1_500_000,
};

describe('cpuBetween', () => {
  it('averages over the time between the readings', () => {
    assert.deepEqual(cpuBetween(at(1000), at(3000, later)), {
      ok: true,
      value: { usageCores: 0.5, usageTotalSeconds: 11, throttledRatio: 0.25, pressureRatio: 0.25 },
    });
  });

  it('drops the sample when any counter went backwards', () => {
    for (const over of [{ cpuUsageSeconds: 9 }, { periods: 99 }, { throttledPeriods: 49 }]) {
      const reading = cpuBetween(at(1000), at(3000, { ...later, ...over }));
      assert.deepEqual(reading, {
        ok: false,
        error: 'a counter went backwards: the container was restarted',
      });
    }
  });

  it('has no data without two readings of some distance', () => {
    assert.equal(cpuBetween(null, at(1000)).ok, false);
    assert.equal(cpuBetween(at(1000), null).ok, false);
    assert.equal(cpuBetween(at(1000), at(1000)).ok, false);
    assert.equal(cpuBetween(at(1000), at(900, later)).ok, false);
  });

  it('knows no pressure where the kernel has none, nor throttling without a period', () => {
    const reading = cpuBetween(
      at(1000, { pressureTotalUs: null }),
      at(2000, { cpuUsageSeconds: 10 }),
    );
    assert.deepEqual(reading.ok && reading.value.pressureRatio, null);
    assert.deepEqual(reading.ok && reading.value.throttledRatio, 0);
  });
});

describe('measure', () => {
  const view: ContainerView = {
    before: at(1000),
    after: at(2000, later),
    latency: { spec: { source: 'push' }, report: null },
  };
  it('fills what there is and leaves null what there is not', () => {
    const measured = measure(view);
    assert.equal(measured.cpu?.usageCores, 1);
    assert.deepEqual(measured.observed, { cpuCores: 0.5, periodUs: 100_000 });
    assert.equal(measured.memory?.currentBytes, 100);
    assert.equal(measured.latency, null);
  });
  it('says a burst where there is one', () => {
    const observed = (burstUs: number | null) =>
      measure({ ...view, after: at(2000, { burstUs }) }).observed;
    assert.deepEqual(observed(30_000), { cpuCores: 0.5, periodUs: 100_000, burstUs: 30_000 });
    assert.deepEqual(
      [observed(0), observed(null)],
      [view.after?.counters.limit, view.after?.counters.limit],
    );
  });
  it('is not stopped by a collector that throws', () => {
    const broken = () => {
      throw new Error('boom');
    };
    const measured = measure(view, { ...COLLECTORS, memory: broken, latency: broken });
    assert.equal(measured.memory, null);
    assert.equal(measured.latency, null);
    assert.equal(measured.cpu?.usageCores, 1);
  });
  it('says why there is no response time', () => {
    const reason = (latency: ContainerView['latency']) => {
      const reading = COLLECTORS.latency({ ...view, latency });
      return reading.ok ? '' : reading.error;
    };
    assert.match(reason({ spec: null, report: null }), /no latency source/);
    assert.match(reason(view.latency), /no response time yet from the push source/);
  });
});

describe('collectHost', () => {
  const info = { cpuCores: 2, memoryBytes: 1000 };
  it('is null, not zero, when usage cannot be read', async () => {
    const host = {
      info: () => Promise.resolve(info),
      usage: () => Promise.reject(new Error('gone')),
    };
    const report = await collectHost(host, capacityOf(info, { cpuRatio: 0, memoryRatio: 0 }, null));
    assert.equal(report.capacityCpuCores, 2);
    assert.equal(report.cpuUtilisationRatio, null);
    assert.equal(report.memoryUsedBytes, null);
    assert.equal(report.cpuPressureRatio, null);
  });
});
