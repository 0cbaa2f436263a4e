import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decideLimits } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import type { CpuLimit } from '../../../../../../shared/command.js';
import { target } from '../../../build.js';
import { goal, type MemberChange, member } from './build.js';
import { plan } from './plan-build.js';

const QUOTA = { cpuCores: 0.5, periodUs: 50_000 };
/** As a band has them that uses all of its quota, and as one has them that does not. */
const WITH_BURST = { ...QUOTA, weightCores: 2, burstUs: 25_000 };
const WITHOUT = { ...QUOTA, weightCores: 8 };

/**
 * What becomes of the limit of a band with this time without CPU, s, of a target of 1 s, beside a
 * ceiling and other programs; undefined = it stays.
 */
function decidedFor(overheadSeconds: number, limit: CpuLimit): CpuLimit | undefined {
  const at = (change: MemberChange = {}): MemberChange => ({
    heldCores: 0.5,
    model: { isChosen: 1 },
    ...change,
  });
  const workSeconds = 0.5 * (1 - overheadSeconds);
  const members = [
    member('a-1', at({ allocation: { target: target(1000, { mode: 'ceiling' }) } })),
    member(
      'x-1',
      at({
        goal: goal({ law: { workSeconds, overheadSeconds } }),
        allocation: { target: target(1000), limit },
      }),
    ),
  ];
  return decideLimits({
    members,
    plan: plan(members, 1.9),
    capacityCores: 1.9,
    period: 'target',
    isContested: true,
  }).find(({ allocation }) => allocation === 'x-1')?.limit;
}

describe('the burst of a band', () => {
  it('stays, as its weight does, while the time without CPU is near where it would change', () => {
    assert.equal(decidedFor(0.05, WITH_BURST), undefined);
    assert.equal(decidedFor(0.02, WITHOUT), undefined);
  });

  it('goes where the band saves quota while it waits, and comes where it does not', () => {
    const gone = decidedFor(0.07, WITH_BURST);
    assert.deepEqual([gone?.burstUs, gone?.weightCores], [undefined, 8]);
    const come = decidedFor(0.01, WITHOUT);
    assert.deepEqual([come?.burstUs, come?.weightCores], [25_000, 2]);
  });
});
