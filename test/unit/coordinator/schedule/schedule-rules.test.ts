import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fitClaims } from '../../../../coordinator/schedule/limits/fit.js';
import { guardLimits } from '../../../../coordinator/schedule/limits/guard.js';
import { dqoesPolicy } from '../../../../coordinator/schedule/policies/dqoes/dqoes.js';
import { LISTENER_START } from '../../../../coordinator/schedule/policies/dqoes/listener.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import type { Policy, Snapshot, SnapshotNode } from '../../../../coordinator/schedule/types.js';
import { sameLimit } from '../../../../shared/command.js';
import {
  allocation,
  allocationId,
  container,
  job,
  limit,
  node,
  PARAMS,
  snapshot,
  target,
  wantedJob,
} from '../build.js';

/** Decides nothing and keeps what it was shown. */
function watching(): { readonly policy: Policy; readonly seen: SnapshotNode[] } {
  const seen: SnapshotNode[] = [];
  const decide: Policy['decide'] = (input, memory) => {
    seen.push(input.node);
    return { limits: [], memory: [...((memory as string[] | null) ?? []), input.node.id] };
  };
  return { policy: { name: 'watching', start: null, decide }, seen };
}
const plan = (its: Snapshot, policy: Policy, memory = NO_MEMORY) =>
  schedule({ snapshot: its, nowMs: 0, params: PARAMS, policy }, memory);
const short = (cpuCores: number) => ({ cpuCores, periodUs: 20_000 });

describe('limits: the last word', () => {
  it('takes a floor above the wish for the wish', () => {
    assert.deepEqual(fitClaims([{ wantCores: 0.1, floorCores: 0.5 }], 2), [0.5]);
  });

  it('tells limits apart by their period, too', () => {
    assert.equal(sameLimit(limit(0.5), short(0.5)), false);
    const held = node('h1', { allocations: [allocation('a-1', { limit: limit(0.5) })] });
    const decisions = guardLimits(held, [
      { allocation: allocationId('a-1'), limit: short(0.5), reason: 'shorter' },
    ]);
    assert.equal(decisions.length, 1);
  });

  it('keeps the reason and the period of a limit that it shrinks', () => {
    const its = node('h1', { allocations: ['a-1', 'b-1'].map((id) => allocation(id)) });
    const proposed = its.allocations.map(({ id }) => ({
      allocation: id,
      limit: short(2),
      reason: 'because',
    }));
    for (const decision of guardLimits(its, proposed)) {
      assert.ok(decision.kind === 'limit');
      assert.deepEqual(decision.to, short(1));
      assert.match(
        decision.reason,
        /^because; reduced to fit: limits add up to 4\.000 of 2\.000 CPU$/,
      );
    }
  });

  it('leaves alone what a policy gives no number, and the others as they are', () => {
    const its = node('h1', {
      allocations: ['a-1', 'b-1'].map((id) => allocation(id, { limit: limit(0.5) })),
    });
    const asked = [Number.NaN, 0.7].map((cores, i) => ({
      allocation: its.allocations[i]?.id ?? assert.fail(),
      limit: limit(cores),
      reason: 'because',
    }));
    const [decision, ...rest] = guardLimits(its, asked);
    assert.ok(decision?.kind === 'limit' && rest.length === 0);
    assert.deepEqual([decision.allocation, decision.to], ['b-1', limit(0.7)]);
  });
});

describe('schedule: what a policy sees and remembers', () => {
  it('remembers a node while it is silent', () => {
    const { policy, seen } = watching();
    const allocations = [allocation('a-1', { limit: limit(0.5) })];
    const jobs = [wantedJob(job('a'), ['a-1', 'h1'])];
    const first = plan(snapshot([node('h1', { allocations })], jobs), policy);
    const silent = node('h1', {
      allocations,
      schedulable: false,
      unschedulableReason: 'the node is suspect',
    });
    const second = plan(snapshot([silent], jobs), policy, first.memory);
    assert.equal(seen.length, 1);
    assert.deepEqual(second.memory.nodes, { ids: ['h1'], values: [['h1']] });
  });

  it('gives it neither ended allocations nor what they hold', () => {
    const { policy, seen } = watching();
    const allocations = [
      allocation('a-1', { limit: limit(1) }),
      allocation('b-1', { limit: limit(0.4), minCores: 0.4, state: 'exited' }),
    ];
    plan(
      snapshot(
        [node('h1', { allocations })],
        [wantedJob(job('a'), ['a-1', 'h1']), wantedJob(job('b'), ['b-1', 'h1'])],
      ),
      policy,
    );
    assert.deepEqual(
      seen[0]?.allocations.map(({ id }) => id),
      ['a-1'],
    );
    assert.equal(seen[0]?.allocatableCpuCores, 1.6);
  });

  it('shows it a newcomer that may have no more than the node', () => {
    const { policy, seen } = watching();
    const wide = job('a', { resources: { cpu: { minCores: 0.1, maxCores: 64 } } });
    plan(snapshot([node('h1')], [wantedJob(wide)]), policy);
    assert.equal(seen[0]?.allocations[0]?.maxCores, 2);
  });
});

describe('schedule: places', () => {
  it('counts only containers under control as sharers of a node', () => {
    const { policy } = watching();
    const observed = ['x-1', 'y-1', 'z-1'].map((id) =>
      allocation(id, { control: 'observe', limit: limit(null) }),
    );
    const others = observed.map(({ id, job: name }) => wantedJob(job(name), [id, 'h2']));
    const crowded = node('h1', { allocations: [allocation('b-1', { limit: limit(0.5) })] });
    const seen = snapshot(
      [crowded, node('h2', { allocations: observed })],
      [wantedJob(job('a')), wantedJob(job('b'), ['b-1', 'h1']), ...others],
    );
    const [place] = plan(seen, policy).plan.decisions.filter(({ kind }) => kind === 'place');
    assert.deepEqual([place?.allocation, place?.node], ['a-1', 'h2']);
  });

  it('keeps an allocation that runs twice on one node only', () => {
    const twice = ['h1', 'h2'].map((id) =>
      node(id, { allocations: [allocation('a-1', { limit: limit(0.5) })] }),
    );
    const { decisions } = plan(
      snapshot(twice, [wantedJob(job('a'), ['a-1', 'h1'])]),
      watching().policy,
    ).plan;
    assert.deepEqual(
      decisions.map(({ kind, node: at }) => `${kind} ${at}`),
      ['remove h2'],
    );
  });

  it('counts the memory that is in use where none was named and it is more', () => {
    const memory = { currentBytes: 3 * 2 ** 30, workingSetBytes: 3 * 2 ** 30, oomKills: 0 };
    const full = allocation('b-1', { limit: limit(0.5), report: container('b-1', { memory }) });
    const hungry = job('a', { resources: { cpu: { minCores: 0.1 }, memoryBytes: 2 * 2 ** 30 } });
    const seen = snapshot(
      [node('h1', { allocations: [full], allocatableMemoryBytes: 4 * 2 ** 30 })],
      [wantedJob(hungry), wantedJob(job('b'), ['b-1', 'h1'])],
    );
    assert.deepEqual(
      plan(seen, watching().policy).plan.pending[0]?.refusals.map(({ resource }) => resource),
      ['memory'],
    );
  });
});

describe('dqoes within the band', () => {
  it('keeps a limit as it is, period and all', () => {
    const its = [
      allocation('a-1', { latencyMs: 1000, target: target(1000), limit: short(0.5) }),
      allocation('b-1', { latencyMs: 5000, target: target(1000), limit: limit(0.5) }),
    ];
    const decide = (nowMs: number, memory: typeof LISTENER_START) =>
      dqoesPolicy.decide({ node: node('h1', { allocations: its }), nowMs, params: PARAMS }, memory);
    const { limits } = decide(5000, decide(0, LISTENER_START).memory);
    assert.deepEqual(
      limits.map(({ allocation: id }) => id),
      ['b-1'],
    );
  });
});
