import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { limitOf } from '../../../../coordinator/schedule/limits/fit.js';
import { CORDONED } from '../../../../coordinator/schedule/placement/node-budget.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import type { Plan, Snapshot, SnapshotNode } from '../../../../coordinator/schedule/types.js';
import {
  allocation,
  job,
  limit,
  node,
  nodeId,
  PARAMS,
  snapshot,
  target,
  wantedJob,
} from '../../../unit/coordinator/build.js';

const EPSILON = 1e-6;

const policyName = fc.constantFrom('default' as const, 'equal' as const, 'dqoes' as const);

const cores = (max: number) => fc.double({ min: 0.01, max, noNaN: true });

const anyMember = fc.record({
  latencyMs: fc.option(fc.double({ min: 0.1, max: 1e5, noNaN: true }), { nil: null }),
  target: fc.option(
    fc.double({ min: 1, max: 1e4, noNaN: true }).map((ms) => target(ms)),
    { nil: null, freq: 10 },
  ),
  limit: fc.option(fc.option(cores(2), { nil: null }).map(limit), { nil: null }),
  minCores: cores(0.2),
  maxCores: cores(4),
  state: fc.constantFrom(
    'running' as const,
    'running' as const,
    'pending' as const,
    'exited' as const,
    'failed' as const,
  ),
  control: fc.constantFrom(
    'enforce' as const,
    'enforce' as const,
    'enforce' as const,
    'observe' as const,
  ),
  origin: fc.constantFrom('dqoes' as const, 'label' as const),
});

const anyNode = (id: string): fc.Arbitrary<SnapshotNode> =>
  fc
    .record({
      members: fc.array(anyMember, { maxLength: 8 }),
      allocatableCpuCores: cores(16),
      unschedulableReason: fc.constantFrom('', '', CORDONED, 'the node is down'),
    })
    .map(({ members, allocatableCpuCores, unschedulableReason }) =>
      node(id, {
        allocatableCpuCores,
        unschedulableReason,
        schedulable: unschedulableReason === '',
        allocations: members.map((member, i) =>
          allocation(`${id}j${i}-1`, {
            ...member,
            node: nodeId(id),
            maxCores: Math.min(member.maxCores, allocatableCpuCores),
          }),
        ),
      }),
    );

const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .tuple(anyNode('h1'), anyNode('h2'), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }))
  .map(([h1, h2, fresh]) => {
    const running = [h1, h2].flatMap(({ id, allocations }) =>
      allocations
        .filter(({ origin }, i) => origin === 'dqoes' && i % 4 !== 3)
        .map((each) => wantedJob(job(each.job), [each.id, id])),
    );
    return snapshot(
      [h1, h2],
      [...running, ...fresh.map((replicas, i) => wantedJob(job(`fresh${i}`, { replicas })))],
    );
  });

/** What the limits of each node are once the plan is carried out; `null` limits are not of ours. */
function afterwards(seen: Snapshot, plan: Plan): Map<string, Map<string, number | null>> {
  const nodes = new Map<string, Map<string, number | null>>();
  for (const { id, allocations } of seen.nodes) {
    const desired = allocations.filter((each) => each.limit !== null);
    nodes.set(id, new Map(desired.map((each) => [each.id, each.limit?.cpuCores ?? null])));
  }
  for (const decision of plan.decisions) {
    const limits = nodes.get(decision.node);
    if (decision.kind === 'remove') limits?.delete(decision.allocation);
    if (decision.kind === 'limit') limits?.set(decision.allocation, decision.to.cpuCores);
  }
  return nodes;
}

const totalOf = (limits: Iterable<number | null>): number =>
  [...limits].reduce<number>((sum, each) => sum + (each ?? 0), 0);

const decide = (
  seen: Snapshot,
  policy: keyof typeof POLICIES,
  nowMs = 0,
  memory: SchedulerMemory = NO_MEMORY,
) => schedule({ snapshot: seen, nowMs, params: PARAMS, policy: POLICIES[policy] }, memory);

/** The snapshot one would see after the plan, with everything else as it was. */
function carriedOut(seen: Snapshot, plan: Plan): Snapshot {
  const after = afterwards(seen, plan);
  const nodes = seen.nodes.map((each) => ({
    ...each,
    allocations: each.allocations.map((known) => {
      const to = after.get(each.id)?.get(known.id);
      return { ...known, limit: to === undefined ? null : to === null ? limit(null) : limitOf(to) };
    }),
  }));
  return { ...seen, nodes };
}

describe('schedule laws', () => {
  it('Σ limits ≤ allocatable on every node, whatever is reported or placed', () => {
    fc.assert(
      fc.property(anySnapshot, policyName, (seen, policy) => {
        const after = afterwards(seen, decide(seen, policy).plan);
        for (const { id, allocatableCpuCores, allocations } of seen.nodes) {
          // Nobody can hold less than the kernel's least limit (1 ms in 1 s).
          const least = 0.001 * Math.max(after.get(id)?.size ?? 0, allocations.length);
          const total = totalOf(after.get(id)?.values() ?? []);
          assert.ok(
            total <= Math.max(allocatableCpuCores, least) + EPSILON,
            `${total} > ${allocatableCpuCores}`,
          );
        }
      }),
    );
  });

  it('stays true step after step of dqoes', () => {
    fc.assert(
      fc.property(anySnapshot, fc.integer({ min: 2, max: 12 }), (start, steps) => {
        let seen = start;
        let memory = NO_MEMORY;
        for (let i = 0; i < steps; i += 1) {
          const decided = decide(seen, 'dqoes', i * 5000, memory);
          seen = carriedOut(seen, decided.plan);
          memory = decided.memory;
          for (const { allocatableCpuCores, allocations } of seen.nodes) {
            const total = totalOf(allocations.map((each) => each.limit?.cpuCores ?? 0));
            assert.ok(total <= Math.max(allocatableCpuCores, 0.001 * allocations.length) + EPSILON);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('same input, same plan; the order of nodes and allocations does not matter', () => {
    const moves = ({ decisions }: Plan) =>
      decisions
        .flatMap(({ kind, allocation: id, node: at }) =>
          kind === 'limit' ? [] : [`${kind} ${id} ${at}`],
        )
        .sort();
    fc.assert(
      fc.property(anySnapshot, policyName, (seen, policy) => {
        const once = decide(seen, policy);
        assert.deepEqual(decide(structuredClone(seen), policy), once);
        const nodes = seen.nodes
          .toReversed()
          .map((each) => ({ ...each, allocations: each.allocations.toReversed() }));
        const turned = decide({ jobs: seen.jobs, nodes }, policy);
        assert.deepEqual(moves(turned.plan), moves(once.plan));
        const [a, b] = [afterwards(seen, once.plan), afterwards(seen, turned.plan)];
        for (const [id, limits] of a) {
          assert.deepEqual([...limits.keys()].sort(), [...(b.get(id)?.keys() ?? [])].sort());
          // Sums of doubles depend on their order: a quota may differ by 1 µs.
          for (const [key, value] of limits)
            assert.ok(Math.abs((value ?? 0) - (b.get(id)?.get(key) ?? 0)) < 2e-5);
        }
      }),
    );
  });

  it('never touches what it may not change, and says so only once', () => {
    fc.assert(
      fc.property(anySnapshot, policyName, (seen, policy) => {
        const decided = decide(seen, policy);
        for (const decision of decided.plan.decisions) {
          if (decision.kind !== 'limit') continue;
          const known = seen.nodes
            .flatMap(({ allocations }) => allocations)
            .find(({ id }) => id === decision.allocation);
          if (known?.control === 'observe') assert.equal(decision.to.cpuCores, null);
          assert.ok(decision.reason !== '' && decision.reason !== 'unchanged');
        }
        const floors = (each: SnapshotNode) =>
          totalOf(each.allocations.map(({ minCores }) => minCores));
        fc.pre(
          policy !== 'dqoes' &&
            seen.nodes.every((each) => floors(each) <= each.allocatableCpuCores),
        );
        const again = decide(carriedOut(seen, decided.plan), policy, 0, decided.memory);
        assert.deepEqual(
          again.plan.decisions.filter(
            ({ kind, allocation: id }) => kind === 'limit' && !id.startsWith('fresh'),
          ),
          [],
        );
      }),
    );
  });
});
