import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Policy } from '../../../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { guaranteedCores } from '../../../../shared/command.js';
import { allocation, container, latency, node, PARAMS, target } from '../../coordinator/build.js';

interface Busy {
  readonly id: string;
  readonly workSeconds: number;
  readonly targetMs: number;
}
const JOBS: readonly Busy[] = [
  { id: 'a-0', workSeconds: 0.1, targetMs: 400 },
  { id: 'b-0', workSeconds: 0.02, targetMs: 200 },
];
const INTERVAL_MS = 5000;

function policyOf(name: string): Policy {
  const policy = LAB_POLICIES[name];
  assert.ok(policy !== undefined, name);
  return policy;
}

/**
 * The policy's answer at each of some reports of closed loops that have a core each while they run,
 * or their quota.
 */
function decideOften(policy: Policy, capacityCores: number, jobs = JOBS) {
  let memory: unknown = policy.start;
  const limits = new Map<string, ReturnType<Policy['decide']>['limits'][number]['limit']>();
  const totals = new Map(jobs.map(({ id }) => [id, { count: 0, ms: 0 }]));
  return Array.from({ length: 8 }, (_, k) => {
    const nowMs = 1000 + k * INTERVAL_MS;
    const allocations = jobs.map(({ id, workSeconds, targetMs }) => {
      const cores = Math.min(1, limits.get(id)?.cpuCores ?? 1);
      const meanMs = (1000 * workSeconds) / cores;
      const before = totals.get(id) ?? { count: 0, ms: 0 };
      const count = k === 0 ? 0 : Math.round(INTERVAL_MS / meanMs);
      const totalCount = before.count + count;
      const totalMs = before.ms + count * meanMs;
      totals.set(id, { count: totalCount, ms: totalMs });
      const cpu = {
        ...{ usageCores: k === 0 ? 0 : cores, usageTotalSeconds: totalCount * workSeconds },
        ...{ throttledRatio: 0, pressureRatio: 0 },
      };
      const report = container(id, {
        ...{ cpu, applied: limits.get(id) ?? null, observed: null },
        latency: k === 0 ? null : latency(meanMs, { totalCount, totalMs }),
      });
      return allocation(id, {
        ...{
          target: target(targetMs),
          maxCores: capacityCores,
          minCores: 0.01,
          observedAtMs: nowMs,
          report,
        },
        ...{ limit: limits.get(id) ?? null, latencyMs: k === 0 ? null : meanMs },
      });
    });
    const input = {
      node: node('h1', { allocatableCpuCores: capacityCores, allocations }),
      nowMs,
      params: PARAMS,
    };
    const output = policy.decide(input, JSON.parse(JSON.stringify(memory)));
    memory = output.memory;
    for (const { allocation: id, limit } of output.limits) limits.set(id, limit);
    return output.limits;
  });
}

describe('lab policies: weights', () => {
  it('has no quota, and weighs each by what its target takes', () => {
    const rounds = decideOften(policyOf('weights'), 2);
    assert.deepEqual(
      rounds[0]?.map(({ limit }) => [limit.cpuCores, limit.weightCores]),
      [
        [null, 1],
        [null, 1],
      ],
    );
    const [a, b] = rounds.findLast((limits) => limits.length > 0) ?? [];
    assert.equal(a?.limit.cpuCores, null);
    assert.ok(Math.abs((a?.limit.weightCores ?? 0) - 0.25) < 0.03, String(a?.limit.weightCores));
    assert.ok(Math.abs((b?.limit.weightCores ?? 0) - 0.1) < 0.02, String(b?.limit.weightCores));
    assert.match(a?.reason ?? '', /400 ms takes 0\.2\d+ CPU; by weight/);
  });

  it('changes nothing once it knows', () => {
    assert.deepEqual(decideOften(policyOf('weights'), 2).at(-1), []);
  });

  it('guarantees no more than the node has, in proportion to the weights', () => {
    const many = Array.from({ length: 4 }, (_, i) => ({
      id: `j${i}-0`,
      workSeconds: 0.1,
      targetMs: 125,
    }));
    const limits =
      decideOften(policyOf('weights'), 2, many).findLast((each) => each.length > 0) ?? [];
    const total = limits.reduce((sum, { limit }) => sum + guaranteedCores(limit), 0);
    assert.ok(Math.abs(total - 2) < 1e-9, String(total));
    for (const { limit } of limits)
      assert.ok((limit.weightCores ?? 0) > (limit.guaranteeCores ?? 0));
  });

  it('gives nobody less than a little weight, nor more than its bound', () => {
    const [tiny, impossible] =
      decideOften(policyOf('weights'), 2, [
        { id: 'a-0', workSeconds: 0.01, targetMs: 60_000 },
        { id: 'b-0', workSeconds: 0.1, targetMs: 10 },
      ]).findLast((each) => each.length > 0) ?? [];
    assert.equal(tiny?.limit.weightCores, 0.02);
    assert.equal(impossible?.limit.weightCores, 2);
  });
});

describe('lab policies: weights-equal', () => {
  it('weighs all alike and then lets them be', () => {
    const rounds = decideOften(policyOf('weights-equal'), 2);
    assert.deepEqual(
      rounds[0]?.map(({ limit }) => limit),
      [1, 1].map((cores) => ({
        cpuCores: null,
        periodUs: 100_000,
        guaranteeCores: cores,
        weightCores: cores,
      })),
    );
    assert.deepEqual(rounds.slice(1).flat(), []);
  });
});

describe('lab policies: burst', () => {
  it('gives a quota of what the target takes and as much of it to keep', () => {
    const [a] = decideOften(policyOf('burst'), 2).findLast((limits) => limits.length > 0) ?? [];
    const { cpuCores, periodUs, burstUs } = a?.limit ?? {};
    assert.equal(periodUs, 20_000);
    assert.ok(Math.abs((cpuCores ?? 0) - 0.25) < 0.03, String(cpuCores));
    assert.equal(burstUs, Math.round((cpuCores ?? 0) * 20_000));
  });

  it('gives no more than there is', () => {
    const many = Array.from({ length: 4 }, (_, i) => ({
      id: `j${i}-0`,
      workSeconds: 0.1,
      targetMs: 125,
    }));
    const limits =
      decideOften(policyOf('burst'), 2, many).findLast((each) => each.length > 0) ?? [];
    const total = limits.reduce((sum, { limit }) => sum + (limit.cpuCores ?? 0), 0);
    assert.ok(total <= 2 && total > 1.9, String(total));
  });
});
