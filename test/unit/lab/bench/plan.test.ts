import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readPolicies } from '../../../../cli/bench/policies.js';
import { timeLeftMs } from '../../../../cli/bench/progress.js';
import { actionsOf, loadChangesOf } from '../../../../lab/bench/actions.js';
import { intervalConditions } from '../../../../lab/bench/moments.js';
import { calibrationJobs, profileNeeds } from '../../../../lab/bench/needs.js';
import { benchOrder, remainingBlocks } from '../../../../lab/bench/order.js';
import { benchFaults } from '../../../../lab/bench/refusals.js';
import { foreignLoadOf, withForeign } from '../../../../lab/foreign/levels.js';
import { job, scenario, workload } from './build.js';

describe('lab bench: the order of runs', () => {
  it('orders by repetition, scenario, policy, each block with another first policy', () => {
    const blocks = benchOrder(2, ['a', 'b', 'c'], 2);
    assert.deepEqual(
      blocks.map(({ repetition, scenario: index, policies }) => [
        repetition,
        index,
        policies.join(''),
      ]),
      [
        [1, 0, 'abc'],
        [1, 1, 'bca'],
        [2, 0, 'bca'],
        [2, 1, 'cab'],
      ],
    );
  });

  it('goes on with what is not done', () => {
    const blocks = benchOrder(1, ['a', 'b'], 2);
    const left = remainingBlocks(
      blocks,
      ({ repetition }, policy) => repetition === 1 || policy === 'b',
    );
    assert.deepEqual(left, [{ repetition: 2, scenario: 0, policies: ['a'] }]);
    assert.deepEqual(
      remainingBlocks(blocks, () => true),
      [],
    );
  });

  it('guesses the time left from what is still to run', () => {
    const scenarios = [scenario({ durationMs: 100_000 })];
    const blocks = benchOrder(1, ['a', 'b'], 2);
    const all = timeLeftMs(blocks, scenarios, { blocks: 0, runs: 0 });
    const one = timeLeftMs(blocks, scenarios, { blocks: 1, runs: 1 });
    assert.ok(all > 400_000 && all < 600_000, String(all));
    assert.ok(one >= 100_000 && one < 125_000, String(one));
  });
});

describe('lab bench: what to do when', () => {
  it('submits, changes targets, stops and steals in the order of time, stops first', () => {
    const jobs = [job('a'), job('b', { atMs: 5000, untilMs: 20_000 }), job('c', { atMs: 20_000 })];
    const actions = actionsOf(
      scenario({ jobs }, [
        { kind: 'target', atMs: 10_000, job: 'a', targetMs: 500 },
        { kind: 'target', atMs: 11_000, job: 'c', targetMs: 2000 },
        { kind: 'stolenCpu', atMs: 12_000, forMs: 8000, node: 'h1', cores: 0.5 },
        { kind: 'stolenCpu', atMs: 15_000, forMs: null, node: 'h1', cores: 0.25 },
      ]),
    );
    assert.deepEqual(actions, [
      { kind: 'submit', atMs: 0, jobs: [{ id: 'a', targetFactor: 1 }] },
      { kind: 'submit', atMs: 5000, jobs: [{ id: 'b', targetFactor: 1 }] },
      { kind: 'submit', atMs: 10_000, jobs: [{ id: 'a', targetFactor: 0.5 }] },
      { kind: 'burn', atMs: 12_000, cores: 0.5 },
      { kind: 'burn', atMs: 15_000, cores: 0.75 },
      { kind: 'stop', atMs: 20_000, job: 'b' },
      { kind: 'submit', atMs: 20_000, jobs: [{ id: 'c', targetFactor: 2 }] },
      { kind: 'burn', atMs: 20_000, cores: 0.25 },
    ]);
  });

  it('leaves out what lies at or after the end', () => {
    const jobs = [job('a', { untilMs: 30_000 })];
    assert.deepEqual(
      actionsOf(scenario({ jobs }, [{ kind: 'target', atMs: 30_000, job: 'a', targetMs: 5 }])).map(
        ({ atMs }) => atMs,
      ),
      [0],
    );
  });

  it('tells a container every change of its load, as factors of what it began with', () => {
    const world = scenario({}, [
      { kind: 'workFactor', atMs: 10_000, forMs: 10_000, job: 'a', factor: 1.5 },
      { kind: 'rateFactor', atMs: 15_000, forMs: null, job: 'a', factor: 2 },
      { kind: 'workFactor', atMs: 12_000, forMs: null, job: 'b', factor: 9 },
    ]);
    assert.deepEqual(loadChangesOf(world, 'a'), [
      { atMs: 10_000, work: 1.5, rate: 1 },
      { atMs: 15_000, work: 1.5, rate: 2 },
      { atMs: 20_000, work: 1, rate: 2 },
    ]);
  });

  it('counts what changes at the end of an interval to the next one', () => {
    const jobs = [job('a', { untilMs: 10_000 }), job('b', { atMs: 5000 })];
    const seen = intervalConditions(scenario({ jobs, durationMs: 17_000 }));
    assert.deepEqual(
      seen.map(({ conditions, changes }) => [
        conditions.jobs.map(({ id }) => id).join(''),
        changes.length,
      ]),
      [
        ['a', 1],
        ['ab', 1],
        ['b', 1],
      ],
    );
  });
});

describe('lab bench: what to measure first', () => {
  it('profiles each kind of load once, also those that only a disturbance makes', () => {
    const open = workload({ arrivals: { kind: 'open', ratePerSecond: 4 }, batch: 1 });
    const jobs = [
      job('a', { demandRatio: 0.3 }),
      job('b', { demandRatio: 0.1, statistic: 'p95' }),
      job('c', { workload: open, demandRatio: null }),
    ];
    const world = scenario({ jobs }, [
      { kind: 'rateFactor', atMs: 5000, forMs: 5000, job: 'c', factor: 1.5 },
      { kind: 'workFactor', atMs: 5000, forMs: 5000, job: 'a', factor: 1.5 },
    ]);
    assert.deepEqual(
      profileNeeds([world], 2).map(({ key, leastDemandCores, hasPercentiles }) => [
        key,
        leastDemandCores,
        hasPercentiles,
      ]),
      [
        ['ocr-det x2, 1 thread, closed', 0.2, true],
        ['ocr-det x1, 1 thread, 4/s', null, false],
        ['ocr-det x1, 1 thread, 6/s', null, false],
      ],
    );
  });

  it('takes demands as shares of what the hosts of a scenario have together', () => {
    const nodes = [
      { id: 'h1', cpuCores: 0.3 },
      { id: 'h2', cpuCores: 0.5 },
    ];
    const needs = profileNeeds([scenario({ jobs: [job('a', { demandRatio: 0.1 })], nodes })], 2);
    assert.deepEqual(
      needs.map(({ leastDemandCores }) => leastDemandCores),
      [0.1 * 0.8],
    );
  });

  it('measures work with the jobs of the busiest moment, and with every workload', () => {
    const jobs = [
      job('early', { untilMs: 5000, workload: workload({ kind: 'vad' }) }),
      job('a', { atMs: 6000 }),
      job('b', { atMs: 7000 }),
      job('early-too', { untilMs: 5000, workload: workload({ kind: 'vad' }) }),
      job('c', { atMs: 8000 }),
    ];
    assert.deepEqual(
      calibrationJobs(scenario({ jobs })).map(({ id }) => id),
      ['a', 'b', 'c', 'early'],
    );
  });
});

describe('lab bench: what it refuses', () => {
  const nodes = (...cores: readonly number[]) =>
    cores.map((cpuCores, i) => ({ id: `h${i + 1}`, cpuCores }));

  it('names all that real containers on this machine cannot do', () => {
    const faults = benchFaults(
      scenario(
        {
          nodes: nodes(2, 2),
          jobs: [{ ...job('a'), workload: null }, job('b c')],
          intervalMs: 300,
        },
        [
          { kind: 'silence', atMs: 0, forMs: null, node: 'h1', job: null },
          { kind: 'stolenCpu', atMs: 0, forMs: null, node: 'h1', cores: 1 },
          {
            kind: 'foreign',
            atMs: 0,
            forMs: null,
            node: 'h1',
            load: { ...foreignLoadOf('light'), stealRatio: 0.1 },
          },
        ],
      ),
      2,
    );
    const all = faults.map(({ message }) => message).join('\n');
    assert.equal(faults.length, 8, all);
    const words = [
      'its 2 nodes have 4 CPU together, and this machine has 2',
      ...['has steal, which only a hypervisor', 'foreign load on one node of several'],
      ...['silence', 'stolenCpu', 'job a without a workload', 'b c cannot name', '500ms'],
    ];
    for (const word of words) assert.ok(all.includes(word), `${word} in\n${all}`);
  });

  it('cuts hosts from all that the machine has, and not from more', () => {
    assert.deepEqual(benchFaults(scenario({ nodes: nodes(0.5, 1.5) }), 2), []);
    assert.equal(benchFaults(scenario({ nodes: nodes(0.5, 1.6) }), 2).length, 1);
    // One node is this machine as it is, whatever its file says.
    assert.deepEqual(benchFaults(scenario({ nodes: nodes(64) }), 2), []);
  });

  it('takes no more CPU than this machine has, whatever the file says of its node', () => {
    const stolen = { kind: 'stolenCpu', atMs: 0, forMs: null, node: 'h1', cores: 3 } as const;
    const world = scenario({ nodes: nodes(4) }, [stolen]);
    assert.deepEqual(benchFaults(world, 8), []);
    const [fault, ...others] = benchFaults(world, 2);
    assert.match(fault?.message ?? '', /takes 3 CPU \(stolenCpu\), and this machine has 2/);
    assert.deepEqual(others, []);
  });

  it('takes what it can do', () => {
    assert.deepEqual(benchFaults(scenario(), 2), []);
    for (const world of [scenario(), scenario({ nodes: nodes(0.5, 1.5) })])
      assert.deepEqual(benchFaults(withForeign(world, 'rough'), 2), []);
  });

  it('reads policies: known, each once, with the nearest one named', () => {
    assert.deepEqual(readPolicies('default, dqoes,oracle'), {
      ok: true,
      value: ['default', 'dqoes', 'oracle'],
    });
    const bad = readPolicies('dqos,equal,equal');
    assert.ok(!bad.ok);
    assert.equal(bad.error.length, 2);
    assert.match(bad.error[0]?.message ?? '', /did you mean dqoes\?/);
    assert.match(bad.error[1]?.message ?? '', /twice/);
  });
});
