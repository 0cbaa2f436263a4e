import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Policy, SnapshotAllocation } from '../../../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { learnWork, NO_WORK } from '../../../../lab/policies/work.js';
import { allocation, container, latency, limit, node, PARAMS } from '../../coordinator/build.js';
import { runToy, type ToyJob, withinAtEnd } from './toy.js';

function policyOf(name: string): Policy {
  const policy = LAB_POLICIES[name];
  assert.ok(policy !== undefined, name);
  return policy;
}
const job = (id: string, workSeconds: number, targetMs: number): ToyJob => ({
  id,
  workSeconds,
  targetMs,
});
const lastOf = (values: readonly (readonly number[])[], i = 0): number =>
  values.at(-1)?.[i] ?? Number.NaN;

describe('lab policies', () => {
  it('are those of the coordinator and the baselines, each under its own name', () => {
    for (const name of [
      'default',
      'equal',
      'static',
      'dqoes',
      'pi',
      'pi-fixed',
      'parties',
      'captain',
    ])
      assert.equal(policyOf(name).name, name);
  });
});

describe('baseline static', () => {
  const decide = (allocations: readonly SnapshotAllocation[], allocatableCpuCores = 2) =>
    policyOf('static').decide(
      { node: node('h1', { allocatableCpuCores, allocations }), nowMs: 0, params: PARAMS },
      null,
    ).limits;

  it('gives a tenth of the node, or the bound the owner wrote, and never looks again', () => {
    const limits = decide([
      allocation('a-0'),
      allocation('b-0', { maxCores: 0.7 }),
      allocation('c-0', { limit: limit(0.4), latencyMs: 9000 }),
    ]);
    assert.deepEqual(
      limits.map(({ allocation: id, limit: to }) => [id, to.cpuCores]),
      [
        ['a-0', 0.2],
        ['b-0', 0.7],
      ],
    );
  });

  it('gives a late one what is free, and its least where nothing is', () => {
    const held = allocation('a-0', { limit: limit(1.9) });
    assert.deepEqual(
      decide([held, allocation('b-0'), allocation('c-0', { minCores: 0.05 })]).map(
        (one) => one.limit.cpuCores,
      ),
      [0.1, 0.05],
    );
  });
});

describe('what the baselines share', () => {
  const decide = (cores: readonly (number | null)[], nowMs: number, memory: unknown) =>
    policyOf('pi').decide(
      {
        node: node('h1', {
          allocatableCpuCores: 2,
          allocations: cores.map((held, i) =>
            allocation(`j${i}-0`, { minCores: 0.01, limit: held === null ? null : limit(held) }),
          ),
        }),
        nowMs,
        params: PARAMS,
      },
      memory,
    );
  const coresOf = ({ limits }: ReturnType<typeof decide>) =>
    limits.map((one) => Number(one.limit.cpuCores?.toFixed(3)));

  it('a newcomer starts at C/n and the others shrink, at most to a quarter share', () => {
    const two = decide([1.9, 0.1], 0, policyOf('pi').start);
    const three = decide([1.9, 0.1, null], 1000, two.memory);
    assert.deepEqual(coresOf(three), [1.233, 0.1, 0.667]);
    assert.match(
      three.limits[0]?.reason ?? '',
      /reduced for a new container: 1\.900 to 1\.233 CPU/,
    );
  });

  it('keeps limits found after a restart, and waits one interval', () => {
    const first = decide([0.7, 0.9], 100_000, policyOf('pi').start);
    assert.deepEqual(first.limits, []);
    assert.deepEqual(decide([0.7, 0.9], 104_999, first.memory).limits, []);
    assert.deepEqual(coresOf(decide([0.7, 0.9], 105_000, first.memory)), [0.7, 0.9]);
  });

  it('begins anew when the clock went back', () => {
    const late = decide([0.7, 0.9], 100_000, policyOf('pi').start);
    const back = decide([0.7, 0.9], 1000, late.memory);
    assert.equal(decide([0.7, 0.9], 6000, back.memory).limits.length, 2);
  });
});

describe('baseline pi', () => {
  const jobs = [job('slow', 0.5, 2000), job('quick', 0.02, 100), job('mid', 0.1, 400)];

  it('brings short and long requests to their targets alike', () => {
    assert.equal(withinAtEnd(jobs, runToy(policyOf('pi'), jobs, 1, 40)), 3);
  });

  it('needs its gains scaled: fixed ones swing where the work is small', () => {
    const tiny = [job('a', 0.02, 100), job('b', 0.02, 80), job('c', 0.02, 120)];
    assert.equal(withinAtEnd(tiny, runToy(policyOf('pi'), tiny, 1, 40)), 3);
    const run = runToy(policyOf('pi-fixed'), tiny, 1, 40);
    const tail = run.latenciesMs.slice(-10).map((row) => row[0] ?? 0);
    assert.ok(Math.max(...tail) > 1.5 * Math.min(...tail), String(tail));
  });

  it('does not wind up while the node is full', () => {
    const full = [job('greedy', 1, 500), job('modest', 0.1, 400)];
    const run = runToy(policyOf('pi'), full, 1, 60);
    const sum = (run.limits.at(-1) ?? []).reduce((total, cores) => total + cores, 0);
    assert.ok(sum <= 1 + 1e-9);
    // Scaled down together, both are late: the price of one that cannot be met.
    assert.ok(lastOf(run.latenciesMs, 1) > 400);
  });

  it('says the error and both parts', () => {
    const run = runToy(policyOf('pi'), jobs, 1, 4);
    assert.match(
      run.reasons.at(-1) ?? '',
      /against 400ms: 1\/o - 1\/p = -?\d+\.\d{3}\/s, -?\d+\.\d{3} \+ -?\d+\.\d{3} CPU/,
    );
  });
});

describe('work learnt from counters', () => {
  const at = (usageTotalSeconds: number, totalCount: number, lifeId = 'x') =>
    allocation('a-0', {
      report: container('a-0', {
        lifeId,
        cpu: { usageCores: 0, usageTotalSeconds, throttledRatio: 0, pressureRatio: null },
        latency: latency(100, { totalCount }),
      }),
    });

  it('is the difference of CPU over the difference of requests', () => {
    const first = learnWork(at(10, 5), NO_WORK);
    assert.equal(first.seconds, null);
    assert.equal(learnWork(at(11, 10), first).seconds, 0.2);
  });

  it('keeps CPU without an answer for the next, and does not compare lives', () => {
    const first = learnWork(at(10, 5), NO_WORK);
    const idle = learnWork(at(10.5, 5), first);
    assert.equal(learnWork(at(11, 10), idle).seconds, 0.2);
    assert.equal(learnWork(at(0.1, 1, 'y'), learnWork(at(11, 10), first)).seconds, 0.2);
  });

  it('knows nothing without a report', () => {
    assert.deepEqual(learnWork(allocation('a-0', { report: null }), NO_WORK), NO_WORK);
  });
});
