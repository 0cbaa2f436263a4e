import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fitClaims, limitOf } from '../../../../coordinator/schedule/limits/fit.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import type { Decision, Snapshot } from '../../../../coordinator/schedule/types.js';
import { allocation, container, job, limit, node, PARAMS, snapshot, wantedJob } from '../build.js';

const plan = (
  seen: Snapshot,
  policy: keyof typeof POLICIES = 'dqoes',
  memory: SchedulerMemory = NO_MEMORY,
  nowMs = 0,
) => schedule({ snapshot: seen, nowMs, params: PARAMS, policy: POLICIES[policy] }, memory);
const show = (decision: Decision): string =>
  `${decision.kind} ${decision.allocation} ` +
  `@${decision.node}${decision.kind === 'limit' ? ` ${decision.to.cpuCores}` : ''}`;
const decisionsOf = (...args: Parameters<typeof plan>) => plan(...args).plan.decisions.map(show);

describe('fit', () => {
  it('leaves what fits', () => {
    assert.deepEqual(
      fitClaims(
        [
          { wantCores: 1, floorCores: 0 },
          { wantCores: 0.5, floorCores: 0 },
        ],
        2,
      ),
      [1, 0.5],
    );
  });
  it('scales by one factor above the floors', () => {
    assert.deepEqual(
      fitClaims(
        [
          { wantCores: 3, floorCores: 0.1 },
          { wantCores: 0.6, floorCores: 0.5 },
        ],
        2,
      ),
      [1.5, 0.5],
    );
  });
  it('scales the floors when even they do not fit', () => {
    assert.deepEqual(
      fitClaims(
        [
          { wantCores: 9, floorCores: 3 },
          { wantCores: 1, floorCores: 1 },
        ],
        2,
      ),
      [1.5, 0.5],
    );
  });
});

describe('limitOf', () => {
  it('rounds down to whole µs of quota', () => {
    assert.deepEqual(limitOf(2 / 3), { cpuCores: 0.66666, periodUs: 100_000 });
    assert.deepEqual(limitOf(0.29), { cpuCores: 0.29, periodUs: 100_000 });
  });
  it('takes a longer period where the kernel would refuse the quota', () => {
    assert.deepEqual(limitOf(0.004), { cpuCores: 0.004, periodUs: 1_000_000 });
    assert.deepEqual(limitOf(0), { cpuCores: 0.001, periodUs: 1_000_000 });
  });
});

describe('schedule: replicas', () => {
  it('places each replica where a newcomer gets most, ties by id', () => {
    const nodes = [node('h1'), node('h2'), node('h3', { allocatableCpuCores: 3 })];
    assert.deepEqual(
      decisionsOf(snapshot(nodes, [wantedJob(job('a', { replicas: 4 }))]), 'default').filter(
        (line) => line.startsWith('place'),
      ),
      ['place a-1 @h3', 'place a-2 @h1', 'place a-3 @h2', 'place a-4 @h3'],
    );
  });

  it('gives what it places a limit in the same plan', () => {
    assert.deepEqual(decisionsOf(snapshot([node('h1')], [wantedJob(job('a', { replicas: 2 }))])), [
      'place a-1 @h1',
      'place a-2 @h1',
      'limit a-1 @h1 1',
      'limit a-2 @h1 1',
    ]);
  });

  it('says of every node why it cannot take an allocation', () => {
    const nodes = [
      node('h1', { schedulable: false, unschedulableReason: 'the node is down' }),
      node('h2', { schedulable: false, unschedulableReason: 'cordoned', labels: { zone: 'a' } }),
      node('h3', { labels: { zone: 'b' }, allocatableCpuCores: 0.5, allocatableMemoryBytes: 1000 }),
    ];
    const wanted = job('a', {
      constraints: { labels: { zone: 'a' } },
      resources: { cpu: { minCores: 1 }, memoryBytes: 8 * 2 ** 20 },
    });
    const { decisions, pending } = plan(snapshot(nodes, [wantedJob(wanted)])).plan;
    assert.deepEqual(decisions, []);
    assert.deepEqual(
      pending[0]?.refusals.map((refusal) => `${refusal.node} ${refusal.resource}`),
      ['h1 liveness', 'h1 label', 'h2 cordon', 'h3 label', 'h3 cpu', 'h3 memory'],
    );
    const cpu = pending[0]?.refusals.find(({ resource }) => resource === 'cpu');
    assert.deepEqual([cpu?.requested, cpu?.used, cpu?.capacity], [1, 0, 0.5]);
  });

  it('counts the default memory of a job that names none, and says what to do', () => {
    const small = node('h1', { allocatableMemoryBytes: 4 * 2 ** 30 });
    const { decisions, pending } = plan(
      snapshot([small], [wantedJob(job('a', { replicas: 3 }))]),
    ).plan;
    assert.equal(decisions.filter(({ kind }) => kind === 'place').length, 2);
    const [refusal] = pending[0]?.refusals ?? [];
    assert.equal(refusal?.resource, 'memory');
    assert.match(refusal?.message ?? '', /2GiB requested .*names none.*resources\.memory/);
    const named = job('b', {
      replicas: 3,
      resources: { cpu: { minCores: 0.05 }, memoryBytes: 1e9 },
    });
    assert.deepEqual(plan(snapshot([small], [wantedJob(named)])).plan.pending, []);
  });

  it('counts what is promised already', () => {
    const full = node('h1', {
      allocations: [allocation('x-1', { minCores: 1.8, limit: limit(2) })],
    });
    const jobs = [
      wantedJob(job('x'), ['x-1', 'h1']),
      wantedJob(job('a', { resources: { cpu: { minCores: 0.3 } } })),
    ];
    const [refusal] = plan(snapshot([full], jobs)).plan.pending[0]?.refusals ?? [];
    assert.equal(refusal?.resource, 'cpu');
    assert.equal(refusal?.used, 1.8);
  });

  it('never fills a node beyond what one command carries', () => {
    const big = job('a', { replicas: 9, env: { BLOB: 'x'.repeat(20_000) } });
    const { decisions, pending } = plan(snapshot([node('h1')], [wantedJob(big)]), 'default').plan;
    assert.equal(decisions.filter(({ kind }) => kind === 'place').length, 6);
    assert.equal(pending.length, 3);
    assert.equal(pending[0]?.refusals[0]?.resource, 'command');
  });

  it('waits with no reason but the absence of nodes', () => {
    assert.deepEqual(plan(snapshot([], [wantedJob(job('a'))])).plan.pending, [
      { job: 'a', allocation: 'a-1', refusals: [] },
    ]);
  });

  it('removes surplus replicas and what no job asks for', () => {
    const allocations = ['a-1', 'a-2', 'b-1'].map((id) => allocation(id, { limit: limit(0.5) }));
    const seen = snapshot([node('h1', { allocations })], [wantedJob(job('a'), ['a-1', 'h1'])]);
    assert.deepEqual(decisionsOf(seen), ['remove a-2 @h1', 'remove b-1 @h1']);
  });

  it('keeps what runs already without being desired', () => {
    const seen = snapshot(
      [node('h1'), node('h2', { allocations: [allocation('a-1')] })],
      [wantedJob(job('a'), ['a-1', 'h2'])],
    );
    assert.deepEqual(decisionsOf(seen), ['place a-1 @h2', 'limit a-1 @h2 2']);
  });

  it('leaves a running container that is not desired to its agent, which stops it', () => {
    assert.deepEqual(
      decisionsOf(snapshot([node('h1', { allocations: [allocation('ghost-1')] })])),
      [],
    );
  });

  it('lets go of adopted containers that left, and takes those that came', () => {
    const adopted = (id: string, change: object) =>
      allocation(id, { origin: 'label', limit: limit(0.5), ...change });
    const allocations = [
      adopted('adopted-1', { report: null }),
      adopted('adopted-2', { state: 'exited' }),
      adopted('adopted-3', { control: 'observe' }),
      adopted('adopted-4', { limit: null }),
      adopted('adopted-5', { limit: null, control: 'none' }),
    ];
    assert.deepEqual(decisionsOf(snapshot([node('h1', { allocations })]), 'equal'), [
      'remove adopted-1 @h1',
      'remove adopted-2 @h1',
      'remove adopted-3 @h1',
      'limit adopted-4 @h1 2',
    ]);
  });
});

describe('schedule: limits', () => {
  const two = (change: object = {}) =>
    node('h1', {
      allocations: [
        allocation('a-1', { limit: limit(1.5) }),
        allocation('b-1', { limit: limit(0.5) }),
      ],
      ...change,
    });
  const jobs = [wantedJob(job('a'), ['a-1', 'h1']), wantedJob(job('b'), ['b-1', 'h1'])];

  it('default takes every limit away, equal shares evenly', () => {
    assert.deepEqual(decisionsOf(snapshot([two()], jobs), 'default'), [
      'limit a-1 @h1 null',
      'limit b-1 @h1 null',
    ]);
    assert.deepEqual(decisionsOf(snapshot([two()], jobs), 'equal'), [
      'limit a-1 @h1 1',
      'limit b-1 @h1 1',
    ]);
  });

  it('shrinks everything when a node gets smaller, reporting or not', () => {
    const shrunk = two({ allocatableCpuCores: 1 });
    assert.deepEqual(decisionsOf(snapshot([shrunk], jobs)), [
      'limit a-1 @h1 0.75',
      'limit b-1 @h1 0.25',
    ]);
    const silent = two({
      allocatableCpuCores: 1,
      schedulable: false,
      unschedulableReason: 'the node is suspect',
    });
    assert.deepEqual(decisionsOf(snapshot([silent], jobs)), [
      'limit a-1 @h1 0.75',
      'limit b-1 @h1 0.25',
    ]);
  });

  it('does not steer a silent node, but does steer a cordoned one', () => {
    const shut = (unschedulableReason: string) =>
      snapshot([two({ schedulable: false, unschedulableReason })], jobs);
    assert.deepEqual(decisionsOf(shut('the node is suspect'), 'equal'), []);
    assert.deepEqual(decisionsOf(shut('cordoned'), 'equal'), [
      'limit a-1 @h1 1',
      'limit b-1 @h1 1',
    ]);
  });

  it('gives no limit to what it may only observe', () => {
    const observed = node('h1', {
      allocations: [
        allocation('a-1', { limit: limit(1.5), control: 'observe' }),
        allocation('b-1', { limit: limit(0.5) }),
      ],
    });
    assert.deepEqual(decisionsOf(snapshot([observed], jobs), 'equal'), [
      'limit a-1 @h1 null',
      'limit b-1 @h1 2',
    ]);
  });

  it('leaves an ended allocation its least CPU and shares the rest', () => {
    const ended = node('h1', {
      allocations: [
        allocation('a-1', {
          limit: limit(1),
          state: 'failed',
          report: container('a-1', { state: 'failed' }),
        }),
        allocation('b-1', { limit: limit(1) }),
      ],
    });
    // b asks for everything; the guard keeps a's least CPU out of it.
    assert.deepEqual(decisionsOf(snapshot([ended], jobs), 'equal'), [
      'limit a-1 @h1 0.05',
      'limit b-1 @h1 1.95',
    ]);
  });

  it('forgets what another policy remembered', () => {
    const first = plan(snapshot([two()], jobs), 'dqoes');
    assert.equal(first.memory.policy, 'dqoes');
    const second = plan(snapshot([two()], jobs), 'equal', first.memory);
    assert.deepEqual(second.memory.nodes.values, [null]);
  });
});
