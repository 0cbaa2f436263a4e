import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LAB_POLICIES } from '../../../lab/policies/index.js';
import type { Scenario, ScenarioJob } from '../../../lab/types.js';
import { sharesUnder } from '../../bench/lib/ceiling-shares.js';
import {
  CEILING_KINDS,
  type CeilingKind,
  ceilingScenario,
} from '../../bench/lib/random-ceilings.js';
import { quotaForTail } from '../../bench/lib/tail-quota.js';
import { assertNear, limit, model, open, scenario, simJob } from '../lab/sim/build.js';

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
const all = (kind: CeilingKind): readonly Scenario[] =>
  seeds.map((seed) => ceilingScenario(kind, seed));
const coresOf = ({ nodes }: Scenario): number => nodes[0]?.cpuCores ?? 0;
const isOpen = ({ model: made }: ScenarioJob): boolean => made?.arrivals.kind === 'open';
const usedBy = ({ model: made }: ScenarioJob): number =>
  made?.arrivals.kind === 'open' ? made.arrivals.ratePerSecond * made.workSeconds : 0;
const total = (jobs: readonly ScenarioJob[], of: (job: ScenarioJob) => number): number =>
  jobs.reduce((sum, job) => sum + of(job), 0);

describe('random scenarios with ceilings', () => {
  it('are the same for the same seed, and valid: names are told apart, nothing is negative', () => {
    for (const kind of CEILING_KINDS) {
      assert.deepEqual(all(kind), all(kind));
      for (const { jobs } of all(kind)) {
        assert.equal(new Set(jobs.map(({ id }) => id)).size, jobs.length);
        for (const { targetMs } of jobs) assert.ok(targetMs > 0);
      }
    }
  });

  it('use what their kind says of the host', () => {
    const bounds = {
      ceilings: [0.3, 0.9],
      'ceilings-over': [0.9, 1.2],
      'ceilings-noisy': [0.3, 0.9],
    } as const;
    for (const kind of ['ceilings', 'ceilings-over', 'ceilings-noisy'] as const)
      for (const each of all(kind)) {
        const used = total(each.jobs, usedBy) / coresOf(each);
        const [least, most] = bounds[kind];
        assert.ok(used > least - 1e-9 && used < most + 1e-9, `${each.name} ${used}`);
      }
  });

  it('nearly always ask for more quota than there is, with loose targets', () => {
    const asked = all('ceilings').map((each) => total(each.jobs, quotaForTail) / coresOf(each));
    assert.ok(asked.filter((ratio) => ratio > 1).length >= 0.9 * seeds.length, asked.join(' '));
    for (const { jobs } of all('ceilings'))
      for (const { model: made, targetMs, statistic } of jobs) {
        assert.ok(made !== null && ['p90', 'p95', 'p99'].includes(statistic));
        const alone = 1000 * (made.overheadSeconds + made.workSeconds / made.parallelism);
        assert.ok(targetMs / alone > 2.499 && targetMs / alone < 8.001, `${targetMs / alone}`);
      }
  });

  it('have neighbours, bands and a job in the background where their kind says so', () => {
    for (const { jobs } of all('ceilings-noisy')) {
      const near = jobs.filter((job) => !isOpen(job)).length;
      assert.ok(near >= 1 && near <= 3);
    }
    for (const { jobs } of all('ceilings-mixed')) {
      assert.ok(jobs.some(({ mode }) => mode === 'band') && jobs.some(isOpen));
      assert.equal(jobs.filter(({ id }) => id === 'background').length, 1);
    }
  });
});

describe('quota for a tail', () => {
  it('is work ÷ target for a closed loop, and more than the use of a queue', () => {
    assertNear(quotaForTail(simJob('a', { targetMs: 400 })), 0.25, 1e-9);
    const queue = simJob('b', {
      model: model({ arrivals: open(4) }),
      targetMs: 400,
      statistic: 'p95',
      mode: 'ceiling',
    });
    const cores = quotaForTail(queue);
    assert.ok(cores > 0.6 && cores < 0.9, `${cores}`);
  });
});

describe('shares of a simulated run', () => {
  const plain = LAB_POLICIES.default;
  assert.ok(plain !== undefined);
  const service = (ratePerSecond: number, targetMs: number) =>
    simJob('s', {
      model: model({ arrivals: open(ratePerSecond) }),
      targetMs,
      mode: 'ceiling',
      statistic: 'p95',
    });

  it('are 1 where all answers are in time, and less where some had to wait', () => {
    assert.equal(sharesUnder(scenario([service(1, 10_000)]), plain).within.get('s'), 1);
    const some =
      sharesUnder(scenario([service(4, 150)], { durationMs: 200_000 }), plain).within.get('s') ?? 0;
    assert.ok(some > 0.5 && some < 0.95, `${some}`);
  });

  it('count requests that wait for ever as late', () => {
    const choking = { ...plain, name: 'choking', decide: choke(0.01) };
    assert.equal(sharesUnder(scenario([service(4, 150)]), choking).within.get('s'), 0);
    const loop = simJob('s', {
      model: model({ workSeconds: 10 }),
      targetMs: 12_000,
      mode: 'ceiling',
    });
    assert.equal(sharesUnder(scenario([loop]), choking).within.get('s'), 0);
  });

  it('say of bands whether they are held, and nothing of the background', () => {
    const jobs = [
      simJob('band', { targetMs: 100 }),
      simJob('background', { mode: 'ceiling', targetMs: 1e6 }),
    ];
    const { bands, within } = sharesUnder(scenario(jobs), plain);
    assert.deepEqual([...bands], [['band', true]]);
    assert.equal(within.size, 0);
  });
});

const choke =
  (cores: number): NonNullable<(typeof LAB_POLICIES)[string]>['decide'] =>
  ({ node }, memory) => ({
    limits: node.allocations.map(({ id }) => ({
      allocation: id,
      limit: limit(cores),
      reason: 'choked',
    })),
    memory,
  });
