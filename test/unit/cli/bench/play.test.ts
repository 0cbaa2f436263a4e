import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { calibrate } from '../../../../cli/bench/calibrate.js';
import { CorePool } from '../../../../cli/bench/cores.js';
import { type PlayOptions, playScenario } from '../../../../cli/bench/play.js';
import { profileAll } from '../../../../cli/bench/profile.js';
import { profileNeeds } from '../../../../lab/bench/needs.js';
import type { AllocationId, NodeId } from '../../../../shared/ids.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { job, scenario, status, workload } from '../../lab/bench/build.js';
import { FakeSystem, finish, workingSystem } from './fake-system.js';

describe('lab bench: playing a scenario', () => {
  const play = (changes: Partial<PlayOptions> = {}) => {
    const clock = new ManualClock(500);
    const system = new FakeSystem(clock, ({ specs }) =>
      [...specs.keys()].map((name) =>
        status({ job: name, state: name === 'c' ? 'failed' : 'running', reason: 'killed' }),
      ),
    );
    const burns: string[] = [];
    const problems: string[] = [];
    const jobs = [job('a'), job('b', { atMs: 7000, untilMs: 15_000 }), job('c')];
    const world = scenario({ jobs, durationMs: 20_000 }, [
      { kind: 'target', atMs: 10_000, job: 'a', targetMs: 500 },
      { kind: 'stolenCpu', atMs: 12_000, forMs: 2000, node: 'h1', cores: 0.5 },
    ]);
    const abort = new AbortController();
    const options: PlayOptions = {
      scenario: world,
      targetsMs: new Map([
        ['a', 200],
        ['b', 300],
        ['c', 400],
      ]),
      repetition: 1,
      system,
      burner: { burn: (cores) => burns.push(`${clock.now()} ${cores}`) },
      foreign: { start: () => {}, usedMs: () => 0, stop: async () => {} },
      machineCores: 2,
      clock,
      signal: abort.signal,
      onProblem: (sentence) => problems.push(sentence),
      ...changes,
    };
    return { clock, system, burns, problems, abort, work: playScenario(options) };
  };

  it('starts at a report, acts on time, and looks at the end of each interval', async () => {
    const { clock, system, burns, problems, work } = play();
    await clock.advance(7500);
    system.listener({ job: 'a', fromCores: 1, toCores: 0.5, reason: 'r', isFirst: false });
    system.mover('a');
    const seen = await finish(clock, work, 250);
    assert.ok(seen.ok);
    assert.deepEqual(seen.value.movedAtMs, [7000]);
    // It starts at 1000, with the first report after 500.
    assert.deepEqual(system.calls, [
      '1000 submit a 200ms',
      '1000 submit c 400ms',
      '8000 submit b 300ms',
      '11000 submit a 100ms',
      '16000 stop b',
    ]);
    assert.deepEqual(burns, ['13000 0.5', '15000 0']);
    assert.deepEqual(
      seen.value.looks.map((look) => [...look.keys()].sort().join('')),
      ['ac', 'abc', 'abc', 'ac'],
    );
    assert.deepEqual(
      seen.value.decisions.map(({ atMs, job: name }) => [atMs, name]),
      [[7000, 'a']],
    );
    assert.deepEqual(problems, ['c failed: killed; it counts as unsatisfied']);
    assert.equal(seen.value.looks[0]?.get('c')?.latencyMs, null);
    // The host uses 1.7 CPU, each of two or three containers 0.5.
    assert.deepEqual(seen.value.intervalOthersCores, [0.7, 0.325, 0.2, 0.7]);
    // At one of three reports of the third interval the bench stole 0.5 of that itself.
    assert.equal(seen.value.othersCores, 0.44);
  });

  it('looks at the old place of a job that moves, then at the new one', async () => {
    const clock = new ManualClock(0);
    const on = (node: string, change: object) => ({
      ...status({ job: 'a' }),
      node: node as NodeId,
      ...change,
    });
    const system = new FakeSystem(clock, () => {
      const isOver = clock.now() > 6000;
      const old = on('h1', { latencyMs: 300, ...(isOver ? { desired: null } : {}) });
      return [
        old,
        on('h2', { latencyMs: 100, ...(isOver ? {} : { replaces: 'a-1' as AllocationId }) }),
      ];
    });
    const seen = await finish(
      clock,
      play({ system, clock, scenario: scenario({ durationMs: 10_000 }) }).work,
      250,
    );
    assert.ok(seen.ok);
    assert.deepEqual(
      seen.value.looks.map((look) => [look.get('a')?.node, look.get('a')?.latencyMs]),
      [
        ['h1', 300],
        ['h2', 100],
      ],
    );
  });

  it('ends in words when it is told to', async () => {
    const { clock, abort, work } = play();
    await clock.advance(7500);
    abort.abort();
    const seen = await finish(clock, work);
    assert.ok(!seen.ok);
    assert.match(seen.error[0]?.message ?? '', /stopped/);
  });
});

describe('lab bench: measuring work', () => {
  it('divides CPU by requests over all containers of a workload, after first answers', async () => {
    const clock = new ManualClock(0);
    // a and b are alike: 0.1 CPU-s a request, answering 2 and 1 a second; c costs 0.3.
    const rates: Readonly<Record<string, readonly [number, number]>> = {
      a: [2, 0.1],
      b: [1, 0.1],
      c: [1, 0.3],
    };
    const system = new FakeSystem(clock, ({ specs }) =>
      [...specs.keys()].map((name) => {
        const [rate, cost] = rates[name] ?? [0, 0];
        const requests = Math.floor(Math.max(0, clock.now() / 1000 - 3) * rate);
        return status({ job: name, requests, cpuSeconds: 2 + requests * cost });
      }),
    );
    const jobs = [
      job('a'),
      job('b'),
      job('c', {
        workload: workload({ kind: 'vad', arrivals: { kind: 'open', ratePerSecond: 9 } }),
      }),
    ];
    const { signal } = new AbortController();
    const calibration = await finish(
      clock,
      calibrate({ system, jobs, measureMs: 5000, clock, signal }),
    );
    assert.ok(calibration.ok);
    const { workSeconds, ratios } = calibration.value;
    assert.deepEqual(
      [...workSeconds].map(([key, value]) => [key, Math.round(value * 1e6) / 1e6]),
      [
        ['ocr-det x2, 1 thread', 0.1],
        ['vad x2, 1 thread', 0.3],
      ],
    );
    assert.equal(ratios.get('vad x2, 1 thread')?.p95, 1.2);
    // The work of an open job is measured as a closed loop.
    assert.equal(system.specs.get('c')?.command.includes('--rate'), false);
  });

  it('begins and ends at reports that say the CPU', async () => {
    const clock = new ManualClock(0);
    // Its model took 50 CPU-s to load. The CPU is missing at the first answers and near the end.
    const system = new FakeSystem(clock, () => {
      const requests = Math.floor(clock.now() / 1000);
      const isMissing = requests < 3 || (requests >= 8 && requests < 10);
      const cpuSeconds = isMissing ? null : 50 + requests * 0.1;
      return [status({ job: 'a', requests, cpuSeconds })];
    });
    const { signal } = new AbortController();
    const calibration = await finish(
      clock,
      calibrate({ system, jobs: [job('a')], measureMs: 5000, clock, signal }),
    );
    const [work = 0] = calibration.ok ? [...calibration.value.workSeconds.values()] : [];
    assert.ok(Math.abs(work - 0.1) < 1e-9, String(work));
  });

  it('says which container does not answer, and why', async () => {
    const clock = new ManualClock(0);
    const system = new FakeSystem(clock, () => [
      status({ job: 'a', requests: 0, state: 'failed', reason: 'no such image' }),
    ]);
    const { signal } = new AbortController();
    const calibration = await finish(
      clock,
      calibrate({ system, jobs: [job('a')], measureMs: 1000, clock, signal }),
    );
    assert.ok(!calibration.ok);
    assert.match(calibration.error[0]?.message ?? '', /a does not answer: no such image/);
  });
});

describe('lab bench: profiling', () => {
  const jobs = [
    job('a'),
    job('b', { workload: workload({ kind: 'vad' }) }),
    job('c', { workload: workload({ batch: 9 }) }),
  ];
  const needs = profileNeeds([scenario({ jobs })], 1.9);

  it('sweeps the limits of each load, at once never more than the host has', async () => {
    const clock = new ManualClock(0);
    const { system, most } = workingSystem(clock, '');
    const done: string[] = [];
    const { signal } = new AbortController();
    const work = profileAll({ system, needs, clock, signal, onDone: ({ key }) => done.push(key) });
    const profiles = await finish(clock, work, 50, 20_000);
    assert.ok(profiles.ok);
    assert.deepEqual([...profiles.value.keys()].sort(), needs.map(({ key }) => key).sort());
    for (const { points, workSeconds } of profiles.value.values()) {
      assert.ok(points.length >= 8, String(points.length));
      assert.ok(Math.abs(workSeconds - 0.02) < 1e-6);
      // 0.6 of the least demand, 0.25 of 1.9 cores.
      assert.ok(Math.abs(Math.min(...points.map(({ cores }) => cores)) - 0.29) < 0.01);
      for (const { requests } of points) assert.ok(requests >= 10);
    }
    assert.ok(most() <= 1.9 * 0.9 + 0.01, String(most()));
    assert.equal(system.specs.size, 0, 'containers are left');
    assert.equal(done.length, 3);
  });

  it('measures a disturbed limit again, and says so if the disturbance stays', async () => {
    const clock = new ManualClock(0);
    const { signal } = new AbortController();
    // Busy with something else for 20 s, and again from 40 s on.
    const { system } = workingSystem(clock, '', () =>
      clock.now() < 20_000 || clock.now() > 40_000 ? 2 : 1,
    );
    const one = needs.slice(0, 1);
    const work = profileAll({ system, needs: one, clock, signal, onDone: () => {} });
    const profiles = await finish(clock, work, 50, 20_000);
    assert.ok(profiles.ok);
    const points = profiles.value.get(one[0]?.key ?? '')?.points ?? [];
    const contended = points.filter(({ isContended }) => isContended);
    assert.ok(
      contended.length > 0 && contended.length < points.length - 1,
      `${contended.length} of ${points.length}`,
    );
    for (const { cores, meanMs, isContended } of points)
      if (!isContended && cores < 0.9)
        assert.ok(meanMs <= (20 / cores) * 1.16, `${meanMs} at ${cores}`);
  });

  it('ends altogether when one cannot be measured', async () => {
    const clock = new ManualClock(0);
    const { system } = workingSystem(clock, 'profile-2');
    const { signal } = new AbortController();
    const profiles = await finish(
      clock,
      profileAll({ system, needs, clock, signal, onDone: () => {} }),
      50,
      20_000,
    );
    assert.ok(!profiles.ok);
    assert.match(profiles.error[0]?.message ?? '', /profile-2 does not answer: broken/);
  });
});

describe('lab bench: CPU for those that wait', () => {
  it('is given in the order it was asked for, and never twice', async () => {
    const pool = new CorePool(1);
    const order: string[] = [];
    const take = async (name: string, cores: number): Promise<void> => {
      await pool.take(cores);
      order.push(name);
    };
    void take('a', 0.6);
    void take('b', 0.6);
    void take('c', 0.1);
    await Promise.resolve();
    await new Promise(setImmediate);
    assert.deepEqual(order, ['a']);
    pool.give(0.6);
    await new Promise(setImmediate);
    assert.deepEqual(order, ['a', 'b', 'c']);
    assert.equal(
      await Promise.race([
        pool.take(5),
        new Promise((resolve) => setImmediate(() => resolve('waits'))),
      ]),
      'waits',
    );
  });
});
