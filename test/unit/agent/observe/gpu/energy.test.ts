import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EnergyMeter } from '../../../../../agent/observe/gpu/energy.js';
import { type PowerSample, SavingMeter } from '../../../../../agent/observe/gpu/saving.js';

describe('agent gpu: energy', () => {
  it('is power over time, and nothing over gaps and samples without power', () => {
    const meter = new EnergyMeter();
    assert.equal(meter.joules, null);
    meter.add(0, null);
    assert.equal(meter.joules, null);
    for (const [atMs, watts] of [
      [1000, 100],
      [2000, 200],
      [3000, null],
      [4000, 100],
      [60_000, 100],
      [61_000, 100],
    ] as const)
      meter.add(atMs, watts);
    assert.equal(meter.joules, 150 + 100);
  });
});

describe('agent gpu: what clock limits save', () => {
  /**
   * A GPU that rests at 50 W and takes 300 W more when busy, times clock ratio to the power of 2.4.
   */
  const sample = (atMs: number, utilisationRatio: number, clockRatio: number): PowerSample => ({
    atMs,
    watts: 50 + 300 * utilisationRatio * clockRatio ** 2.4,
    utilisationRatio,
    clockMhz: 1400 * clockRatio,
    maxClockMhz: 1400,
    isLimited: clockRatio < 1,
  });
  const learnt = (): SavingMeter => {
    const meter = new SavingMeter();
    meter.add(sample(0, 0, 1));
    for (let second = 1; second <= 20; second += 1) meter.add(sample(1000 * second, 0.4, 1));
    return meter;
  };

  it('is what the same work would have taken at the highest clock, less what it took', () => {
    const meter = learnt();
    assert.equal(meter.joules, null);
    // The same work at half the clock: busy for twice as long.
    for (let second = 21; second <= 30; second += 1) meter.add(sample(1000 * second, 0.8, 0.5));
    const [full, half] = [50 + 300 * 0.4, 50 + 300 * 0.8 * 0.5 ** 2.4];
    assert.ok(Math.abs((meter.joules ?? 0) - 10 * (full - half)) < 1e-6, `${meter.joules}`);
  });

  it('is not known before enough was seen without a limit, and not made up over gaps', () => {
    const fresh = new SavingMeter();
    for (let second = 1; second <= 20; second += 1) fresh.add(sample(1000 * second, 0.8, 0.5));
    assert.equal(fresh.joules, null);
    const meter = learnt();
    meter.add(sample(100_000, 0.8, 0.5));
    meter.interrupt();
    meter.add(sample(101_000, 0.8, 0.5));
    assert.equal(meter.joules, null);
  });
});
