import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decideLimits } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { container, latency, target } from '../../../build.js';
import { goal, member, near } from './build.js';
import { NOW, plan } from './plan-build.js';

describe('adaptive weights in overload', () => {
  /** A service whose requests take half a core, with the weight of a calm host. */
  const service = (id: string, rate: number, ms: number): Member =>
    member(id, {
      goal: goal({ law: { workSeconds: 0.05, ratePerSecond: rate, quantile: 0.95 } }),
      heldCores: 0.5,
      model: { isOpen: 1, arrivedCount: 100 * rate, arrivedSeconds: 100, bornAtMs: NOW - 60_000 },
      allocation: {
        target: target(1000, { statistic: 'p95', mode: 'ceiling' }),
        limit: { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.5, weightCores: 0.5 },
        latencyMs: ms,
        report: container(id, { latency: latency(ms) }),
      },
    });

  it('are those of the tails, whatever each weighed before', () => {
    const members = ['a-1', 'b-1', 'c-1'].map((id, i) => service(id, 10, 600 + 100 * i));
    const its = plan(members, 1.2);
    assert.deepEqual([its.isOverloaded, its.isCrowded], [true, true]);
    const limits = decideLimits({
      ...{ members, plan: its, capacityCores: 1.2, period: 'fixed', isContested: true },
    });
    members.forEach(({ allocation: { id } }, i) => {
      const assigned = its.allocationGoals[i];
      if (assigned?.kind !== 'atTarget') return;
      const weight = limits.find(({ allocation }) => allocation === id)?.limit.weightCores;
      near(weight ?? 0, 32 * Math.sqrt(0.5 * (assigned.tailCores ?? 0)), 0.01, id);
    });
  });
});
