import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { unreachableOf } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/members.js';
import { formatDurationMs } from '../../../../../../shared/units.js';
import { node } from '../../../build.js';
import { member, near } from './build.js';
import { needing, plan } from './plan-build.js';

describe('adaptive targets out of reach', () => {
  const unreachable = (members: readonly Member[], capacityCores: number) =>
    unreachableOf({ node: node('h1'), members, plan: plan(members, capacityCores) });

  it('are none where all are met or nothing is known', () => {
    assert.deepEqual(
      unreachable([needing('a-1', 0.5), member('b-1', { goal: null, heldCores: 0.5 })], 2),
      [],
    );
  });

  it('are named with what can be reached and what it would take', () => {
    const [one, ...more] = unreachable(
      [needing('a-1', 1.5), needing('b-1', 0.5), needing('c-1', 0.4)],
      1.2,
    );
    assert.deepEqual(more, []);
    assert.deepEqual(
      [one?.allocation, one?.job, one?.node, one?.targetMs],
      ['a-1', 'a', 'h1', 1000],
    );
    near(one?.neededCores ?? 0, 1.5 / 1.1, 1e-9);
    assert.ok((one?.reachableMs ?? 0) > 1100);
    assert.match(
      one?.reason ?? '',
      /1s would take 1\.36 CPU; all targets here ask for 2\.40 of 1\.20/,
    );
    assert.ok(one?.reason.includes(formatDurationMs(one.reachableMs ?? 0)), one?.reason);
  });

  it('say when no amount of CPU helps', () => {
    const [one] = unreachable(
      [needing('a-1', 0.5, { mostCores: 2 }, { law: { overheadSeconds: 2 } })],
      8,
    );
    assert.equal(one?.neededCores, null);
    near(one?.reachableMs ?? 0, 2250, 1e-6);
    assert.match(
      one?.reason ?? '',
      /1s cannot be met with any amount of CPU; the best here is 2\.25s/,
    );
  });

  it('say when the container’s own bound is in the way', () => {
    const [one] = unreachable([needing('a-1', 1.1, { mostCores: 0.5 })], 8);
    near(one?.neededCores ?? 0, 1, 1e-9);
    near(one?.reachableMs ?? 0, 2200, 1e-6);
    assert.match(
      one?.reason ?? '',
      /1s would take 1\.00 CPU, it may use 0\.50; the best here is 2\.2s/,
    );
  });
});
