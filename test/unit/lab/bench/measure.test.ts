import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type MachineMeasurements,
  profiledDemandCores,
  profiledOraclePerInterval,
} from '../../../../lab/bench/bound.js';
import {
  curveOf,
  isContended,
  latencyAt,
  leastCores,
  profileLimits,
} from '../../../../lab/bench/curve.js';
import { nonIncreasing } from '../../../../lab/bench/isotonic.js';
import { targetMsOf } from '../../../../lab/bench/target.js';
import { startTargetsMs } from '../../../../lab/bench/targets.js';
import { job, profile, scenario, workload } from './build.js';

const near = (actual: number, wanted: number): void =>
  assert.ok(
    Math.abs(actual - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
    `${actual}, not ${wanted}`,
  );

describe('lab bench: isotonic regression', () => {
  it('leaves what falls alone and pools what rises, by weight', () => {
    const weighted = (...values: number[]) => values.map((value) => ({ value, weight: 1 }));
    assert.deepEqual(nonIncreasing(weighted(4, 3, 1)), [4, 3, 1]);
    assert.deepEqual(nonIncreasing(weighted(4, 1, 3)), [4, 2, 2]);
    assert.deepEqual(nonIncreasing(weighted(1, 2, 3)), [2, 2, 2]);
    assert.deepEqual(
      nonIncreasing([
        { value: 1, weight: 1 },
        { value: 4, weight: 2 },
      ]),
      [3, 3],
    );
    assert.deepEqual(nonIncreasing([]), []);
  });
});

describe('lab bench: least CPU for a response time', () => {
  const curve = curveOf(profile(0.1), 'mean');

  it('is exact between points and below the least of a closed loop, where the time is W/c', () => {
    near(leastCores(curve, 100), 1);
    near(leastCores(curve, 400), 0.25);
    near(leastCores(curve, 300), 1 / 3);
    near(leastCores(curve, 2000), 0.05);
  });

  it('is infinite where no limit measured is enough', () =>
    assert.equal(leastCores(curve, 99), Number.POSITIVE_INFINITY));

  it('trusts nothing below the least point of an open queue', () => {
    near(leastCores(curveOf(profile(0.1, [1, 0.5], 'open'), 'mean'), 5000), 0.5);
  });

  it('has an opposite: the response time at a limit', () => {
    for (const cores of [1, 0.7, 0.5, 0.3, 0.125, 0.05])
      near(leastCores(curve, latencyAt(curve, cores)), cores);
    near(latencyAt(curve, 3), 100);
    const queue = curveOf(profile(0.1, [1, 0.5], 'open'), 'mean');
    near(latencyAt(queue, 0.5), 200);
    assert.equal(latencyAt(queue, 0.49), Number.POSITIVE_INFINITY);
  });

  it('reads a percentile by its ratio and scales with the machine', () => {
    near(leastCores(curveOf(profile(0.1), 'p95', 2), 600), 0.5);
  });

  it('profiles limits in equal ratios, the most first, none twice', () => {
    assert.deepEqual(profileLimits({ least: 0.25, most: 1 }, 3), [1, 0.5, 0.25]);
    assert.deepEqual(profileLimits({ least: 5, most: 1 }, 3), [1]);
  });
});

describe('lab bench: others in the way', () => {
  const load = { arrivals: 'closed', threads: 1, workSeconds: 0.1 } as const;

  it('are seen where a closed loop takes clearly longer than its limit explains', () => {
    assert.equal(isContended({ cores: 0.5, meanMs: 210 }, load), false);
    assert.equal(isContended({ cores: 0.5, meanMs: 240 }, load), true);
  });

  it('are not guessed at where the limit does not bind', () => {
    assert.equal(isContended({ cores: 1, meanMs: 300 }, load), false);
    assert.equal(isContended({ cores: 0.5, meanMs: 900 }, { ...load, arrivals: 'open' }), false);
    assert.equal(isContended({ cores: 0.8, meanMs: 900 }, { ...load, threads: 4 }), false);
  });
});

describe('lab bench: the target that is worth a share of the host', () => {
  const base = {
    workSeconds: 0.1,
    demandRatio: 0.25,
    allocatableCores: 2,
    threads: 1,
    statisticRatio: 1,
  };

  it('is W/c for a closed loop, also beyond what its threads can use', () => {
    assert.deepEqual(targetMsOf({ ...base, arrivals: { kind: 'closed' } }), {
      ok: true,
      value: 200,
    });
    assert.deepEqual(targetMsOf({ ...base, demandRatio: 2, arrivals: { kind: 'closed' } }), {
      ok: true,
      value: 25,
    });
  });

  it('is M/D/1 for open arrivals', () => {
    // ρ = 2.5 · 0.1 / 0.5 = 0.5, so 0.2 s · (1 + ½ · 0.5 / 0.5)
    const target = targetMsOf({ ...base, arrivals: { kind: 'open', ratePerSecond: 2.5 } });
    assert.ok(target.ok);
    near(target.value, 300);
  });

  it('has the wait beside the queue, whatever the CPU', () => {
    const target = targetMsOf({
      ...base,
      arrivals: { kind: 'open', ratePerSecond: 2.5 },
      waitMs: 200,
      statisticRatio: 1.2,
    });
    assert.ok(target.ok);
    near(target.value, 600);
  });

  it('refuses a queue that would run away, with the cure', () => {
    const target = targetMsOf({ ...base, arrivals: { kind: 'open', ratePerSecond: 4.6 } });
    assert.ok(!target.ok);
    assert.match(target.error, /92 % .* lower the rate or raise the demand/);
  });

  it('names every job that has no target', () => {
    const open = workload({ arrivals: { kind: 'open', ratePerSecond: 100 } });
    const jobs = [
      job('a', { workload: open }),
      job('b', { workload: workload({ kind: 'vad' }) }),
      job('c'),
    ];
    const targets = startTargetsMs(scenario({ jobs }), measured(), new Map());
    assert.ok(!targets.ok);
    assert.deepEqual(
      targets.error.map(({ field }) => field),
      ['jobs.a', 'jobs.b'],
    );
  });

  it('keeps a target in ms, and multiplies a percentile by what was measured', () => {
    const jobs = [job('a', { demandRatio: null, targetMs: 123 }), job('b', { statistic: 'p95' })];
    const ratios = new Map([
      ['ocr-det x2, 1 thread', { mean: 1, p50: 1, p90: 1, p95: 1.2, p99: 1 }],
    ]);
    const targets = startTargetsMs(scenario({ jobs }), measured(), ratios);
    assert.ok(targets.ok);
    assert.equal(targets.value.get('a'), 123);
    near(targets.value.get('b') ?? 0, 240);
  });
});

const measured = (workSeconds = 0.1): MachineMeasurements => ({
  nodeCores: [2],
  profiles: new Map([['ocr-det x2, 1 thread, closed', profile(0.1)]]),
  workSeconds: new Map([['ocr-det x2, 1 thread', workSeconds]]),
});

describe('lab bench: the bound', () => {
  it('follows the work measured since the profile, and disturbances in whole inferences', () => {
    const at = { latencyMs: 200, work: 1, rate: 1 };
    near(profiledDemandCores(measured(), job('a'), at), 0.5);
    near(profiledDemandCores(measured(0.12), job('a'), at), 0.6);
    near(profiledDemandCores(measured(), job('a'), { ...at, work: 1.5 }), 0.75);
    // 1.2 times two inferences are still two.
    near(profiledDemandCores(measured(), job('a'), { ...at, work: 1.2 }), 0.5);
    assert.equal(
      profiledDemandCores(measured(), job('x', { workload: workload({ kind: 'vad' }) }), at),
      Number.POSITIVE_INFINITY,
    );
  });

  it('counts per interval whom the CPU is enough for at the slow edge of the bands', () => {
    // Each needs 0.1 s / 0.11 s = 0.909 CPU at 110 ms.
    const jobs = [job('a'), job('b'), job('c', { atMs: 10_000 })];
    const targets = new Map(jobs.map(({ id }) => [id, 100]));
    const world = scenario({ jobs }, [
      { kind: 'stolenCpu', atMs: 15_000, forMs: 5000, node: 'h1', cores: 1 },
      { kind: 'target', atMs: 20_000, job: 'c', targetMs: 10_000 },
    ]);
    assert.deepEqual(profiledOraclePerInterval(world, targets, measured()), [2, 2, 2, 1, 3, 3]);
  });

  it('is that of the jobs with the most weight, as in the simulation', () => {
    // On one core: 0.455 CPU for each of the light ones, 0.909 for the one that counts as five.
    const jobs = [job('a'), job('b'), job('heavy', { weight: 5 })];
    const targets = new Map([
      ['a', 200],
      ['b', 200],
      ['heavy', 100],
    ]);
    const machine = { ...measured(), nodeCores: [1] };
    const [one] = profiledOraclePerInterval(scenario({ jobs }), targets, machine);
    assert.equal(one, 1);
  });
});
