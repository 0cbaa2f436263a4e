import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { demandCores } from '../../../../../../coordinator/schedule/model/latency-law.js';
import {
  keepHeldLimits,
  mayKeepHeld,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/hysteresis.js';
import { goal, member } from './build.js';

describe('adaptive keeping of what a queue would not gain by', () => {
  const its = goal({ law: { workSeconds: 0.03, ratePerSecond: 7 }, seconds: 0.16 });
  const at = (ratio: number): number => demandCores(its.law, 0.16 * ratio);
  const kept = (ratio: number, queueSpreadRatio: number, bandSlack = 0): boolean => {
    const heldCores = at(ratio);
    const each = { member: member('a-1', { heldCores, queueSpreadRatio }), goal: its };
    const shared = { leftCores: 1, bandSlack };
    return keepHeldLimits([each], [its.aimCores], shared)[0] === heldCores;
  };

  it('keeps a limit whose mean is as good as within, where intervals differ by more', () => {
    for (const ratio of [0.88, 1.12]) {
      assert.ok(kept(ratio, 0.26), `${ratio}`);
      assert.ok(!kept(ratio, 0), `${ratio} without a queue`);
      assert.ok(!kept(ratio, 0.06), `${ratio} of a queue that is even`);
    }
  });

  it('changes one by which more intervals are missed than a change is worth', () => {
    for (const ratio of [0.82, 1.18]) assert.ok(!kept(ratio, 0.26), `${ratio}`);
  });

  it('changes one that is out of all proportion, however uneven the queue is', () => {
    for (const ratio of [0.75, 1.25]) assert.ok(!kept(ratio, 2), `${ratio}`);
    const endless = member('a-1', { heldCores: 0.2, queueSpreadRatio: 2 });
    const [cores] = keepHeldLimits([{ member: endless, goal: its }], [its.aimCores], {
      leftCores: 1,
      bandSlack: 0,
    });
    assert.equal(cores, its.aimCores);
  });

  it('leaves nothing lying where CPU is short', () => {
    assert.ok(!kept(0.88, 0.26, 0.5));
  });

  it('computes no spread where the answer does not depend on it', () => {
    const unasked = (): never => assert.fail('nobody needs it');
    const spreads = { ofReports: unasked, ofQueue: unasked };
    const keeps = (heldCores: number, goalOf = its, bandSlack = 0): boolean => {
      const each = { ...member('a-1', { heldCores }), spreads };
      return mayKeepHeld({ member: each, goal: goalOf }, goalOf.aimCores, bandSlack);
    };
    assert.ok(keeps(at(1.02)), 'well within its band');
    assert.ok(!keeps(at(1.25)), 'out of all proportion');
    assert.ok(!keeps(at(1.12), its, 0.5), 'where CPU is short');
    const loop = goal({ law: { workSeconds: 0.03 }, seconds: 0.16 });
    assert.ok(!keeps(demandCores(loop.law, 0.16 * 1.12), loop), 'a closed loop');
    assert.throws(() => keeps(at(1.12)), /nobody needs it/);
  });
});
