import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isContestedByOthers } from '../../../../../../coordinator/schedule/policies/adaptive/contention.js';
import {
  foldOthers,
  NO_OTHERS,
  type Others,
} from '../../../../../../coordinator/schedule/policies/adaptive/others.js';
import { allocation, node } from '../../../build.js';
import { Bands } from './bands.js';
import { near } from './build.js';

const delivery = {
  limitsCores: 1.9,
  starvedLimitsCores: 0,
  starvedUseCores: 0,
  usedCores: 1,
  unboundUseCores: 0,
};

const hostAt = (atMs: number, othersCores: number | null) =>
  node('h1', {
    allocatableCpuCores: 2,
    idleCpuCores: othersCores === null ? null : 1 - othersCores,
    allocations: [allocation('a-1', { observedAtMs: atMs })],
  });

/** One report a second for as many values, after a first one; intervals of 5 s. */
const seen = (...cores: (number | null)[]): Others =>
  cores.reduce<Others>(
    (before, each, i) => foldOthers(before, hostAt((i + 2) * 1000, each), delivery, 5000),
    foldOthers(NO_OTHERS, hostAt(1000, 0), delivery, 5000),
  );
const times = (count: number, ...cores: number[]): number[] =>
  Array.from({ length: count }, () => cores).flat();

const contested = ({ meanCores: othersCores }: Others, before = false): boolean =>
  isContestedByOthers({ node: hostAt(1000, 0), othersCores, before });

describe('adaptive: other programs on the host', () => {
  it('are known by their mean, whatever a single report shows', () => {
    near(seen(...times(40, 0.4)).meanCores, 0.4, 0.02);
    near(seen(...times(40, 0, 0, 0.6, 0.2)).meanCores, 0.2, 0.2);
  });

  it('count once for each report, and not where the host does not say', () => {
    const once = seen(0.5);
    assert.equal(foldOthers(once, hostAt(2000, 0.9), delivery, 5000), once);
    assert.deepEqual(seen(0.5, null), once);
  });

  it('count nothing while the host is less used than what it may give out', () => {
    assert.equal(seen(-0.3, -0.1).meanCores, 0);
  });

  it('contest the CPU when they take much of it for seconds, not by a burst', () => {
    assert.equal(contested(seen(0.9)), false);
    assert.equal(contested(seen(...times(30, 0.5, 0, 0, 0, 0))), false);
    assert.equal(contested(seen(...times(6, 0.9))), true);
  });

  it('are not known by one report after a silence', () => {
    const quiet = seen(...times(20, 0));
    const burst = foldOthers(quiet, hostAt(90_000, 0.9), delivery, 5000);
    assert.equal(contested(burst), false);
  });

  it('go on contesting it through a pause', () => {
    const busy = seen(...times(20, 0.6));
    assert.equal(contested(busy), true);
    const pause = foldOthers(busy, hostAt(22_000, 0), delivery, 5000);
    assert.equal(contested(pause, true), true);
    assert.equal(contested(seen(...times(20, 0.6), ...times(20, 0)), true), false);
  });
});

describe('adaptive: a ceiling that has ended', () => {
  it('leaves no weights to the bands beside it', () => {
    const bands = new Bands(3, (i) => i === 2).settle();
    const weights = () => bands.memory.desired.map((limit) => limit?.weightCores);
    assert.ok(weights().every((weight) => weight !== undefined));
    for (let i = 0; i < 5; i += 1) bands.step((at) => at !== 2);
    assert.deepEqual(weights(), [undefined, undefined]);
  });
});
