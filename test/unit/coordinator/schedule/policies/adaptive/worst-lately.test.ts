import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_COMMON_WORK } from '../../../../../../coordinator/schedule/policies/adaptive/common-work.js';
import { slowerLately } from '../../../../../../coordinator/schedule/policies/adaptive/slower-lately.js';
import {
  foldWorstLately,
  type HostNow,
  NO_WORST,
  type WorstLately,
  worstRatio,
} from '../../../../../../coordinator/schedule/policies/adaptive/worst-lately.js';
import { near } from './build.js';

const CORES = 2;

function fold(before: WorstLately, change: Partial<HostNow> = {}, reports = 1): WorstLately {
  let worst = before;
  for (let i = 0; i < reports; i += 1)
    worst = foldWorstLately(worst, {
      workChange: 0,
      capacityCores: CORES,
      isNews: true,
      ...change,
    });
  return worst;
}

const ratio = (worst: WorstLately): number => worstRatio(worst, CORES);

describe('adaptive: a host at its worst lately', () => {
  it('is what it is now before anything else was seen', () => {
    assert.equal(ratio(NO_WORST), 1);
    assert.equal(ratio(fold(NO_WORST, { workChange: 0.1 })), 1);
  });

  it('is remembered once requests are cheaper again, and fades in about half a minute', () => {
    const dearer = fold(fold(NO_WORST), { workChange: 0.03 });
    const cheaper = fold(dearer, { workChange: -0.03 });
    near(ratio(cheaper), Math.exp(0.03), 1e-9);
    near(Math.log(ratio(fold(cheaper, {}, 30))), 0.03 / Math.E, 0.02);
    assert.equal(ratio(fold(cheaper, {}, 400)), 1);
  });

  it('is over when requests cost as much again', () => {
    const cheaper = fold(fold(NO_WORST), { workChange: -0.03 });
    assert.equal(ratio(fold(cheaper, { workChange: 0.04 })), 1);
  });

  it('is remembered once it delivers its CPU again, and fades as well', () => {
    const short = fold(fold(NO_WORST), { capacityCores: 1.94 });
    assert.equal(worstRatio(short, 1.94), 1);
    const whole = fold(short, { isNews: false });
    near(ratio(whole), CORES / 1.94, 1e-9);
    near(ratio(fold(whole, {}, 30)) - 1, 0.06 / 1.94 / Math.E, 0.04);
  });

  it('does not fade by reports that are looked at again', () => {
    const cheaper = fold(fold(NO_WORST), { workChange: -0.03 });
    assert.deepEqual(fold(cheaper, { isNews: false }, 100), cheaper);
  });

  it('counts for a twentieth at most: further back it was another host', () => {
    const cheaper = fold(fold(NO_WORST), { workChange: -0.5 });
    assert.equal(ratio(cheaper), 1.05);
    assert.equal(ratio(fold(cheaper, { capacityCores: 1 })), 1.05);
    near(Math.log(ratio(fold(cheaper, {}, 30))), Math.log(1.05) / Math.E, 0.02);
    const small = fold(fold(NO_WORST), { capacityCores: 1 });
    near(Math.log(ratio(fold(small, {}, 31))), Math.log(1.05) / Math.E, 0.05);
  });

  it('or what it was on average, whichever is more', () => {
    const host = { commonWork: { ...NO_COMMON_WORK, lead: -0.2 }, worstLately: NO_WORST };
    near(slowerLately(host, CORES), Math.exp(0.2), 1e-9);
    const worstLately = fold(fold(NO_WORST), { workChange: -0.03 });
    near(slowerLately({ commonWork: NO_COMMON_WORK, worstLately }, CORES), Math.exp(0.03), 1e-9);
  });
});
