import assert from 'node:assert/strict';
import { limitChangeOf, limitChangeText } from '../../../../cli/output/limit-change.js';
import type { CpuLimit } from '../../../../shared/command.js';

const quota = (cpuCores: number | null, periodUs = 100_000): CpuLimit => ({ cpuCores, periodUs });
const text = (from: CpuLimit | null, to: CpuLimit): string =>
  limitChangeText(limitChangeOf(from, to));

describe('cli: the text of a change of a limit', () => {
  it('has two decimals', () => assert.equal(text(quota(0.62), quota(0.22)), '0.62 → 0.22 CPU'));

  it('has as many as tell the two apart, and no more than five', () => {
    assert.equal(text(quota(0.204), quota(0.196)), '0.204 → 0.196 CPU');
    assert.equal(text(quota(0.2004), quota(0.2001)), '0.2004 → 0.2001 CPU');
    assert.equal(text(quota(0.2), quota(0.2000001)), '0.20000 → 0.20000 CPU');
  });

  it('says the period, alone where only it changed', () => {
    assert.equal(text(quota(0.2), quota(0.2, 20_000)), '0.20 CPU, period 100ms → 20ms');
    assert.equal(text(quota(0.2), quota(0.204, 20_000)), '0.200 → 0.204 CPU, period 100ms → 20ms');
    const slight = text(quota(0.10367, 15_000), quota(0.10366));
    assert.equal(slight, '0.10 CPU, period 15ms → 100ms');
  });

  it('says so where neither changed, but what is not written here', () => {
    const burst = { ...quota(0.2), burstUs: 5000 };
    assert.equal(text(burst, quota(0.2)), '0.20 CPU as before: its burst or weight changed');
    assert.equal(
      text(quota(null), { ...quota(null), weightCores: 1 }),
      'no limit as before: its burst or weight changed',
    );
  });

  it('names what is no quota', () => {
    assert.equal(text(null, quota(0.25)), 'no limit → 0.25 CPU');
    assert.equal(text(quota(0.25), quota(null)), '0.25 → no limit');
    const guarantee = (guaranteeCores: number): CpuLimit => ({ ...quota(null), guaranteeCores });
    assert.equal(
      text(guarantee(0.304), guarantee(0.296)),
      '0.304 CPU guaranteed → 0.296 CPU guaranteed',
    );
  });
});
