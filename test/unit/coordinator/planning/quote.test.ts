import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { forecast } from '../../../../coordinator/planning/forecast.js';
import { type QuoteInput, quote } from '../../../../coordinator/planning/quote.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { QuoteStep } from '../../../../proto/schemas/quote.js';
import type { JobSpec } from '../../../../shared/job.js';
import { costPerHour } from '../../../../shared/prices.js';
import { PARAMS } from '../build.js';
import { like, ToyCluster } from '../schedule/toy-cluster.js';
import { ToyNoise } from '../schedule/toy-noise.js';

const PRICES = { currency: 'EUR', cpuCoreHour: 0.04, memoryGibHour: 0.005, gpuHour: 1.5 };
const GIB = 2 ** 30;

// A request of a word takes 0.05 CPU-s, of a face 0.1, on hosts of two cores.
const busy = () => {
  const cluster = new ToyCluster(['h1', 'h2'], (name) => (name.startsWith('face') ? 0.1 : 0.05));
  cluster.submit(like('face1', 100), like('face2', 100), like('word1', 100));
  cluster.run(30);
  return cluster;
};
const contextOf = ({ state, memory, nowMs }: ToyCluster) => ({
  ...{ state, memory, nowMs },
  params: PARAMS,
  policy: POLICIES.adaptive,
});
const quoted = (job: JobSpec, more: Partial<QuoteInput> = {}, cluster = busy()) =>
  quote({ ...contextOf(cluster), job, ...more });

describe('quote', () => {
  it('begins at the fastest that is met, and costs less with each step', () => {
    const { steps, fastestMs, reason } = quoted(like('word9', 100), { prices: PRICES });
    assert.equal(reason, '');
    // A host has about one core left beside a face.
    assert.ok(fastestMs !== null && fastestMs > 36 && fastestMs <= 50, String(fastestMs));
    assert.ok(steps.every(({ verdict }) => verdict === 'met'));
    assert.ok(steps.length >= 5 && steps.length <= 9, JSON.stringify(steps));
    assert.equal(steps[0]?.targetMs, fastestMs);
    for (const [i, { targetMs, cpuCores, costPerHour: cost }] of steps.entries()) {
      const before = steps[i - 1];
      if (before === undefined) continue;
      assert.ok(targetMs > before.targetMs);
      assert.ok((cpuCores ?? 9) <= (before.cpuCores ?? 0) + 1e-9, JSON.stringify(steps));
      assert.ok((cost ?? 9) <= (before.costPerHour ?? 0) + 1e-9);
    }
  });

  it('goes all the way to a target many times as fast, as limits do in several steps', () => {
    const cluster = new ToyCluster(['h1'], () => 0.05);
    cluster.submit(like('word1', 1000));
    cluster.run(40);
    const [step] = quoted(like('word1', 1000), { targetsMs: [50] }, cluster).steps;
    assert.equal(step?.verdict, 'met');
    assert.ok(Math.abs((step.cpuCores ?? 0) - 1) < 0.1, JSON.stringify(step));
    assert.ok(Math.abs((step.expectedMs ?? 0) - 50) < 5, JSON.stringify(step));
  });

  it('goes on from where a limit waits for the next report, in both directions', () => {
    const cluster = new ToyCluster(['h1'], () => 0.05);
    cluster.submit(like('word1', 1000));
    cluster.run(40);
    for (const [targetMs, cores] of [
      [50, 1],
      [1000, 0.05],
    ] as const) {
      cluster.submit(like('word1', targetMs));
      cluster.decide();
      // The limit has gone a factor of four, and the rest comes with the next report.
      const [step] = quoted(like('word1', targetMs), { targetsMs: [targetMs] }, cluster).steps;
      assert.equal(step?.verdict, 'met');
      assert.ok(Math.abs((step.cpuCores ?? 0) / cores - 1) < 0.1, JSON.stringify(step));
      assert.ok(Math.abs((step.expectedMs ?? 0) / targetMs - 1) < 0.1, JSON.stringify(step));
      cluster.run(40);
    }
  });

  it('says of each target what a plan of it says', () => {
    const cluster = busy();
    const [step] = quoted(like('word9', 100), { targetsMs: [80] }, cluster).steps;
    const [plan] = forecast({ ...contextOf(cluster), jobs: [like('word9', 80)] }).plans;
    const [planned] = plan?.allocations ?? [];
    assert.deepEqual(
      [step?.verdict, step?.cpuCores, step?.expectedMs, step?.nodes],
      [planned?.verdict, planned?.limitCores, planned?.expectedMs, [planned?.node]],
    );
  });

  it('says between which values a report will be, the wider the less is known', () => {
    const [known] = quoted(like('word1', 100), { targetsMs: [80] }).steps;
    assert.ok(known?.expectedMs != null && known.expectedLowMs !== undefined);
    const factor = (known.expectedHighMs ?? 0) / known.expectedMs;
    assert.ok(factor > 1 && factor < 1.2, String(factor));
    assert.ok(Math.abs(known.expectedMs / known.expectedLowMs - factor) < 1e-9);
    const tail = like('word1', 100, { target: { ...like('word1', 100).target, statistic: 'p95' } });
    const [p95] = quoted(tail, { targetsMs: [80] }).steps;
    const widthOf = ({ expectedHighMs: high = 0, expectedLowMs: low = 1 }: Partial<QuoteStep>) =>
      high / low;
    assert.ok(widthOf(p95 ?? {}) > widthOf(known), JSON.stringify(p95));
  });

  /** A host of two cores on which one job answers, noiseless, after a minute. */
  const alone = (targetMs: number, threads: number, seconds = 60) => {
    const cluster = new ToyCluster(['h1'], () => 0.1);
    cluster.serve = new ToyNoise({ random: () => 0.5, threadsOf: () => threads }).serve;
    cluster.submit(like('face1', targetMs));
    cluster.run(seconds);
    return cluster;
  };

  it('offers no CPU that has not been seen to help', () => {
    for (const threads of [1, 8]) {
      // 0.3 cores: nobody knows yet whether a second thread would do anything.
      const answer = quoted(like('face1', 333), {}, alone(333, threads));
      assert.equal(answer.provenCores, 1, JSON.stringify(answer));
      assert.ok(answer.fastestMs !== null && answer.fastestMs >= 97 && answer.fastestMs <= 102);
      assert.ok(answer.steps.every(({ cpuCores }) => (cpuCores ?? 9) <= 1.031));
      assert.ok(answer.steps.every(({ provenCores }) => provenCores === undefined));
      assert.ok(answer.steps.length >= 8, 'all the way to slow ones');
    }
  });

  it('offers what was seen to be used of more threads', () => {
    const answer = quoted(like('face1', 62.5), {}, alone(62.5, 8));
    const [fastest] = answer.steps;
    assert.ok((fastest?.cpuCores ?? 0) > 1.5, JSON.stringify(fastest));
    const { fastestMs = null } = quoted(like('face1', 62.5), {}, alone(62.5, 1));
    // One thread has been given 1.6 cores, and does not use them: that is known then.
    assert.ok(fastestMs !== null && fastestMs >= 90, String(fastestMs));
  });

  it('says of a target that is asked for that it is extrapolated, and has no range for it', () => {
    const { steps, provenCores } = quoted(
      like('face1', 333),
      { targetsMs: [60, 200] },
      alone(333, 1),
    );
    const [fast, slow] = steps;
    assert.deepEqual(
      [fast?.provenCores, slow?.provenCores, provenCores],
      [1, undefined, undefined],
    );
    assert.equal(fast?.expectedLowMs, undefined);
    assert.ok(slow?.expectedLowMs !== undefined);
    const job = like('face1', 60);
    const [plan] = forecast({ ...contextOf(alone(333, 1)), jobs: [job] }).plans;
    assert.match(plan?.allocations[0]?.reason ?? '', /if more than 1\.00 CPU helps/);
  });

  it('under a policy that learns nothing says so', () => {
    const answer = quoted(like('word1', 100), { policy: POLICIES.equal });
    assert.deepEqual(answer.steps, []);
    assert.match(answer.reason, /the policy equal learns nothing of workloads/);
  });

  it('counts CPU, memory and GPUs of all replicas', () => {
    const resources = { cpu: { minCores: 0.01 }, memoryBytes: GIB / 2 };
    const [one] = quoted(like('word9', 100, { resources }), {
      prices: PRICES,
      targetsMs: [200],
    }).steps;
    const [two] = quoted(like('word9', 100, { resources, replicas: 2 }), {
      prices: PRICES,
      targetsMs: [200],
    }).steps;
    assert.ok(Math.abs((two?.cpuCores ?? 0) - 2 * (one?.cpuCores ?? 0)) < 0.02);
    const expected = (one?.cpuCores ?? 0) * 0.04 + 0.5 * 0.005;
    assert.ok(Math.abs((one?.costPerHour ?? 0) - expected) < 1e-9);
    const all = { cpuCores: 2, memoryBytes: 4 * GIB, gpus: 0.5 };
    assert.ok(Math.abs(costPerHour(PRICES, all) - 0.85) < 1e-9);
  });

  it('has no costs where the cluster has no prices', () => {
    const answer = quoted(like('word9', 100), { targetsMs: [100] });
    assert.equal(answer.prices, undefined);
    assert.equal(answer.steps[0]?.costPerHour, null);
    assert.ok((answer.steps[0]?.cpuCores ?? 0) > 0.4);
  });

  it('names who would lose a target', () => {
    const cluster = new ToyCluster(['h1'], () => 0.1);
    cluster.submit(like('face1', 100), like('face2', 150));
    cluster.run(30);
    const { steps } = quoted(like('face9', 100, { weight: 9 }), { targetsMs: [70, 900] }, cluster);
    const [fast, slow] = steps;
    assert.ok(
      fast?.verdict === 'unmet' || fast?.effects.some(({ effect }) => effect === 'loses-target'),
      JSON.stringify(fast),
    );
    assert.deepEqual([slow?.verdict, slow?.effects], ['met', []]);
  });

  it('quotes a job that runs, and leaves it as it is', () => {
    const cluster = busy();
    const before = JSON.stringify(cluster.placed);
    const { steps } = quoted(like('word1', 100), { targetsMs: [50, 100, 400] }, cluster);
    assert.deepEqual(
      steps.map(({ verdict }) => verdict),
      ['met', 'met', 'met'],
    );
    assert.ok((steps[0]?.cpuCores ?? 0) > 1.9 * (steps[1]?.cpuCores ?? 9));
    assert.equal(JSON.stringify(cluster.placed), before);
  });

  it('of no replicas says so, and blames no node', () => {
    const none = quoted(like('word1', 100, { replicas: 0 }), { prices: PRICES });
    assert.deepEqual([none.steps, none.fastestMs], [[], null]);
    assert.match(none.reason, /no replicas/);
  });

  it('says why it cannot: nothing like it has run, or no node takes it', () => {
    const unknown = quoted(like('new', 100));
    assert.deepEqual([unknown.steps, unknown.fastestMs], [[], null]);
    assert.match(unknown.reason, /has answered yet/);
    const nowhere = quoted(like('word9', 100, { constraints: { labels: { zone: 'a' } } }));
    assert.deepEqual(nowhere.steps, []);
    assert.match(nowhere.reason, /zone/);
  });
});
