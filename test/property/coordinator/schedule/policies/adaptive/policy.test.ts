import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../../../coordinator/schedule/policies/index.js';
import type { Policy, SnapshotNode } from '../../../../../../coordinator/schedule/types.js';
import { Judge } from '../../../../../../lab/sim/judge.js';
import { simulate } from '../../../../../../lab/sim/simulate.js';
import type { Scenario, ScenarioJob } from '../../../../../../lab/types.js';
import { guaranteedCores } from '../../../../../../shared/command.js';
import { TARGET_MODES } from '../../../../../../shared/qoe.js';
import { scenario, simJob } from '../../../../../unit/lab/sim/build.js';
import { Anything, story } from './anything.js';
import { between, lawHolds } from './arbitraries.js';

describe('adaptive through the scheduler, whatever is reported', () => {
  it('Σ limits ≤ allocatable after every plan; limits are within the kernel’s bounds', () => {
    lawHolds(
      fc.property(story, (told) => {
        const world = new Anything(told);
        for (const happenings of told.happenings) {
          for (const decision of world.decide().decisions)
            if (decision.kind === 'limit' && decision.to.cpuCores !== null) {
              const { cpuCores, periodUs } = decision.to;
              assert.ok(
                Number.isFinite(cpuCores) && cpuCores * periodUs >= 1000 - 1e-6,
                JSON.stringify(decision.to),
              );
              assert.ok(periodUs >= 5000 && periodUs <= 1_000_000);
            }
          const { allocations, allocatableCpuCores } = world.node;
          const total = allocations.reduce(
            (sum, { limit }) => sum + (limit === null ? 0 : guaranteedCores(limit)),
            0,
          );
          assert.ok(
            total <= Math.max(allocatableCpuCores, 0.001 * allocations.length) + 1e-6,
            `${total}`,
          );
          world.report(happenings);
        }
      }),
      150,
    );
  });

  it('same input and memory, same answer; input is not written to; memory survives JSON', () => {
    lawHolds(
      fc.property(story, (told) => {
        const world = new Anything(told);
        let memory = POLICIES.adaptive.start;
        let kept = JSON.stringify(memory);
        for (const happenings of told.happenings) {
          const input = deepFreeze({
            node: steered(world.node),
            nowMs: world.nowMs,
            params: told.params,
          });
          const once = POLICIES.adaptive.decide(input, deepFreeze(memory));
          assert.deepEqual(POLICIES.adaptive.decide(input, memory), once);
          const stored = POLICIES.adaptive.decide(input, JSON.parse(kept));
          assert.deepEqual(stored.limits, once.limits);
          assert.deepEqual(stored.unreachable, once.unreachable);
          memory = once.memory;
          kept = JSON.stringify(stored.memory);
          assert.deepEqual(JSON.parse(kept), JSON.parse(JSON.stringify(memory)));
          world.decide();
          world.report(happenings);
        }
      }),
      60,
    );
  });

  it('waits for news only where it would say the same again and do nothing, at any time', () => {
    let [waited, asked] = [0, 0];
    lawHolds(
      fc.property(story, fc.nat(1_000_000), (told, laterMs) => {
        const world = new Anything(told);
        let memory = POLICIES.adaptive.start;
        for (const happenings of told.happenings) {
          const node = steered(world.node);
          const { nowMs } = world;
          const input = { node, nowMs, params: told.params };
          const decided = POLICIES.adaptive.decide(input, memory);
          memory = decided.memory;
          asked += 1;
          if (POLICIES.adaptive.waitsForNews?.(node, memory) === true) {
            waited += 1;
            const later = { ...input, nowMs: nowMs + laterMs };
            const again = POLICIES.adaptive.decide(later, memory);
            assert.equal(again.memory, memory);
            assert.deepEqual(again, { ...decided, limits: [] });
          }
          world.decide();
          world.report(happenings);
        }
      }),
      100,
    );
    assert.ok(waited > 0 && waited < asked, `${waited} of ${asked}`);
  });

  it('every decision and every target out of reach says why, in numbers that are numbers', () => {
    lawHolds(
      fc.property(story, (told) => {
        const world = new Anything(told);
        for (const happenings of told.happenings) {
          const { decisions, unreachable } = world.decide();
          for (const { reason, kind } of decisions) {
            if (kind !== 'limit') continue;
            assert.doesNotMatch(reason, /NaN|undefined|null/);
          }
          for (const { reason, neededCores, reachableMs } of unreachable) {
            assert.match(reason, /\d/);
            assert.doesNotMatch(reason, /NaN|undefined|null/);
            assert.ok(neededCores === null || (Number.isFinite(neededCores) && neededCores >= 0));
            assert.ok(reachableMs === null || reachableMs >= 0, `${reachableMs}`);
          }
          world.report(happenings);
        }
      }),
      100,
    );
  });
});

const steered = (its: SnapshotNode): SnapshotNode => ({
  ...its,
  allocations: its.allocations.filter(
    ({ control, state }) => control === 'enforce' && state === 'running',
  ),
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}

describe('adaptive on random simulated hosts', () => {
  const closedJobs = fc.array(
    fc.record({
      share: between(0.3, 1),
      targetMs: fc.integer({ min: 50, max: 800 }),
      overhead: fc.constantFrom(0, 0, 0.1),
      mode: fc.constantFrom(...TARGET_MODES),
    }),
    { minLength: 1, maxLength: 8 },
  );
  /** Closed loops of one thread whose demands come to `load` of two cores. */
  const hosts = (least: number, most: number): fc.Arbitrary<Scenario> =>
    fc
      .record({ jobs: closedJobs, load: between(least, most), seed: fc.nat(1000) })
      .map(({ jobs, load, seed }) => {
        const whole = jobs.reduce((sum, { share }) => sum + share, 0);
        const made = jobs.map(({ share, targetMs, overhead, mode }, i): ScenarioJob => {
          const cores = Math.min(0.85, (2 * load * share) / whole);
          const model = {
            workSeconds: (cores * targetMs * (1 - overhead)) / 1000,
            overheadSeconds: (overhead * targetMs) / 1000,
            parallelism: 1,
            noiseRatio: 0.08,
            arrivals: { kind: 'closed' } as const,
          };
          return simJob(`j${i}`, { targetMs, mode, model });
        });
        return scenario(made, { seed, durationMs: 90_000 });
      });
  const judge = new Judge();
  const run = (given: Scenario, policy: Policy = POLICIES.adaptive) =>
    simulate({ scenario: given, policy, judge });
  const bandOf = ({ latencyMs, toleranceRatio }: { latencyMs: number; toleranceRatio: number }) =>
    latencyMs * (1 + toleranceRatio);

  it('satisfies all from the third interval on, and changes little, where demand fits', () => {
    lawHolds(
      fc.property(hosts(0.2, 0.85), (given) => {
        const { intervals } = run(given);
        const judged = intervals.slice(3).flatMap(({ jobs }) => jobs);
        const slow = judged.filter(
          ({ latencyMs, target: its }) => latencyMs === null || latencyMs > bandOf(its),
        );
        assert.ok(
          slow.length <= 0.04 * judged.length,
          `${slow.length} of ${judged.length} too slow`,
        );
        const fast = judged.filter(
          ({ latencyMs, target: its }) =>
            its.mode === 'band' && (latencyMs ?? 0) < its.latencyMs * (1 - its.toleranceRatio),
        );
        assert.ok(
          fast.length <= 0.04 * judged.length,
          `${fast.length} of ${judged.length} too fast`,
        );
        const rest = intervals.slice(-9);
        const updates = rest.reduce((sum, { limitUpdates }) => sum + limitUpdates, 0);
        const minutes = (rest.length * given.jobs.length * given.intervalMs) / 60_000;
        assert.ok(
          updates <= Math.max(2, 1.5 * minutes),
          `${updates} updates in ${minutes} container-minutes`,
        );
      }),
      25,
    );
  });

  it('decides nothing twice on the same report', () => {
    lawHolds(
      fc.property(hosts(0.2, 1.6), (given) => {
        const twice: Policy = {
          ...POLICIES.adaptive,
          decide: (input, memory) => {
            const decided = POLICIES.adaptive.decide(input, memory);
            const limits = new Map(decided.limits.map(({ allocation: id, limit }) => [id, limit]));
            const allocations = input.node.allocations.map((each) => ({
              ...each,
              limit: limits.get(each.id) ?? each.limit,
            }));
            const again = POLICIES.adaptive.decide(
              { ...input, node: { ...input.node, allocations } },
              decided.memory,
            );
            if (allocations.every(({ report }) => report !== null))
              assert.deepEqual(again.limits, []);
            return decided;
          },
        };
        run(given, twice);
      }),
      12,
    );
  });
});
